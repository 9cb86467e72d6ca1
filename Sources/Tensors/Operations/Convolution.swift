import CKernels

/// A convolution of images with its bias and activation, in blocks of patches that stay in the cache.
///
///     y = activation(patches(x) weight + bias)
///
/// A window of one pixel that moves by one needs no patches and goes straight to `linear`.
///
/// - Shape: `x` is `[B, H, W, C]`, `weight` is `[K, K, C, D]`, `bias` is `[D]`, `y` is
///   `[B, H', W', D]` with `H' = (H + 2 padding - K) / stride + 1`.
package func convolution(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
  activation: Activation = .none
) -> Tensor {
  requireKernel("convolution", x.shape, weight.shape, bias?.shape, inputs: 2, outputs: 3)
  if weight.shape[0] == 1, stride == 1, padding == 0 {
    return linear(x, weight.reshaped(matrix(weight.shape)), bias, activation: activation)
  }
  let products = PatchProducts(
    "convolution", images: x.shape, weight: weight.shape, stride: stride, padding: padding)
  let y = Tensor(uninitialized: products.result)
  let inputs = bias.map { [x, weight, $0] } ?? [x, weight]
  let keepsSlope = activation != .none && recordingTape(inputs) != nil
  let slope = keepsSlope ? Tensor(uninitialized: y.shape) : nil
  products.forward(x, weight, bias, activation, slope: slope, to: y)
  return y.recorded("convolution", inputs) { dy in
    guard !isRecordingWalk(inputs) else {
      replay(inputs, dy) { _ in
        composedConvolution(
          x, weight, bias, stride: stride, padding: padding, activation: activation)
      }
      return
    }
    let dz = passedSlope(dy, slope, bias)
    weight.node?.receive { products.weightGradient(x, dz, to: $0, accumulates: $1) }
    x.node?.receive(products.imageGradient(dz, weight))
  }
}

/// The same made of primitives: the twin that the fused form is tested against.
package func composedConvolution(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
  activation: Activation = .none
) -> Tensor {
  let patches = unfold(x, size: weight.shape[0], stride: stride, padding: padding)
  return composedLinear(
    patches, weight.reshaped(matrix(weight.shape)), bias, activation: activation)
}

/// The adjoint of a convolution, which makes images larger.
///
///     y = patches' adjoint(x weightᵀ) + bias
///
/// With equal settings, `sum(convolution(a, weight) * x) = sum(a * transposedConvolution(x, weight))`.
/// `outputPadding` adds rows and columns that the strides of the convolution would have left out.
///
/// - Shape: `x` is `[B, H, W, C]`, `weight` is `[K, K, D, C]`, that of the convolution from `D` to
///   `C` channels, `y` is `[B, H', W', D]` with `H' = (H - 1) stride - 2 padding + K + outputPadding`.
package func transposedConvolution(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
  outputPadding: Int = 0
) -> Tensor {
  requireKernel("transposedConvolution", x.shape, weight.shape, bias?.shape, inputs: 3, outputs: 2)
  require(
    outputPadding < stride,
    "transposedConvolution: \(outputPadding) rows beyond a stride of \(stride)")
  func length(_ input: Int) -> Int {
    (input - 1) * stride - 2 * padding + weight.shape[0] + outputPadding
  }
  let images: Shape = [x.shape[0], length(x.shape[1]), length(x.shape[2]), weight.shape[2]]
  let products = PatchProducts(
    "transposedConvolution", images: images, weight: weight.shape, stride: stride, padding: padding)
  let y = products.imageGradient(x, weight).recorded("transposedConvolution", x, weight) { dy in
    guard !isRecordingWalk([x, weight]) else {
      replay([x, weight], dy) { _ in
        composedTransposedConvolution(x, weight, to: images, stride: stride, padding: padding)
      }
      return
    }
    weight.node?.receive { products.weightGradient(dy, x, to: $0, accumulates: $1) }
    if let node = x.node {
      let dx = Tensor(uninitialized: x.shape)
      products.forward(dy, weight, nil, .none, slope: nil, to: dx)
      node.receive(dx)
    }
  }
  return bias.map { y + $0 } ?? y
}

/// The same made of primitives: the twin that the fused form is tested against.
package func composedTransposedConvolution(
  _ x: Tensor, _ weight: Tensor, to images: Shape, stride: Int = 1, padding: Int = 0
) -> Tensor {
  let patches = matmul(x, weight.reshaped(matrix(weight.shape)), transposingRight: true)
  return fold(patches, to: images, size: weight.shape[0], stride: stride, padding: padding)
}

