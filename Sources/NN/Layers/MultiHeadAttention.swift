package import Tensors

/// Self-attention with several heads.
///
///     y = concat(attention(q_h, k_g, v_g) for each head h of each group g) output
///
/// With fewer key heads than heads, each serves a group of queries, and the cache is as much smaller.
/// Rotary positions turn queries and keys so that their products depend on the distance alone. Root
/// mean square normalisation of both keeps those products bounded at any learning rate.
///
/// - Shape: `x` and `y` are `[B, T, C]`.
/// - Source: Vaswani et al., "Attention is all you need", 2017, arXiv:1706.03762; groups from Ainslie
///   et al., 2023, arXiv:2305.13245; rotary positions from Su et al., 2021, arXiv:2104.09864;
///   normalisation from Henry et al., "Query-key normalization for transformers", 2020,
///   arXiv:2010.04245.
package struct MultiHeadAttention {
  package let query: Linear
  package let key: Linear
  package let value: Linear
  package let output: Linear
  private let norms: (query: RMSNorm, key: RMSNorm)?
  private let heads: Int
  private let keyHeads: Int
  private let mask: AttentionMask
  private let rotaryBase: Float?

  /// A layer with `keyHeads` heads of keys and values, or as many as of queries; without a base of
  /// rotary positions it knows no positions.
  package init(
    _ width: Int, heads: Int, keyHeads: Int? = nil, mask: AttentionMask = .none,
    rotaryBase: Float? = nil, normalizesQueriesAndKeys: Bool = false, bias: Bool = true,
    in parameters: Parameters
  ) {
    let keyHeads = keyHeads ?? heads
    require(
      width % heads == 0 && heads % keyHeads == 0,
      "MultiHeadAttention: width \(width) over \(heads) heads, \(keyHeads) of them for keys")
    let headWidth = width / heads
    let keyWidth = keyHeads * headWidth
    query = Linear(width, width, bias: bias, in: parameters.scope("query"))
    key = Linear(width, keyWidth, bias: bias, in: parameters.scope("key"))
    value = Linear(width, keyWidth, bias: bias, in: parameters.scope("value"))
    output = Linear(width, width, bias: bias, in: parameters.scope("output"))
    norms =
      normalizesQueriesAndKeys
      ? (
        RMSNorm(headWidth, in: parameters.scope("norm.query")),
        RMSNorm(headWidth, in: parameters.scope("norm.key"))
      ) : nil
    self.heads = heads
    self.keyHeads = keyHeads
    self.mask = mask
    self.rotaryBase = rotaryBase
  }

  /// Attention within `x`, under the layer's mask.
  package func callAsFunction(_ x: Tensor) -> Tensor { self(x, mask: mask) }

  /// Attention within `x`, under another mask.
  package func callAsFunction(_ x: Tensor, mask: AttentionMask) -> Tensor {
    attended(queries(x, from: 0), keys(x, from: 0), values(x), mask)
  }

  /// Attention of `x` to itself and to all that the cache has seen before it, which takes `x` in.
  ///
  /// - Shape: `x` and `y` are `[B, T, C]`, where `T` counts the new positions alone.
  package func callAsFunction(
    _ x: Tensor, mask: AttentionMask, cache: inout KeyValueCache
  ) -> Tensor {
    let start = cache.length
    let (keys, values) = cache.append(keys: keys(x, from: start), values: values(x))
    return attended(queries(x, from: start), keys, values, mask)
  }

  private func attended(
    _ queries: Tensor, _ keys: Tensor, _ values: Tensor, _ mask: AttentionMask
  ) -> Tensor {
    let y = attention(queries, keys, values, mask: mask)  // [B, T, H, K]
    return output(y.reshaped([y.shape[0], y.shape[1], y.shape[2] * y.shape[3]]))  // [B, T, C]
  }

  private func queries(_ x: Tensor, from start: Int) -> Tensor {
    placed(split(query(x), heads), norms?.query, from: start)  // [B, T, H, K]
  }

  private func keys(_ x: Tensor, from start: Int) -> Tensor {
    placed(split(key(x), keyHeads), norms?.key, from: start)  // [B, T, H', K]
  }

  private func values(_ x: Tensor) -> Tensor { split(value(x), keyHeads) }  // [B, T, H', K]

  private func split(_ x: Tensor, _ heads: Int) -> Tensor {
    x.reshaped([x.shape[0], x.shape[1], heads, x.shape[2] / heads])
  }

  /// Normalises, then turns by position, where the layer does so.
  private func placed(_ x: Tensor, _ norm: RMSNorm?, from start: Int) -> Tensor {
    let normalized = norm.map { $0(x) } ?? x
    return rotaryBase.map { rotary(normalized, firstPosition: start, base: $0) } ?? normalized
  }
}
