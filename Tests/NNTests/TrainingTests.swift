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

  @Test func `once it is warm a step of a perceptron asks the system for nothing`() {
    var random = RandomSource(seed: 1)
    let parameters = Parameters(random.split("weights"))
    let network = MLP([4, 32, 4], in: parameters)
    let optimizer = AdamW(parameters)
    expectNoSystemBytes {
      let x = random.normal([16, 4])
      meanSquaredError(network(x), x).backward()
      optimizer.step()
    }
  }

  @Test func `once it is warm a step of a convolution asks the system for nothing`() {
    var random = RandomSource(seed: 1)
    let parameters = Parameters(random.split("weights"))
    let convolve = Conv2D(3, 8, size: 3, activation: .relu, in: parameters.scope("convolve"))
    let norm = GroupNorm(groups: 2, 8, in: parameters.scope("norm"))
    let expand = ConvTranspose2D(8, 3, size: 3, in: parameters.scope("expand"))
    let optimizer = AdamW(parameters)
    expectNoSystemBytes {
      let x = random.normal([4, 8, 8, 3])
      meanSquaredError(expand(norm(convolve(x))), x).backward()
      optimizer.step()
    }
  }

  @Test func `once it is warm a step of a transformer asks the system for nothing`() {
    var random = RandomSource(seed: 1)
    let parameters = Parameters(random.split("weights"))
    let embed = Embedding(16, 24, initializer: .normal(standardDeviation: 0.1), in: parameters)
    let norm = RMSNorm(24, in: parameters.scope("norm"))
    let attend = MultiHeadAttention(24, heads: 3, mask: .causal, in: parameters.scope("attend"))
    let feed = SwiGLU(24, hidden: 40, in: parameters.scope("feed"))
    let optimizer = AdamW(parameters)
    expectNoSystemBytes {
      let tokens = random.integers([6, 9], below: 16)
      let x = embed(tokens)  // [B, T, C]
      let y = x + attend(norm(x))
      crossEntropy(logits: y + checkpoint(y) { feed($0) }, targets: tokens).backward()
      parameters.clipGradients(toNorm: 1)
      optimizer.step()
    }
  }

  @Test func `what a model needs for good is told apart`() {
    let before = MemoryTag.allCases.map { MemoryUse.current($0).liveBytes }
    let parameters = Parameters(RandomSource(seed: 1))
    let network = MLP([4, 32, 4], in: parameters)
    let optimizer = AdamW(parameters)
    let now = MemoryTag.allCases.map { MemoryUse.current($0).liveBytes }
    let bytes = 4 * parameters.count
    #expect(zip(now, before).map { $0 - $1 } == [0, bytes, bytes, 2 * bytes, 0])
    withExtendedLifetime((network, optimizer)) {}
  }

  private func expectNoSystemBytes(_ step: () -> Void) {
    for _ in 0..<3 { step() }
    let before = MemoryUse.current
    for _ in 0..<20 { step() }
    #expect(MemoryUse.current.systemBytes == before.systemBytes)
  }
}
