import Tensors

/// Something that changes parameters by their gradients.
package protocol Optimizer: AnyObject {
  /// Set for each step from a schedule, a plain function of the step.
  var learningRate: Float { get set }

  /// One step along the gradients of the last walk back.
  func step()
}

extension Parameters {
  /// A number for each parameter, zero at first: what an optimiser remembers from step to step.
  func optimizerState() -> Tensor {
    MemoryUse.tagged(.optimizerStates) { .zeros([count]) }
  }
}
