import CKernels

/// Attention head by head with the whole matrix of scores, which is kept for the backward pass.
func naiveAttention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, _ sizes: AttentionSizes, _ visible: VisibleKeys
) -> AttentionResult {
  let heads = NaiveHeads(sizes: sizes, visible: visible)
  let y = Tensor(uninitialized: q.shape)
  let weights = Tensor(uninitialized: [sizes.batch, sizes.heads, sizes.queries, sizes.keys])
  withPointers(q, k, v, y) { q, k, v, y in
    withPointers(weights) { heads.forward(q, k, v, weights: $0, y) }
  }
  return (
    y,
    { dy in
      let gradients = [Tensor(uninitialized: q.shape), .zeros(k.shape), .zeros(v.shape)]
      withPointers(q, k, v, dy) { q, k, v, dy in
        withPointers(gradients[0], gradients[1], gradients[2], weights) { dq, dk, dv, weights in
          heads.backward(q, k, v, weights: weights, dy, dq, dk, dv)
        }
      }
      return gradients
    }
  )
}

/// The loops over batch and heads.
private struct NaiveHeads {
  let sizes: AttentionSizes
  let visible: VisibleKeys

  private var queries: Int { sizes.queries }
  private var keys: Int { sizes.keys }
  private var width: Int { sizes.width }
  /// From one position to the next within a head.
  private var queryStep: Int { sizes.heads * width }
  private var keyStep: Int { sizes.keyHeads * width }

  func forward(
    _ q: UnsafePointer<Float>, _ k: UnsafePointer<Float>, _ v: UnsafePointer<Float>,
    weights: UnsafeMutablePointer<Float>, _ y: UnsafeMutablePointer<Float>
  ) {
    forEachHead { query, key, head, row in
      let weights = weights + head
      product(
        queries, keys, width, q + query, (queryStep, 1), k + key, (1, keyStep), weights, keys)
      visible.withPointers { first, end in
        kernels.pointee.maskedSoftmax(
          Int64(queries), Int64(keys), first + row, end + row, sizes.scale, weights)
      }
      product(
        queries, width, keys, weights, (keys, 1), v + key, (keyStep, 1), y + query, queryStep)
    }
  }

  func backward(
    _ q: UnsafePointer<Float>, _ k: UnsafePointer<Float>, _ v: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dq: UnsafeMutablePointer<Float>,
    _ dk: UnsafeMutablePointer<Float>, _ dv: UnsafeMutablePointer<Float>
  ) {
    let scratch = Tensor(uninitialized: [queries, keys])
    withPointers(scratch) { scores in
      forEachHead { query, key, head, _ in
        let (weights, dy) = (weights + head, dy + query)
        product(
          keys, width, queries, weights, (1, keys), dy, (queryStep, 1), dv + key, keyStep,
          accumulates: true)
        product(queries, keys, width, dy, (queryStep, 1), v + key, (1, keyStep), scores, keys)
        kernels.pointee.softmaxGradient(Int64(queries), Int64(keys), weights, scores, scores)
        kernels.pointee.affine(Int64(queries * keys), scores, sizes.scale, 0, scores)
        product(
          queries, width, keys, scores, (keys, 1), k + key, (keyStep, 1), dq + query, queryStep)
        product(
          keys, width, queries, scores, (1, keys), q + query, (queryStep, 1), dk + key, keyStep,
          accumulates: true)
      }
    }
  }

  /// Calls `body` with the offsets of each head in queries, keys, weights and masks.
  private func forEachHead(_ body: (Int, Int, Int, Int) -> Void) {
    let share = sizes.heads / sizes.keyHeads
    for b in 0..<sizes.batch {
      for h in 0..<sizes.heads {
        body(
          b * queries * queryStep + h * width, b * keys * keyStep + h / share * width,
          (b * sizes.heads + h) * queries * keys, b * visible.rowStep)
      }
    }
  }

  private func product(
    _ rows: Int, _ columns: Int, _ inner: Int, _ a: UnsafePointer<Float>,
    _ aStep: (row: Int, column: Int), _ b: UnsafePointer<Float>, _ bStep: (row: Int, column: Int),
    _ c: UnsafeMutablePointer<Float>, _ cRow: Int, accumulates: Bool = false
  ) {
    var product = Product(
      rows: rows, columns: columns, inner: inner, a: a, aStep: aStep, b: b, bStep: bStep, c: c,
      cRow: cRow, accumulates: accumulates)
    product.run()
  }
}
