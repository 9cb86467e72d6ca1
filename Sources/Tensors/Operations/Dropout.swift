/// Zeros out numbers with a probability, and scales the others so that the mean stays.
package func dropout(
  _ x: Tensor, probability: Float, _ random: inout RandomSource
) -> Tensor {
  require(0 <= probability && probability < 1, "dropout: probability \(probability)")
  guard probability > 0 else { return x }
  let kept = isLess(Tensor(probability), random.uniform(x.shape))
  return x * (kept / (1 - probability))
}
