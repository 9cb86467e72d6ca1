import CKernels

/// How attention is computed; the results are the same up to rounding.
package enum AttentionForm: Hashable, Sendable, CaseIterable {
  /// In tiles with online softmax: memory grows with `T`, not with `T²`.
  case tiled
  /// With the whole matrix of scores, kept for the backward pass.
  case naive
}

/// Scaled dot-product attention for all heads.
///
///     y = softmax(q kᵀ / √K) v
///
/// Heads are read in place by row steps, so nothing is permuted. Where `k` and `v` have fewer heads
/// than `q`, neighbouring heads of `q` share one. The tiled form keeps the logarithm of each query's
/// sum of exponentials, from which the backward pass computes the probabilities again.
///
/// - Shape: `q` and `y` are `[B, T, H, K]`, `k` and `v` are `[B, S, H', K]`, where H' divides H.
/// - Source: Vaswani et al., "Attention is all you need", 2017, arXiv:1706.03762; the tiles are those
///   of Dao et al., "FlashAttention", 2022, arXiv:2205.14135; the shared heads those of Ainslie et
///   al., "GQA", 2023, arXiv:2305.13245.
package func attention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, mask: AttentionMask = .none,
  form: AttentionForm = .tiled
) -> Tensor {
  let sizes = AttentionSizes(q, k, v)
  let visible = VisibleKeys(
    mask, batch: sizes.batch, queries: sizes.queries, keys: sizes.keys)
  let inputs = [q, k, v]
  let (y, backward) =
    switch form {
    case .tiled: tiledAttention(q, k, v, sizes, visible)
    case .naive: naiveAttention(q, k, v, sizes, visible)
    }
  return y.recorded("attention", inputs) { dy in
    guard !isRecordingWalk(inputs) else {
      replay(inputs, dy) { composedAttention($0[0], $0[1], $0[2], mask: mask) }
      return
    }
    for (input, gradient) in zip(inputs, backward(dy)) { input.node?.receive(gradient) }
  }
}

/// The same made of primitives: the twin that the fused forms are tested against.
package func composedAttention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, mask: AttentionMask = .none
) -> Tensor {
  let sizes = AttentionSizes(q, k, v)
  let visible = VisibleKeys(
    mask, batch: sizes.batch, queries: sizes.queries, keys: sizes.keys)
  let heads = { (x: Tensor) in sizes.sharing(x.permuted(0, 2, 1, 3)) }  // [B, H, T, K]
  let scores = matmul(heads(q), heads(k), transposingRight: true) * sizes.scale  // [B, H, T, S]
  let bias = visible.bias(queries: sizes.queries, keys: sizes.keys)
  return matmul(softmax(scores + bias), heads(v)).permuted(0, 2, 1, 3)  // [B, T, H, K]
}

/// The lengths of the axes that attention loops over.
struct AttentionSizes {
  let batch: Int
  let queries: Int
  let keys: Int
  let heads: Int
  /// The heads of keys and values.
  let keyHeads: Int
  let width: Int

  init(_ q: Tensor, _ k: Tensor, _ v: Tensor) {
    require(
      q.rank == 4 && k.rank == 4 && k.shape == v.shape && q.shape[0] == k.shape[0]
        && q.shape[3] == k.shape[3] && k.shape[2] > 0 && q.shape[2] % k.shape[2] == 0,
      "attention: \(q.shape), \(k.shape) and \(v.shape) do not fit")
    batch = q.shape[0]
    queries = q.shape[1]
    keys = k.shape[1]
    heads = q.shape[2]
    keyHeads = k.shape[2]
    width = q.shape[3]
  }

  var scale: Float { 1 / Float(width).squareRoot() }

  /// Repeats each head of `x` as often as heads of queries share it.
  ///
  /// - Shape: `[B, H', S, K]` gives `[B, H, S, K]`.
  func sharing(_ x: Tensor) -> Tensor {
    guard x.shape[1] != heads else { return x }
    let length = x.shape[2] * width
    return x.reshaped([batch * keyHeads, 1, length])
      .repeated(to: [batch * keyHeads, heads / keyHeads, length])
      .reshaped([batch, heads, x.shape[2], width])
  }
}

/// What a form of attention gives: the result, and the gradients of `q`, `k` and `v` for one of it.
typealias AttentionResult = (y: Tensor, backward: (Tensor) -> [Tensor])

private func tiledAttention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, _ sizes: AttentionSizes, _ visible: VisibleKeys
) -> AttentionResult {
  let y = Tensor(uninitialized: q.shape)
  let logSumExp = Tensor(uninitialized: [sizes.batch, sizes.heads, sizes.queries])
  visible.withKernelArguments(sizes) { arguments, scratch in
    withPointers(q, k, v, y) { q, k, v, y in
      withPointers(logSumExp) { kernels.pointee.attention(arguments, q, k, v, y, $0, scratch) }
    }
  }
  return (
    y,
    { dy in
      let gradients = [q, k, v].map { Tensor(uninitialized: $0.shape) }
      visible.withKernelArguments(sizes) { arguments, scratch in
        withPointers(q, k, v, y) { q, k, v, y in
          withPointers(logSumExp, dy) { logSumExp, dy in
            withPointers(gradients[0], gradients[1], gradients[2]) { dq, dk, dv in
              kernels.pointee.attentionGradient(
                arguments, q, k, v, y, logSumExp, dy, dq, dk, dv, scratch)
            }
          }
        }
      }
      return gradients
    }
  )
}

extension VisibleKeys {
  /// Calls `body` with the arguments and the scratch memory of the kernels.
  fileprivate func withKernelArguments(
    _ sizes: AttentionSizes, _ body: (UnsafePointer<Attention>, UnsafeMutablePointer<Float>) -> Void
  ) {
    withPointers { first, end in
      var arguments = Attention(
        batch: Int64(sizes.batch), queries: Int64(sizes.queries), keys: Int64(sizes.keys),
        heads: Int64(sizes.heads), keyHeads: Int64(sizes.keyHeads), width: Int64(sizes.width),
        first: first, end: end, maskStep: Int64(rowStep), scale: sizes.scale)
      let scratch = poolTake(kernels.pointee.attentionScratch(&arguments))
      body(&arguments, scratch)
      poolGive(scratch)
    }
  }
}
