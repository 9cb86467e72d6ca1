import CKernels

/// exp(x) divided by its sum along the last axis.
package func softmax(_ x: Tensor) -> Tensor {
  let (rows, columns) = x.rowsAndColumns
  let y = Tensor(uninitialized: x.shape)
  withPointers(x, y) { kernels.pointee.softmax(rows, columns, $0, $1) }
  return y.recorded("softmax", x) { dy in
    guard let node = x.node else { return }
    guard !node.tape.isRecording else {
      let y = softmax(x)
      node.receive(y * (dy - (dy * y).sum(axis: -1, keepsAxis: true)))
      return
    }
    let dx = Tensor(uninitialized: x.shape)
    withPointers(y, dy, dx) { kernels.pointee.softmaxGradient(rows, columns, $0, $1, $2) }
    node.receive(dx)
  }
}

/// The logarithm of `softmax`, without overflow.
package func logSoftmax(_ x: Tensor) -> Tensor {
  let (rows, columns) = x.rowsAndColumns
  let y = Tensor(uninitialized: x.shape)
  withPointers(x, y) { kernels.pointee.logSoftmax(rows, columns, $0, $1) }
  return y.recorded("logSoftmax", x) { dy in
    guard let node = x.node else { return }
    guard !node.tape.isRecording else {
      node.receive(dy - softmax(x) * dy.sum(axis: -1, keepsAxis: true))
      return
    }
    let dx = Tensor(uninitialized: x.shape)
    withPointers(y, dy, dx) { kernels.pointee.logSoftmaxGradient(rows, columns, $0, $1, $2) }
    node.receive(dx)
  }
}

/// The mean cross-entropy of rows of logits against classes, in nats.
///
///     loss = Σ w_i (logSumExp(logits_i) - logits_i[target_i]) / Σ w_i
///
/// A weight of 0 leaves a row out, as for padding or a prompt; without weights all are 1.
///
/// - Shape: `logits` is `[..., V]`, `targets` and `weights` are `[...]`, the loss is a number.
package func crossEntropy(logits: Tensor, targets: Indices, weights: Tensor? = nil) -> Tensor {
  let losses = -pick(logSoftmax(logits), targets)
  guard let weights else { return losses.mean() }
  require(
    weights.shape == losses.shape, "crossEntropy: weights of \(weights.shape) for \(losses.shape)")
  return (losses * weights).sum() / weights.sum()
}

extension Tensor {
  /// The last axis as columns, all others as rows.
  var rowsAndColumns: (Int64, Int64) {
    let columns = shape[-1]
    return (Int64(columns == 0 ? 0 : count / columns), Int64(columns))
  }
}
