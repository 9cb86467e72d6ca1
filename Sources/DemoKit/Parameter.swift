/// One knob of a demo, from one line: a field in the reader, an option of `--set`, a row of
/// `downlink demos`.
///
///     Parameter("learning-rate", \.learningRate, in: 0...1)
package struct Parameter<Owner: Sendable>: Sendable {
  package let name: String
  package let bounds: ParameterBounds
  package let value: @Sendable (Owner) -> ParameterValue
  private let assign: @Sendable (inout Owner, ParameterValue) -> Bool

  package init(
    _ name: String, _ path: any WritableKeyPath<Owner, Int> & Sendable, in range: ClosedRange<Int>
  ) {
    self.name = name
    bounds = .integer(range)
    value = { .integer($0[keyPath: path]) }
    assign = { owner, value in
      guard case .integer(let number) = value else { return false }
      owner[keyPath: path] = number
      return true
    }
  }

  package init(
    _ name: String, _ path: any WritableKeyPath<Owner, Double> & Sendable,
    in range: ClosedRange<Double>
  ) {
    self.name = name
    bounds = .real(range)
    value = { .real($0[keyPath: path]) }
    assign = { owner, value in
      guard case .real(let number) = value else { return false }
      owner[keyPath: path] = number
      return true
    }
  }

  package init(_ name: String, _ path: any WritableKeyPath<Owner, Bool> & Sendable) {
    self.name = name
    bounds = .boolean
    value = { .boolean($0[keyPath: path]) }
    assign = { owner, value in
      guard case .boolean(let flag) = value else { return false }
      owner[keyPath: path] = flag
      return true
    }
  }

  package init<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Owner, Choice> & Sendable
  ) where Choice.RawValue == String {
    self.name = name
    bounds = .names(Choice.allCases.map(\.rawValue))
    value = { .name($0[keyPath: path].rawValue) }
    assign = { owner, value in
      guard case .name(let name) = value, let choice = Choice(rawValue: name) else { return false }
      owner[keyPath: path] = choice
      return true
    }
  }

  /// Sets the parameter; false if the value is not of its kind.
  package func set(_ value: ParameterValue, in owner: inout Owner) -> Bool {
    assign(&owner, value)
  }
}

extension Demo {
  /// The demo as the reader knows it.
  package static var description: DemoDescription {
    let standard = Self()
    return DemoDescription(
      id: id, summary: summary,
      parameters: parameters.map { parameter in
        ParameterDescription(
          name: parameter.name, bounds: parameter.bounds, standard: parameter.value(standard),
          quick: parameter.value(quick), thorough: parameter.value(thorough))
      })
  }
}
