/// Whole numbers in an array: token ids, classes, positions.
///
/// They have no gradient.
package struct Indices: Hashable, Sendable {
  package let shape: Shape
  package let values: [Int32]

  package init(_ values: [Int32], shape: Shape) {
    require(values.count == shape.count, "indices: \(values.count) do not fill \(shape)")
    self.values = values
    self.shape = shape
  }

  package init(_ values: [Int]) {
    self.init(values.map { Int32($0) }, shape: [values.count])
  }

  package init(_ values: [Int], shape: Shape) {
    self.init(values.map { Int32($0) }, shape: shape)
  }

  package var count: Int { values.count }

  /// The numbers as floats, for instance the time steps that an embedding takes.
  package var floats: Tensor { Tensor(values.map { Float($0) }, shape: shape) }

  package func reshaped(_ shape: Shape) -> Indices { Indices(values, shape: shape) }

  /// The rows `range` of the leading axis.
  package func rows(_ range: Range<Int>) -> Indices {
    require(
      shape.rank > 0 && 0 <= range.lowerBound && range.upperBound <= shape[0],
      "rows: \(range) of \(shape)")
    let width = shape[0] == 0 ? 0 : count / shape[0]
    return Indices(
      Array(values[(range.lowerBound * width)..<(range.upperBound * width)]),
      shape: shape.replacing(axis: 0, with: range.count))
  }

  /// The columns `range` of a matrix of indices, for instance inputs and targets of a model of
  /// language.
  ///
  /// - Shape: `[B, T]` gives `[B, range.count]`.
  package func columns(_ range: Range<Int>) -> Indices {
    require(shape.rank == 2 && range.upperBound <= shape[1], "columns: \(range) of \(shape)")
    let width = shape[1]
    let kept = (0..<shape[0]).flatMap { row in
      values[(row * width + range.lowerBound)..<(row * width + range.upperBound)]
    }
    return Indices(kept, shape: [shape[0], range.count])
  }
}
