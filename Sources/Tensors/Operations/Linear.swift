import CKernels

/// What follows an affine map in a layer.
package enum Activation: Hashable, Sendable, CaseIterable {
  case none, relu, silu, gelu, tanh, sigmoid

  var kind: ActivationKind {
    switch self {
    case .none: .none
    case .relu: .relu
    case .silu: .silu
    case .gelu: .gelu
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    }
  }

  /// The activation as a primitive.
  package func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .none: x
    case .relu: Tensors.relu(x)
    case .silu: Tensors.silu(x)
    case .gelu: Tensors.gelu(x)
    case .tanh: Tensors.tanh(x)
    case .sigmoid: Tensors.sigmoid(x)
    }
  }
}

/// An affine map with its activation, in one pass over blocks of rows that stay in the cache.
///
///     y = activation(x weight + bias)
///
/// The forward pass keeps the activation's derivative, so the backward pass needs no exponential.
///
/// - Shape: `x` is `[..., C]`, `weight` is `[C, D]`, `bias` is `[D]`, `y` is `[..., D]`.
package func linear(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor, activation: Activation = .none
) -> Tensor {
  require(
    x.rank >= 1 && weight.rank == 2 && x.shape[-1] == weight.shape[0]
      && bias.shape == [weight.shape[1]],
    "linear: \(x.shape), \(weight.shape) and \(bias.shape) do not fit")
  let y = Tensor(uninitialized: x.shape.replacing(axis: -1, with: weight.shape[1]))
  let inputs = [x, weight, bias]
  let isRecorded =
    inputs.contains { $0.node?.tape.isRecording ?? false } && recordingIsPaused() == 0
  let slope = activation == .none || !isRecorded ? nil : Tensor(uninitialized: y.shape)
  withPointers(x, weight, bias, y) { x, weight, bias, target in
    var product = affineProduct(y.shape, x, weight, inner: inputs[1].shape[0], target)
    product.withScratch { product, scratch in
      kernels.pointee.linear(product, bias, activation.kind, slope?.start, scratch)
    }
  }
  return withExtendedLifetime(slope) {
    y.recorded("linear", inputs) { dy in
      let tape = inputs.lazy.compactMap(\.node).first?.tape
      if tape?.isRecording == true {
        replayLinear(x, weight, bias, activation, dy)
      } else {
        passBack(dy, x, weight, bias, slope)
      }
    }
  }
}

/// The same map made of primitives: the twin that the fused form is tested against.
package func composedLinear(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor, activation: Activation = .none
) -> Tensor {
  activation(matmul(x, weight) + bias)
}

private func affineProduct(
  _ y: Shape, _ x: UnsafePointer<Float>, _ weight: UnsafePointer<Float>, inner: Int,
  _ target: UnsafeMutablePointer<Float>
) -> Product {
  let columns = y[-1]
  return Product(
    rows: y.count / columns, columns: columns, inner: inner, a: x, aStep: (inner, 1), b: weight,
    bStep: (columns, 1), c: target, cRow: columns, accumulates: true)
}

/// dZ = dY * slope and its column sums in one pass, then dX = dZ Wᵀ and dW = Xᵀ dZ.
private func passBack(
  _ dy: Tensor, _ x: Tensor, _ weight: Tensor, _ bias: Tensor, _ slope: Tensor?
) {
  let (inner, columns) = (weight.shape[0], weight.shape[1])
  let rows = dy.count / columns
  let dz = slope.map { _ in Tensor(uninitialized: dy.shape) } ?? dy
  let sums = { (target: UnsafeMutablePointer<Float>, accumulates: Bool) in
    withPointers(dy, dz) { dy, result in
      kernels.pointee.linearGradient(
        Int64(rows), Int64(columns), dy, slope?.start, result, target, accumulates ? 1 : 0)
    }
  }
  if let node = bias.node {
    node.receive(sums)
  } else {
    withPointers(Tensor(uninitialized: bias.shape)) { sums($0, false) }
  }
  weight.node?.receive { target, accumulates in
    withPointers(x, dz) { x, dz in
      var product = Product(
        rows: inner, columns: columns, inner: rows, a: x, aStep: (1, inner), b: dz,
        bStep: (columns, 1), c: target, cRow: columns, accumulates: accumulates)
      product.run()
    }
  }
  x.node?.receive { target, accumulates in
    withPointers(dz, weight) { dz, weight in
      var product = Product(
        rows: rows, columns: inner, inner: columns, a: dz, aStep: (columns, 1), b: weight,
        bStep: (1, columns), c: target, cRow: inner, accumulates: accumulates)
      product.run()
    }
  }
  withExtendedLifetime(slope) {}
}

/// The gradient by way of the composed twin, for a walk that is itself recorded.
private func replayLinear(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor, _ activation: Activation, _ dy: Tensor
) {
  replay([x, weight, bias], dy) { composedLinear($0[0], $0[1], $0[2], activation: activation) }
}

extension Tensor {
  /// The address of the first number; the caller keeps the tensor alive.
  var start: UnsafeMutablePointer<Float> { storage.base + offset }
}
