/// A matrix of Doubles, row by row: what the textbook routines of this folder work on.
///
/// - Shape: `[rows, columns]`; `matrix[i, j]` stands in row `i` and column `j`.
package struct Matrix: Hashable, Sendable {
  package let rows: Int
  package let columns: Int
  package var values: [Double]

  package init(rows: Int, columns: Int, values: [Double]) {
    precondition(
      values.count == rows * columns,
      "matrix: \(values.count) numbers do not fill [\(rows), \(columns)]")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// A matrix by its rows, all of one length.
  package init(_ rows: [[Double]]) {
    self.init(rows: rows.count, columns: rows.first?.count ?? 0, values: rows.flatMap(\.self))
  }

  package static func zeros(rows: Int, columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, values: [Double](repeating: 0, count: rows * columns))
  }

  /// The square matrix with `values` on its diagonal and zeros elsewhere.
  package static func diagonal(_ values: [Double]) -> Matrix {
    var matrix = zeros(rows: values.count, columns: values.count)
    for (index, value) in values.enumerated() { matrix[index, index] = value }
    return matrix
  }

  package static func identity(_ size: Int) -> Matrix {
    diagonal([Double](repeating: 1, count: size))
  }

  package subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  package func row(_ row: Int) -> [Double] {
    Array(values[row * columns..<(row + 1) * columns])
  }

  package func column(_ column: Int) -> [Double] {
    (0..<rows).map { self[$0, column] }
  }

  package var transposed: Matrix {
    Matrix(rows: columns, columns: rows, values: (0..<columns).flatMap(column))
  }

  package static func + (a: Matrix, b: Matrix) -> Matrix {
    precondition(
      a.rows == b.rows && a.columns == b.columns,
      "add: [\(a.rows), \(a.columns)] and [\(b.rows), \(b.columns)] do not fit")
    return Matrix(rows: a.rows, columns: a.columns, values: zip(a.values, b.values).map(+))
  }

  package static func * (factor: Double, a: Matrix) -> Matrix {
    Matrix(rows: a.rows, columns: a.columns, values: a.values.map { factor * $0 })
  }

  package static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(
      a.columns == b.rows,
      "multiply: [\(a.rows), \(a.columns)] and [\(b.rows), \(b.columns)] do not fit")
    var product = zeros(rows: a.rows, columns: b.columns)
    for i in 0..<a.rows {
      for k in 0..<a.columns {
        let factor = a[i, k]
        for j in 0..<b.columns { product[i, j] += factor * b[k, j] }
      }
    }
    return product
  }

  package static func * (a: Matrix, x: [Double]) -> [Double] {
    (a * Matrix(rows: x.count, columns: 1, values: x)).values
  }
}

/// The sum of the products of two rows of numbers.
package func dot(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
