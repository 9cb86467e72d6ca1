import Foundation
import Tensors
import Testing

struct GradientCheckTests {
  private let random = RandomSource(seed: 7)

  @Test func `every operation agrees with finite differences`() {
    for sample in OperationSample.all(random.split("inputs")) {
      let check = sample.check(random.split(sample.name))
      #expect(
        check.relativeError <= 1e-3,
        "\(sample.name): \(check.computed), by differences \(check.measured)")
    }
  }

  @Test func `a wrong gradient is found`() {
    let check = GradientCheck(
      of: { $0[0] * $0[0].detached() }, at: [Tensor([1, 2, 3])], random)
    #expect(check.relativeError > 0.1)
  }

  @Test func `every recorded operation has a sample`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Tensors/Operations")
    let pattern = try Regex(#"(?:recorded\(|mapped\(\.\w+, )"(\w+)""#)
    var written: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for match in text.matches(of: pattern) {
        if let name = match.output[1].substring { written.insert(String(name)) }
      }
    }
    #expect(written.count > 30)
    var sampled: Set<String> = []
    for sample in OperationSample.all(random) {
      let tape = Tape()
      _ = sample.function(sample.inputs.map { Tensor.variable($0, on: tape) })
      sampled.formUnion(tape.nodes.map(\.operation))
    }
    #expect(written.subtracting(sampled).sorted() == [], "these lack a sample")
  }
}
