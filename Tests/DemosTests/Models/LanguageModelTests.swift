import Demos
import NN
import TestSupport
import Tensors
import Testing

struct LanguageModelTests {
  private typealias Configuration = LanguageModel.Configuration

  private func model(
    vocabulary: Int = 5, change: (inout Configuration) -> Void = { _ in }
  ) -> (model: LanguageModel, parameters: Parameters) {
    var configuration = Configuration(vocabulary: vocabulary, width: 16, layers: 2, heads: 4)
    configuration.embeddingDeviation = 0.5
    change(&configuration)
    let parameters = Parameters(RandomSource(seed: 4))
    return (LanguageModel(configuration, in: parameters), parameters)
  }

  @Test func `a word changes nothing that comes before it`() {
    let model = model().model
    let first = model(Indices([0, 1, 2, 3], shape: [1, 4])).scalars
    let second = model(Indices([0, 1, 2, 4], shape: [1, 4])).scalars
    expectClose(Array(first.prefix(15)), Array(second.prefix(15)), tolerance: 1e-6)
    #expect(first.suffix(5) != second.suffix(5))
  }

  @Test func `without a mask a word changes what comes before it`() {
    let model = model { $0.mask = .none }.model
    let first = model(Indices([0, 1, 2, 3], shape: [1, 4])).scalars
    let second = model(Indices([0, 1, 2, 4], shape: [1, 4])).scalars
    #expect(first.prefix(5) != second.prefix(5))
  }

  @Test func `the number of parameters is what the formula says`() {
    let changes: [(inout Configuration) -> Void] = [
      { _ in }, { $0.keyHeads = 2 }, { $0.tiesEmbeddings = true },
      { $0.normalizesQueriesAndKeys = true }, { $0.hidden = 24 },
    ]
    for change in changes {
      let (model, parameters) = model(change: change)
      #expect(parameters.count == model.configuration.parameterCount)
    }
  }

  @Test func `the model of the benchmarks has the parameters of the baseline`() {
    let form = Configuration(vocabulary: 256, width: 128, layers: 4, heads: 4)
    #expect(form.hidden == 344)
    #expect(form.parameterCount == 857_216)
  }

  @Test(arguments: [[6], [1, 1, 1, 1, 1, 1], [2, 3, 1]])
  func `reading in parts with a cache gives the logits of reading at once`(parts: [Int]) {
    let model = model {
      $0.keyHeads = 2
      $0.normalizesQueriesAndKeys = true
    }.model
    let tokens = Indices((0..<12).map { $0 * 7 % 5 }, shape: [2, 6])
    var cache = model.emptyCache
    let pieces = parts.map { length in
      let read = cache.length
      return noGrad { model(tokens.columns(read..<(read + length)), cache: &cache) }
    }
    expectClose(concatenated(pieces, axis: 1).scalars, model(tokens).scalars, tolerance: 2e-6)
    cache.keep(first: 4)
    #expect(cache.length == 4)
    let tail = noGrad { model(tokens.columns(4..<6), cache: &cache) }
    expectClose(
      tail.scalars, model(tokens).slice(axis: 1, 4..<6).scalars, tolerance: 2e-6)
  }

  @Test func `blocks are read one by one as they are at once, each whole in itself`() {
    let model = model { $0.mask = .blockCausal(size: 2) }.model
    let tokens = Indices([0, 3, 1, 4, 2, 0], shape: [1, 6])
    var cache = model.emptyCache
    let pieces = (0..<3).map { block in
      noGrad { model(tokens.columns(2 * block..<2 * block + 2), cache: &cache) }
    }
    let whole = model(tokens).scalars
    expectClose(concatenated(pieces, axis: 1).scalars, whole, tolerance: 2e-6)
    #expect(model(tokens, mask: .causal).scalars.prefix(5) != whole.prefix(5))
  }

