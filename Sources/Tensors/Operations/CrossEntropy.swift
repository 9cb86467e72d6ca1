import CKernels

/// The mean cross-entropy of rows of logits against classes, in nats.
///
///     loss = Σ w_i (logSumExp(logits_i) - logits_i[target_i]) / Σ w_i
///
/// A weight of 0 or a target below 0 leaves a row out, as for padding or a prompt; without weights
/// all others are 1. Neither the probabilities nor their logarithms are stored: the backward pass
/// computes `w_i (softmax(logits_i) - one at the target) / Σ w` from each row's `logSumExp`.
///
/// - Shape: `logits` is `[..., V]`, `targets` and `weights` are `[...]`, the loss is a number.
package func crossEntropy(logits: Tensor, targets: Indices, weights: Tensor? = nil) -> Tensor {
  let (rows, columns) = logits.rowsAndColumns
  requireFit(logits, targets, weights)
  if weights?.node != nil {
    return composedCrossEntropy(logits: logits, targets: targets, weights: weights)
  }
  let losses = Tensor(uninitialized: targets.shape)
  let logSumExp = Tensor(uninitialized: targets.shape)
  withPointers(logits, losses, logSumExp) { logits, losses, logSumExp in
    withPointers(targets, weights) { targets, weights in
      kernels.pointee.crossEntropy(
        rows, columns, logits, targets, weights, losses, logSumExp)
    }
  }
  let total = totalWeight(targets, weights)
  let loss = Tensor(losses.sum().item / total)
  return loss.recorded("crossEntropy", logits) { dy in
    guard let node = logits.node else { return }
    guard !node.tape.isRecording else {
      replay([logits], dy) {
        composedCrossEntropy(logits: $0[0], targets: targets, weights: weights)
      }
      return
    }
    let gradient = Tensor(uninitialized: logits.shape)
    let scale = dy.item / total
    withPointers(logits, logSumExp, gradient) { logits, logSumExp, gradient in
      withPointers(targets, weights) { targets, weights in
        kernels.pointee.crossEntropyGradient(
          rows, columns, logits, targets, weights, logSumExp, scale, gradient)
      }
    }
    node.receive(gradient)
  }
}

/// The same made of primitives: the twin that the fused form is tested against.
package func composedCrossEntropy(
  logits: Tensor, targets: Indices, weights: Tensor? = nil
) -> Tensor {
  let counts = Tensor(targets.values.map { $0 < 0 ? 0 : 1 }, shape: targets.shape)
  let classes = Indices(targets.values.map { max($0, 0) }, shape: targets.shape)
  let kept = weights.map { $0 * counts } ?? counts
  return -(pick(logSoftmax(logits), classes) * kept).sum() / kept.sum()
}

private func requireFit(_ logits: Tensor, _ targets: Indices, _ weights: Tensor?) {
  require(
    logits.rank == targets.shape.rank + 1 && logits.shape.removing(axis: -1) == targets.shape,
    "crossEntropy: \(logits.shape) and targets of \(targets.shape) do not fit")
  require(
    weights.map { $0.shape == targets.shape } ?? true,
    "crossEntropy: weights of \(weights?.shape ?? .scalar) for targets of \(targets.shape)")
  let classes = logits.shape[-1]
  if let wrong = targets.values.first(where: { $0 >= classes }) {
    stop("crossEntropy: class \(wrong) of \(classes)")
  }
}

/// The sum of the weights of rows that count.
private func totalWeight(_ targets: Indices, _ weights: Tensor?) -> Float {
  let counts = targets.values.map { $0 < 0 ? 0 : 1 as Float }
  let kept = weights.map { zip($0.scalars, counts).map(*) } ?? counts
  return Tensor(kept).sum().item
}

/// Calls `body` with the addresses of the targets and of the weights, if there are any.
private func withPointers(
  _ targets: Indices, _ weights: Tensor?,
  _ body: (UnsafePointer<Int32>, UnsafePointer<Float>?) -> Void
) {
  targets.values.withUnsafeBufferPointer { targets in
    guard let targets = targets.baseAddress else { return }
    withPointer(weights) { body(targets, $0) }
  }
}
