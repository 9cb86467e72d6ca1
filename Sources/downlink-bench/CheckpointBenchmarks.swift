import NN
import Tensors

/// A training step of the chain that `gradient-checkpointing` times, in eight pieces and in one.
var checkpointBenchmarks: [Benchmark] {
  [
    Benchmark("train chain 64x256 in 8 pieces", twin: "checkpointing.py --pieces 8") {
      chainStep(pieces: 8)
    },
    Benchmark("train chain 64x256 uncut", twin: "checkpointing.py --pieces 0") {
      chainStep(pieces: nil)
    },
  ]
}

private func chainStep(pieces: Int?) -> () -> Float? {
  let (depth, width) = (64, 256)
  var random = RandomSource(seed: 1)
  let parameters = Parameters(random.split("weights"))
  let layers = (0..<depth).map {
    Linear(width, width, activation: .silu, in: parameters.scope("layer", $0))
  }
  let optimizer = AdamW(parameters, learningRate: 1e-3)
  let x = random.normal([256, width])
  let apply = { (range: Range<Int>, x: Tensor) in
    layers[range].reduce(x) { x, layer in x + layer(x) * (1 / Float(depth).squareRoot()) }
  }
  return {
    let size = pieces.map { depth / $0 } ?? depth
    let y = stride(from: 0, to: depth, by: size).reduce(x) { x, start in
      let range = start..<(start + size)
      return pieces == nil ? apply(range, x) : checkpoint(x) { apply(range, $0) }
    }
    let loss = square(y).mean()
    loss.backward()
    optimizer.step()
    return loss.item
  }
}