  @Test(arguments: [false, true])
  func `a model learns one batch by heart`(ties: Bool) {
    let (model, parameters) = model(vocabulary: 9) { $0.tiesEmbeddings = ties }
    let optimizer = AdamW(parameters, learningRate: 0.01)
    let tokens = Indices((0..<36).map { $0 * $0 % 9 }, shape: [4, 9])
    var loss = Float.infinity
    for _ in 0..<150 {
      let logits = model(tokens.columns(0..<8))
      let step = crossEntropy(logits: logits, targets: tokens.columns(1..<9))
      step.backward()
      optimizer.step()
      loss = step.item
    }
    #expect(loss < 0.3)
  }

  @Test func `the probabilities of all sequences after a prompt add up to 1`() {
    let model = model(vocabulary: 3).model
    let all = (0..<9).flatMap { [1, $0 / 3, $0 % 3] }
    let logs = model.logProbability(of: Indices(all, shape: [9, 3]), afterPrompt: 1)
    expectClose(exp(logs).sum().item, 1, tolerance: 1e-5)
  }

  @Test func `words are drawn as often as they are likely`() throws {
    let model = model(vocabulary: 3).model
    var random = RandomSource(seed: 1)
    let count = 3_000
    let prompts = Indices([Int](repeating: 1, count: count), shape: [count, 1])
    let drawn = try model.continuations(of: prompts, length: 2, &random)
    let likely = softmax(model(Indices([1], shape: [1, 1]))).scalars
    for word in 0..<3 {
      let share = Float((0..<count).count { drawn.row($0).last == Int32(word) }) / Float(count)
      expectClose(share, likely[word], tolerance: 0.03)
    }
  }

  @Test func `without temperature the likeliest words are written, as by full passes`() throws {
    let model = model().model
    var random = RandomSource(seed: 1)
    var expected = [1]
    while expected.count < 8 {
      let logits = model(Indices(expected, shape: [1, expected.count]))
      expected.append(Int(logits.argmax().values[expected.count - 1]))
    }
    let written = try model.continuations(
      of: Indices([1], shape: [1, 1]), length: 8, sampling: TokenSampling(temperature: 0), &random)
    #expect(written.values == expected.map { Int32($0) })
  }

  @Test func `a bandit that has learned nothing is as far as its reference`() throws {
    let bandit = PreferenceBandit(beta: 0.5, RandomSource(seed: 1))
    let before = bandit.divergence
    try bandit.train(steps: 200, RandomSource(seed: 2)) { _ in }
    #expect(before > 0.1)
    #expect(bandit.divergence < 0.1 * before)
  }
}

struct TokenSamplingTests {
  /// The tokens that are drawn at all, of five with the logarithms of 8, 4, 2, 1 and 1 for logits.
  private func drawn(_ sampling: TokenSampling) -> [Int] {
    var random = RandomSource(seed: 7)
    let rows = [Float](repeating: 0, count: 2_000).flatMap { _ in [1, 8, 2, 4, 1] as [Float] }
    let tokens = sampling.draw(log(Tensor(rows, shape: [2_000, 5])), &random)
    return (0..<5).map { token in tokens.values.count { $0 == Int32(token) } }
  }

  @Test func `the likeliest tokens alone are drawn where so asked`() {
    #expect(drawn(TokenSampling()).allSatisfy { $0 > 0 })
    #expect(drawn(TokenSampling(topTokens: 2)).map { $0 > 0 } == [false, true, false, true, false])
    #expect(drawn(TokenSampling(topTokens: 1)) == [0, 2_000, 0, 0, 0])
  }

  @Test func `of a share of probability the fewest tokens are drawn that reach it`() {
    #expect(drawn(TokenSampling(topShare: 0.4)) == [0, 2_000, 0, 0, 0])
    let most = drawn(TokenSampling(topShare: 0.8))
    #expect(most.map { $0 > 0 } == [false, true, true, true, false])
    expectClose(Double(most[1]) / 2_000, 8.0 / 14, tolerance: 0.04)
  }

  @Test func `temperature sharpens and flattens`() {
    let (cold, warm) = (
      drawn(TokenSampling(temperature: 0.5)), drawn(TokenSampling(temperature: 2))
    )
    expectClose(Double(cold[1]) / 2_000, 64.0 / 86, tolerance: 0.04)
    #expect(warm[1] < cold[1])
    #expect(drawn(TokenSampling(temperature: 0)) == [0, 2_000, 0, 0, 0])
  }
}
