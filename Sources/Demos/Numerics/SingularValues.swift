/// The thin singular value decomposition by one-sided Jacobi rotations.
///
///     A = U diag(σ) Vᵀ
///
/// Rotations make the columns orthogonal pair by pair; then their lengths are the singular values.
/// Small ones come out as precisely as large ones.
///
/// - Source: Golub, Van Loan, "Matrix Computations", 4th edition, 2013, section 8.6.3; Hestenes,
///   "Inversion of matrices by biorthogonalization and related results", 1958.
package struct SingularValues: Sendable {
  /// The singular values, falling; as many as the shorter side is long.
  package let values: [Double]
  /// Left vectors as columns; that of a singular value of 0 is 0.
  package let left: Matrix
  /// Right vectors as columns.
  package let right: Matrix

  /// Decomposes any matrix.
  package init(_ matrix: Matrix) {
    let isWide = matrix.columns > matrix.rows
    // Columns as rows, the long side along them.
    var a = isWide ? matrix : matrix.transposed
    var v = Matrix.identity(a.rows)
    var sweeps = 0
    while sweeps < Self.sweepLimit, Self.sweep(&a, &v) { sweeps += 1 }
    let rows = (0..<a.rows).map(a.row)
    let lengths = rows.map { dot($0, $0).squareRoot() }
    let order = (0..<a.rows).sorted { lengths[$0] > lengths[$1] }
    values = order.map { lengths[$0] }
    let long = Matrix(
      order.map { index in
        rows[index].map { lengths[index] > 0 ? $0 / lengths[index] : 0 }
      }
    ).transposed
    let short = Matrix(order.map(v.row)).transposed
    left = isWide ? short : long
    right = isWide ? long : short
  }

  private static let sweepLimit = 60

  /// Rotates every pair of rows of `a` that is not orthogonal; false if none was left.
  private static func sweep(_ a: inout Matrix, _ v: inout Matrix) -> Bool {
    var hasRotated = false
    for p in 0..<a.rows {
      for q in (p + 1)..<a.rows {
        let (x, y) = (a.row(p), a.row(q))
        let (xx, xy, yy) = (dot(x, x), dot(x, y), dot(y, y))
        guard xy.magnitude > 1e-15 * (xx * yy).squareRoot() else { continue }
        let rotation = JacobiRotation(xx, xy, yy)
        rotation.applyToRows(p, q, of: &a)
        rotation.applyToRows(p, q, of: &v)
        hasRotated = true
      }
    }
    return hasRotated
  }
}
