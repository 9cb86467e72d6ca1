import CKernels

extension Tensor {
  /// Computes the gradients of this single number for every leaf it was computed from.
  ///
  /// Leaves get them in place of what they had, or added to it where `accumulating` is set. The
  /// tape is cleared on the way, so that buffers are used again while they are in the cache.
  ///
  /// `onReady` gets each leaf as soon as its gradient is complete, so that somebody may send it off
  /// while the walk goes on. What the number does not depend on is not reported.
  package func backward(accumulating: Bool = false, onReady: ((Node) -> Void)? = nil) {
    require(count == 1, "backward: \(shape) is not a single number; give a seed")
    backward(with: Tensor.ones(shape), accumulating: accumulating, onReady: onReady)
  }

  /// Computes vector-Jacobian products: gradients of the sum of this tensor times `seed`.
  package func backward(
    with seed: Tensor, accumulating: Bool = false, onReady: ((Node) -> Void)? = nil
  ) {
    require(seed.shape == shape, "backward: a seed of \(seed.shape) for \(shape)")
    guard let node else {
      stop("backward: nothing before this tensor asks for a gradient")
    }
    node.tape.walkBack(
      from: node, seed: seed.detached(), accumulating: accumulating, onReady: onReady)
  }
}

/// The gradients of a single number for any tensors it was computed from.
///
/// Unlike `backward()` this leaves the tape and the leaves' own gradients as they are. With
/// `differentiable` the walk is recorded too, so that its results can be differentiated again.
package func gradient(
  of loss: Tensor, for targets: [Tensor], seed: Tensor? = nil, differentiable: Bool = false
) -> [Tensor] {
  require(seed != nil || loss.count == 1, "gradient: \(loss.shape) is not a single number")
  guard let root = loss.node else {
    stop("gradient: nothing before this tensor asks for a gradient")
  }
  let nodes = targets.map { target in
    guard let node = target.node else {
      stop("gradient: a target of \(target.shape) is a constant")
    }
    return node
  }
  let found = root.tape.collect(
    from: root, seed: seed ?? Tensor.ones(loss.shape), for: nodes, differentiable: differentiable)
  return zip(found, targets).map { $0 ?? Tensor.zeros($1.shape) }
}

/// The derivatives of every number of `y` by every number of `x`, one walk back for each row.
///
/// - Shape: `[y.count, x.count]`.
package func jacobian(of y: Tensor, for x: Tensor, differentiable: Bool = false) -> Tensor {
  stacked(
    (0..<y.count).map { row in
      let seed = oneHot(Indices([row]), width: y.count).reshaped(y.shape)
      let gradients = gradient(of: y, for: [x], seed: seed, differentiable: differentiable)
      return gradients[0].reshaped([x.count])
    })
}

/// Runs `body` without recording what it computes, as for evaluation and sampling.
package func noGrad<Result>(_ body: () throws -> Result) rethrows -> Result {
  try withRecording(.paused, body)
}
