/// Sines and cosines of a number at geometrically spaced frequencies, as for time steps.
///
///     e[i] = sin(t * 10000^(-i / (width / 2))),  e[i + width / 2] = cos(the same)
///
/// - Shape: `time` is `[B]`, the result is `[B, width]`.
/// - Source: Vaswani et al., "Attention is all you need", 2017, arXiv:1706.03762.
package func sinusoidalEmbedding(_ time: Tensor, width: Int) -> Tensor {
  require(width % 2 == 0, "sinusoidalEmbedding: \(width) is odd")
  let half = width / 2
  let step = Tensor((0..<half).map { -9.210_340_4 * Float($0) / Float(half) })
  let phase = time.reshaped([time.count, 1]) * exp(step).reshaped([1, half])  // [B, width / 2]
  return concatenated([sin(phase), cos(phase)])  // [B, width]
}
