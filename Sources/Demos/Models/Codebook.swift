package import NN
package import Tensors

/// A list of vectors by which others are replaced: each becomes the nearest of them.
///
/// Choosing has no derivative, so the gradient of what is chosen is copied to what it was chosen
/// for, as if the codebook were not there (straight-through). Two terms keep the two together:
///
///     codebookLoss = mean((sg(z) - e)²)     commitment = mean((z - sg(e))²)
///
/// where `sg` stops the gradient: the first pulls the codes to the vectors, the second the vectors
/// to their codes.
///
/// - Source: van den Oord, Vinyals, Kavukcuoglu, "Neural discrete representation learning", 2017,
///   arXiv:1711.00937.
package struct Codebook {
  package let vectors: Tensor  // [V, C]

  /// What came of a set of vectors.
  package struct Quantised {
    /// Which code each vector became, `[...]`.
    package let codes: Indices
    /// The codes' vectors, with the gradient passed straight through, `[..., C]`.
    package let vectors: Tensor
    package let codebookLoss: Tensor
    package let commitment: Tensor
  }

  package init(_ count: Int, width: Int, in parameters: Parameters) {
    vectors = parameters.tensor("vectors", [count, width], .uniform(bound: 1 / Float(count)))
  }

  package var count: Int { vectors.shape[0] }

  // region: nearest
  /// The nearest code of each vector: the one with the smallest |e|² - 2 z·e, since |z|² is common.
  ///
  /// - Shape: `z` is `[..., C]`, the result is `[...]`.
  package func nearest(to z: Tensor) -> Indices {
    noGrad {
      let lengths = square(vectors).sum(axis: 1)  // [V]
      return (2 * matmul(z, vectors, transposingRight: true) - lengths).argmax()
    }
  }
  // endregion: nearest

  // region: quantised
  package func callAsFunction(_ z: Tensor) -> Quantised {
    let codes = nearest(to: z)
    let chosen = gatherRows(vectors, codes)  // [..., C]
    return Quantised(
      codes: codes, vectors: straightThrough(chosen, gradientOf: z),
      codebookLoss: meanSquaredError(chosen, z.detached()),
      commitment: meanSquaredError(z, chosen.detached()))
  }
  // endregion: quantised
}

/// Codes that follow running averages of the vectors that chose them, in place of `codebookLoss`.
///
///     N_i ← γ N_i + (1 - γ) n_i     m_i ← γ m_i + (1 - γ) Σ z     e_i = m_i / N_i
///
/// The counts are smoothed by `epsilon`, so that a code nobody chooses is not divided by zero.
///
/// - Source: arXiv:1711.00937, appendix A.1.
package struct CodebookAverages {
  private let codebook: Codebook
  private let decay: Float
  private let epsilon: Float = 1e-5
  private let counts: Tensor  // [V]
  private let sums: Tensor  // [V, C]

  package init(of codebook: Codebook, decay: Float = 0.99) {
    self.codebook = codebook
    self.decay = decay
    counts = .ones([codebook.count])
    sums = .zeros(codebook.vectors.shape)
    sums.assign(codebook.vectors)
  }

  /// Takes the vectors `z` in, which chose `codes`, and moves the codes.
  package func update(_ z: Tensor, _ codes: Indices) {
    noGrad {
      let ones = Tensor.ones(codes.shape).reshaped([codes.count, 1])
      let chosen = codes.reshaped([codes.count])
      let new = scatterRows(ones, chosen, count: codebook.count).reshaped(counts.shape)
      let rows = z.detached().reshaped([codes.count, z.shape[-1]])
      counts.scale(by: decay)
      counts.add(new, scale: 1 - decay)
      sums.scale(by: decay)
      sums.add(scatterRows(rows, chosen, count: codebook.count), scale: 1 - decay)
      let total = counts.sum().item
      let smoothed =
        (counts + epsilon) * (total / (total + Float(codebook.count) * epsilon))
      codebook.vectors.assign(sums / smoothed.reshaped([codebook.count, 1]))
    }
  }
}
