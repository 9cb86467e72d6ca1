import NN
import TestSupport
import Tensors
import Testing

struct WeightAverageTests {
  @Test func `the average follows its formula and steps in for the weights`() {
    let parameters = Parameters(RandomSource(seed: 1))
    let weights = parameters.tensor("weights", [2], .constant(1))
    let average = WeightAverage(parameters, decay: 0.9)
    weights.assign(Tensor([2, 3]))
    average.update()
    average.applied { expectClose(weights.scalars, [1.1, 1.2], tolerance: 1e-6) }
    #expect(weights.scalars == [2, 3])
  }
}
