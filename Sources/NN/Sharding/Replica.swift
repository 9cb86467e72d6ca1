import Tensors

/// A model that computes the gradients of shards, one after the other, on its own tape.
final class Replica<Model> {
  let parameters: Parameters
  private let model: Model
  private let loss: (Model, Batch) throws -> Tensor
  /// What each shard counts for in the loss of the whole batch.
  private let share: Float
  /// Buffers for gradients that wait for others.
  private var spares: [Tensor] = []

  init(
    _ model: Model, _ parameters: Parameters, share: Float,
    _ loss: @escaping (Model, Batch) throws -> Tensor
  ) {
    self.model = model
    self.parameters = parameters
    self.share = share
    self.loss = loss
  }

  /// Leaves the sum of the shards' gradients with the parameters; gives the losses.
  func gradients(of shards: [Batch]) throws -> [Float] {
    var losses: [Float] = []
    try addInTree(shards.indices) { shard in
      let loss = try self.loss(model, shards[shard])
      loss.backward(with: .full(loss.shape, share))
      losses.append(loss.item)
    }
    return losses
  }

  /// Adds what `put` leaves in the gradients for each number of `range`: halves first, then halves
  /// of halves.
  ///
  /// The sum depends on the order of additions, and this order depends on nothing but the range.
  private func addInTree(_ range: Range<Int>, _ put: (Int) throws -> Void) rethrows {
    guard range.count > 1 else { return try put(range.lowerBound) }
    let middle = range.lowerBound + range.count / 2
    try addInTree(range.lowerBound..<middle, put)
    let aside = spares.popLast() ?? .zeros([parameters.count])
    defer { spares.append(aside) }
    parameters.gradients.exchange(with: aside)
    try addInTree(middle..<range.upperBound, put)
    parameters.gradients.add(aside)
  }
}
