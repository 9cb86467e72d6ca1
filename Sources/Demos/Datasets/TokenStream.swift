package import Tensors

/// Tokens of texts one after the other, from which windows are cut to learn from.
package struct TokenStream: Hashable, Sendable {
  package let tokens: [Int32]

  package init(_ tokens: [Int32]) {
    self.tokens = tokens
  }

  /// Windows at random places: what a model reads, and what it is to say at each place.
  ///
  /// - Shape: both are `[B, T]`.
  package func batch(
    _ count: Int, length: Int, _ random: inout RandomSource
  ) -> (inputs: Indices, targets: Indices) {
    precondition(tokens.count > length, "batch: windows of \(length) in \(tokens.count) tokens")
    let starts = random.integers([count], below: tokens.count - length).values.map { Int($0) }
    func windows(after shift: Int) -> Indices {
      Indices(
        starts.flatMap { tokens[($0 + shift)..<($0 + shift + length)] }, shape: [count, length])
    }
    return (windows(after: 0), windows(after: 1))
  }
}
