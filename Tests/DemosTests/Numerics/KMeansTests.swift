import Demos
import TestSupport
import Tensors
import Testing

struct KMeansTests {
  @Test func `the best of a few starts finds eight Gaussians`() throws {
    var random = RandomSource(seed: 3)
    let points = EightGaussians.samples(800, &random)
    let clusters = try (1...5).map { try KMeans(points, clusters: 8, RandomSource(seed: $0)) }
    let best = try #require(clusters.min { $0.distortion < $1.distortion })
    // Two coordinates of deviation 0.1 each.
    expectClose(best.distortion, 0.02, tolerance: 0.003)
    let distances = Matrix(distancesFrom: EightGaussians.centres, to: best.centres)
    #expect((0..<8).allSatisfy { distances.row($0).min() ?? 1 < 0.05 })
  }

  // k = sklearn.cluster.KMeans(2, init=np.array([[0., 0.], [5., 4.]]), n_init=1).fit(X)
  @Test func `two groups have their means as centres`() throws {
    let points = SampleSet(
      dimension: 2, values: [0, 0, 1, 0, 0, 1, 5, 4, 6, 4, 5, 6])
    let clusters = try KMeans(points, clusters: 2, RandomSource(seed: 1))
    let order = clusters.centres.column(0)[0] < 2 ? [0, 1] : [1, 0]
    let sorted = clusters.centres.selecting(order).values
    expectClose(sorted, [1.0 / 3, 1.0 / 3, 16.0 / 3, 14.0 / 3], tolerance: 1e-6)
    #expect(clusters.assignment == [0, 0, 0, 1, 1, 1].map { order[$0] })
    expectClose(clusters.distortion, (4.0 / 3 + 10.0 / 3) / 6, tolerance: 1e-6)
  }

  @Test func `as many clusters as points leave no distortion`() throws {
    let points = SampleSet(dimension: 1, values: [1, 2, 4, 8, 16])
    #expect(try KMeans(points, clusters: 5, RandomSource(seed: 2)).distortion == 0)
  }

  @Test func `the nearest row is that of the least distance`() {
    var random = RandomSource(seed: 1)
    let (x, centres) = (SampleSet(random.normal([50, 3])), SampleSet(random.normal([7, 3])))
    let distances = Matrix(distancesFrom: x, to: centres)
    let expected = (0..<50).map { point in
      let row = distances.row(point)
      return Int32(row.indices.min { row[$0] < row[$1] } ?? 0)
    }
    #expect(nearest(x.tensor, in: centres.tensor).values == expected)
  }
}
