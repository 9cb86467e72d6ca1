/// The mean of independent numbers and its standard error.
///
///     s.e. = √(Σ (x - x̄)² / (n - 1)) / √n
package struct MeanEstimate: Hashable, Sendable {
  package let mean: Double
  package let standardError: Double

  package init(_ values: [Double]) {
    precondition(values.count > 1, "mean estimate: of \(values.count) numbers")
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    standardError = (squares / (count - 1) / count).squareRoot()
  }

  /// How far the mean lies from `value`, in standard errors.
  package func deviation(from value: Double) -> Double { (mean - value) / standardError }

  /// The mean and its standard error as text: `1.234 ± 0.005`.
  package func text(_ decimals: Int = 3) -> String {
    "\(mean.fixed(decimals)) ± \(standardError.fixed(decimals))"
  }
}
