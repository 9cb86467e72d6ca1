// Systems whose matrix is a triangle, solved one unknown after the other.

extension Matrix {
  /// The `x` with `L x = b`, where L is the part on and below the diagonal.
  ///
  /// With `unitDiagonal` ones are taken for the diagonal, whatever stands there.
  package func forwardSubstitution(_ b: [Double], unitDiagonal: Bool = false) -> [Double] {
    checkTriangle(b)
    var x = b
    for i in 0..<rows {
      for k in 0..<i { x[i] -= self[i, k] * x[k] }
      if !unitDiagonal { x[i] /= self[i, i] }
    }
    return x
  }

  /// The `x` with `U x = b`, where U is the part on and above the diagonal.
  package func backSubstitution(_ b: [Double]) -> [Double] {
    checkTriangle(b)
    var x = b
    for i in (0..<rows).reversed() {
      for k in (i + 1)..<rows { x[i] -= self[i, k] * x[k] }
      x[i] /= self[i, i]
    }
    return x
  }

  private func checkTriangle(_ b: [Double]) {
    precondition(
      rows == columns && rows == b.count,
      "triangular solve: [\(rows), \(columns)] and [\(b.count)] do not fit")
  }
}
