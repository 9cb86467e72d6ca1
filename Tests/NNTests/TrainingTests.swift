import NN
import Tensors
import Testing

struct TrainingTests {
  @Test func `a small network learns exclusive or`() {
    let parameters = Parameters(RandomSource(seed: 1))
    let network = MLP([2, 16, 1], activation: .tanh, in: parameters)
    let optimizer = AdamW(parameters, learningRate: 0.05)
    let x = Tensor([0, 0, 0, 1, 1, 0, 1, 1], shape: [4, 2])
    let y = Tensor([0, 1, 1, 0], shape: [4, 1])
    var loss = Float.infinity
    for _ in 0..<200 {
      let error = binaryCrossEntropy(logits: network(x), targets: y)
      error.backward()
      optimizer.step()
      loss = error.item
    }
    #expect(loss < 0.01)
  }
}
