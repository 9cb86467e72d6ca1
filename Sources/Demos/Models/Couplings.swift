package import NN
package import Tensors

// Couplings: half of an example stays, and a network that sees it moves the other half. The halves
// are those of the last axis, so that the same maps serve rows of numbers and images.

/// Adds to one half a function of the other; volume stays as it is.
///
///     y₁ = x₁,  y₂ = x₂ + m(x₁)
///
/// - Source: Dinh, Krueger, Bengio, "NICE: non-linear independent components estimation", 2014,
///   arXiv:1410.8516.
package struct AdditiveCoupling: Bijection {
  private let halves: Halves
  private let shift: (Tensor) -> Tensor

  /// A coupling that moves the second half, or with `movesFirst` the first.
  package init(movesFirst: Bool = false, shift: @escaping (Tensor) -> Tensor) {
    halves = Halves(movesFirst: movesFirst)
    self.shift = shift
  }

  // region: additive
  package func callAsFunction(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    let (kept, moved) = halves.split(x)
    return (halves.joined(kept, moved + shift(kept)), Tensor(0))
  }

  package func inverse(_ y: Tensor) -> Tensor {
    let (kept, moved) = halves.split(y)
    return halves.joined(kept, moved - shift(kept))
  }
  // endregion: additive
}

/// Scales and shifts one half by functions of the other.
///
///     y₁ = x₁,  y₂ = x₂ ⊙ exp(s(x₁)) + t(x₁),  log |det| = Σ s(x₁)
///
/// The scale is a hyperbolic tangent times a learned factor, which keeps the exponential in bounds.
///
/// - Source: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2016, arXiv:1605.08803.
package struct AffineCoupling: Bijection {
  private let halves: Halves
  private let reach: Tensor
  private let network: (Tensor) -> Tensor

  /// A coupling that moves `width` numbers along the last axis; `network` gives twice that many.
  package init(
    _ width: Int, movesFirst: Bool = false, in parameters: Parameters,
    network: @escaping (Tensor) -> Tensor
  ) {
    halves = Halves(movesFirst: movesFirst)
    reach = parameters.tensor("reach", [width], .ones)
    self.network = network
  }

  // region: affine
  package func callAsFunction(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    let (kept, moved) = halves.split(x)
    let (s, t) = scaleAndShift(kept)
    return (halves.joined(kept, moved * exp(s) + t), s.summedByExample)
  }

  package func inverse(_ y: Tensor) -> Tensor {
    let (kept, moved) = halves.split(y)
    let (s, t) = scaleAndShift(kept)
    return halves.joined(kept, (moved - t) * exp(-s))
  }

  private func scaleAndShift(_ kept: Tensor) -> (s: Tensor, t: Tensor) {
    let (raw, t) = Halves().split(network(kept))
    return (tanh(raw) * reach, t)
  }
  // endregion: affine
}

/// The two halves of the last axis.
private struct Halves {
  var movesFirst = false

  func split(_ x: Tensor) -> (kept: Tensor, moved: Tensor) {
    let width = x.shape[-1]
    let first = x.slice(axis: -1, 0..<width / 2)
    let second = x.slice(axis: -1, width / 2..<width)
    return movesFirst ? (second, first) : (first, second)
  }

  func joined(_ kept: Tensor, _ moved: Tensor) -> Tensor {
    concatenated(movesFirst ? [moved, kept] : [kept, moved])
  }
}
