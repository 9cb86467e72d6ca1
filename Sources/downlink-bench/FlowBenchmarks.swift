import Demos
import NN
import Tensors

/// Training steps of flows by exact likelihood.
var flowBenchmarks: [Benchmark] {
  [
    Benchmark("train realnvp-glow", twin: "realnvp_glow.py") {
      let random = RandomSource(seed: 1)
      let flow = FlowModel(
        levels: 17, dimension: 64, prior: .normal, random.split("weights")
      ) {
        Glow(side: 8, depth: 8, width: 16, mixing: .convolution, in: $0, random.split("mixing"))
      }
      return trainingStep(flow, levels: 17, batch: 50, random.split("training"))
    }
  ]
}

/// One step: batch of random grey levels, noise, likelihood, backward, AdamW.
private func trainingStep(
  _ flow: FlowModel, levels: Int, batch: Int, _ random: RandomSource
) -> () -> Float? {
  var random = random
  let images = random.integers([1_541, 64], below: levels).floats
  flow.prepare(on: images.rows(0..<256), &random)
  let optimizer = AdamW(flow.parameters, learningRate: 1e-3)
  return {
    let chosen = gatherRows(images, random.integers([batch], below: images.shape[0]))
    let loss = flow.bitsPerDimension(chosen, &random).mean()
    loss.backward()
    optimizer.step()
    return loss.item
  }
}
