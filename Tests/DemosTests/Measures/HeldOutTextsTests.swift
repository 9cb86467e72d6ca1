import Demos
import Foundation
import NN
import TestSupport
import Tensors
import Testing

struct HeldOutTextsTests {
  private static let texts: [[Int32]] = [
    (0..<23).map { Int32($0 * $0 % 7) }, [3, 1], [5], (0..<9).map { Int32($0 % 5) },
  ]
  private let tokenizer = BytePairTokenizer(merges: [])

  private func heldOut(context: Int) -> HeldOutTexts {
    HeldOutTexts(Self.texts, context: context, tokenizer: tokenizer)
  }

  @Test(arguments: [1, 2, 4, 5, 8, 64])
  func `every token but the first of a text is said once`(context: Int) {
    let heldOut = heldOut(context: context)
    #expect(heldOut.tokenCount == 22 + 1 + 0 + 8)
    #expect(heldOut.byteCount == heldOut.tokenCount)
  }

  @Test func `a model that knows nothing needs the logarithm of the vocabulary`() {
    let heldOut = heldOut(context: 4)
    let uniform = NGram(order: 1, vocabulary: 256, sequences: [])
    expectClose(heldOut.perplexity(heldOut.losses(of: uniform)), 256, tolerance: 1e-9)
    expectClose(heldOut.bitsPerByte(heldOut.losses(of: uniform)), 8, tolerance: 1e-9)
  }

  @Test func `an n-gram's losses are those of its tokens, whatever the pieces`() {
    let gram = NGram(order: 3, vocabulary: 256, sequences: Self.texts)
    let expected = Self.texts.flatMap { gram.losses(of: $0) }.reduce(0, +)
    for context in [3, 8, 64] {
      expectClose(
        heldOut(context: context).losses(of: gram).reduce(0, +), expected, tolerance: 1e-9)
    }
  }

  @Test func `a transformer that reads whole texts is asked for each token after those before it`()
  {
    var form = LanguageModel.Configuration(vocabulary: 256, width: 8, layers: 1, heads: 2)
    form.embeddingDeviation = 1
    let model = LanguageModel(form, in: Parameters(RandomSource(seed: 5)))
    let expected = Self.texts.filter { $0.count > 1 }.reduce(0.0) { sum, text in
      sum
        - Double(
          model.logProbability(of: Indices(text, shape: [1, text.count]), afterPrompt: 1).item)
    }
    let measured = heldOut(context: 64).losses(of: model).reduce(0, +)
    expectClose(measured, expected, tolerance: 1e-4)
  }

  @Test func `a difference is seen where there is one, and none where there is none`() {
    let heldOut = heldOut(context: 4)
    let bigram = heldOut.losses(of: NGram(order: 2, vocabulary: 256, sequences: Self.texts))
    let uniform = heldOut.losses(of: NGram(order: 1, vocabulary: 256, sequences: []))
    let gain = heldOut.difference(bigram, uniform, RandomSource(seed: 1))
    #expect(gain.interval.contains(gain.mean) && gain.interval.upperBound < 0)
    let none = heldOut.difference(bigram, bigram, RandomSource(seed: 1))
    #expect(none.mean == 0 && none.interval == 0...0)
  }
}
