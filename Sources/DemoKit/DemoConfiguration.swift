/// From a wish to the values of a demo's parameters.

extension Demo {
  /// The demo with the parameters of `request`: its preset's, then its settings in order.
  package static func configured(for request: DemoRequest) throws(DemoKitError) -> Self {
    var demo =
      switch request.preset {
      case .standard: Self()
      case .quick: quick
      case .thorough: thorough
      }
    for setting in request.settings {
      guard let parameter = parameters.first(where: { $0.name == setting.name }) else {
        throw .unknownParameter(setting.name, demo: id, known: parameters.map(\.name))
      }
      guard parameter.bounds.contains(setting.value), parameter.set(setting.value, in: &demo)
      else {
        throw .outOfBounds(
          setting.name, value: setting.value.description, demo: id, bounds: parameter.bounds)
      }
    }
    return demo
  }

  /// All parameters with the values that this demo has.
  package var settings: [DemoRequest.Setting] {
    Self.parameters.map { DemoRequest.Setting(name: $0.name, value: $0.value(self)) }
  }
}

extension DemoDescription {
  /// The parameter `name` with the value that a person typed.
  package func setting(
    _ name: String, text: String
  ) throws(DemoKitError) -> DemoRequest.Setting {
    guard let parameter = parameters.first(where: { $0.name == name }) else {
      throw .unknownParameter(name, demo: id, known: parameters.map(\.name))
    }
    guard let value = parameter.bounds.value(from: text) else {
      throw .outOfBounds(name, value: text, demo: id, bounds: parameter.bounds)
    }
    return DemoRequest.Setting(name: name, value: value)
  }
}

extension ParameterBounds {
  /// Whether `value` is of the right kind and within the bounds.
  package func contains(_ value: ParameterValue) -> Bool {
    switch (self, value) {
    case (.integer(let range), .integer(let number)): range.contains(number)
    case (.real(let range), .real(let number)): range.contains(number)
    case (.boolean, .boolean): true
    case (.names(let names), .name(let name)): names.contains(name)
    default: false
    }
  }
}
