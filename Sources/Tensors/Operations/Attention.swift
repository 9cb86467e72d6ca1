import CKernels

/// Which positions a position may look at.
package enum AttentionMask: Hashable, Sendable {
  /// All of them.
  case none
  /// Itself and those before it; with more keys than queries the queries are the last positions.
  case causal
}

/// Scaled dot-product attention for all heads.
///
///     y = softmax(q kᵀ / √K) v
///
/// Heads are read in place by row steps, so nothing is permuted.
///
/// - Shape: `q` and `y` are `[B, T, H, K]`, `k` and `v` are `[B, S, H, K]`.
/// - Source: Vaswani et al., "Attention is all you need", 2017, arXiv:1706.03762.
package func attention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, mask: AttentionMask = .none
) -> Tensor {
  let heads = AttentionHeads(q, k, v, mask)
  let y = Tensor(uninitialized: q.shape)
  let weights = Tensor(uninitialized: heads.weightsShape)
  withPointers(q, k, v, y) { q, k, v, y in
    withPointers(weights) { heads.forward(q, k, v, weights: $0, y) }
  }
  let inputs = [q, k, v]
  return y.recorded("attention", inputs) { dy in
    guard !isRecordingWalk(inputs) else {
      replay(inputs, dy) { composedAttention($0[0], $0[1], $0[2], mask: mask) }
      return
    }
    let gradients = inputs.map { Tensor(uninitialized: $0.shape) }
    withPointers(q, k, v, dy) { q, k, v, dy in
      withPointers(gradients[0], gradients[1], gradients[2], weights) { dq, dk, dv, weights in
        heads.backward(q, k, v, weights: weights, dy, dq, dk, dv)
      }
    }
    for (input, gradient) in zip(inputs, gradients) { input.node?.receive(gradient) }
  }
}

/// The same made of primitives: the twin that the fused form is tested against.
package func composedAttention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, mask: AttentionMask = .none
) -> Tensor {
  let scale = 1 / Float(q.shape[-1]).squareRoot()
  let (queries, keys) = (q.permuted(0, 2, 1, 3), k.permuted(0, 2, 1, 3))  // [B, H, T, K]
  var scores = matmul(queries, keys, transposingRight: true) * scale  // [B, H, T, S]
  if mask == .causal { scores = scores + causalBias(q.shape[1], k.shape[1]) }
  return matmul(softmax(scores), v.permuted(0, 2, 1, 3)).permuted(0, 2, 1, 3)  // [B, T, H, K]
}

/// 0 where a position may look, and a large negative number where it may not.
///
/// - Shape: `[T, S]`
private func causalBias(_ queries: Int, _ keys: Int) -> Tensor {
  let numbers = (0..<queries).flatMap { query in
    (0..<keys).map { key in key > query + keys - queries ? -1e9 as Float : 0 }
  }
  return Tensor(numbers, shape: [queries, keys])
}

/// The loops over batch and heads.
private struct AttentionHeads {
  private let batch: Int
  private let queries: Int
  private let keys: Int
  private let heads: Int
  private let width: Int
  /// How far beyond its own number a query sees.
  private let reach: Int

  init(_ q: Tensor, _ k: Tensor, _ v: Tensor, _ mask: AttentionMask) {
    require(
      q.rank == 4 && k.shape == v.shape && q.shape == k.shape.replacing(axis: 1, with: q.shape[1]),
      "attention: \(q.shape), \(k.shape) and \(v.shape) do not fit")
    batch = q.shape[0]
    queries = q.shape[1]
    keys = k.shape[1]
    heads = q.shape[2]
    width = q.shape[3]
    require(mask == .none || keys >= queries, "attention: \(queries) queries, \(keys) keys")
    reach = mask == .causal ? keys - queries : keys
  }

  var weightsShape: Shape { [batch, heads, queries, keys] }

  /// From one position to the next within a head.
  private var step: Int { heads * width }
  private var scale: Float { 1 / Float(width).squareRoot() }

  func forward(
    _ q: UnsafePointer<Float>, _ k: UnsafePointer<Float>, _ v: UnsafePointer<Float>,
    weights: UnsafeMutablePointer<Float>, _ y: UnsafeMutablePointer<Float>
  ) {
    forEachHead { query, key, head in
      let weights = weights + head
      product(
        queries, keys, width, q + query, (step, 1), k + key, (1, step), weights, keys)  // [T, S]
      kernels.pointee.causalSoftmax(Int64(queries), Int64(keys), Int64(reach), scale, weights)
      product(queries, width, keys, weights, (keys, 1), v + key, (step, 1), y + query, step)
    }
  }

  func backward(
    _ q: UnsafePointer<Float>, _ k: UnsafePointer<Float>, _ v: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dq: UnsafeMutablePointer<Float>,
    _ dk: UnsafeMutablePointer<Float>, _ dv: UnsafeMutablePointer<Float>
  ) {
    let scratch = Tensor(uninitialized: [queries, keys])
    withPointers(scratch) { scores in
      forEachHead { query, key, head in
        let weights = weights + head
        product(keys, width, queries, weights, (1, keys), dy + query, (step, 1), dv + key, step)
        product(queries, keys, width, dy + query, (step, 1), v + key, (1, step), scores, keys)
        kernels.pointee.softmaxGradient(Int64(queries), Int64(keys), weights, scores, scores)
        kernels.pointee.affine(Int64(queries * keys), scores, scale, 0, scores)
        product(queries, width, keys, scores, (keys, 1), k + key, (step, 1), dq + query, step)
        product(keys, width, queries, scores, (1, keys), q + query, (step, 1), dk + key, step)
      }
    }
  }

  /// Calls `body` with the offsets of each head in queries, keys and weights.
  private func forEachHead(_ body: (Int, Int, Int) -> Void) {
    for b in 0..<batch {
      for h in 0..<heads {
        body(
          b * queries * step + h * width, b * keys * step + h * width,
          (b * heads + h) * queries * keys)
      }
    }
  }

  private func product(
    _ rows: Int, _ columns: Int, _ inner: Int, _ a: UnsafePointer<Float>,
    _ aStep: (row: Int, column: Int), _ b: UnsafePointer<Float>, _ bStep: (row: Int, column: Int),
    _ c: UnsafeMutablePointer<Float>, _ cRow: Int
  ) {
    var product = Product(
      rows: rows, columns: columns, inner: inner, a: a, aStep: aStep, b: b, bStep: bStep, c: c,
      cRow: cRow, accumulates: false)
    product.run()
  }
}
