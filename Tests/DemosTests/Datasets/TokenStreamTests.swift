import Demos
import Tensors
import Testing

struct TokenStreamTests {
  @Test func `targets are the inputs moved by one, from anywhere in the stream`() {
    let stream = TokenStream((0..<10).map { Int32($0) })
    var random = RandomSource(seed: 3)
    let (inputs, targets) = stream.batch(200, length: 4, &random)
    #expect(inputs.shape == [200, 4])
    #expect(targets.values == inputs.values.map { $0 + 1 })
    #expect(inputs.values.min() == 0 && targets.values.max() == 9)
    for row in 0..<200 {
      let first = inputs.row(row).first ?? 0
      #expect(Array(inputs.row(row)) == (0..<4).map { first + $0 })
    }
  }
}
