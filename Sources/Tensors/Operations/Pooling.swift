import CKernels

/// The largest number in each window, and where it was found.
///
/// Of equal numbers the first wins, and all of its gradient goes there. Places are numbers of pixels
/// in their image, one for each channel, as `maxUnpool` takes them.
///
/// - Shape: `[B, H, W, C]` gives values and places of `[B, H', W', C]`.
package func maxPool(
  _ x: Tensor, size: Int, stride: Int? = nil, padding: Int = 0
) -> (values: Tensor, places: Indices) {
  var windows = Windows(
    "maxPool", on: x.shape, size: size, stride: stride ?? size, padding: padding)
  require(2 * padding <= size, "maxPool: a padding of \(padding) fills windows of \(size)")
  let y = Tensor(uninitialized: windows.shape(images: x.shape[0], channels: x.shape[3]))
  let images = Int64(x.shape[0])
  let places = [Int32](unsafeUninitializedCapacity: y.count) { places, count in
    if let start = places.baseAddress {
      withPointers(x, y) { x, y in
        kernels.pointee.maxPool(&windows, images, x, y, start)
      }
    }
    count = y.count
  }
  let indices = Indices(places, shape: y.shape)
  let (input, height, width) = (x.node, x.shape[1], x.shape[2])
  let values = y.recorded("maxPool", x) { dy in
    input?.receive(maxUnpool(dy, indices, height: height, width: width))
  }
  return (values, indices)
}

/// Puts numbers back where `maxPool` found them, among zeros; those of one place are added.
///
/// - Shape: `[B, H', W', C]` gives `[B, height, width, C]`.
package func maxUnpool(_ x: Tensor, _ places: Indices, height: Int, width: Int) -> Tensor {
  let pixels = PixelPlaces("maxUnpool", places, height: height, width: width)
  require(x.shape == places.shape, "maxUnpool: \(x.shape) and places of \(places.shape)")
  let y = Tensor.zeros([x.shape[0], height, width, x.shape[3]])
  withPointers(x, y) { pixels.add($0, to: $1) }
  let input = x.node
  return y.recorded("maxUnpool", x) { dy in input?.receive(takePixels(dy, places)) }
}

/// The numbers at the places of pixels, for each channel its own: the adjoint of `maxUnpool`.
///
/// - Shape: `x` is `[B, H, W, C]`, `places` and the result are `[B, H', W', C]`.
package func takePixels(_ x: Tensor, _ places: Indices) -> Tensor {
  let (height, width) = (x.shape[1], x.shape[2])
  let pixels = PixelPlaces("takePixels", places, height: height, width: width)
  require(
    x.shape[0] == places.shape[0] && x.shape[3] == places.shape[3],
    "takePixels: \(x.shape) and places of \(places.shape)")
  let y = Tensor(uninitialized: places.shape)
  withPointers(x, y) { pixels.take($0, to: $1) }
  let input = x.node
  return y.recorded("takePixels", x) { dy in
    input?.receive(maxUnpool(dy, places, height: height, width: width))
  }
}

/// The mean of each window; zeros of the padding count as numbers.
///
/// - Shape: `[B, H, W, C]` gives `[B, H', W', C]`.
package func averagePool(
  _ x: Tensor, size: Int, stride: Int? = nil, padding: Int = 0
) -> Tensor {
  let patches = unfold(x, size: size, stride: stride ?? size, padding: padding)
  let means = patches.reshaped([patches.count / patches.shape[3], size * size, x.shape[3]])
    .mean(axis: 1)
  return means.reshaped(patches.shape.replacing(axis: 3, with: x.shape[3]))
}

/// Places of pixels that were checked once, ready for the kernels.
private struct PixelPlaces {
  private let places: Indices
  private let imagePixels: Int64

  init(_ operation: String, _ places: Indices, height: Int, width: Int) {
    require(places.shape.rank == 4, "\(operation): places of \(places.shape)")
    require(
      places.values.allSatisfy { $0 >= 0 && $0 < height * width },
      "\(operation): places beyond \(height) by \(width) pixels")
    self.places = places
    imagePixels = Int64(height * width)
  }

  private var images: Int64 { Int64(places.shape[0]) }
  private var pixels: Int64 { Int64(places.shape[1] * places.shape[2]) }
  private var channels: Int64 { Int64(places.shape[3]) }

  func take(_ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>) {
    kernels.pointee.takePlaces(images, pixels, channels, imagePixels, x, places.values, y)
  }

  func add(_ y: UnsafePointer<Float>, to x: UnsafeMutablePointer<Float>) {
    kernels.pointee.addAtPlaces(images, pixels, channels, imagePixels, y, places.values, x)
  }
}
