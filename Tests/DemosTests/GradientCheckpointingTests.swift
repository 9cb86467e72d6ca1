import Demos
import Tensors
import Testing

struct GradientCheckpointingTests {
  @Test(arguments: [
    CheckpointStrategy.none, .everyLayer, .squareRoot, .recursive, .pieces(1), .pieces(3),
  ])
  func `every strategy applies every layer once, in order`(strategy: CheckpointStrategy) {
    for depth in 1...20 {
      let x = Tensor.variable(Tensor(1), on: Tape())
      var applied: [Int] = []
      let y = strategy.apply(depth, to: x) { index, x in
        applied.append(index)
        return x * 2 + Float(index)
      }
      #expect(applied == Array(0..<depth))
      y.backward()
      #expect(x.gradient?.item == Float(1 << depth))
    }
  }
}
