package import Tensors

/// What a solver moves through time: numbers that are scaled, added and multiplied one by one.
///
/// A row of Doubles for textbook problems, a tensor for a batch of points and for gradients through
/// the solver.
package protocol SolverState {
  /// `self + other * factor`.
  func plus(_ other: Self, times factor: Double) -> Self

  /// `self * factor`.
  func scaled(by factor: Double) -> Self

  /// The products, number by number.
  func times(_ other: Self) -> Self

  /// The root mean square of all numbers, each divided by
  /// `absolute + relative * max(|a|, |b|)` at its place.
  func size(absolute: Double, relative: Double, beside a: Self, _ b: Self) -> Double

  /// As many independent standard normal numbers.
  func noise(_ random: inout RandomSource) -> Self
}

extension SolverState {
  /// The root mean square of all numbers.
  package var rootMeanSquare: Double { size(absolute: 1, relative: 0, beside: self, self) }
}

extension [Double]: SolverState {
  package func plus(_ other: [Double], times factor: Double) -> [Double] {
    zip(self, other).map { $0 + $1 * factor }
  }

  package func scaled(by factor: Double) -> [Double] { map { $0 * factor } }

  package func times(_ other: [Double]) -> [Double] { zip(self, other).map(*) }

  package func size(
    absolute: Double, relative: Double, beside a: [Double], _ b: [Double]
  ) -> Double {
    let squares = indices.reduce(0.0) { sum, i in
      let part = self[i] / (absolute + relative * Swift.max(a[i].magnitude, b[i].magnitude))
      return sum + part * part
    }
    return (squares / Double(count)).squareRoot()
  }

  package func noise(_ random: inout RandomSource) -> [Double] {
    random.normal([count]).scalars.map { Double($0) }
  }
}

extension Tensor: SolverState {
  package func plus(_ other: Tensor, times factor: Double) -> Tensor {
    self + other * Float(factor)
  }

  package func scaled(by factor: Double) -> Tensor { self * Float(factor) }

  package func times(_ other: Tensor) -> Tensor { self * other }

  package func size(absolute: Double, relative: Double, beside a: Tensor, _ b: Tensor) -> Double {
    noGrad {
      let scale = maximum(abs(a), abs(b)) * Float(relative) + Float(absolute)
      return Double(square(self / scale).mean().item).squareRoot()
    }
  }

  package func noise(_ random: inout RandomSource) -> Tensor { random.normal(shape) }
}
