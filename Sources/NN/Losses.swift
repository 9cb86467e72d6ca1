package import Tensors

/// The mean of squared differences.
///
///     loss = mean((prediction - target)²)
package func meanSquaredError(_ prediction: Tensor, _ target: Tensor) -> Tensor {
  require(
    prediction.shape == target.shape,
    "meanSquaredError: \(prediction.shape) and \(target.shape) do not fit")
  return square(prediction - target).mean()
}

/// The mean cross-entropy of independent yes-or-no outcomes, in nats, without overflow.
///
///     loss = mean(softplus(logits) - targets * logits)
package func binaryCrossEntropy(logits: Tensor, targets: Tensor) -> Tensor {
  require(
    logits.shape == targets.shape,
    "binaryCrossEntropy: \(logits.shape) and \(targets.shape) do not fit")
  return (softplus(logits) - targets * logits).mean()
}
