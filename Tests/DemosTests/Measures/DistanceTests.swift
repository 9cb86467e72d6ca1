import Demos
import Tensors
import TestSupport
import Testing

/// Distances between sample sets.
struct DistanceTests {
  private func line(_ values: Float...) -> SampleSet { SampleSet(dimension: 1, values: values) }

  private func normal(_ count: Int, shift: Float = 0, seed: Int) -> SampleSet {
    var random = RandomSource(seed: seed)
    return SampleSet(random.normal([count, 3]) + shift)
  }

  @Test func `the energy distance of two pairs is what its definition gives`() {
    // Between: (0 + 3 + 1 + 2) / 4; within: 1 and 3.
    expectClose(energyDistance(line(0, 1), line(0, 3)), 2 * 1.5 - 1 - 3, tolerance: 1e-6)
  }

  @Test func `the energy distance is near 0 for one law and grows with a shift`() {
    let base = normal(400, seed: 1)
    let same = energyDistance(base, normal(400, seed: 2))
    let near = energyDistance(base, normal(400, shift: 0.3, seed: 2))
    let far = energyDistance(base, normal(400, shift: 1, seed: 2))
    #expect(abs(same) < 0.02)
    #expect(same < near && near < far)
  }

  @Test func `in one dimension sliced Wasserstein is the distance of sorted points`() {
    var random = RandomSource(seed: 1)
    let distance = SlicedWasserstein(dimension: 1, &random)
    expectClose(distance(line(2, 0, 1), line(4, 5, 3)), 3, tolerance: 1e-5)
    expectClose(distance(line(2, 0), line(0, 2)), 0, tolerance: 1e-6)
  }

  @Test func `a shift costs its length over the root of the dimension`() {
    var random = RandomSource(seed: 1)
    let distance = SlicedWasserstein(dimension: 3, directions: 4_000, &random)
    let base = normal(100, seed: 1)
    let moved = SampleSet(base.tensor + 1)
    // The shift is √3 long; a direction sees 1/3 of its square.
    expectClose(distance(base, moved), 1, tolerance: 0.03)
  }

  @Test func `weights of one give the plain means`() {
    let (x, y) = (normal(7, seed: 1), normal(5, seed: 2))
    let (ones, others) = (Tensor.ones([7, 2]), Tensor.ones([5, 2]))
    let between = DistanceMatrix(x, y)
    expectClose(
      between.means(rowWeights: ones, columnWeights: others),
      [between.mean(), between.mean()], tolerance: 1e-5)
    let within = DistanceMatrix(x)
    expectClose(
      within.means(rowWeights: ones, columnWeights: ones), [within.mean(), within.mean()],
      tolerance: 1e-5)
  }

  @Test func `a point drawn twice has no distance to itself`() {
    let matrix = DistanceMatrix(line(0, 1, 5))
    let weights = Tensor([2, 0, 1], shape: [3, 1])
    expectClose(
      matrix.means(rowWeights: weights, columnWeights: weights), [5], tolerance: 1e-6)
  }

  @Test func `a sample that is off is told from one that is not`() {
    let heldOut = normal(300, seed: 1)
    let comparison = DistanceComparison(
      baseline: normal(300, seed: 2), heldOut: heldOut, RandomSource(seed: 9))
    let same = comparison.difference(of: normal(300, seed: 3))
    let off = comparison.difference(of: normal(300, shift: 0.5, seed: 3))
    #expect(same.interval.contains(0) && same.interval.contains(same.value))
    #expect(off.interval.lowerBound > 0)
  }
}
