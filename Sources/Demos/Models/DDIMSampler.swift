package import Tensors

/// The sampler of DDIM: any number of steps, any share of fresh noise, and the way to noise and back.
///
/// - Source: Song, Meng, Ermon, "Denoising diffusion implicit models", 2020, arXiv:2010.02502.
package struct DDIMSampler {
  /// How the times of the steps lie: evenly, or denser where little noise is left.
  package enum Spacing: String, CaseIterable, Sendable {
    case linear, quadratic
  }

  private let model: DiffusionModel
  /// Rising times, the first being 0, the data.
  package let times: [Int]
  private let eta: Double

  package init(_ model: DiffusionModel, steps: Int, eta: Double = 0, spacing: Spacing) {
    self.model = model
    self.eta = eta
    times = Self.times(steps: steps, upTo: model.schedule.steps, spacing)
  }

  // region: spacing
  /// `steps` rising times after 0, the last being `last`.
  package static func times(steps: Int, upTo last: Int, _ spacing: Spacing) -> [Int] {
    (0...steps).reduce(into: []) { times, step in
      let share = Double(step) / Double(steps)
      let place = Double(last) * (spacing == .linear ? share : share * share)
      // Where the parabola is flat, neighbours are kept one apart.
      times.append(max(Int(place.rounded()), (times.last ?? -1) + 1))
    }
  }
  // endregion: spacing

  // region: sampling
  /// σ of the step from time `t` back to `s`: the posterior's deviation, times η.
  package func deviation(from t: Int, to s: Int) -> Double {
    let (now, then) = (model.schedule.alphaBars[t], model.schedule.alphaBars[s])
    return eta * ((1 - then) / (1 - now)).squareRoot() * (1 - now / then).squareRoot()
  }

  /// One step back: guess the data, then noise it again to time `s`, partly with the old noise and
  /// partly with new.
  package func step(
    _ x: Tensor, from t: Int, to s: Int, _ random: inout RandomSource
  ) -> Tensor {
    let sigma = deviation(from: t, to: s)
    let mean = moved(x, from: t, to: s, sigma: sigma)
    return sigma == 0 ? mean : mean + random.normal(x.shape) * Float(sigma)
  }

  private func moved(_ x: Tensor, from t: Int, to s: Int, sigma: Double = 0) -> Tensor {
    let (now, then) = (model.schedule.alphaBars[t], model.schedule.alphaBars[s])
    // The network has learned no time 0, where there is no noise to tell.
    let noise = model.predictedNoise(x, at: max(t, 1))
    let data = (x - noise * Float((1 - now).squareRoot())) * Float(1 / now.squareRoot())
    return data * Float(then.squareRoot())
      + noise * Float(max(0, 1 - then - sigma * sigma).squareRoot())
  }
  // endregion: sampling

  /// Samples from pure noise.
  ///
  /// `watch` is called after each step with its number, from 1, and the points.
  package func samples(
    _ count: Int, _ random: RandomSource, watch: (Int, Tensor) throws -> Void = { _, _ in }
  ) throws -> SampleSet {
    var random = random
    var x = random.normal([count, model.dimension])
    for (step, (s, t)) in zip(times, times.dropFirst()).reversed().enumerated() {
      try Task.checkCancellation()
      x = self.step(x, from: t, to: s, &random)
      try watch(step + 1, x)
    }
    return SampleSet(x)
  }

  // region: encoding
  /// The way of η = 0 in the other direction: from data to the noise it would be sampled from.
  package func encoded(_ data: Tensor) throws -> Tensor {
    try zip(times, times.dropFirst()).reduce(data) { x, step in
      try Task.checkCancellation()
      return moved(x, from: step.0, to: step.1)
    }
  }

  /// From noise to data along the same times.
  package func decoded(_ noise: Tensor) throws -> Tensor {
    try zip(times, times.dropFirst()).reversed().reduce(noise) { x, step in
      try Task.checkCancellation()
      return moved(x, from: step.1, to: step.0)
    }
  }
  // endregion: encoding
}
