/// The numbers of `value` with the gradient of `substitute`: the way through a step without slope.
///
///     y = substitute + stop_gradient(value - substitute)
///
/// Choosing the nearest code is such a step, for which the gradient of what was replaced stands in.
///
/// - Source: Bengio, Léonard, Courville, "Estimating or propagating gradients through stochastic
///   neurons for conditional computation", 2013, arXiv:1308.3432.
package func straightThrough(_ value: Tensor, gradientOf substitute: Tensor) -> Tensor {
  require(
    value.shape == substitute.shape,
    "straightThrough: \(value.shape) and \(substitute.shape) do not fit")
  let input = substitute.node
  return value.detached().recorded("straightThrough", substitute) { dy in input?.receive(dy) }
}
