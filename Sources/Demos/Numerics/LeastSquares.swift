import Foundation

/// The linear model of least squares, and how far its coefficients can be trusted.
///
///     y ≈ X β,  Var β = s² (Xᵀ X)⁻¹,  s² = |y - X β|² / (n - p)
///
/// It goes by way of singular values, since XᵀX would square the condition of X.
package struct LeastSquares: Sendable {
  package let coefficients: [Double]
  /// Their standard errors, for independent residuals of one variance.
  package let standardErrors: [Double]
  /// s², the variance of the residuals.
  package let residualVariance: Double

  /// Fits `y`, a number for each row of `design`; `nil` if columns depend on each other.
  package init?(_ design: Matrix, _ y: [Double]) {
    let (n, p) = (design.rows, design.columns)
    precondition(
      n == y.count && n > p, "least squares: [\(n), \(p)] and [\(y.count)] do not fit")
    let svd = SingularValues(design)
    guard let largest = svd.values.first, let least = svd.values.last, least > 1e-13 * largest
    else { return nil }
    let projected = svd.left.transposed * y
    coefficients = svd.right * zip(projected, svd.values).map { $0 / $1 }
    let residuals = zip(y, design * coefficients).map { $0 - $1 }
    let variance = dot(residuals, residuals) / Double(n - p)
    residualVariance = variance
    standardErrors = (0..<p).map { row in
      let spread = zip(svd.right.row(row), svd.values).map { $0 / $1 }
      return (variance * dot(spread, spread)).squareRoot()
    }
  }
}

/// A power law through points, fitted as a straight line through their logarithms.
///
///     y ≈ coefficient · x^exponent
package struct PowerLaw: Sendable {
  package let coefficient: Double
  /// The slope of the line: the order, if `y` is an error and `x` the step of a method.
  package let exponent: Double
  /// The standard error of the exponent.
  package let exponentError: Double

  /// Fits positive numbers, at least three of them at two places or more; `nil` otherwise.
  package init?(x: [Double], y: [Double]) {
    precondition(x.count == y.count, "power law: \(x.count) x and \(y.count) y do not fit")
    guard x.count > 2, (x + y).allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    let design = Matrix(x.map { [1, log($0)] })
    guard let line = LeastSquares(design, y.map { log($0) }) else { return nil }
    coefficient = exp(line.coefficients[0])
    exponent = line.coefficients[1]
    exponentError = line.standardErrors[1]
  }

  package func callAsFunction(_ x: Double) -> Double { coefficient * pow(x, exponent) }
}
