import NN
package import Tensors

/// A diffusion model: a noise schedule and a network that predicts the noise in a noisy point.
///
/// How it is sampled is not part of it: `ddpm` and `ddim` walk back through one and the same model.
///
/// - Source: Ho, Jain, Abbeel, "Denoising diffusion probabilistic models", 2020, arXiv:2006.11239.
package final class DiffusionModel {
  package let schedule = NoiseSchedule()
  package let dimension: Int
  /// How often the network has run on a batch without learning from it: the cost of sampling.
  package private(set) var evaluations = 0
  private let denoise: Denoiser
  private let parameters: Parameters
  /// √ᾱ and √(1 - ᾱ) for every time from 0, as columns.
  private let signalScales: Tensor  // [T + 1, 1]
  private let noiseScales: Tensor  // [T + 1, 1]

  package init(dimension: Int, width: Int, _ random: RandomSource) {
    self.dimension = dimension
    parameters = Parameters(random)
    denoise = Denoiser(dimension: dimension, width: width, in: parameters)
    let columns: Shape = [schedule.steps + 1, 1]
    signalScales = Tensor(
      schedule.alphaBars.map { Float($0.squareRoot()) }, shape: columns)
    noiseScales = Tensor(
      schedule.alphaBars.map { Float((1 - $0).squareRoot()) }, shape: columns)
  }

  /// A model of the size that suits the data: more width for images than for points in the plane.
  package convenience init(for split: DiffusionData.Split, _ random: RandomSource) {
    let dimension = split.training.dimension
    self.init(dimension: dimension, width: dimension == 2 ? 128 : 256, random)
  }

  // region: noising
  /// Draws x_t from q(x_t | x_0) in one stroke, each row at a time of its own.
  ///
  ///     x_t = √ᾱ_t x_0 + √(1 - ᾱ_t) ε
  ///
  /// - Shape: `x` and `noise` are `[B, D]`, `times` is `[B]`, the result is `[B, D]`.
  package func noised(_ x: Tensor, at times: Indices, _ noise: Tensor) -> Tensor {
    x * gatherRows(signalScales, times) + noise * gatherRows(noiseScales, times)
  }
  // endregion: noising

  // region: training
  /// The loss of Algorithm 1: a random time for each row, and how badly its noise is told.
  package func loss(_ x: Tensor, _ random: inout RandomSource) -> Tensor {
    let noise = random.normal(x.shape)
    let draws = random.integers([x.shape[0]], below: schedule.steps)
    let times = Indices(draws.values.map { Int($0) + 1 })
    let predicted = denoise(noised(x, at: times, noise), at: times.floats)
    return meanSquaredError(predicted, noise)
  }

  /// Learns from `data`, then keeps the running average of the weights, which samples better.
  ///
  /// `report` is called after each step with its number, from 1, and its loss.
  package func train(
    on data: SampleSet, steps: Int, batch: Int, learningRate: Float = 5e-3,
    _ random: RandomSource, report: (Int, Float) throws -> Void
  ) throws {
    var random = random
    let points = data.tensor
    let optimizer = AdamW(parameters, weightDecay: 0)
    let average = WeightAverage(parameters, decay: min(0.999, 1 - 10 / Float(steps)))
    let rate = Schedule.warmupCosine(peak: learningRate, warmup: steps / 50 + 1, total: steps)
    for step in 0..<steps {
      try Task.checkCancellation()
      let chosen = random.integers([batch], below: data.count)
      let loss = loss(gatherRows(points, chosen), &random)
      loss.backward()
      optimizer.learningRate = rate(step)
      optimizer.step()
      average.update()
      try report(step + 1, loss.item)
    }
    parameters.values.assign(average.applied { parameters.values + 0 })
  }
  // endregion: training

  /// The noise in `x` as the network tells it, all rows being at time `t`.
  package func predictedNoise(_ x: Tensor, at t: Int) -> Tensor {
    evaluations += 1
    return noGrad { denoise(x, at: .full([x.shape[0]], Float(t))) }  // [B, D]
  }

  /// The variance of a step back: as if nothing, or everything, were known of the data.
  package enum Variance: String, CaseIterable, Sendable {
    case posterior, forward
  }

  // region: ancestral
  /// Samples by Algorithm 2: from pure noise back to the data, every time in turn.
  ///
  /// `watch` is called with each time and the points at it, the last one being 0.
  package func ancestralSamples(
    _ count: Int, variance: Variance = .posterior, _ random: RandomSource,
    watch: (Int, Tensor) throws -> Void = { _, _ in }
  ) throws -> SampleSet {
    var random = random
    var x = random.normal([count, dimension])
    for t in stride(from: schedule.steps, through: 1, by: -1) {
      try Task.checkCancellation()
      let (beta, alpha, alphaBar) = (schedule.betas[t], schedule.alphas[t], schedule.alphaBars[t])
      let noise = predictedNoise(x, at: t)
      let mean =
        (x - noise * Float(beta / (1 - alphaBar).squareRoot()))
        * Float(1 / alpha.squareRoot())
      let spread = variance == .posterior ? schedule.posterior(t).variance : beta
      x = t == 1 ? mean : mean + random.normal(x.shape) * Float(spread.squareRoot())
      try watch(t - 1, x)
    }
    return SampleSet(x)
  }
  // endregion: ancestral
}
