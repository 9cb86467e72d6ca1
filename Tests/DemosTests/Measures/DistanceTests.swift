import Demos
import Foundation
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

  @Test func `the discrepancy is what its definition gives`() {
    let (x, y): ([Float], [Float]) = ([0, 1, 3], [0.5, 2])
    let discrepancy = MaximumMeanDiscrepancy(bandwidths: [0.5, 2])
    func kernel(_ a: Float, _ b: Float) -> Double {
      let square = Double((a - b) * (a - b))
      return (exp(-square / 0.5) + exp(-square / 8)) / 2
    }
    func within(_ x: [Float]) -> Double {
      let pairs = x.indices.flatMap { i in x.indices.filter { $0 != i }.map { (x[i], x[$0]) } }
      return pairs.reduce(0) { $0 + kernel($1.0, $1.1) } / Double(pairs.count)
    }
    let between = x.reduce(0.0) { sum, a in y.reduce(sum) { $0 + kernel(a, $1) } } / 6
    let expected = within(x) + within(y) - 2 * between
    let (first, second) = (SampleSet(dimension: 1, values: x), SampleSet(dimension: 1, values: y))
    expectClose(discrepancy(first, second), expected, tolerance: 1e-6)
  }

  @Test func `the discrepancy is near 0 for one law and grows with a shift`() {
    let base = normal(300, seed: 1)
    let discrepancy = MaximumMeanDiscrepancy(scaledTo: base)
    let same = discrepancy(base, normal(300, seed: 2))
    let near = discrepancy(base, normal(300, shift: 0.3, seed: 2))
    let far = discrepancy(base, normal(300, shift: 1, seed: 2))
    #expect(abs(same) < 0.004)
    #expect(same < near && near < far)
  }

  @Test func `over many pairs of real samples both estimates are 0 on the average`() {
    let samples = (0..<40).map { normal(60, seed: $0) }
    let discrepancy = MaximumMeanDiscrepancy(bandwidths: [1, 2])
    for distance in [energyDistance, discrepancy.callAsFunction] {
      let pairs = stride(from: 0, to: 40, by: 2).map { distance(samples[$0], samples[$0 + 1]) }
      #expect(abs(MeanEstimate(pairs).deviation(from: 0)) < 3)
    }
  }

  @Test func `a distance stands beside those of real samples`() {
    let references = (3..<9).map { normal(200, seed: $0) }
    let measured = ReferencedDistance(
      of: normal(200, shift: 1, seed: 1), to: normal(200, seed: 2), beside: references,
      by: energyDistance)
    #expect(measured.real.count == 6)
    #expect(measured.value > 10 * measured.realMean)
    #expect(measured.cells[0] == measured.value.fixed(4))
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
