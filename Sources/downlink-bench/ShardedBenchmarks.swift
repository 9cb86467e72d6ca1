import Demos
import NN
import Tensors

/// Rows (b) and (e) on one thread and on two, which compute the same numbers.
///
/// Wall clock is what matters here: two threads against one, on idle and on busy processors.
var shardedBenchmarks: [Benchmark] {
  oneAndTwo("train ddpm digits w256 sharded") { digitsStep(threads: $0) }
    + oneAndTwo("LM train 4x128 s64 b16 sharded") { transformerStep(threads: $0) }
}

/// A row on one thread, and two on two threads that have the first as their rival: with nothing else
/// to do, and with all cores busy elsewhere, where waiting threads must not spin.
private func oneAndTwo(
  _ name: String, prepare: @escaping (Int) -> () -> Float?
) -> [Benchmark] {
  [
    Benchmark(name) { prepare(1) },
    Benchmark(
      "\(name) 2 threads", threads: 2, against: name, bound: .atLeast(1.6, target: 1.85)
    ) { prepare(2) },
    Benchmark(
      "\(name) 2 threads crowded", threads: 2, isCrowded: true, against: name,
      bound: .atLeast(0.8, target: 0.95)
    ) { prepare(2) },
  ]
}

private func digitsStep(threads: Int) -> () -> Float? {
  var random = RandomSource(seed: 42)
  let data = random.uniform([1_797, 64], in: -1...1)
  let parameters = Parameters(random.split("weights"))
  let model = { @Sendable (parameters: Parameters) in
    Denoiser(dimensions: 64, width: 256, in: parameters)
  }
  let gradient = ShardedGradient(
    of: model(parameters), parameters, threads: threads, replica: model
  ) { denoise, batch in
    meanSquaredError(denoise(batch.tensors[0], at: batch.tensors[1]), batch.tensors[2])
  }
  let optimizer = AdamW(parameters, learningRate: 1e-3)
  let alphaBar = Tensor(signal, shape: [signal.count, 1])
  return {
    let x = gatherRows(data, random.integers([256], below: data.shape[0]))  // [B, D]
    let time = random.integers([256], below: alphaBar.count)  // [B]
    let noise = random.normal(x.shape)
    let kept = gatherRows(alphaBar, time)  // [B, 1]
    let noisy = sqrt(kept) * x + sqrt(1 - kept) * noise
    let loss = try? gradient.backward(Batch([noisy, time.floats, noise]))
    optimizer.step()
    return loss
  }
}

private func transformerStep(threads: Int) -> () -> Float? {
  var random = RandomSource(seed: 1)
  let parameters = Parameters(random.split("weights"))
  let gradient = ShardedGradient(
    of: LanguageModel(form, in: parameters), parameters, threads: threads,
    replica: { LanguageModel(form, in: $0) }
  ) { model, batch in
    let tokens = batch.indices[0]
    let length = tokens.shape[1] - 1
    return crossEntropy(
      logits: model(tokens.columns(0..<length)), targets: tokens.columns(1..<(length + 1)))
  }
  let optimizer = AdamW(parameters, learningRate: 1e-3)
  return {
    let loss = try? gradient.backward(Batch(indices: [sequences(16, &random)]))
    optimizer.step()
    return loss
  }
}
