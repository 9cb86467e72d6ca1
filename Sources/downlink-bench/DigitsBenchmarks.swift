import Demos
import NN
import Tensors

/// Training on the handwritten digits, as the demos do by default.
var digitsBenchmarks: [Benchmark] {
  [
    Benchmark("train adamw digits w64 b50", twin: "adamw.py") {
      let digits = try Digits.shipped()
      let images = Tensor(
        digits.pixels(at: digits.training), shape: [digits.training.count, Digits.pixelCount])
      let labels = digits.training.map { digits.labels[$0] }
      var random = RandomSource(seed: 1)
      let parameters = Parameters(random.split("weights"))
      let network = MLP([Digits.pixelCount, 64, Digits.classCount], in: parameters)
      let optimizer = AdamW(parameters, learningRate: 0.003, weightDecay: 0.3)
      return {
        let batch = random.integers([50], below: labels.count)
        let targets = Indices(batch.values.map { labels[Int($0)] })
        let loss = crossEntropy(logits: network(gatherRows(images, batch)), targets: targets)
        loss.backward()
        optimizer.step()
        return loss.item
      }
    },
    Benchmark("train vae digits w128 b128", twin: "vae.py") {
      let random = RandomSource(seed: 1)
      let images = try DigitImages(random.split("data")).training.tensor
      let model = VariationalAutoencoder(
        dimension: Digits.pixelCount, hidden: [128, 128], latent: 2, random.split("weights"))
      let optimizer = AdamW(model.parameters, learningRate: 2e-3, weightDecay: 0)
      var draws = random.split("training")
      return {
        let x = gatherRows(images, draws.integers([128], below: images.shape[0]))
        let bound = model.bound(x, &draws)
        let loss = bound.divergence.mean() - bound.reconstruction.mean()
        loss.backward()
        optimizer.step()
        return loss.item
      }
    },
  ]
}
