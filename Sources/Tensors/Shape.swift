/// The lengths of a tensor's axes, at most four of them, stored inline.
///
/// One legend for the whole compute core: `B` batch, `T` time or position in a sequence, `C`
/// channels or model width, `H` heads or height, `K` width of a head or of a kernel, `V` vocabulary,
/// `W` width. So `// [B, T, C]` at the end of a line says what leaves it.
package struct Shape: Hashable, Sendable {
  // In halves, since a vector of four would ask for an alignment above malloc's of every object
  // that holds a shape, and so of every node of a tape.
  private let outerLengths: SIMD2<Int32>
  private let innerLengths: SIMD2<Int32>
  private let axes: Int32

  private var lengths: SIMD4<Int32> { SIMD4(lowHalf: outerLengths, highHalf: innerLengths) }

  /// The shape of a single number.
  package static let scalar = Shape([])

  package init(_ lengths: [Int]) {
    require(lengths.count <= 4, "shape: \(lengths) has more than four axes")
    require(lengths.allSatisfy { $0 >= 0 }, "shape: \(lengths) has a negative length")
    var inline = SIMD4<Int32>(repeating: 1)
    for (axis, length) in lengths.enumerated() { inline[axis] = Int32(length) }
    self.init(axes: Int32(lengths.count), lengths: inline)
  }

  private init(axes: Int32, lengths: SIMD4<Int32>) {
    self.axes = axes
    outerLengths = lengths.lowHalf
    innerLengths = lengths.highHalf
  }

  package var rank: Int { Int(axes) }

  /// The number of elements.
  package var count: Int {
    Int(lengths[0]) * Int(lengths[1]) * Int(lengths[2]) * Int(lengths[3])
  }

  /// The length of an axis; negative axes count from the last.
  package subscript(axis: Int) -> Int { Int(lengths[index(ofAxis: axis)]) }

  package var dimensions: [Int] { (0..<rank).map { Int(lengths[$0]) } }

  /// A negative axis counted from the last, as in `-1` for the last one.
  func index(ofAxis axis: Int) -> Int {
    let index = axis < 0 ? axis + rank : axis
    require(index >= 0 && index < rank, "axis: \(axis) is not one of \(self)")
    return index
  }

  /// The shape with one axis given another length.
  func replacing(axis: Int, with length: Int) -> Shape {
    var changed = lengths
    changed[index(ofAxis: axis)] = Int32(length)
    return Shape(axes: axes, lengths: changed)
  }

  /// The shape without one of its axes.
  func removing(axis: Int) -> Shape {
    var kept = dimensions
    kept.remove(at: index(ofAxis: axis))
    return Shape(kept)
  }

  /// The products of the lengths before, at and after an axis: any axis is the middle of three.
  func around(axis: Int) -> (outer: Int, middle: Int, inner: Int) {
    let middle = index(ofAxis: axis)
    var outer = 1
    var inner = 1
    for axis in 0..<middle { outer *= Int(lengths[axis]) }
    for axis in (middle + 1)..<max(rank, middle + 1) { inner *= Int(lengths[axis]) }
    return (outer, Int(lengths[middle]), inner)
  }

  /// The length at a position counted from the last axis, 1 beyond the first.
  func length(fromLast position: Int) -> Int {
    position < rank ? Int(lengths[rank - 1 - position]) : 1
  }
}

extension Shape: ExpressibleByArrayLiteral {
  package init(arrayLiteral lengths: Int...) {
    self.init(lengths)
  }
}

extension Shape: CustomStringConvertible {
  package var description: String { dimensions.description }
}
