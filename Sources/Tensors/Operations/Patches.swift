import CKernels

/// The patches that a square window sees as it moves over images, one row each.
///
/// `size` is the side of the window, `stride` how many pixels it moves, `padding` how many zeros
/// surround the image. PyTorch's `unfold`, with the channels last.
///
/// - Shape: `[B, H, W, C]` gives `[B, H', W', K * K * C]`, with `H' = (H + 2 padding - K) / stride + 1`.
package func unfold(_ x: Tensor, size: Int, stride: Int = 1, padding: Int = 0) -> Tensor {
  var windows = Windows("unfold", on: x.shape, size: size, stride: stride, padding: padding)
  let y = Tensor(uninitialized: windows.shape(images: x.shape[0], channels: windows.patch))
  let count = Int64(x.shape[0]) * windows.count
  withPointers(x, y) { kernels.pointee.unfold(&windows, 0, count, $0, $1) }
  let (input, from) = (x.node, x.shape)
  return y.recorded("unfold", x) { dy in
    input?.receive(fold(dy, to: from, size: size, stride: stride, padding: padding))
  }
}

/// Adds patches to the pixels they would have been taken from: the adjoint of `unfold`.
///
/// - Shape: `[B, H', W', K * K * C]` gives `shape`, which is `[B, H, W, C]`.
package func fold(
  _ patches: Tensor, to shape: Shape, size: Int, stride: Int = 1, padding: Int = 0
) -> Tensor {
  var windows = Windows("fold", on: shape, size: size, stride: stride, padding: padding)
  require(
    patches.shape == windows.shape(images: shape[0], channels: windows.patch),
    "fold: \(patches.shape) are not the patches of \(shape)")
  let y = Tensor.zeros(shape)
  let count = Int64(shape[0]) * windows.count
  withPointers(patches, y) { kernels.pointee.fold(&windows, 0, count, $0, $1) }
  let input = patches.node
  return y.recorded("fold", patches) { dy in
    input?.receive(unfold(dy, size: size, stride: stride, padding: padding))
  }
}

/// Square blocks of pixels become channels, as flow models squeeze an image.
///
/// Channel `(dy * side + dx) * C + c` of a block is channel `c` of its pixel `(dy, dx)`.
///
/// - Shape: `[B, H, W, C]` gives `[B, H / side, W / side, side * side * C]`.
package func spaceToDepth(_ x: Tensor, side: Int = 2) -> Tensor {
  require(
    x.rank == 4 && x.shape[1] % side == 0 && x.shape[2] % side == 0,
    "spaceToDepth: \(x.shape) has no whole blocks of \(side) by \(side)")
  return unfold(x, size: side, stride: side)
}

/// Channels become square blocks of pixels: the inverse of `spaceToDepth`, or pixel shuffle.
///
/// - Shape: `[B, H, W, side * side * C]` gives `[B, side * H, side * W, C]`.
/// - Source: Shi et al., "Real-time single image and video super-resolution", 2016, arXiv:1609.05158.
package func depthToSpace(_ x: Tensor, side: Int = 2) -> Tensor {
  require(
    x.rank == 4 && x.shape[3] % (side * side) == 0,
    "depthToSpace: the channels of \(x.shape) make no blocks of \(side) by \(side)")
  let (batch, height, width) = (x.shape[0], side * x.shape[1], side * x.shape[2])
  return fold(
    x, to: [batch, height, width, x.shape[3] / (side * side)], size: side, stride: side)
}

extension Windows {
  /// The windows on images of `[B, H, W, C]`.
  init(_ operation: String, on images: Shape, size: Int, stride: Int, padding: Int) {
    require(
      images.rank == 4 && size > 0 && stride > 0 && padding >= 0,
      "\(operation): a window of \(size) with stride \(stride) and padding \(padding) on \(images)")
    let (height, width) = (images[1] + 2 * padding, images[2] + 2 * padding)
    require(
      size <= min(height, width),
      "\(operation): a window of \(size) is larger than \(images) with padding \(padding)")
    self.init(
      height: Int64(images[1]), width: Int64(images[2]), channels: Int64(images[3]),
      rows: Int64((height - size) / stride + 1), columns: Int64((width - size) / stride + 1),
      size: Int64(size), stride: Int64(stride), padding: Int64(padding))
  }

  /// How many windows there are in one image.
  var count: Int64 { rows * columns }

  /// How many numbers a window sees.
  var patch: Int { Int(size * size * channels) }

  /// The shape of results with one row for each window.
  func shape(images: Int, channels: Int) -> Shape {
    [images, Int(rows), Int(columns), channels]
  }
}
