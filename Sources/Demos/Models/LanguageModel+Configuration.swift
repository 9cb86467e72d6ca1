package import Tensors

extension LanguageModel {
  /// The form of a model: everything that its number of parameters depends on, and its masks.
  package struct Configuration: Hashable, Sendable {
    package var vocabulary: Int
    package var width: Int
    package var layers: Int
    package var heads: Int
    /// How many heads keys and values have, each for a group of queries.
    package var keyHeads: Int
    /// The hidden width of the gated layer.
    package var hidden: Int
    package var mask = AttentionMask.causal
    package var rotaryBase: Float = 10_000
    package var normalizesQueriesAndKeys = false
    /// Whether the embedding, transposed, also makes the logits.
    package var tiesEmbeddings = false
    package var embeddingDeviation: Float = 0.02

    /// A form in which queries, keys and values have as many heads, and the gated layer the width that
    /// LLaMA gives it.
    package init(vocabulary: Int, width: Int, layers: Int, heads: Int, widthMultiple: Int = 8) {
      self.vocabulary = vocabulary
      self.width = width
      self.layers = layers
      self.heads = heads
      keyHeads = heads
      hidden = Self.gatedWidth(width, multiple: widthMultiple)
    }

    // region: count
    /// Two thirds of `4 C`, rounded up: so a gated layer, which has three matrices, costs what one of
    /// two matrices of `4 C` does.
    package static func gatedWidth(_ width: Int, multiple: Int) -> Int {
      (4 * width * 2 / 3 + multiple - 1) / multiple * multiple
    }

    /// How many numbers such a model has.
    package var parameterCount: Int {
      let keyWidth = keyHeads * (width / heads)
      let attention = 2 * width * width + 2 * width * keyWidth
      let gated = 3 * width * hidden
      let norms = 2 * width + (normalizesQueriesAndKeys ? 2 * (width / heads) : 0)
      let ends = (tiesEmbeddings ? 1 : 2) * vocabulary * width + width
      return layers * (attention + gated + norms) + ends
    }
    // endregion: count
  }
}
