import DemoKit
import Demos
import Testing

/// Each extension is one file, and a test says which one is missing.
struct OneFileTests {
  @Test func `every layer has a test of its own`() throws {
    let tests = Set(try Checkout.files(in: "Tests/NNTests", endings: [".swift"]).map(\.name))
    for layer in try Checkout.files(in: "Sources/NN/Layers", endings: [".swift"]) {
      let name = layer.name.replacing(".swift", with: "Tests.swift")
      #expect(tests.contains(name), "\(layer.path) has no Tests/NNTests/\(name)")
    }
  }

  @Test func `every file of a demo is in the catalogue`() throws {
    let files = try Checkout.files(in: "Sources/Demos", endings: [".swift"])
      .filter { $0.path.split(separator: "/").count == 3 && !$0.name.contains("+") }
      .map { String($0.name.dropLast(".swift".count)) }
    let others: Set = ["Catalogue", "DemosError"]
    let demos = Set(Catalogue.demos.map { "\($0)" })
    #expect(Set(files).subtracting(others) == demos)
  }

  @Test func `the catalogue is sorted by id, and no id comes twice`() {
    let ids = Catalogue.demos.map { $0.id.string }
    #expect(ids == Set(ids).sorted())
    for id in ids {
      #expect(id.wholeMatch(of: /[a-z0-9-]{1,64}/) != nil, "\(id)")
    }
  }

  @Test func `every demo has a seed, a summary and parameters with names of their own`() {
    for demo in Catalogue.demos {
      let description = demo.description
      let names = description.parameters.map(\.name)
      #expect(Set(names).count == names.count, "\(description.id)")
      #expect(names.contains("seed"), "\(description.id) has no parameter seed")
      #expect(!description.summary.isEmpty && !description.summary.contains("\n"))
    }
  }

  @Test func `the values of every preset are within their bounds`() {
    for demo in Catalogue.demos {
      for parameter in demo.description.parameters {
        for value in [parameter.standard, parameter.quick, parameter.thorough] {
          #expect(
            parameter.bounds.contains(value), "\(demo.id): \(parameter.name) = \(value)")
        }
      }
    }
  }

  @Test func `every subcommand has a file and is on the list`() throws {
    let commands = try Checkout.files(in: "Sources/downlink/Commands", endings: [".swift"])
    let root = try #require(commands.first { $0.name == "DownlinkCommand.swift" })
    for command in commands where command.path != root.path {
      let name = command.name.replacing(".swift", with: ".self")
      #expect(root.text.contains(name), "\(command.path) is not among the subcommands")
    }
  }

  @Test func `every twin of a benchmark is there, and none is left over`() throws {
    let twins = try Checkout.files(in: "Tests/Baselines", endings: [".py"]).map(\.name)
    let benchmarks = try Checkout.files(in: "Sources/downlink-bench", endings: [".swift"])
    let named = benchmarks.flatMap { file in
      file.text.matches(of: /twin: "([a-z0-9_-]+\.py)/).map { String($0.1) }
    }
    #expect(Set(twins).subtracting(["timing.py"]) == Set(named))
  }
}
