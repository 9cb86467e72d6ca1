import Tensors

extension Parameters {
  /// Shrinks all gradients together so that their norm is at most `maximum`; gives the norm before.
  @discardableResult
  package func clipGradients(toNorm maximum: Float) -> Float {
    let norm = gradients.norm
    if norm > maximum { gradients.scale(by: maximum / (norm + 1e-6)) }
    return norm
  }
}
