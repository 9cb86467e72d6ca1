import Demos
import Tensors
import TestSupport
import Testing

/// The noise schedule, the model and its samplers.
struct DiffusionModelTests {
  /// Golden numbers from NumPy.
  ///
  ///     import numpy as np
  ///     b = np.linspace(1e-4, .02, 1000); a = np.cumprod(1 - b)
  ///     a[[0, 99, 499, 999]]; ((1 - a[98]) / (1 - a[99])) * b[99]
  @Test func `the schedule is the paper's`() {
    let schedule = NoiseSchedule()
    #expect(schedule.alphaBars[0] == 1)
    let golden = [(1, 0.9999), (100, 0.89701814567496), (500, 0.07858724288177824)]
    for (t, expected) in golden { expectClose(schedule.alphaBars[t], expected, tolerance: 1e-12) }
    expectClose(schedule.alphaBars[1_000] / 4.035829765375676e-05, 1, tolerance: 1e-10)
    expectClose(
      schedule.posterior(100).variance / 0.0020345962594907857, 1, tolerance: 1e-9)
  }

  @Test func `the posterior's precision is the sum of both sides' precisions`() {
    let schedule = NoiseSchedule()
    for t in 2...1_000 {
      let precision =
        schedule.alphas[t] / schedule.betas[t] + 1 / (1 - schedule.alphaBars[t - 1])
      expectClose(schedule.posterior(t).variance * precision, 1, tolerance: 1e-9)
    }
  }

  @Test func `one stroke of noise scales signal and noise by the schedule`() {
    let model = DiffusionModel(dimension: 2, width: 8, RandomSource(seed: 1))
    let x = Tensor([1, 2, 3, 4], shape: [2, 2])
    let noise = Tensor([0.5, 0, 0, 0.5], shape: [2, 2])
    let noisy = model.noised(x, at: Indices([100, 1_000]), noise).scalars
    let (early, late) = (model.schedule.alphaBars[100], model.schedule.alphaBars[1_000])
    expectClose(
      noisy.map { Double($0) },
      [
        early.squareRoot() + 0.5 * (1 - early).squareRoot(), 2 * early.squareRoot(),
        3 * late.squareRoot(), 4 * late.squareRoot() + 0.5 * (1 - late).squareRoot(),
      ], tolerance: 1e-5)
  }

  @Test func `training lowers the loss and leaves no run of the network uncounted`() throws {
    let model = DiffusionModel(dimension: 2, width: 32, RandomSource(seed: 1))
    var random = RandomSource(seed: 2)
    let data = EightGaussians.samples(1_000, &random)
    var losses: [Float] = []
    try model.train(on: data, steps: 200, batch: 64, random) { losses.append($1) }
    let (first, last) = (losses.prefix(20).reduce(0, +), losses.suffix(20).reduce(0, +))
    #expect(last < 0.7 * first)
    #expect(model.evaluations == 0)
    _ = try DDIMSampler(model, steps: 7, spacing: .linear).samples(5, random)
    #expect(model.evaluations == 7)
  }

  @Test(arguments: DDIMSampler.Spacing.allCases, [10, 50, 333, 999, 1_000])
  func `times rise from 0 to the last, as many as there are steps`(
    spacing: DDIMSampler.Spacing, steps: Int
  ) {
    let times = DDIMSampler.times(steps: steps, upTo: 1_000, spacing)
    #expect(times.count == steps + 1)
    #expect(times.first == 0 && times.last == 1_000)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func `without fresh noise a start leads to one end`() throws {
    let model = DiffusionModel(dimension: 2, width: 8, RandomSource(seed: 1))
    let sampler = DDIMSampler(model, steps: 10, spacing: .quadratic)
    let noise = Tensor([0.3, -1, 1, 0.2], shape: [2, 2])
    #expect(try sampler.decoded(noise).scalars == sampler.decoded(noise).scalars)
    #expect(sampler.deviation(from: 500, to: 480) == 0)
  }

  @Test func `eta 1 and neighbouring times give the posterior's variance`() {
    let model = DiffusionModel(dimension: 2, width: 8, RandomSource(seed: 1))
    let sampler = DDIMSampler(model, steps: 1_000, eta: 1, spacing: .linear)
    for t in 2...1_000 {
      let sigma = sampler.deviation(from: t, to: t - 1)
      expectClose(
        sigma * sigma / model.schedule.posterior(t).variance, 1, tolerance: 1e-9)
    }
  }
}
