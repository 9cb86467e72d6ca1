import Demos
import Tensors
import TestSupport
import Testing

struct BootstrapTests {
  @Test func `every resample holds as many points as the sample`() {
    var random = RandomSource(seed: 2)
    let weights = Bootstrap(replicates: 30).weights(50, &random)
    #expect(weights.shape == [50, 30])
    #expect(weights.sum(axis: 0).scalars == [Float](repeating: 50, count: 30))
  }

  @Test func `the interval of a mean is about two standard errors wide on each side`() {
    var random = RandomSource(seed: 2)
    let sample = random.normal([400, 1])
    let weights = Bootstrap(replicates: 1_000).weights(400, &random)
    let means = (weights * sample).mean(axis: 0).scalars.map { Double($0) }
    let interval = Bootstrap().interval(of: means)
    expectClose(interval.upperBound - interval.lowerBound, 4 * 0.05, tolerance: 0.03)
  }

  @Test func `the interval of a table's mean knows the chance of rows and of columns`() {
    var random = RandomSource(seed: 2)
    let rows = random.normal([20, 1]) * 0.2
    let table = random.normal([20, 400]) + rows
    let bootstrap = Bootstrap(replicates: 1_000)
    let interval = bootstrap.interval(ofMean: table, &random)
    // Rows alone: a standard error of 0.2 / √20 = 0.045; what is left counts for 0.011.
    expectClose(interval.upperBound - interval.lowerBound, 4 * 0.046, tolerance: 0.05)
    let one = bootstrap.interval(ofMean: table.rows(0..<1), &random)
    expectClose(one.upperBound - one.lowerBound, 4 * 0.05, tolerance: 0.03)
    let mean = Double(table.rows(0..<1).mean().item)
    #expect(one.contains(mean))
  }

  @Test func `quantiles lie between neighbours`() {
    #expect(quantile(0, of: [1, 2, 4]) == 1)
    #expect(quantile(0.5, of: [1, 2, 4]) == 2)
    #expect(quantile(0.75, of: [1, 2, 4]) == 3)
    #expect(quantile(1, of: [1, 2, 4]) == 4)
  }

  @Test func `Wilson's interval is that of the textbook`() {
    // 15 of 20: 0.531 to 0.888.
    let interval = wilsonInterval(share: 0.75, of: 20)
    expectClose(interval.lowerBound, 0.5313, tolerance: 1e-4)
    expectClose(interval.upperBound, 0.8881, tolerance: 1e-4)
  }
}
