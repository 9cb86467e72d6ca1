import CKernels

// Changes in place, for the flat buffers of parameters, gradients and moments. They are not
// recorded, and they are the only operations that change a tensor.

/// The settings of one step of Adam.
///
///     g ← g + penalty θ            m ← β₁ m + (1 - β₁) g
///     v ← β₂ v + (1 - β₂) g²       θ ← (1 - η decay) θ - η m̂ / (√v̂ + ε)
///     m̂ = m / (1 - β₁ᵗ)            v̂ = v / (1 - β₂ᵗ)
package struct AdamSettings {
  package var learningRate: Float
  package var beta1: Float
  package var beta2: Float
  package var epsilon: Float
  /// Decay of the parameters themselves, as in AdamW.
  package var decay: Float
  /// Decay by way of the gradient, as in Adam with an L2 penalty.
  package var penalty: Float

  package init(
    learningRate: Float, beta1: Float, beta2: Float, epsilon: Float, decay: Float, penalty: Float
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.decay = decay
    self.penalty = penalty
  }
}

extension Tensor {
  /// `self += other * scale`.
  package func add(_ other: Tensor, scale: Float = 1) {
    require(shape == other.shape, "add: \(shape) and \(other.shape) do not fit")
    withPointers(self, other) { target, source in
      kernels.pointee.addScaled(Int64(count), source, scale, target)
    }
  }

  /// `self *= scale`.
  package func scale(by scale: Float) {
    withPointers(self) { kernels.pointee.affine(Int64(count), $0, scale, 0, $0) }
  }

  /// Takes over the numbers of a tensor of the same shape.
  package func assign(_ other: Tensor) {
    require(shape == other.shape, "assign: \(shape) and \(other.shape) do not fit")
    withPointers(self, other) { target, source in target.update(from: source, count: count) }
  }

  /// Exchanges the numbers of two whole buffers without copying them.
  package func exchange(with other: Tensor) {
    storage.exchange(with: other.storage)
  }

  /// One step of Adam on this slice of parameters; `step` counts from 1.
  package func adamStep(
    _ settings: AdamSettings, step: Int, gradient: Tensor, mean: Tensor, square: Tensor
  ) {
    let kernelStep = AdamStep(
      learningRate: settings.learningRate, beta1: settings.beta1, beta2: settings.beta2,
      epsilon: settings.epsilon, correction1: correction(settings.beta1, step),
      correction2: correction(settings.beta2, step).squareRoot(),
      decay: settings.learningRate * settings.decay, penalty: settings.penalty)
    withPointers(gradient, mean, square, self) { gradient, mean, square, parameter in
      kernels.pointee.adam(Int64(count), kernelStep, gradient, mean, square, parameter)
    }
  }

  /// The square root of the sum of squares of all numbers.
  package var norm: Float {
    withPointers(self) { kernels.pointee.dot(Int64(count), $0, $0) }.squareRoot()
  }
}

// Flat arrays of numbers: all that travels between threads.

extension Tensor {
  /// Copies all numbers into an array that has room for them.
  package func copy(to numbers: inout [Float]) {
    require(numbers.count == count, "copy: \(shape) into \(numbers.count) numbers")
    withPointers(self) { source in
      numbers.withUnsafeMutableBufferPointer { target in
        _ = target.update(fromContentsOf: UnsafeBufferPointer(start: source, count: count))
      }
    }
  }

  /// Takes over all numbers of an array.
  package func assign(_ numbers: [Float]) {
    require(numbers.count == count, "assign: \(numbers.count) numbers to \(shape)")
    withPointers(self) { target in
      numbers.withUnsafeBufferPointer { source in
        _ = UnsafeMutableBufferPointer(start: target, count: count).update(fromContentsOf: source)
      }
    }
  }

  /// `self += numbers`.
  package func add(_ numbers: [Float]) {
    require(numbers.count == count, "add: \(numbers.count) numbers to \(shape)")
    withPointers(self) { target in
      numbers.withUnsafeBufferPointer { source in
        if let start = source.baseAddress {
          kernels.pointee.addScaled(Int64(count), start, 1, target)
        }
      }
    }
  }
}

/// `target += source`, number by number.
package func add(_ source: [Float], to target: inout [Float]) {
  require(source.count == target.count, "add: \(source.count) and \(target.count) numbers")
  target.withUnsafeMutableBufferPointer { target in
    source.withUnsafeBufferPointer { source in
      if let from = source.baseAddress, let to = target.baseAddress {
        kernels.pointee.addScaled(Int64(source.count), from, 1, to)
      }
    }
  }
}

/// 1 / (1 - betaᵗ): undoes the pull of a running mean towards its start at zero.
private func correction(_ beta: Float, _ step: Int) -> Float {
  var power = 1.0
  for bit in stride(from: Int.bitWidth - 1 - step.leadingZeroBitCount, through: 0, by: -1) {
    power *= power
    if step >> bit & 1 == 1 { power *= Double(beta) }
  }
  return Float(1 / (1 - power))
}
