/// The name of a demo: lower-case letters, digits and hyphens, as in `ddim`.
package struct DemoID: Hashable, Sendable, CustomStringConvertible {
  package let string: String

  package init(_ string: String) {
    self.string = string
  }

  package var description: String { string }
}

/// What the reader knows of a demo: enough to show its card and to start it, not to run it.
package struct DemoDescription: Hashable, Sendable {
  package var id: DemoID
  package var summary: String
  package var parameters: [ParameterDescription]

  package init(id: DemoID, summary: String, parameters: [ParameterDescription]) {
    self.id = id
    self.summary = summary
    self.parameters = parameters
  }
}

/// A knob of a demo: its name, its bounds and its value in each preset.
package struct ParameterDescription: Hashable, Sendable {
  package var name: String
  package var bounds: ParameterBounds
  package var standard: ParameterValue
  package var quick: ParameterValue
  package var thorough: ParameterValue

  package init(
    name: String, bounds: ParameterBounds, standard: ParameterValue, quick: ParameterValue,
    thorough: ParameterValue
  ) {
    self.name = name
    self.bounds = bounds
    self.standard = standard
    self.quick = quick
    self.thorough = thorough
  }
}

/// The value of a parameter.
package enum ParameterValue: Hashable, Sendable, CustomStringConvertible {
  case integer(Int)
  case real(Double)
  case boolean(Bool)
  /// One of the names of an enum.
  case name(String)

  package var description: String {
    switch self {
    case .integer(let value): "\(value)"
    case .real(let value): "\(value)"
    case .boolean(let value): "\(value)"
    case .name(let value): value
    }
  }
}

/// The values that a parameter may take.
package enum ParameterBounds: Hashable, Sendable, CustomStringConvertible {
  case integer(ClosedRange<Int>)
  case real(ClosedRange<Double>)
  case boolean
  case names([String])

  package var description: String {
    switch self {
    case .integer(let range): "\(range.lowerBound)...\(range.upperBound)"
    case .real(let range): "\(range.lowerBound)...\(range.upperBound)"
    case .boolean: "true, false"
    case .names(let names): names.joined(separator: ", ")
    }
  }

  /// Reads a value as a person types it; `nil` if it is no value within the bounds.
  package func value(from text: String) -> ParameterValue? {
    switch self {
    case .integer(let range):
      Int(text).flatMap { range.contains($0) ? .integer($0) : nil }
    case .real(let range):
      Double(text).flatMap { range.contains($0) ? .real($0) : nil }
    case .boolean:
      Bool(text).map { .boolean($0) }
    case .names(let names):
      names.contains(text) ? .name(text) : nil
    }
  }
}

/// Which of a demo's sets of parameters a run starts from.
package enum DemoPreset: String, Hashable, Sendable, CaseIterable {
  case standard = "default"
  case quick
  case thorough
}

/// A wish to run a demo.
package struct DemoRequest: Hashable, Sendable {
  package var id: DemoID
  package var preset: DemoPreset
  /// Parameters that differ from the preset's, by name, in the order they were given.
  package var settings: [Setting]

  /// One changed parameter.
  package struct Setting: Hashable, Sendable {
    package var name: String
    package var value: ParameterValue

    package init(name: String, value: ParameterValue) {
      self.name = name
      self.value = value
    }
  }

  package init(id: DemoID, preset: DemoPreset = .standard, settings: [Setting] = []) {
    self.id = id
    self.preset = preset
    self.settings = settings
  }
}

/// One run of a demo among those of this reader.
package struct RunID: Hashable, Sendable {
  package let number: Int

  package init(_ number: Int) {
    self.number = number
  }
}

/// What a run says to whoever shows it: one line of the wire form each.
package enum DemoMessage: Hashable, Sendable {
  /// The run began, with all its parameters.
  case started(id: DemoID, settings: [DemoRequest.Setting])
  case event(DemoEvent)
  /// The run ended; `seconds` of wall clock is not part of what equal seeds make equal.
  case finished(seconds: Double)
  /// The run failed or was stopped, with one sentence of why.
  case failed(reason: String)
}
