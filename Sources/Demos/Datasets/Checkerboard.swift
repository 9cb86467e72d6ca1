package import Tensors

/// The eight dark squares of a board of four by four, at mean 0 and deviation 1 on each axis.
package enum Checkerboard {
  /// The side of a square: a uniform spread over four of them has deviation 1.
  package static let side = Float(3).squareRoot() / 2

  /// Draws `count` points.
  package static func samples(_ count: Int, _ random: inout RandomSource) -> SampleSet {
    let column = random.integers([count, 1], below: 4)
    let parity = Indices(column.values.map { $0 % 2 }, shape: column.shape)
    let row = random.integers([count, 1], below: 2).floats * 2 + parity.floats
    let corner = concatenated([column.floats, row]) - 2
    return SampleSet((corner + random.uniform([count, 2])) * side)
  }
}
