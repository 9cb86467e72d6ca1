import NN
import Tensors

/// Rows (a), (b) and (c): training a noise predictor, and sampling with it.
var diffusionBenchmarks: [Benchmark] {
  [
    trainRing("train ddpm ring w128", bound: .atLeast(2, target: 2.6)),
    trainRing(
      "train ddpm ring w128 avx2", bound: .atLeast(1.8, target: 2.3),
      environment: [
        "DOWNLINK_KERNELS": "avx2", "ATEN_CPU_CAPABILITY": "avx2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
      ]),
    Benchmark(
      "train ddpm digits w256", twin: "ddpm.py --data digits --width 256",
      bound: .atLeast(1.25, target: 1.5)
    ) {
      var random = RandomSource(seed: 1)
      return trainingStep(data: random.uniform([1_797, 64], in: -1...1), width: 256)
    },
    Benchmark(
      "ddim 1000x50 ring w128", unit: "runs/s", twin: "ddpm.py --sample 1",
      bound: .atLeast(1.3, target: 1.7)
    ) { samplingRun(dimensions: 2, width: 128) },
    Benchmark(
      "ddim 1000x50 digits w256", unit: "runs/s",
      twin: "ddpm.py --sample 1 --data digits --width 256", bound: .atLeast(1.2, target: 1.4)
    ) { samplingRun(dimensions: 64, width: 256) },
  ]
}

private func trainRing(
  _ name: String, bound: Bound, environment: [String: String] = [:]
) -> Benchmark {
  Benchmark(name, twin: "ddpm.py", bound: bound, environment: environment) {
    var random = RandomSource(seed: 1)
    return trainingStep(data: ring(&random), width: 128)
  }
}

/// The network of the baselines: three hidden layers over the point and a time embedding.
struct Denoiser {
  private let input: Linear
  private let first: Linear
  private let second: Linear
  private let output: Linear

  init(dimensions: Int, width: Int, in parameters: Parameters) {
    input = Linear(dimensions + 64, width, activation: .silu, in: parameters.scope("input"))
    first = Linear(width, width, activation: .silu, in: parameters.scope("first"))
    second = Linear(width, width, activation: .silu, in: parameters.scope("second"))
    output = Linear(width, dimensions, in: parameters.scope("output"))
  }

  func callAsFunction(_ x: Tensor, at time: Tensor) -> Tensor {
    output(second(first(input(concatenated([x, sinusoidalEmbedding(time, width: 64)])))))
  }
}

private let steps = 1_000

/// The share of the signal's variance that is left after each step of noise.
var signal: [Float] {
  var product: Float = 1
  return (0..<steps).map { step in
    product *= 1 - (1e-4 + (0.02 - 1e-4) * Float(step) / Float(steps - 1))
    return product
  }
}

/// Eight narrow Gaussians on a ring.
private func ring(_ random: inout RandomSource) -> Tensor {
  let angle = random.integers([4_096], below: 8).floats * (2 * Float.pi / 8)
  return stacked([cos(angle), sin(angle)]).transposed() + 0.05 * random.normal([4_096, 2])
}

/// One step: batch, noise, forward, backward, AdamW.
///
/// The loss is a moving average.
private func trainingStep(data: Tensor, width: Int) -> () -> Float? {
  var random = RandomSource(seed: 42)
  let parameters = Parameters(random.split("weights"))
  let dimensions = data.shape[1]
  let denoise = Denoiser(dimensions: dimensions, width: width, in: parameters)
  let optimizer = AdamW(parameters, learningRate: 1e-3)
  let alphaBar = Tensor(signal)
  var average: Float?
  return {
    let x = gatherRows(data, random.integers([256], below: data.shape[0]))  // [B, D]
    let time = random.integers([256], below: steps)  // [B]
    let noise = random.normal(x.shape)
    let kept = gatherRows(alphaBar.reshaped([steps, 1]), time)  // [B, 1]
    let noisy = sqrt(kept) * x + sqrt(1 - kept) * noise
    let loss = meanSquaredError(denoise(noisy, at: time.floats), noise)
    loss.backward()
    optimizer.step()
    average = average.map { $0 * 0.99 + loss.item * 0.01 } ?? loss.item
    return average
  }
}

/// DDIM: 1,000 samples in 50 deterministic steps, with the weights as initialised.
private func samplingRun(dimensions: Int, width: Int) -> () -> Float? {
  var random = RandomSource(seed: 42)
  let denoise = Denoiser(
    dimensions: dimensions, width: width, in: Parameters(random.split("weights")))
  let alphaBar = signal
  let times = (0..<50).map { 999 - $0 * 999 / 49 }
  return {
    noGrad {
      var x = random.normal([1_000, dimensions])
      for (index, time) in times.enumerated() {
        let kept = alphaBar[time]
        let next = index + 1 < times.count ? alphaBar[times[index + 1]] : 1
        let noise = denoise(x, at: Tensor.full([1_000], Float(time)))
        let clean = (x - (1 - kept).squareRoot() * noise) / kept.squareRoot()
        x = next.squareRoot() * clean + (1 - next).squareRoot() * noise
      }
      return abs(x).mean().item
    }
  }
}
