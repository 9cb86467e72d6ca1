import Foundation
import Tensors
import Testing

/// Each rule of shapes and tapes stops the program with a message that names what does not fit.
struct MisuseTests {
  @Test func `shapes that do not fit are named`() async {
    let addition = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.ones([2, 3]) + Tensor.ones([2, 4])
    }
    expect(addition, "add: [2, 3] and [2, 4] do not fit")
    let product = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = matmul(Tensor.ones([2, 3]), Tensor.ones([4, 5]))
    }
    expect(product, "matmul: [2, 3] and [4, 5] do not fit")
    let suffix = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.ones([2, 3, 4]) + Tensor.ones([3, 1])
    }
    expect(suffix, "add: [2, 3, 4] and [3, 1] do not fit")
  }

  @Test func `windows and weights that do not fit images are named`() async {
    let weight = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = convolution(Tensor.ones([1, 4, 4, 2]), Tensor.ones([3, 3, 5, 2]))
    }
    expect(weight, "convolution: [1, 4, 4, 2] and [3, 3, 5, 2] do not fit")
    let window = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = maxPool(Tensor.ones([1, 2, 4, 2]), size: 3)
    }
    expect(window, "maxPool: a window of 3 is larger than [1, 2, 4, 2] with padding 0")
    let groups = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = groupNorm(Tensor.ones([1, 6]), groups: 4, gain: .ones([6]), bias: .zeros([6]))
    }
    expect(groups, "groupNorm: 4 groups of [1, 6], [6] and [6] do not fit")
    let square = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = inverse(Tensor.ones([2, 3]))
    }
    expect(square, "inverse: [2, 3] is not square")
  }

  @Test func `heads and sequences that do not fit are named`() async {
    let heads = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let k = Tensor.ones([1, 3, 2, 4])
      _ = attention(Tensor.ones([1, 3, 3, 4]), k, k)
    }
    expect(heads, "attention: [1, 3, 3, 4], [1, 3, 2, 4] and [1, 3, 2, 4] do not fit")
    let lengths = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor.ones([2, 3, 1, 4])
      _ = attention(x, x, x, mask: .packed(lengths: [2, 2, 2], causal: false))
    }
    expect(lengths, "attention: packed sequences of [2, 2, 2] do not fill rows of 3")
    let target = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(logits: Tensor.ones([2, 3]), targets: Indices([1, 3]))
    }
    expect(target, "crossEntropy: class 3 of 3")
  }

  @Test func `operands on two tapes are refused`() async {
    let mixed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.variable(Tensor(1), on: Tape()) * Tensor.variable(Tensor(2), on: Tape())
    }
    expect(mixed, "multiply: the operands are on two tapes")
  }

  @Test func `a second walk over a dropped graph is refused`() async {
    let again = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let loss = square(Tensor.variable(Tensor(1), on: Tape()))
      loss.backward()
      loss.backward()
    }
    expect(again, "was walked before")
  }

  @Test func `a tape without end is stopped`() async {
    let endless = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor.variable(Tensor(1), on: Tape())
      for _ in 0...1_000_000 { x = x + 1 }
    }
    expect(endless, "is `noGrad` missing around evaluation?")
  }

  private func expect(
    _ result: ExitTest.Result?, _ message: String, location: SourceLocation = #_sourceLocation
  ) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(message), sourceLocation: location)
  }
}
