package import Tensors

/// Self-attention with several heads.
///
///     y = concat(attention(q_h, k_h, v_h) for each head h) output
///
/// - Shape: `x` and `y` are `[B, T, C]`.
/// - Source: Vaswani et al., "Attention is all you need", 2017, arXiv:1706.03762.
package struct MultiHeadAttention {
  package let query: Linear
  package let key: Linear
  package let value: Linear
  package let output: Linear
  private let heads: Int
  private let mask: AttentionMask

  package init(
    _ width: Int, heads: Int, mask: AttentionMask = .none, bias: Bool = true,
    in parameters: Parameters
  ) {
    require(width % heads == 0, "MultiHeadAttention: width \(width) over \(heads) heads")
    query = Linear(width, width, bias: bias, in: parameters.scope("query"))
    key = Linear(width, width, bias: bias, in: parameters.scope("key"))
    value = Linear(width, width, bias: bias, in: parameters.scope("value"))
    output = Linear(width, width, bias: bias, in: parameters.scope("output"))
    self.heads = heads
    self.mask = mask
  }

  package func callAsFunction(_ x: Tensor) -> Tensor {
    let split: Shape = [x.shape[0], x.shape[1], heads, x.shape[2] / heads]
    let y = attention(
      query(x).reshaped(split), key(x).reshaped(split), value(x).reshaped(split),
      mask: mask)  // [B, T, H, K]
    return output(y.reshaped(x.shape))  // [B, T, C]
  }
}