/// `[K, K, C, D]` as a matrix of `[K * K * C, D]`.
private func matrix(_ weight: Shape) -> Shape {
  [weight[0] * weight[1] * weight[2], weight[3]]
}

/// Stops where images, weight and bias do not fit; `inputs` and `outputs` are axes of the weight.
private func requireKernel(
  _ operation: String, _ x: Shape, _ weight: Shape, _ bias: Shape?, inputs: Int, outputs: Int
) {
  require(
    x.rank == 4 && weight.rank == 4 && weight[0] == weight[1] && x[3] == weight[inputs],
    "\(operation): \(x) and \(weight) do not fit")
  require(
    bias.map { $0 == [weight[outputs]] } ?? true,
    "\(operation): \(weight) and a bias of \(bias ?? .scalar) do not fit")
}

/// The three products of a convolution, over blocks of patches.
///
/// Patches are made again where they are needed: the whole of them would be `K * K` times as large
/// as the images.
private struct PatchProducts {
  /// The shape of what the convolution gives.
  let result: Shape
  private let images: Shape
  private let windows: Windows
  private let outputs: Int

  init(_ operation: String, images: Shape, weight: Shape, stride: Int, padding: Int) {
    self.images = images
    windows = Windows(operation, on: images, size: weight[0], stride: stride, padding: padding)
    outputs = weight[3]
    result = windows.shape(images: images[0], channels: outputs)
  }

  private var inner: Int { windows.patch }

  /// y = activation(P W + bias), and the activation's slope where one is given.
  func forward(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: Activation, slope: Tensor?,
    to y: Tensor
  ) {
    withPointers(x, weight, y) { x, weight, y in
      withPointer(bias) { bias in
        withPointer(slope) { slope in
          forEachBlock { windows, block, patches in
            kernels.pointee.unfold(windows, Int64(block.lowerBound), Int64(block.count), x, patches)
            var product = Product(
              rows: block.count, columns: outputs, inner: inner, a: patches, aStep: (inner, 1),
              b: weight, bStep: (outputs, 1), c: y + block.lowerBound * outputs, cRow: outputs,
              accumulates: false)
            product.withScratch { product, scratch in
              kernels.pointee.linear(
                product, bias, activation.kind, slope.map { $0 + block.lowerBound * outputs },
                scratch)
            }
          }
        }
      }
    }
  }

  /// dW (+)= Pᵀ dY.
  func weightGradient(
    _ x: Tensor, _ dy: Tensor, to target: UnsafeMutablePointer<Float>, accumulates: Bool
  ) {
    withPointers(x, dy) { x, dy in
      forEachBlock { windows, block, patches in
        kernels.pointee.unfold(windows, Int64(block.lowerBound), Int64(block.count), x, patches)
        var product = Product(
          rows: inner, columns: outputs, inner: block.count, a: patches, aStep: (1, inner),
          b: dy + block.lowerBound * outputs, bStep: (outputs, 1), c: target, cRow: outputs,
          accumulates: accumulates || block.lowerBound > 0)
        product.run()
      }
    }
  }

  /// dX = the patches dY Wᵀ, added where they came from.
  func imageGradient(_ dy: Tensor, _ weight: Tensor) -> Tensor {
    let dx = Tensor.zeros(images)
    // Transposed once here: the product would pack it again for every block.
    let transposed = weight.detached().reshaped(matrix(weight.shape)).transposed()
    withPointers(dy, transposed, dx) { dy, weight, dx in
      forEachBlock { windows, block, patches in
        var product = Product(
          rows: block.count, columns: inner, inner: outputs, a: dy + block.lowerBound * outputs,
          aStep: (outputs, 1), b: weight, bStep: (inner, 1), c: patches, cRow: inner,
          accumulates: false)
        product.run()
        kernels.pointee.fold(windows, Int64(block.lowerBound), Int64(block.count), patches, dx)
      }
    }
    return dx
  }

  /// Calls `body` with each block of windows and room for their patches.
  ///
  /// The length of a block follows from the shapes alone, so that sums over blocks are the same bits
  /// everywhere.
  private func forEachBlock(
    _ body: (UnsafePointer<Windows>, Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let total = images[0] * Int(windows.count)
    let length = Swift.max(48, Swift.min(480, 49_152 / inner / 48 * 48))
    let patches = Tensor(uninitialized: [Swift.min(length, total), inner])
    withUnsafePointer(to: windows) { windows in
      withPointers(patches) { patches in
        for start in Swift.stride(from: 0, to: total, by: length) {
          body(windows, start..<Swift.min(start + length, total), patches)
        }
      }
    }
  }
}
