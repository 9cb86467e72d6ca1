import NN
import TestSupport
import Tensors
import Testing

struct ParametersTests {
  private let parameters = Parameters(RandomSource(seed: 1))

  @Test func `names are paths and values lie in one row`() {
    let first = Linear(2, 3, in: parameters.scope("block", 0))
    _ = Linear(3, 1, bias: false, in: parameters.scope("head"))
    #expect(parameters.names == ["block.0.weight", "block.0.bias", "head.weight"])
    #expect(parameters.count == 6 + 3 + 3)
    #expect(Array(parameters.values.scalars.prefix(6)) == first.weight.scalars)
    #expect(parameters["block.0.bias"].scalars == first.bias?.scalars)
    #expect(parameters.scope("block", 0)["bias"].scalars == first.bias?.scalars)
  }

  @Test func `first values depend on seed and path, not on the order of creation`() {
    let other = Parameters(RandomSource(seed: 1))
    let (b, a) = (Linear(2, 3, in: other.scope("b")), Linear(2, 3, in: other.scope("a")))
    #expect(Linear(2, 3, in: parameters.scope("a")).weight.scalars == a.weight.scalars)
    #expect(Linear(2, 3, in: parameters.scope("b")).weight.scalars == b.weight.scalars)
    #expect(a.weight.scalars != b.weight.scalars)
  }

  @Test func `tensors stay valid while the buffer grows`() {
    let first = parameters.tensor("first", [2], .constant(3))
    for index in 0..<100 { _ = parameters.tensor("more.\(index)", [1_000], .zeros) }
    first.assign(Tensor([4, 5]))
    #expect(Array(parameters.values.scalars.prefix(2)) == [4, 5])
  }

  @Test func `a parameter the loss does not reach gets zeros`() {
    let (a, b) = (parameters.tensor("a", [2], .ones), parameters.tensor("b", [2], .ones))
    (a * b).sum().backward()
    (3 * a).sum().backward()
    #expect(parameters.gradients.scalars == [3, 3, 0, 0])
    #expect(b.gradient?.scalars == [0, 0])
  }

  @Test func `gradients can be added up over walks`() {
    let a = parameters.tensor("a", [2], .ones)
    (2 * a).sum().backward()
    (3 * a).sum().backward(accumulating: true)
    #expect(parameters.gradients.scalars == [5, 5])
  }

  @Test func `frozen parameters are constants to gradients and optimisers`() {
    let base = Linear(2, 2, in: parameters.scope("base"))
    let head = Linear(2, 1, in: parameters.scope("head"))
    let optimizer = AdamW(parameters, learningRate: 0.1)
    parameters.freeze("base")
    let before = base.weight.scalars
    let headBefore = head.weight.scalars
    #expect(!base(Tensor.ones([1, 2])).requiresGradient)
    head(base(Tensor.ones([1, 2]))).sum().backward()
    optimizer.step()
    #expect(base.weight.scalars == before)
    #expect(head.weight.scalars != headBefore)
    #expect(parameters.trainableRanges == [6..<9])
    parameters.unfreeze()
    #expect(parameters.trainableRanges == [0..<9])
  }

  @Test func `values are copied between models of one shape`() {
    let other = Parameters(RandomSource(seed: 2))
    _ = Linear(2, 2, in: parameters)
    _ = Linear(2, 2, in: other)
    #expect(parameters.values.scalars != other.values.scalars)
    other.copyValues(from: parameters)
    #expect(parameters.values.scalars == other.values.scalars)
  }

  @Test func `a model outlives its Parameters`() {
    let layer = Linear(2, 2, in: Parameters(RandomSource(seed: 2)))
    #expect(noGrad { layer(Tensor.ones([1, 2])) }.shape == [1, 2])
    layer(Tensor.ones([1, 2])).sum().backward()
    #expect(layer.bias?.gradient?.scalars == [1, 1])
  }

  @Test func `a state is loaded by path`() throws {
    let other = Parameters(RandomSource(seed: 2))
    _ = Linear(2, 2, in: parameters)
    _ = Linear(2, 2, in: other)
    try other.load(parameters.state())
    #expect(parameters.values.scalars == other.values.scalars)
  }

  @Test func `a state that does not fit is refused with the path, and changes nothing`() {
    let weight = parameters.tensor("weight", [2], .ones)
    let entry = { (name: String, shape: Shape) in
      ParameterState.Entry(
        name: name, shape: shape, values: [Float](repeating: 3, count: shape.count))
    }
    #expect(throws: NNError.missingParameter(path: "weight")) {
      try parameters.load(ParameterState([]))
    }
    #expect(throws: NNError.unknownParameter(path: "bias")) {
      try parameters.load(ParameterState([entry("weight", [2]), entry("bias", [2])]))
    }
    #expect(throws: NNError.misshapenParameter(path: "weight", expected: [2], found: [3])) {
      try parameters.load(ParameterState([entry("weight", [3])]))
    }
    #expect(weight.scalars == [1, 1])
  }

  @Test func `a parameter added after the optimiser is refused`() async {
    let late = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let parameters = Parameters(RandomSource(seed: 1))
      let weight = parameters.tensor("weight", [2], .ones)
      let optimizer = AdamW(parameters)
      _ = parameters.tensor("late", [2], .ones)
      weight.sum().backward()
      optimizer.step()
    }
    let text = String(decoding: late?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("step: a parameter was added after the optimizer"))
  }
}
