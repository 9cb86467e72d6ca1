package import DemoKit
import NN
import Tensors

/// LLaMA at the size of a blog: a tokenizer, a transformer and its text, all from these posts.
///
/// - Source: Touvron et al., "LLaMA: Open and efficient foundation language models", 2023,
///   arXiv:2302.13971.
package struct LLaMA: Demo {
  package static let id = DemoID("llama")
  package static let summary = "LLaMA：在本博客上训练分词器与 Transformer，与 n 元模型比困惑度，用 KV 缓存生成"

  /// Thousands of bytes of posts to learn from and be tested on, at most.
  package var kilobytes = 100
  package var vocabulary = 1_536
  package var layers = 3
  package var heads = 4
  /// The width of a head, rounded up to pairs of channels, which rotary positions turn.
  package var headWidth = 24
  /// Tokens that the model reads at once.
  package var context = 64
  package var batch = 8
  package var steps = 1_000
  package var learningRate = 0.003
  package var weightDecay = 1.0
  /// The order of the n-gram model that the claim is about.
  package var order = 5
  package var temperature = 0.7
  package var topShare = 0.9
  package var seed = 1

  package static let parameters: [Parameter<LLaMA>] = [
    Parameter("kilobytes", \.kilobytes, in: 20...100_000),
    Parameter("vocabulary", \.vocabulary, in: 256...4_096),
    Parameter("layers", \.layers, in: 1...12),
    Parameter("heads", \.heads, in: 1...8),
    Parameter("head-width", \.headWidth, in: 4...128),
    Parameter("context", \.context, in: 16...512),
    Parameter("batch", \.batch, in: 1...64),
    Parameter("steps", \.steps, in: 10...50_000),
    Parameter("learning-rate", \.learningRate, in: 1e-5...0.1),
    Parameter("weight-decay", \.weightDecay, in: 0...5),
    Parameter("order", \.order, in: 1...LLaMA.largestOrder),
    Parameter("temperature", \.temperature, in: 0...2),
    Parameter("top-share", \.topShare, in: 0.05...1),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  static let largestOrder = 5
  /// The posts that make the corpus at the default size, so that it stays while the blog grows.
  static let firstPosts = [
    "adamw", "ddim", "ddpm", "realnvp-glow", "vae", "dpo", "flash-attention",
  ]

  package static var quick: LLaMA {
    var demo = LLaMA()
    demo.vocabulary = 384
    demo.layers = 1
    demo.steps = 200
    demo.learningRate = 0.008
    demo.weightDecay = 0.1
    demo.order = 2
    return demo
  }

  /// All there is to read, and twice the steps: more of them, or a larger model, would learn so little
  /// text by heart.
  package static var thorough: LLaMA {
    var demo = LLaMA()
    demo.kilobytes = 100_000
    demo.steps = 2_000
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let random = RandomSource(seed: seed)
    emit(.table(PublishedShape.table))
    emit(.text("先从语料中学分词：反复合并最常相邻的一对词元。"))
    let text = try TokenizedCorpus(
      kilobytes: kilobytes, vocabulary: vocabulary, context: context)
    for table in text.tables { emit(.table(table)) }
    let grams = try NGramScores(text, chosen: order)
    emit(.text("再训练 Transformer：随机取窗口，预测每个位置的下一个词元。"))
    let training = LanguageTraining(self, vocabulary: text.vocabulary, random)
    let losses = try training.run(on: text, random.split("training"), emit: emit)
    emit(.table(grams.table(beside: losses)))
    let cache = try CacheCheck(training.model, text, random.split("cache"))
    try write(training.model, text, random.split("text"), emit: emit)
    let claims =
      [PublishedShape.claim, training.countClaim, text.claim(random.split("bytes"))]
      + [RotaryCheck.claim(random.split("rotary"))] + cache.claims
      + [grams.claim(about: losses, random.split("bootstrap"))]
    for claim in claims { emit(.claim(claim)) }
  }
}

extension LLaMA {
  // region: form
  /// The form of the model: LLaMA's, with as many heads for keys as for queries.
  package func form(vocabulary: Int) -> LanguageModel.Configuration {
    var form = LanguageModel.Configuration(
      vocabulary: vocabulary, width: heads * (headWidth + headWidth % 2), layers: layers,
      heads: heads)
    form.embeddingDeviation = 0.5
    return form
  }
  // endregion: form

  /// Writes on after the first words of a text that the model does not know, before the reader's eyes.
  private func write(
    _ model: LanguageModel, _ text: TokenizedCorpus, _ random: RandomSource,
    emit: (DemoEvent) -> Void
  ) throws {
    let sampling = TokenSampling(temperature: Float(temperature), topShare: Float(topShare))
    for length in stride(from: context / 4, through: context, by: context / 8) {
      // From the same source the same tokens are drawn again, and then some more.
      var random = random
      let written = try model.continuations(
        of: text.prompt, length: length, sampling: sampling, &random)
      emit(.table(text.table(of: written.values)))
    }
  }
}

/// The training of one model.
struct LanguageTraining {
  let model: LanguageModel
  private let demo: LLaMA
  private let parameters: Parameters

  init(_ demo: LLaMA, vocabulary: Int, _ random: RandomSource) {
    self.demo = demo
    parameters = Parameters(random.split("weights"))
    model = LanguageModel(demo.form(vocabulary: vocabulary), in: parameters)
  }

  // region: train
  /// Trains as the paper does, AdamW with clipped gradients and a cosine schedule down to a tenth; gives
  /// the losses on the held-out texts.
  func run(
    on text: TokenizedCorpus, _ random: RandomSource, emit: (DemoEvent) -> Void
  ) throws -> [Double] {
    var random = random
    let peak = Float(demo.learningRate)
    let rate = Schedule.warmupCosine(
      peak: peak, warmup: demo.steps / 40 + 1, total: demo.steps, end: peak / 10)
    let optimizer = AdamW(parameters, beta2: 0.95, weightDecay: Float(demo.weightDecay))
    var curve = LossCurve("训练损失", steps: demo.steps, of: demo.steps)
    for step in 0..<demo.steps {
      try Task.checkCancellation()
      let (inputs, targets) = text.training.batch(demo.batch, length: demo.context, &random)
      let loss = crossEntropy(logits: model(inputs), targets: targets)
      loss.backward()
      parameters.clipGradients(toNorm: 1)
      optimizer.learningRate = rate(step)
      optimizer.step()
      curve.report(step + 1, loss.item, emit: emit)
      if (step + 1).isMultiple(of: max(1, demo.steps / 10)) {
        report(text.heldOut, after: step + 1, emit: emit)
      }
    }
    return text.heldOut.losses(of: model)
  }
  // endregion: train

  private func report(_ heldOut: HeldOutTexts, after step: Int, emit: (DemoEvent) -> Void) {
    let losses = heldOut.losses(of: model)
    let loss = losses.reduce(0, +) / Double(heldOut.tokenCount)
    emit(.metric(name: "留出损失", step: step, value: loss))
  }

  var countClaim: Claim {
    let counted = model.configuration.parameterCount
    return Claim(
      "参数量公式等于演示模型实际的参数个数", expected: "\(parameters.count)", measured: "\(counted)",
      holds: counted == parameters.count)
  }
}
