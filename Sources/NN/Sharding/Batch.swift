package import Tensors

/// The examples that one step learns from: tensors and indices whose leading axes run over them.
package struct Batch {
  package let tensors: [Tensor]
  package let indices: [Indices]

  package init(_ tensors: [Tensor] = [], indices: [Indices] = []) {
    require(
      Set(tensors.map { $0.shape[0] } + indices.map { $0.shape[0] }).count == 1,
      "batch: \(tensors.map(\.shape)) and \(indices.map(\.shape)) differ in their leading axes")
    self.tensors = tensors
    self.indices = indices
  }

  /// How many examples there are.
  package var count: Int { tensors.first?.shape[0] ?? indices.first?.shape[0] ?? 0 }

  /// The batch cut into equal parts, in order.
  func parts(_ number: Int) -> [Batch] {
    require(
      count > 0 && count.isMultiple(of: number),
      "batch: \(count) examples do not make \(number) equal parts")
    let size = count / number
    return (0..<number).map { part in
      let range = (part * size)..<((part + 1) * size)
      return Batch(tensors.map { $0.rows(range) }, indices: indices.map { $0.rows(range) })
    }
  }
}

/// A batch as plain numbers, which may go to another thread.
struct FlatBatch: Sendable {
  private let tensors: [(shape: Shape, numbers: [Float])]
  private let indices: [Indices]

  init(_ batch: Batch) {
    tensors = batch.tensors.map { ($0.shape, $0.scalars) }
    indices = batch.indices
  }

  var batch: Batch {
    Batch(tensors.map { Tensor($0.numbers, shape: $0.shape) }, indices: indices)
  }
}
