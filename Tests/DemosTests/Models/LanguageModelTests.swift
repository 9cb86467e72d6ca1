import Demos
import NN
import Tensors
import TestSupport
import Testing

struct LanguageModelTests {
  private func model(vocabulary: Int = 5) -> LanguageModel {
    LanguageModel(
      vocabulary: vocabulary, context: 6, width: 16, layers: 2, heads: 2,
      in: Parameters(RandomSource(seed: 4)))
  }

  @Test func `a word changes nothing that comes before it`() {
    let model = model()
    let first = model(Indices([0, 1, 2, 3], shape: [1, 4])).scalars
    let second = model(Indices([0, 1, 2, 4], shape: [1, 4])).scalars
    expectClose(Array(first.prefix(15)), Array(second.prefix(15)), tolerance: 1e-6)
    #expect(first.suffix(5) != second.suffix(5))
  }

  @Test func `the probabilities of all sequences after a prompt add up to 1`() {
    let model = model(vocabulary: 3)
    let all = (0..<9).flatMap { [1, $0 / 3, $0 % 3] }
    let logs = model.logProbability(of: Indices(all, shape: [9, 3]), afterPrompt: 1)
    expectClose(exp(logs).sum().item, 1, tolerance: 1e-5)
  }

  @Test func `words are drawn as often as they are likely`() throws {
    let model = model(vocabulary: 3)
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

  @Test func `a bandit that has learned nothing is as far as its reference`() throws {
    let bandit = PreferenceBandit(beta: 0.5, RandomSource(seed: 1))
    let before = bandit.divergence
    try bandit.train(steps: 200, RandomSource(seed: 2)) { _ in }
    #expect(before > 0.1)
    #expect(bandit.divergence < 0.1 * before)
  }
}
