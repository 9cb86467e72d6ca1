/// Compares a gradient with finite differences.
///
/// The output is projected on fixed weights and summed in Double. The slope along a random direction
/// through all inputs is measured by five-point differences with a step of 1/64, whose own error in
/// Float is about 1e-5, and compared with the gradient's product with that direction.
package struct GradientCheck {
  /// The slope by finite differences.
  package let measured: Double
  /// The slope by the gradient.
  package let computed: Double
  /// The length of the gradient: the slope's usual size, which keeps a chance zero from mattering.
  package let size: Double

  package var relativeError: Double {
    Swift.abs(measured - computed) / Swift.max(size, Swift.abs(measured), 1e-6)
  }

  /// Checks `function` at `inputs`; the direction and the weights come from `random`.
  package init(
    of function: ([Tensor]) -> Tensor, at inputs: [Tensor], _ random: RandomSource
  ) {
    var random = random
    let directions = inputs.map { random.normal($0.shape) }
    let tape = Tape()
    let variables = inputs.map { Tensor.variable($0, on: tape) }
    let output = function(variables)
    let weights = random.normal(output.shape)
    output.backward(with: weights)
    let gradients = zip(variables, inputs).map { $0.gradient ?? Tensor.zeros($1.shape) }

    func value(_ step: Float) -> Double {
      projection(function(zip(inputs, directions).map { $0 + step * $1 }), weights)
    }
    let step: Float = 1.0 / 64
    measured =
      (8 * (value(step) - value(-step)) - (value(2 * step) - value(-2 * step)))
      / (12 * Double(step))
    computed = zip(gradients, directions).reduce(0) { $0 + projection($1.0, $1.1) }
    size = gradients.reduce(0) { $0 + projection($1, $1) }.squareRoot()
  }
}

/// The sum of products, in Double.
private func projection(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.scalars, b.scalars).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}
