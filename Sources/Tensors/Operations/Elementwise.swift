import CKernels

// Functions of one variable. Each stands beside its derivative, written in primitives; the walk
// back uses a kernel of the same formula unless the walk itself is to be differentiated.

package func exp(_ x: Tensor) -> Tensor {
  x.mapped(.exp, "exp") { x in exp(x) }
}

package func log(_ x: Tensor) -> Tensor {
  x.mapped(.log, "log") { x in reciprocal(x) }
}

package func sqrt(_ x: Tensor) -> Tensor {
  x.mapped(.sqrt, "sqrt") { x in 0.5 / sqrt(x) }
}

package func reciprocal(_ x: Tensor) -> Tensor {
  x.mapped(.reciprocal, "reciprocal") { x in -square(reciprocal(x)) }
}

package func square(_ x: Tensor) -> Tensor {
  x.mapped(.square, "square") { x in x * 2 }
}

/// The magnitude.
///
/// At 0 the gradient is 0.
package func abs(_ x: Tensor) -> Tensor {
  x.mapped(.abs, "abs") { x in
    let zero = Tensor(0)
    return isLess(zero, x) - isLess(x, zero)
  }
}

package func sin(_ x: Tensor) -> Tensor {
  x.mapped(.sin, "sin") { x in cos(x) }
}

package func cos(_ x: Tensor) -> Tensor {
  x.mapped(.cos, "cos") { x in -sin(x) }
}

package func tanh(_ x: Tensor) -> Tensor {
  x.mapped(.tanh, "tanh") { x in 1 - square(tanh(x)) }
}

/// 1 / (1 + exp(-x)).
package func sigmoid(_ x: Tensor) -> Tensor {
  x.mapped(.sigmoid, "sigmoid") { x in sigmoid(x) * sigmoid(-x) }
}

/// max(x, 0).
///
/// At 0 the gradient is 0.
package func relu(_ x: Tensor) -> Tensor {
  x.mapped(.relu, "relu") { x in isLess(Tensor(0), x) }
}

/// x above 0, and a slope below it.
package func leakyRelu(_ x: Tensor, slope: Float = 0.01) -> Tensor {
  relu(x) - slope * relu(-x)
}

/// x * sigmoid(x), also called swish.
package func silu(_ x: Tensor) -> Tensor {
  x.mapped(.silu, "silu") { x in
    let s = sigmoid(x)
    return s + x * s * (1 - s)
  }
}

/// The tanh form: 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))).
package func gelu(_ x: Tensor) -> Tensor {
  x.mapped(.gelu, "gelu") { x in
    let inner = x * (1.595_769_1 + 0.071_354_814 * square(x))
    let s = sigmoid(inner)
    return s + x * s * (1 - s) * (1.595_769_1 + 0.214_064_45 * square(x))
  }
}

/// log(1 + exp(x)), without overflow.
package func softplus(_ x: Tensor) -> Tensor {
  x.mapped(.softplus, "softplus") { x in sigmoid(x) }
}

/// log(sigmoid(x)), without overflow.
package func logSigmoid(_ x: Tensor) -> Tensor {
  x.mapped(.logSigmoid, "logSigmoid") { x in sigmoid(-x) }
}

/// x to a whole power, by repeated squaring.
package func power(_ x: Tensor, _ exponent: Int) -> Tensor {
  require(exponent != 0, "power: an exponent of 0 gives a constant")
  if exponent < 0 { return reciprocal(power(x, -exponent)) }
  if exponent == 1 { return x }
  let half = square(power(x, exponent / 2))
  return exponent % 2 == 0 ? half : half * x
}

/// x to any power, for x above 0.
package func power(_ x: Tensor, _ exponent: Float) -> Tensor {
  exp(log(x) * exponent)
}

extension Tensor {
  /// Applies a kernel; `derivative` is its slope in primitives.
  func mapped(
    _ kind: MapKind, _ operation: String, derivative: @escaping (Tensor) -> Tensor
  ) -> Tensor {
    let y = Tensor(uninitialized: shape)
    withPointers(self, y) { x, y in kernels.pointee.map(kind, Int64(count), x, y) }
    return y.recorded(operation, self) { dy in
      guard let node = self.node else { return }
      if node.tape.isRecording {
        node.receive(dy * derivative(self))
      } else {
        node.receive(mapGradient(kind, self, y, dy))
      }
    }
  }
}

private func mapGradient(_ kind: MapKind, _ x: Tensor, _ y: Tensor, _ dy: Tensor) -> Tensor {
  let dx = Tensor(uninitialized: x.shape)
  withPointers(x, y, dy, dx) { x, y, dy, target in
    kernels.pointee.mapGradient(kind, Int64(dx.count), x, y, dy, target)
  }
  return dx
}
