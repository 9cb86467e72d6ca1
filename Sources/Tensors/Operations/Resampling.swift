import CKernels

/// How numbers between pixels are found.
package enum Interpolation: Hashable, Sendable {
  /// The number of the pixel a place falls into.
  case nearest
  /// A blend of the four pixels around a place.
  ///
  /// With `alignsCorners` the centres of the corner pixels stay where they are, else their outer
  /// corners do, and numbers beyond the last centre repeat it. PyTorch's two rules of that name.
  case bilinear(alignsCorners: Bool)
}

/// Images at another size.
///
/// - Shape: `[B, H, W, C]` gives `[B, height, width, C]`.
package func resized(
  _ x: Tensor, height: Int, width: Int, _ interpolation: Interpolation
) -> Tensor {
  require(
    x.rank == 4 && x.count > 0 && height > 0 && width > 0,
    "resized: \(x.shape) to \(height) by \(width)")
  let rows = LineBlend(from: x.shape[1], to: height, interpolation)
  let columns = LineBlend(from: x.shape[2], to: width, interpolation)
  return blend(blend(x, axis: 1, rows), axis: 2, columns)
}

/// For each line of a result the two lines it lies between, and its share of the way.
struct LineBlend {
  /// How many lines the operand has.
  let from: Int
  let lower: [Int32]
  let upper: [Int32]
  let share: [Float]

  init(from: Int, to: Int, _ interpolation: Interpolation) {
    self.from = from
    let positions = (0..<to).map { interpolation.position(of: $0, from: from, to: to) }
    let floors = positions.map { Int32($0.rounded(.down)) }
    lower = floors
    upper = floors.map { Swift.min($0 + 1, Int32(from - 1)) }
    share = zip(positions, floors).map { Float($0 - Double($1)) }
  }
}

extension Interpolation {
  /// Where a line of the result lies among those of the operand.
  fileprivate func position(of line: Int, from: Int, to: Int) -> Double {
    switch self {
    case .nearest:
      return Double(line * from / to)
    case .bilinear(alignsCorners: true):
      return to == 1 ? 0 : Double(line * (from - 1)) / Double(to - 1)
    case .bilinear(alignsCorners: false):
      let centre = (Double(line) + 0.5) * Double(from) / Double(to) - 0.5
      return Swift.min(Swift.max(centre, 0), Double(from - 1))
    }
  }
}

/// Blends lines of an axis.
func blend(_ x: Tensor, axis: Int, _ lines: LineBlend) -> Tensor {
  let (outer, from, inner) = x.shape.around(axis: axis)
  let to = lines.share.count
  let y = Tensor(uninitialized: x.shape.replacing(axis: axis, with: to))
  withPointers(x, y) { x, y in
    kernels.pointee.blend(
      Int64(outer), Int64(from), Int64(to), Int64(inner), lines.lower, lines.upper, lines.share, x,
      y)
  }
  let input = x.node
  return y.recorded("blend", x) { dy in input?.receive(addedBlend(dy, axis: axis, lines)) }
}

/// Adds lines to those they lie between: the adjoint of `blend`.
func addedBlend(_ y: Tensor, axis: Int, _ lines: LineBlend) -> Tensor {
  let (outer, to, inner) = y.shape.around(axis: axis)
  let x = Tensor.zeros(y.shape.replacing(axis: axis, with: lines.from))
  withPointers(y, x) { y, x in
    kernels.pointee.addBlend(
      Int64(outer), Int64(lines.from), Int64(to), Int64(inner), lines.lower, lines.upper,
      lines.share, y, x)
  }
  let input = y.node
  return x.recorded("addedBlend", y) { dx in input?.receive(blend(dx, axis: axis, lines)) }
}
