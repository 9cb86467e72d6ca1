package import Tensors

/// The values of a model's parameters by path, free of the model itself.
package struct ParameterState: Hashable, Sendable {
  /// One parameter's values in row-major order.
  package struct Entry: Hashable, Sendable {
    package let name: String
    package let shape: Shape
    package let values: [Float]

    package init(name: String, shape: Shape, values: [Float]) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  package let entries: [Entry]

  package init(_ entries: [Entry]) {
    self.entries = entries
  }
}

/// Why values could not be loaded into a model.
package enum NNError: Error, Equatable, CustomStringConvertible {
  case missingParameter(path: String)
  case unknownParameter(path: String)
  case misshapenParameter(path: String, expected: Shape, found: Shape)

  package var description: String {
    switch self {
    case .missingParameter(let path):
      "There are no values for the parameter \(path); load the state of a model of this form."
    case .unknownParameter(let path):
      "The model has no parameter \(path); load the state of a model of this form."
    case .misshapenParameter(let path, let expected, let found):
      "The values of \(path) have the shape \(found) where the model needs \(expected)."
    }
  }
}

extension Parameters {
  /// Copies of all values by path.
  package func state() -> ParameterState {
    ParameterState(
      names.map { name in
        let tensor = store.entry(name).tensor
        return ParameterState.Entry(name: name, shape: tensor.shape, values: tensor.scalars)
      })
  }

  /// Takes over values by path; nothing changes unless every one of them fits.
  package func load(_ state: ParameterState) throws(NNError) {
    let known = Set(names)
    var given: Set<String> = []
    for entry in state.entries {
      guard known.contains(entry.name) else { throw .unknownParameter(path: entry.name) }
      let expected = store.entry(entry.name).tensor.shape
      guard expected == entry.shape else {
        throw .misshapenParameter(path: entry.name, expected: expected, found: entry.shape)
      }
      given.insert(entry.name)
    }
    if let name = names.first(where: { !given.contains($0) }) {
      throw .missingParameter(path: name)
    }
    for entry in state.entries {
      store.entry(entry.name).tensor.assign(Tensor(entry.values, shape: entry.shape))
    }
  }
}
