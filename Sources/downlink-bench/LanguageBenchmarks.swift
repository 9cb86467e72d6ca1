import Demos
import NN
import Tensors

/// Rows (d) and (e): the DPO loss with its gradient, and a training step of a transformer.
var languageBenchmarks: [Benchmark] {
  [
    Benchmark(
      "DPO loss+backward b16 pairs", twin: "lm.py --mode dpo", bound: .atLeast(1.1, target: 1.4)
    ) { preferenceStep() },
    Benchmark(
      "LM train 4x128 s64 b16", twin: "lm.py --mode lm", bound: .atLeast(1.1, target: 1.4)
    ) { trainingStep() },
    Benchmark("train llama 3x96 v1536", twin: "llama.py") { llamaStep() },
  ]
}

private let vocabulary = 256
private let length = 64
private let batch = 16

/// The transformer of the baselines: 857,216 parameters.
let form = LanguageModel.Configuration(
  vocabulary: vocabulary, width: 128, layers: 4, heads: 4)

/// Counting sequences: each token is the one before it plus a stride, modulo the vocabulary.
func sequences(_ count: Int, _ random: inout RandomSource) -> Indices {
  let starts = random.integers([count], below: vocabulary).values
  let strides = random.integers([count], below: 7).values
  let tokens = (0..<count).flatMap { row in
    (0...length).map { (Int(starts[row]) + Int(strides[row] + 1) * $0) % vocabulary }
  }
  return Indices(tokens, shape: [count, length + 1])
}

private func trainingStep() -> () -> Float? {
  var random = RandomSource(seed: 1)
  let parameters = Parameters(random.split("weights"))
  let model = LanguageModel(form, in: parameters)
  let optimizer = AdamW(parameters, learningRate: 1e-3)
  return {
    let tokens = sequences(batch, &random)
    let loss = crossEntropy(
      logits: model(tokens.columns(0..<length)), targets: tokens.columns(1..<(length + 1)))
    loss.backward()
    optimizer.step()
    return loss.item
  }
}

/// A step of the demo `llama` with its default model and batch.
private func llamaStep() -> () -> Float? {
  let demo = LLaMA()
  var random = RandomSource(seed: 1)
  let parameters = Parameters(random.split("weights"))
  let model = LanguageModel(demo.form(vocabulary: demo.vocabulary), in: parameters)
  let optimizer = AdamW(
    parameters, learningRate: Float(demo.learningRate), beta2: 0.95,
    weightDecay: Float(demo.weightDecay))
  let stream = TokenStream(random.integers([30_000], below: demo.vocabulary).values)
  return {
    let (inputs, targets) = stream.batch(demo.batch, length: demo.context, &random)
    let loss = crossEntropy(logits: model(inputs), targets: targets)
    loss.backward()
    parameters.clipGradients(toNorm: 1)
    optimizer.step()
    return loss.item
  }
}

private func preferenceStep() -> () -> Float? {
  var random = RandomSource(seed: 1)
  let model = LanguageModel(form, in: Parameters(random.split("weights")))
  let reference = LanguageModel(form, in: Parameters(random.split("weights")))
  let logProbability = { (model: LanguageModel, tokens: Indices) in
    pick(logSoftmax(model(tokens.columns(0..<length))), tokens.columns(1..<(length + 1)))
      .sum(axis: -1)  // [B]
  }
  return {
    let preferred = sequences(batch, &random).values
    let rejected = random.integers([batch, length + 1], below: vocabulary).values
    let tokens = Indices(preferred + rejected, shape: [2 * batch, length + 1])
    let base = noGrad { logProbability(reference, tokens) }
    let reward = 0.1 * (logProbability(model, tokens) - base)
    let margin = reward.rows(0..<batch) - reward.rows(batch..<(2 * batch))
    let loss = -logSigmoid(margin).mean()
    loss.backward()
    return loss.item
  }
}
