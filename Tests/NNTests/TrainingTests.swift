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

  @Test func `a hundred steps need no more memory than ten`() {
    var random = RandomSource(seed: 1)
    let parameters = Parameters(random.split("weights"))
    let network = MLP([4, 32, 4], in: parameters)
    let optimizer = AdamW(parameters)
    let steps = { (count: Int) in
      for _ in 0..<count {
        let x = random.normal([16, 4])
        meanSquaredError(network(x), x).backward()
        optimizer.step()
      }
    }
    MemoryUse.resetPeak()
    steps(10)
    let ten = MemoryUse.current
    steps(100)
    #expect(MemoryUse.current == ten)
  }
}
