import Foundation

/// The number of equally likely outcomes that would be as surprising as these.
///
///     perplexity = exp(-Σ p log p),  p being the shares of `counts`
///
/// Of a codebook it says how many of its entries are in use.
package func perplexity(ofCounts counts: [Int]) -> Double {
  let total = Double(counts.reduce(0, +))
  let entropy = counts.reduce(0.0) { sum, count in
    let share = Double(count) / total
    return count == 0 ? sum : sum - share * log(share)
  }
  return exp(entropy)
}

/// The perplexity of a model that is surprised by `nats` per token on the average.
package func perplexity(ofNats nats: Double) -> Double { exp(nats) }
