import Demos
import TestSupport
import Testing

/// Eigenvalues and singular values by Jacobi's rotations.
struct DecompositionTests {
  // w, V = np.linalg.eigh((A + A.T) / 2)
  @Test func `eigenvalues and vectors equal NumPy's`() {
    let a = Matrix(rows: 5, columns: 5, values: wave(25))
    let eigen = SymmetricEigen(0.5 * (a + a.transposed))
    expectClose(
      eigen.values, [1.432507109134, 0.4792542489415, 0, -1.114853815771, -1.667828392990],
      tolerance: 1e-11)
    expectClose(
      eigen.vectors.column(0),
      [0.545805076237, 0.113548068172, 0.803295947032, -0.138252129395, 0.157498016396],
      tolerance: 1e-11)
    expectClose(
      eigen.vectors.column(4),
      [0.218476312587, 0.659935763023, -0.058279636549, 0.360565380906, -0.61915182272],
      tolerance: 1e-11)
  }

  @Test(arguments: [1, 2, 3, 8, 17, 64])
  func `eigenvectors are orthonormal and give the matrix back`(size: Int) {
    let a = randomMatrix(size, size, seed: size)
    let matrix = a + a.transposed
    let eigen = SymmetricEigen(matrix)
    let (v, transposed) = (eigen.vectors, eigen.vectors.transposed)
    expectClose(transposed * v, .identity(size), tolerance: 1e-13)
    expectClose(v * .diagonal(eigen.values) * transposed, matrix, tolerance: 1e-12)
    #expect(eigen.values == eigen.values.sorted(by: >))
  }

  // B = wave(20, 0.3).reshape(5, 4)**3 + np.eye(5, 4)
  // print(np.linalg.svd(B)[1])
  @Test func `singular values equal NumPy's, whichever side is longer`() {
    var matrix = Matrix(rows: 5, columns: 4, values: wave(20, 0.3).map { $0 * $0 * $0 })
    for index in 0..<4 { matrix[index, index] += 1 }
    let expected = [2.474770389083, 1.466114159883, 0.722736775575, 0.390712808171]
    expectClose(SingularValues(matrix).values, expected, tolerance: 1e-11)
    expectClose(SingularValues(matrix.transposed).values, expected, tolerance: 1e-11)
  }

  @Test(arguments: [(1, 1), (7, 3), (3, 7), (20, 20), (64, 16)])
  func `the three factors give the matrix back`(rows: Int, columns: Int) {
    let matrix = randomMatrix(rows, columns, seed: rows)
    let svd = SingularValues(matrix)
    let size = min(rows, columns)
    expectClose(svd.left.transposed * svd.left, .identity(size), tolerance: 1e-13)
    expectClose(svd.right.transposed * svd.right, .identity(size), tolerance: 1e-13)
    expectClose(
      svd.left * .diagonal(svd.values) * svd.right.transposed, matrix, tolerance: 1e-13)
  }

  @Test func `a matrix of rank 1 has one singular value, and zeros come out as zeros`() {
    let svd = SingularValues(Matrix([[1, 2], [2, 4], [-1, -2]]))
    expectClose(svd.values, [Double(30).squareRoot(), 0], tolerance: 1e-14)
    #expect(SingularValues(.zeros(rows: 3, columns: 2)).values == [0, 0])
  }
}
