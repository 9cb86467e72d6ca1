package import NN
package import Tensors

// region: function
/// Batch normalisation as a function, which is handed its state and told its mode.
///
///     y = (x - mean) / sqrt(variance + epsilon) * gain + bias
///
/// In training mean and variance are the batch's, and the running ones move
/// towards them in place; otherwise they are the running ones.
///
/// - Shape: `x` and `y` are `[..., C]`, all others `[C]`.
/// - Source: Ioffe, Szegedy, "Batch normalization", 2015, arXiv:1502.03167.
package func batchNorm(
  _ x: Tensor, runningMean: Tensor, runningVariance: Tensor, gain: Tensor, bias: Tensor,
  isTraining: Bool, momentum: Float = 0.1, epsilon: Float = 1e-5
) -> Tensor {
  guard isTraining else {
    return (x - runningMean) * (gain / sqrt(runningVariance + epsilon)) + bias
  }
  let rows = x.reshaped([x.count / gain.count, gain.count])  // [N, C]
  let (mean, variance) = (rows.mean(axis: 0), rows.variance(axis: 0))  // [C]
  let unbiased = Float(rows.shape[0]) / Float(rows.shape[0] - 1)
  runningMean.scale(by: 1 - momentum)
  runningMean.add(mean.detached(), scale: momentum)
  runningVariance.scale(by: 1 - momentum)
  runningVariance.add(variance.detached(), scale: momentum * unbiased)
  return ((rows - mean) * (gain / sqrt(variance + epsilon)) + bias).reshaped(x.shape)
}
// endregion: function

// region: module
/// Batch normalisation as a module, which keeps its state and knows its mode.
///
/// The running mean and variance are entries that nothing is learned for,
/// PyTorch's buffers.
package struct BatchNorm {
  package let gain: Tensor  // [C]
  package let bias: Tensor  // [C]
  package let runningMean: Tensor  // [C]
  package let runningVariance: Tensor  // [C]
  private let parameters: Parameters

  package init(_ width: Int, in parameters: Parameters) {
    gain = parameters.tensor("gain", [width], .ones)
    bias = parameters.tensor("bias", [width], .zeros)
    runningMean = parameters.tensor("runningMean", [width], .zeros)
    runningVariance = parameters.tensor("runningVariance", [width], .ones)
    parameters.freeze("running")
    self.parameters = parameters
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    batchNorm(
      x, runningMean: runningMean, runningVariance: runningVariance, gain: gain, bias: bias,
      isTraining: parameters.isTraining)
  }
}
// endregion: module
