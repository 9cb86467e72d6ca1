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
/// The forward pass keeps the activation's slope, so the backward pass needs no exponential.
///
/// - Shape: `x` is `[..., C]`, `weight` is `[C, D]`, `bias` is `[D]`, `y` is `[..., D]`.
package func linear(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, activation: Activation = .none
) -> Tensor {
  require(
    x.rank >= 1 && weight.rank == 2 && x.shape[-1] == weight.shape[0],
    "linear: \(x.shape) and \(weight.shape) do not fit")
  require(
    bias.map { $0.shape == [weight.shape[1]] } ?? true,
    "linear: \(weight.shape) and a bias of \(bias?.shape ?? .scalar) do not fit")
  let y = Tensor(uninitialized: x.shape.replacing(axis: -1, with: weight.shape[1]))
  let inputs = bias.map { [x, weight, $0] } ?? [x, weight]
  let keepsSlope = activation != .none && recordingTape(inputs) != nil
  let slope = keepsSlope ? Tensor(uninitialized: y.shape) : nil
  let layer = FusedLinear(x: x, weight: weight, bias: bias, slope: slope)
  layer.forward(to: y, activation)
  return y.recorded("linear", inputs) { dy in
    guard !isRecordingWalk(inputs) else {
      replay(inputs, dy) { _ in composedLinear(x, weight, bias, activation: activation) }
      return
    }
    layer.backward(dy)
  }
}

/// The same map made of primitives: the twin that the fused form is tested against.
package func composedLinear(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, activation: Activation = .none
) -> Tensor {
  let product = matmul(x, weight)
  return activation(bias.map { product + $0 } ?? product)
}

/// The passes of one layer over `[M, K]` inputs and `[M, N]` outputs.
private struct FusedLinear {
  let x: Tensor
  let weight: Tensor
  let bias: Tensor?
  let slope: Tensor?

  private var rows: Int { x.count / max(inner, 1) }
  private var inner: Int { weight.shape[0] }
  private var columns: Int { weight.shape[1] }

  func forward(to y: Tensor, _ activation: Activation) {
    withPointers(x, weight, y) { x, weight, y in
      withPointer(bias) { bias in
        withPointer(slope) { slope in
          var product = Product(
            rows: rows, columns: columns, inner: inner, a: x, aStep: (inner, 1), b: weight,
            bStep: (columns, 1), c: y, cRow: columns, accumulates: false)
          product.withScratch { product, scratch in
            kernels.pointee.linear(product, bias, activation.kind, slope, scratch)
          }
        }
      }
    }
  }

  /// dZ = dY * slope, then dW = Xᵀ dZ and dX = dZ Wᵀ.
  func backward(_ dy: Tensor) {
    let dz = passedSlope(dy, slope, bias)
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
  }
}

/// dZ = dY * slope, the gradient before an activation; the bias gets its column sums in one pass.
///
/// - Shape: `dy` and the result are `[..., D]`, `bias` is `[D]`.
func passedSlope(_ dy: Tensor, _ slope: Tensor?, _ bias: Tensor?) -> Tensor {
  let (rows, columns) = dy.rowsAndColumns
  let dz = slope == nil ? dy : Tensor(uninitialized: dy.shape)
  func pass(to sums: UnsafeMutablePointer<Float>?, accumulates: Bool) {
    withPointers(dy, dz) { dy, dz in
      withPointer(slope) { slope in
        kernels.pointee.linearGradient(
          rows, columns, dy, slope, dz, sums, accumulates ? 1 : 0)
      }
    }
  }
  if let node = bias?.node {
    node.receive { pass(to: $0, accumulates: $1) }
  } else if slope != nil {
    pass(to: nil, accumulates: false)
  }
  return dz
}
