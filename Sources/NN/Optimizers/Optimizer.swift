/// Something that changes parameters by their gradients.
package protocol Optimizer: AnyObject {
  /// Set for each step from a schedule, a plain function of the step.
  var learningRate: Float { get set }

  /// One step along the gradients of the last walk back.
  func step()
}
