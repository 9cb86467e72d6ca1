import CKernels

/// An array of floats of up to four axes, row-major and contiguous, which may remember how it was
/// computed.
///
/// A tensor is a value: operations give new ones. Slices of the leading axis and reshapes share
/// their storage. It is not `Sendable`: a computation belongs to the task that began it.
package struct Tensor {
  var storage: Storage
  let offset: Int
  package let shape: Shape
  /// Where the tensor comes from, if a gradient was asked for anywhere before it.
  let origin: Node?

  init(_ storage: Storage, offset: Int = 0, shape: Shape, origin: Node? = nil) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.origin = origin
  }

  /// A tensor with undefined content, for a kernel to fill.
  init(uninitialized shape: Shape) {
    self.init(Storage(count: shape.count), shape: shape)
  }

  /// A tensor with the given numbers in row-major order.
  package init(_ scalars: [Float], shape: Shape) {
    require(
      scalars.count == shape.count, "tensor: \(scalars.count) numbers do not fill \(shape)")
    self.init(uninitialized: shape)
    scalars.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { storage.base.update(from: start, count: source.count) }
    }
  }

  /// A row of numbers.
  package init(_ scalars: [Float]) {
    self.init(scalars, shape: [scalars.count])
  }

  /// A single number.
  package init(_ scalar: Float) {
    self.init(uninitialized: .scalar)
    storage.base[0] = scalar
  }

  package static func full(_ shape: Shape, _ value: Float) -> Tensor {
    let tensor = Tensor(uninitialized: shape)
    tensor.storage.base.update(repeating: value, count: shape.count)
    return tensor
  }

  package static func zeros(_ shape: Shape) -> Tensor { full(shape, 0) }
  package static func ones(_ shape: Shape) -> Tensor { full(shape, 1) }

  package var count: Int { shape.count }
  package var rank: Int { shape.rank }

  /// All numbers in row-major order.
  package var scalars: [Float] {
    withPointers(self) { source in
      Array(UnsafeBufferPointer(start: source, count: count))
    }
  }

  /// The number of a tensor that holds one.
  package var item: Float {
    require(count == 1, "item: \(shape) holds more than one number")
    return withPointers(self) { $0[0] }
  }

  /// Whether every number is finite; `false` shows a diverged computation.
  package var isFinite: Bool {
    withPointers(self) { source in
      let sum = kernels.pointee.dot(Int64(count), source, source)
      return sum.isFinite || UnsafeBufferPointer(start: source, count: count).allSatisfy(\.isFinite)
    }
  }
}

extension Tensor: CustomStringConvertible {
  package var description: String { "Tensor\(shape) \(scalars.prefix(8))" }
}

/// The kernels of this processor.
var kernels: UnsafePointer<KernelTable> {
  @inline(__always) get { kernelTable() }
}

/// Calls `body` with the address of the first number, which stays valid during the call.
@inline(__always)
func withPointers<Result>(
  _ a: Tensor, _ body: (UnsafeMutablePointer<Float>) -> Result
) -> Result {
  withExtendedLifetime(a.storage) { body(a.storage.base + a.offset) }
}

/// Calls `body` with the addresses of the first numbers, which stay valid during the call.
@inline(__always)
func withPointers<Result>(
  _ a: Tensor, _ b: Tensor,
  _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Result
) -> Result {
  withPointers(a) { a in withPointers(b) { b in body(a, b) } }
}

/// Calls `body` with the addresses of the first numbers, which stay valid during the call.
@inline(__always)
func withPointers<Result>(
  _ a: Tensor, _ b: Tensor, _ c: Tensor,
  _ body: (
    UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
  ) -> Result
) -> Result {
  withPointers(a, b) { a, b in withPointers(c) { c in body(a, b, c) } }
}

/// Calls `body` with the addresses of the first numbers, which stay valid during the call.
@inline(__always)
func withPointers<Result>(
  _ a: Tensor, _ b: Tensor, _ c: Tensor, _ d: Tensor,
  _ body: (
    UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>,
    UnsafeMutablePointer<Float>
  ) -> Result
) -> Result {
  withPointers(a, b, c) { a, b, c in withPointers(d) { d in body(a, b, c, d) } }
}

/// Calls `body` with the address of the first number of a tensor that may be missing.
@inline(__always)
func withPointer<Result>(
  _ a: Tensor?, _ body: (UnsafeMutablePointer<Float>?) -> Result
) -> Result {
  guard let a else { return body(nil) }
  return withPointers(a) { body($0) }
}
