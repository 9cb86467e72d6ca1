package import Tensors

// region: bijection
/// An invertible map of examples that knows how much it stretches volume around each of them.
///
/// Flows are rows of such maps: by the chain rule the logarithms of their determinants add up.
package protocol Bijection {
  /// `y = f(x)` and `log |det ∂y/∂x|`.
  ///
  /// - Shape: `x` and `y` are `[B, ...]`, the logarithm is `[B]`, or a number that holds for all.
  func callAsFunction(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor)
  /// `x = f⁻¹(y)`.
  func inverse(_ y: Tensor) -> Tensor
  /// Sets what depends on the first batch of data, before training; gives `f(x)`.
  func prepared(on x: Tensor) -> Tensor
}
// endregion: bijection

extension Bijection {
  package func prepared(on x: Tensor) -> Tensor { self(x).y }
}

/// Bijections one after the other.
package struct Chain: Bijection {
  private let links: [any Bijection]

  package init(_ links: [any Bijection]) {
    require(!links.isEmpty, "chain: no bijections")
    self.links = links
  }

  // region: chain
  package func callAsFunction(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    var (y, total) = links[0](x)
    for link in links.dropFirst() {
      let (next, logDeterminant) = link(y)
      y = next
      total = total + logDeterminant
    }
    return (y, total)
  }

  package func inverse(_ y: Tensor) -> Tensor {
    links.reversed().reduce(y) { y, link in link.inverse(y) }
  }
  // endregion: chain

  package func prepared(on x: Tensor) -> Tensor {
    links.reduce(x) { x, link in link.prepared(on: x) }
  }
}

/// Numbers in `(0, levels)` spread over the whole line, so that a flow need not end at hard edges.
///
///     y = logit(α + (1 - 2α) x / levels)
///
/// - Shape: `x` and `y` are `[B, D]`.
/// - Source: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2016, arXiv:1605.08803.
package struct Logit: Bijection {
  private let levels: Float
  private let margin: Float

  package init(levels: Int, margin: Float = 0.05) {
    self.levels = Float(levels)
    self.margin = margin
  }

  // region: logit
  package func callAsFunction(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    let share = margin + x * ((1 - 2 * margin) / levels)  // [B, D]
    let (logShare, logRest) = (log(share), log(1 - share))
    let constant = log(Tensor((1 - 2 * margin) / levels)).item * Float(x.shape[1])
    return (logShare - logRest, constant - (logShare + logRest).sum(axis: 1))
  }

  package func inverse(_ y: Tensor) -> Tensor {
    (sigmoid(y) - margin) * (levels / (1 - 2 * margin))
  }
  // endregion: logit
}
