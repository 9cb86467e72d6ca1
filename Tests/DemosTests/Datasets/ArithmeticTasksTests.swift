import Demos
import TestSupport
import Tensors
import Testing

struct ArithmeticTasksTests {
  private func tokens(_ text: String) throws -> [Int32] {
    try text.map { Int32(try #require(ArithmeticTasks.vocabulary.firstIndex(of: "\($0)"))) }
  }

  @Test(arguments: [
    ("07+15=", "22。。"), ("99+99=", "198。"), ("40-02=", "38。。"), ("05-05=", "0。。。"),
  ])
  func `answers are those of arithmetic`(prompt: String, answer: String) throws {
    let tasks = ArithmeticTasks(operations: [.addition, .subtraction])
    #expect(ArithmeticTasks.text(tasks.answer(to: try tokens(prompt))) == answer)
  }

  @Test func `products have room for all their digits`() throws {
    let tasks = ArithmeticTasks(operations: [.multiplication])
    #expect(tasks.answerLength == 6)
    #expect(ArithmeticTasks.text(tasks.answer(to: try tokens("99×99="))) == "9801。。")
  }

  @Test func `a completion is rewarded if it is right up to its first end, and ends`() throws {
    let tasks = ArithmeticTasks()
    let prompt = try tokens("07+15=")
    let rewards = try ["22。。", "22。7", "22", "222。", "2。2。", "。", "022。", "2=2。"].map {
      tasks.reward(of: try tokens($0), to: prompt)
    }
    #expect(rewards == [1, 1, 0, 0, 0, 0, 0, 0])
  }

  @Test func `held-out tasks are never among those to train on`() {
    let tasks = ArithmeticTasks(digits: 1, operations: [.addition, .subtraction])
    var random = RandomSource(seed: 1)
    let training = tasks.samples(2_000, of: .training, &random)
    let heldOut = tasks.samples(400, of: .heldOut, &random)
    #expect(training.prompts.shape == [2_000, 4] && training.answers.shape == [2_000, 3])
    let seen = Set((0..<2_000).map { ArithmeticTasks.text(training.prompts.row($0)) })
    let kept = Set((0..<400).map { ArithmeticTasks.text(heldOut.prompts.row($0)) })
    #expect(seen.isDisjoint(with: kept))
    // 100 sums and 55 differences.
    #expect(seen.count + kept.count == 155)
    for row in 0..<2_000 {
      #expect(tasks.reward(of: training.answers.row(row), to: training.prompts.row(row)) == 1)
    }
  }
}
