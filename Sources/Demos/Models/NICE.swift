package import NN
package import Tensors

/// NICE: additive couplings that move even and odd numbers in turn, then one scale for each number.
///
/// - Shape: `[B, D]` to `[B, D]`.
/// - Source: Dinh, Krueger, Bengio, "NICE: non-linear independent components estimation", 2014,
///   arXiv:1410.8516.
package enum NICE {
  // region: nice
  package static func bijection(
    dimension: Int, width: Int, couplings: Int, in parameters: Parameters
  ) -> any Bijection {
    let layers = (0..<couplings).map { index in
      let scope = parameters.scope("coupling", index)
      let network = MLP(
        [dimension / 2, width, width, dimension / 2], activation: .relu, in: scope)
      scope["layer.2.weight"].assign(.zeros([width, dimension / 2]))  // begins as the identity
      scope["layer.2.bias"].assign(.zeros([dimension / 2]))
      return AdditiveCoupling(movesFirst: index % 2 == 1, shift: { network($0) })
    }
    return Chain([EvenOdd()] + layers + [Scaling(dimension, in: parameters.scope("scaling"))])
  }
  // endregion: nice
}

/// Numbers at even places first, then those at odd ones.
private struct EvenOdd: Bijection {
  func callAsFunction(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    (exchanged(x, from: [x.shape[0], x.shape[1] / 2, 2]), Tensor(0))
  }

  func inverse(_ y: Tensor) -> Tensor {
    exchanged(y, from: [y.shape[0], 2, y.shape[1] / 2])
  }

  private func exchanged(_ x: Tensor, from shape: Shape) -> Tensor {
    x.reshaped(shape).transposed().reshaped(x.shape)
  }
}

/// One positive scale for each number: the only place where NICE changes volume.
///
///     y = x ⊙ exp(s),  log |det| = Σ s
package struct Scaling: Bijection {
  private let logScale: Tensor  // [D]

  package init(_ dimension: Int, in parameters: Parameters) {
    logScale = parameters.tensor("logScale", [dimension], .zeros)
  }

  package func callAsFunction(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    (x * exp(logScale), logScale.sum())
  }

  package func inverse(_ y: Tensor) -> Tensor { y * exp(-logScale) }
}
