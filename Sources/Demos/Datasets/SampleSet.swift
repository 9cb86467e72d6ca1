package import Tensors

/// Points of a space: data that a model learns, or what it draws.
///
/// It is plain numbers, so that measures need no tensors and sets travel between tasks.
package struct SampleSet: Hashable, Sendable {
  /// Coordinates of a point.
  package let dimension: Int
  /// Point after point.
  package let values: [Float]

  package init(dimension: Int, values: [Float]) {
    precondition(
      dimension > 0 && values.count.isMultiple(of: dimension),
      "sample set: \(values.count) numbers are no points of dimension \(dimension)")
    self.dimension = dimension
    self.values = values
  }

  /// The rows of a matrix.
  package init(_ tensor: Tensor) {
    precondition(tensor.rank == 2, "sample set: \(tensor.shape) is not a matrix")
    self.init(dimension: tensor.shape[1], values: tensor.scalars)
  }

  package var count: Int { values.count / dimension }

  /// The points as rows of a matrix.
  package var tensor: Tensor { Tensor(values, shape: [count, dimension]) }

  /// The first `count` points.
  package func prefix(_ count: Int) -> SampleSet {
    SampleSet(dimension: dimension, values: Array(values.prefix(count * dimension)))
  }

  /// The points at `positions`, in that order; a position may occur again.
  package func selecting(_ positions: [Int]) -> SampleSet {
    SampleSet(
      dimension: dimension,
      values: positions.flatMap { values[$0 * dimension..<($0 + 1) * dimension] })
  }

  /// Coordinate `axis` of every point.
  package func column(_ axis: Int) -> [Double] {
    stride(from: axis, to: values.count, by: dimension).map { Double(values[$0]) }
  }

  /// Coordinate `axis` of every point, rounded to thousandths: enough to draw, short to send.
  package func coordinates(_ axis: Int) -> [Double] {
    column(axis).map { ($0 * 1_000).rounded() / 1_000 }
  }
}
