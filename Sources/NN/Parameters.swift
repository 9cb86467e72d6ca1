package import Tensors

/// All parameters of a model, in one flat buffer.
///
/// A layer asks for its tensors by name below the path it was given, and keeps them. Since they
/// are slices of one buffer, with gradients and moments in parallel ones, optimisers, averages and
/// clipping are loops over a few long runs of numbers, whatever the model looks like.
///
///     let parameters = Parameters(random.split("weights"))
///     let hidden = Linear(2, 128, in: parameters.scope("hidden"))
///     parameters.names  // ["hidden.weight", "hidden.bias"]
///
/// `Parameters` is a reference with a path: copies and scopes share one buffer.
package struct Parameters {
  let store: ParameterStore
  private let path: String

  /// Parameters on a tape of their own.
  package init(_ random: RandomSource) {
    self.init(random, on: Tape())
  }

  /// Parameters that share a tape, as the two players of a game do.
  package init(_ random: RandomSource, on tape: Tape) {
    store = ParameterStore(random: random, tape: tape)
    path = ""
  }

  private init(store: ParameterStore, path: String) {
    self.store = store
    self.path = path
  }

  /// The parameters below a name.
  package func scope(_ name: String) -> Parameters {
    Parameters(store: store, path: path + name + ".")
  }

  /// The parameters below a number, as those of one of many blocks.
  package func scope(_ name: String, _ number: Int) -> Parameters {
    scope("\(name).\(number)")
  }

  /// Creates a parameter.
  ///
  /// Its first values depend on the seed and its path alone.
  package func tensor(_ name: String, _ shape: Shape, _ initializer: Initializer) -> Tensor {
    store.add(path + name, shape, initializer)
  }

  package var tape: Tape { store.tape }
  /// The paths of all parameters, in the order of their creation.
  package var names: [String] { store.entries.map(\.name) }
  /// How many numbers there are.
  package var count: Int { store.count }

  /// Whether layers such as dropout act as in training.
  package var isTraining: Bool {
    get { store.isTraining }
    nonmutating set { store.isTraining = newValue }
  }

  /// The parameter at a path below this scope.
  package subscript(name: String) -> Tensor { store.entry(path + name).tensor }

  /// All values in one row, a view that follows every change.
  package var values: Tensor { store.values }
  /// All gradients of the last walk in one row.
  package var gradients: Tensor { store.gradients }

  /// Turns the parameters whose path begins with `prefix` into constants.
  package func freeze(_ prefix: String = "") { store.setTrainable(path + prefix, false) }
  /// Makes them parameters again.
  package func unfreeze(_ prefix: String = "") { store.setTrainable(path + prefix, true) }

  /// Runs of the flat buffer that are trained: neighbours are merged.
  package var trainableRanges: [Range<Int>] { store.trainableRanges }

  /// Takes over all values of `other`, whose parameters have the same names and shapes.
  package func copyValues(from other: Parameters) {
    require(
      names == other.names && count == other.count, "copyValues: the parameters differ in names")
    values.assign(other.values)
  }
}

/// The buffers behind `Parameters` and all its scopes.
final class ParameterStore {
  struct Entry {
    let name: String
    let range: Range<Int>
    let tensor: Tensor
  }

  let tape: Tape
  var isTraining = true
  private(set) var entries: [Entry] = []
  private(set) var count = 0
  private let random: RandomSource
  private let buffers = ParameterBuffers()

  init(random: RandomSource, tape: Tape) {
    self.random = random
    self.tape = tape
  }

  var values: Tensor { buffers.values(0..<count) }
  var gradients: Tensor { buffers.gradients(0..<count) }

  func add(_ name: String, _ shape: Shape, _ initializer: Initializer) -> Tensor {
    require(!entries.contains { $0.name == name }, "parameters: two are called \(name)")
    var source = random.split(name)
    let range = count..<(count + shape.count)
    let tensor = buffers.append(initializer.values(shape, &source), name: name, on: tape)
    count = range.upperBound
    entries.append(Entry(name: name, range: range, tensor: tensor))
    return tensor
  }

  func entry(_ name: String) -> Entry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      stop("parameters: none is called \(name)")
    }
    return entry
  }

  func setTrainable(_ prefix: String, _ trainable: Bool) {
    for entry in entries where entry.name.hasPrefix(prefix) {
      entry.tensor.setRequiresGradient(trainable)
    }
  }

  var trainableRanges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    for entry in entries where entry.tensor.requiresGradient {
      if let last = ranges.last, last.upperBound == entry.range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<entry.range.upperBound
      } else {
        ranges.append(entry.range)
      }
    }
    return ranges
  }
}
