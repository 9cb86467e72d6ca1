import NN
import Tensors
import Testing

struct DropoutTests {
  @Test func `numbers are dropped in training and kept in evaluation`() {
    let parameters = Parameters(RandomSource(seed: 1))
    let drop = Dropout(0.5, in: parameters)
    var random = RandomSource(seed: 2)
    let x = Tensor.ones([1_000])
    #expect(Set(drop(x, &random).scalars) == [0, 2])
    parameters.isTraining = false
    #expect(drop(x, &random).scalars == x.scalars)
  }
}
