import ArgumentParser
import Canvas
import DemoKit
import Demos

/// `downlink demos`: what can be run, and with which parameters.
struct DemosCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demos",
    abstract: "List the demos, or the parameters of some.",
    discussion: """
      With --json, an array of objects: id, summary, parameters; each parameter has name, bounds, \
      default, quick, thorough.
      """)

  @Argument(help: "Demos whose parameters to list.")
  var ids: [String] = []

  @Flag(help: "Write JSON.")
  var json = false

  func run() throws {
    let demos =
      try ids.isEmpty
      ? Catalogue.demos : ids.map { try Catalogue.demo(DemoID($0)) }
    let descriptions = demos.map { $0.description }
    let width = Settings.current().streams.size.columns
    try Output.withStandardOutput { output in
      if json {
        try output.write(.array(descriptions.map(\.json)))
      } else {
        for line in ids.isEmpty ? list(descriptions, width) : details(descriptions, width) {
          try output.write(line)
        }
      }
    }
  }

  private func list(_ demos: [DemoDescription], _ width: Int) -> [Line] {
    var table = TextTable(width: width)
    table.rows = demos.map { [.init($0.id.string), .init($0.summary)] }
    return table.lines
  }

  private func details(_ demos: [DemoDescription], _ width: Int) -> [Line] {
    demos.flatMap { demo in
      var table = TextTable(width: width)
      table.rows =
        [["  parameter", "default", "quick", "thorough", "bounds"].map { .init($0) }]
        + demo.parameters.map { parameter in
          [
            .init("  \(parameter.name)"), .init("\(parameter.standard)"),
            .init("\(parameter.quick)"), .init("\(parameter.thorough)"),
            .init("\(parameter.bounds)"),
          ]
        }
      return [Line(SafeText("\(demo.id)  \(demo.summary)"))] + table.lines
    }
  }
}

extension DemoDescription {
  fileprivate var json: JSONValue {
    [
      "id": .string(id.string), "summary": .string(summary),
      "parameters": .array(parameters.map(\.json)),
    ]
  }
}

extension ParameterDescription {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "bounds": .string(bounds.description), "default": JSONValue(standard),
      "quick": JSONValue(quick), "thorough": JSONValue(thorough),
    ]
  }
}
