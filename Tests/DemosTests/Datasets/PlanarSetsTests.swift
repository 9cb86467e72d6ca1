import Demos
import Tensors
import TestSupport
import Testing

/// The sets in the plane, as models learn them.
struct PlanarSetsTests {
  private static let planar = DiffusionData.allCases.filter { $0 != .digits }

  @Test(arguments: planar)
  func `each axis has mean 0 and deviation 1`(data: DiffusionData) throws {
    let points = try data.split(heldOut: 1, RandomSource(seed: 7)).training
    for axis in 0..<2 {
      let column = points.column(axis)
      let mean = column.reduce(0, +) / Double(column.count)
      let square = column.reduce(0) { $0 + $1 * $1 } / Double(column.count)
      expectClose(mean, 0, tolerance: 0.02)
      expectClose(square - mean * mean, 1, tolerance: 0.03)
    }
  }

  @Test(arguments: planar)
  func `a seed gives its points and no others`(data: DiffusionData) throws {
    let split = try data.split(heldOut: 50, RandomSource(seed: 7))
    let again = try data.split(heldOut: 50, RandomSource(seed: 7))
    let other = try data.split(heldOut: 50, RandomSource(seed: 8))
    #expect(split.heldOut == again.heldOut)
    #expect(split.heldOut != other.heldOut)
    #expect(split.heldOut != split.references[0])
  }

  @Test func `points of the eight Gaussians lie near one of eight centres`() {
    var random = RandomSource(seed: 3)
    let points = EightGaussians.samples(400, &random)
    let distances = zip(points.column(0), points.column(1)).map { ($0 * $0 + $1 * $1).squareRoot() }
    let deviation = Double(EightGaussians.deviation)
    #expect(distances.allSatisfy { abs($0 - Double(EightGaussians.radius)) < 5 * deviation })
  }

  @Test func `no point of the checkerboard lies on a light square`() {
    var random = RandomSource(seed: 3)
    let points = Checkerboard.samples(400, &random)
    let side = Double(Checkerboard.side)
    for (x, y) in zip(points.column(0), points.column(1)) {
      // Away from the edges, where rounding decides.
      let (column, row) = (x / side + 2, y / side + 2)
      let isInside = [column, row].allSatisfy { abs($0 - $0.rounded()) > 1e-3 }
      #expect(!isInside || (Int(column) + Int(row)).isMultiple(of: 2), "\(x), \(y)")
    }
  }

  @Test func `digits held out are none of those to learn from`() throws {
    let split = try DiffusionData.digits.split(heldOut: 1_000, RandomSource(seed: 1))
    #expect(split.training.count == 1_541)
    #expect(split.heldOut.count == 256)
    #expect(split.references.allSatisfy { $0.count == 256 })
  }
}
