package import Tensors

/// The keys and values of the positions that an attention layer has read.
///
/// A causal model looks back but never changes what it saw. So what it computed of earlier positions
/// stays true, and a model that writes text reads only the new tokens, one or a chunk at a time.
///
/// It costs `2 B S H' K` floats for each layer; this is why models share keys and values between
/// groups of query heads.
package struct KeyValueCache {
  private var parts: (keys: Tensor, values: Tensor)?

  /// A cache that has seen nothing.
  package init() {}

  /// How many positions were read.
  package var length: Int { parts?.keys.shape[1] ?? 0 }

  /// Takes in the keys and values of new positions; gives those of all positions.
  ///
  /// - Shape: `[B, T, H', K]` gives `[B, length, H', K]`.
  package mutating func append(keys: Tensor, values: Tensor) -> (keys: Tensor, values: Tensor) {
    let all =
      parts.map {
        (
          keys: concatenated([$0.keys, keys], axis: 1),
          values: concatenated([$0.values, values], axis: 1)
        )
      } ?? (keys, values)
    parts = all
    return all
  }

  /// Forgets all positions but the first `length`, as when a draft of a text is thrown away.
  package mutating func keep(first length: Int) {
    require(length <= self.length, "cache: \(length) of \(self.length) positions")
    parts = parts.map { parts in
      (
        parts.keys.slice(axis: 1, 0..<length), parts.values.slice(axis: 1, 0..<length)
      )
    }
  }
}
