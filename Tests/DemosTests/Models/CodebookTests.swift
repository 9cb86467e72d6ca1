import Demos
import NN
import TestSupport
import Tensors
import Testing

struct CodebookTests {
  private func codebook(_ values: [Float], width: Int) -> (Codebook, Parameters) {
    let parameters = Parameters(RandomSource(seed: 1))
    let codebook = Codebook(values.count / width, width: width, in: parameters)
    codebook.vectors.assign(Tensor(values, shape: [values.count / width, width]))
    return (codebook, parameters)
  }

  @Test func `the code of a vector is the nearest by a plain search`() {
    var random = RandomSource(seed: 3)
    let parameters = Parameters(random.split("weights"))
    let codebook = Codebook(7, width: 3, in: parameters)
    codebook.vectors.assign(random.normal([7, 3]))
    let z = random.normal([2, 5, 3])
    let codes = codebook.nearest(to: z)
    #expect(codes.shape == [2, 5])
    let (points, rows) = (z.scalars, codebook.vectors.scalars)
    for (place, code) in codes.values.enumerated() {
      let distances = (0..<7).map { row in
        (0..<3).reduce(0.0) { sum, axis in
          let gap = Double(points[place * 3 + axis] - rows[row * 3 + axis])
          return sum + gap * gap
        }
      }
      #expect(distances[Int(code)] == distances.min())
    }
  }

  @Test func `the gradient of the chosen vectors goes to what they were chosen for, copied`() {
    let (codebook, parameters) = codebook([0, 0, 1, 1], width: 2)
    let z = Tensor.variable(Tensor([0.9, 0.8, 0.1, -0.2], shape: [2, 2]), on: parameters.tape)
    let quantised = codebook(z)
    #expect(quantised.codes.values == [1, 0])
    #expect(quantised.vectors.scalars == [1, 1, 0, 0])
    let weights = Tensor([3, -5, 7, 11], shape: [2, 2])
    (quantised.vectors * weights).sum().backward()
    #expect(z.gradient?.scalars == weights.scalars)
    #expect(codebook.vectors.gradient?.scalars == [0, 0, 0, 0])
  }

  @Test func `each of the two losses moves one side alone`() {
    let (codebook, parameters) = codebook([0, 0, 1, 1], width: 2)
    let z = Tensor.variable(Tensor([0.5, 1, 0.2, 0], shape: [2, 2]), on: parameters.tape)
    codebook(z).codebookLoss.backward()
    // d mean((e - z)²) / de = 2 (e - z) / 4
    expectClose(codebook.vectors.gradient?.scalars ?? [], [-0.1, 0, 0.25, 0], tolerance: 1e-6)
    #expect(z.gradient == nil)
    codebook(z).commitment.backward()
    expectClose(z.gradient?.scalars ?? [], [-0.25, 0, 0.1, 0], tolerance: 1e-6)
    #expect(codebook.vectors.gradient?.scalars == [0, 0, 0, 0])
  }

  @Test func `running averages bring codes to the means of their vectors`() {
    let (codebook, _) = codebook([-1, 1], width: 1)
    let averages = CodebookAverages(of: codebook, decay: 0.9)
    let z = Tensor([-3, -5, 2, 4], shape: [4, 1])
    for _ in 0..<200 { averages.update(z, codebook.nearest(to: z)) }
    expectClose(codebook.vectors.scalars, [-4, 3], tolerance: 1e-3)
  }

  @Test func `a code that nobody chooses keeps its place`() {
    let (codebook, _) = codebook([0, 100], width: 1)
    let averages = CodebookAverages(of: codebook, decay: 0.5)
    let z = Tensor([1, 1, 1], shape: [3, 1])
    for _ in 0..<8 { averages.update(z, codebook.nearest(to: z)) }
    let values = codebook.vectors.scalars
    expectClose(values[0], 1, tolerance: 0.01)
    #expect(values[1] > 90 && values[1] <= 100)
  }
}
