import TestSupport
import Tensors
import Testing

struct CheckpointTests {
  /// A captured parameter, an input, and a function with dropout that uses both twice.
  private struct Example {
    let tape = Tape()
    let x: Tensor
    let weight: Tensor

    init() {
      var random = RandomSource(seed: 3)
      x = .variable(random.normal([7, 5]), on: tape, name: "x")
      weight = .variable(random.normal([5, 5]), on: tape, name: "weight")
    }

    func layer(_ x: Tensor, _ random: inout RandomSource) -> Tensor {
      let y = tanh(matmul(x, weight)) + x
      return dropout(y, probability: 0.4, &random) * matmul(y, weight)
    }

    /// The gradients of a chain of two layers that `call` calls, with uses of everything around.
    func gradients(
      _ call: (Tensor, inout RandomSource) -> Tensor
    ) -> [[Float]] {
      var random = RandomSource(seed: 4)
      let middle = call(x, &random) + x
      let loss = (call(middle, &random) * x + matmul(middle, weight)).sum()
      loss.backward()
      return [x, weight].map { $0.gradient?.scalars ?? [] } + [random.normal([3]).scalars]
    }

    var plain: [[Float]] { gradients { layer($0, &$1) } }
  }

  @Test func `gradients are those of a plain call, bit for bit, with dropout and captured tensors`()
  {
    let example = Example()
    let checkpointed = example.gradients { checkpoint($0, &$1) { example.layer($0, &$1) } }
    #expect(checkpointed == example.plain)
    #expect(checkpointed[0].count == 35 && checkpointed[1].count == 25)
  }

  @Test func `checkpoints may stand in checkpoints`() {
    let example = Example()
    let nested = example.gradients { x, random in
      checkpoint(x, &random) { x, random in
        exp(checkpoint(x, &random) { example.layer(tanh($0), &$1) } * 0.01)
      }
    }
    let plain = example.gradients { x, random in
      exp(example.layer(tanh(x), &random) * 0.01)
    }
    #expect(nested == plain)
  }

  @Test func `several inputs get their gradients, and one that is no variable gets none`() {
    let example = Example()
    let (x, weight) = (example.x, example.weight)
    let function = { (inputs: [Tensor]) in matmul(inputs[0] * inputs[1], inputs[2]) }
    let constant = Tensor.full([7, 5], 2)
    let run = { (y: Tensor) in
      square(y).sum().backward()
      return [x, weight].map { $0.gradient?.scalars }
    }
    #expect(
      run(checkpoint([x, constant, weight], function)) == run(function([x, constant, weight])))
  }

  @Test func `parameters behind a constant input get their gradients`() {
    let example = Example()
    let y = checkpoint(Tensor.ones([2, 5])) { matmul($0, example.weight) }
    #expect(y.requiresGradient)
    #expect(y.recordedNode?.inputs.map(\.operation) == ["weight"])
    y.sum().backward()
    #expect(example.weight.gradient?.scalars == [Float](repeating: 2, count: 25))
  }

  @Test func `one node is recorded, with all that the body was applied to`() {
    let example = Example()
    let y = checkpoint(example.x) { tanh(matmul($0, example.weight)) * $0 }
    #expect(example.tape.nodes.map(\.operation) == ["checkpoint"])
    #expect(y.recordedNode?.inputs.map(\.operation) == ["x", "weight"])
    example.tape.clear()
  }

  @Test func `without anything to record the body is just called`() {
    let example = Example()
    let constant = Tensor([1, 2])
    #expect(!checkpoint(constant) { exp($0) }.requiresGradient)
    #expect(!noGrad { checkpoint(example.x) { exp($0) } }.requiresGradient)
    #expect(checkpoint(example.x) { $0 }.recordedNode === example.x.recordedNode)
    #expect(!checkpoint(example.x) { $0.detached() * 2 }.requiresGradient)
    #expect(example.tape.nodes.isEmpty)
  }

  @Test func `gradients can be asked for without a clearing walk, and differentiated again`() {
    let x = Tensor.variable(Tensor([1, 2]), on: Tape())
    let cube = { (x: Tensor) in checkpoint(x) { $0 * square($0) }.sum() }
    let y = cube(x)
    #expect(gradient(of: y, for: [x])[0].scalars == [3, 12])
    let slope = gradient(of: y, for: [x], differentiable: true)[0]
    #expect(slope.scalars == [3, 12])
    #expect(gradient(of: slope.sum(), for: [x])[0].scalars == [6, 12])
    y.backward()
    #expect(x.gradient?.scalars == [3, 12])
  }

  @Test func `the backward pass may run where recording is paused`() {
    let x = Tensor.variable(Tensor([1, 2]), on: Tape())
    let y = checkpoint(x) { square($0) }.sum()
    noGrad { y.backward() }
    #expect(x.gradient?.scalars == [2, 4])
  }

  @Test func `a chain cut into pieces needs the pieces' ends and one piece at a time`() {
    let unit = 64 * 64 * 4
    let tape = Tape()
    let x = Tensor.variable(Tensor.ones([64, 64]), on: tape)
    let layers = { (count: Int, x: Tensor) in (0..<count).reduce(x) { x, _ in tanh(x) } }
    let plain = MemoryUse.peakBytes { layers(64, x).sum().backward() }
    let pieces = MemoryUse.peakBytes {
      (0..<8).reduce(x) { x, _ in checkpoint(x) { layers(8, $0) } }.sum().backward()
    }
    #expect((64...68).contains(plain / unit))
    #expect((15...20).contains(pieces / unit))
    #expect(tape.nodes.isEmpty)
  }

  @Test func `what is computed again has the tag it had at first`() {
    let x = Tensor.variable(Tensor.ones([100]), on: Tape())
    let y = MemoryUse.tagged(.activations) { checkpoint(x) { tanh(tanh($0)) }.sum() }
    MemoryUse.resetPeak()
    let before = MemoryUse.current(.activations).liveBytes
    y.backward()
    #expect(MemoryUse.current(.activations).peakBytes >= before + 800)
  }
}
