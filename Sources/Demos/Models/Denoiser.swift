package import NN
package import Tensors

// region: denoiser
/// A network that tells the noise in a noisy point: three hidden layers over the point and its time.
///
/// - Shape: `x` is `[B, D]`, `time` is `[B]`, the result is `[B, D]`.
package struct Denoiser {
  private let layers: [Linear]

  package init(dimension: Int, width: Int, in parameters: Parameters) {
    layers = [
      Linear(dimension + 64, width, activation: .silu, in: parameters.scope("input")),
      Linear(width, width, activation: .silu, in: parameters.scope("hidden.0")),
      Linear(width, width, activation: .silu, in: parameters.scope("hidden.1")),
      Linear(width, dimension, in: parameters.scope("output")),
    ]
  }

  package func callAsFunction(_ x: Tensor, at time: Tensor) -> Tensor {
    let embedded = sinusoidalEmbedding(time, width: 64)  // [B, 64]
    return layers.reduce(concatenated([x, embedded])) { y, layer in layer(y) }  // [B, D]
  }
}
// endregion: denoiser
