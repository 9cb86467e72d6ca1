/// What can be wrong with a wish to run a demo, with the line of a run, or with the data files.
package enum DemoKitError: Error, Equatable, CustomStringConvertible {
  case unknownDemo(String, known: [String])
  case unknownParameter(String, demo: DemoID, known: [String])
  case outOfBounds(String, value: String, demo: DemoID, bounds: ParameterBounds)
  /// A line of the wire form that is none.
  case malformed(String)
  case noResources(searched: [String])
  case unreadable(path: String, reason: String)

  package var description: String {
    switch self {
    case .unknownDemo(let id, let known):
      "There is no demo “\(id)” in this version; there are: \(list(known))."
    case .unknownParameter(let name, let demo, let known):
      "The demo \(demo) has no parameter “\(name)”; it has: \(list(known))."
    case .outOfBounds(let name, let value, let demo, let bounds):
      "The parameter \(name) of \(demo) cannot be “\(value)”; it takes \(bounds.sentence)."
    case .malformed(let reason):
      "The run sent a line that cannot be understood: \(reason)."
    case .noResources(let searched):
      "Content and Assets were not found in \(list(searched)); set DOWNLINK_HOME to their folder."
    case .unreadable(let path, let reason):
      "Cannot read \(path): \(reason)."
    }
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: ", ")
  }
}

extension ParameterBounds {
  /// The bounds as part of a sentence.
  fileprivate var sentence: String {
    switch self {
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .real(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .boolean: "true or false"
    case .names(let names): "one of \(names.joined(separator: ", "))"
    }
  }
}
