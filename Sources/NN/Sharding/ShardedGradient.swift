import Foundation
package import Tensors

/// The gradient of a batch, computed in parts that one, two or four threads share.
///
/// The batch is always cut into the same equal parts, and their gradients are added in one fixed
/// order; so the numbers do not depend on how many threads there are. What is drawn at random is
/// drawn before the batch is cut. Each thread but the caller's has a replica of the model on a tape
/// of its own. Weights, examples and gradients travel as plain numbers, once per step.
///
///     let gradient = ShardedGradient(of: denoise, parameters) { parameters in
///       Denoiser(width: 256, in: parameters)
///     } loss: { denoise, batch in
///       meanSquaredError(denoise(batch.tensors[0], at: batch.tensors[1]), batch.tensors[2])
///     }
///     let loss = try gradient.backward(Batch([noisy, times, noise]))
///     optimizer.step()
///
/// It is worth it where a step takes more than about two milliseconds. Where other programs keep the
/// processors busy, a worker may not get one for as long as the caller needs for its own part; the
/// caller then takes the worker's part back, and nobody has waited.
package final class ShardedGradient<Model> {
  package let shards: Int
  package let threads: Int
  private let replica: Replica<Model>
  private let workers: [ShardWorker]
  /// An array for each worker, which travels out with weights and back with gradients.
  private var numbers: [[Float]]
  /// Where the caller's own sum waits while it does a worker's part.
  private let aside: Tensor

  /// Starts the threads: as many as there are processors if no number is given, and never more than
  /// shards.
  ///
  /// `replica` makes the model again in other parameters, and freezes what is frozen. `loss` is a
  /// mean over the examples of a batch; that of the whole is the mean over its shards.
  package init(
    of model: Model, _ parameters: Parameters, shards: Int = 4, threads: Int? = nil,
    replica: @escaping @Sendable (Parameters) -> Model,
    loss: @escaping @Sendable (Model, Batch) throws -> Tensor
  ) {
    require(shards > 0 && shards.nonzeroBitCount == 1, "ShardedGradient: \(shards) shards")
    let available = threads ?? ProcessInfo.processInfo.activeProcessorCount
    let threads = [1, 2, 4, 8].last { $0 <= min(available, shards) } ?? 1
    self.shards = shards
    self.threads = threads
    Self.check(replica, against: parameters)
    self.replica = Replica(model, parameters, share: 1 / Float(shards), loss)
    workers = (1..<threads).map { _ in ShardWorker(shardsOfAll: shards, replica, loss) }
    numbers = Array(repeating: Array(repeating: 0, count: parameters.count), count: threads - 1)
    aside = .zeros([threads > 1 ? parameters.count : 0])
  }

  /// Leaves the gradient of the mean loss of a batch with the parameters; gives that loss.
  ///
  /// - Throws: what the loss throws, once all threads are done, or that the task was cancelled.
  package func backward(_ batch: Batch) throws -> Float {
    try Task.checkCancellation()
    for worker in workers { worker.announce() }
    let parts = batch.parts(shards)
    let each = shards / threads
    let theirs = workers.indices.map { Array(parts[(($0 + 1) * each)..<(($0 + 2) * each)]) }
    for (index, worker) in workers.enumerated() { worker.send(letter(index, theirs[index])) }
    let own = Result { try replica.gradients(of: Array(parts[..<each])) }
    var losses = [own]
    for (index, worker) in workers.enumerated() {
      let letter =
        worker.withdraw().map { answer($0, of: theirs[index]) } ?? worker.receive()
      losses.append(letter.losses)
      numbers[index] = letter.numbers
    }
    let total = try losses.flatMap { try $0.get() }.reduce(0, +)
    addNumbers()
    return total / Float(shards)
  }

  /// Adds the workers' sums to the caller's, neighbours first and then neighbours of sums, which is
  /// the order in which one thread adds them.
  private func addNumbers() {
    var distance = 1
    while distance < threads {
      for left in stride(from: 0, to: threads, by: 2 * distance) {
        let right = numbers[left + distance - 1]
        if left == 0 {
          replica.parameters.gradients.add(right)
        } else {
          add(right, to: &numbers[left - 1])
        }
      }
      distance *= 2
    }
  }

  /// Does what a worker has not begun; the caller's own sum stays with the parameters.
  private func answer(_ letter: consuming ShardLetter, of parts: [Batch]) -> ShardLetter {
    replica.parameters.gradients.exchange(with: aside)
    letter.losses = Result { try replica.gradients(of: parts) }
    replica.parameters.gradients.copy(to: &letter.numbers)
    replica.parameters.gradients.exchange(with: aside)
    return letter
  }

  private func letter(_ index: Int, _ parts: [Batch]) -> ShardLetter {
    var letter = ShardLetter(numbers: [], shards: parts.map(FlatBatch.init))
    swap(&letter.numbers, &numbers[index])
    replica.parameters.values.copy(to: &letter.numbers)
    return letter
  }

  /// A replica that differs from the model would give gradients of something else.
  private static func check(_ replica: (Parameters) -> Model, against parameters: Parameters) {
    let copy = Parameters(RandomSource(seed: 0))
    _ = replica(copy)
    require(
      copy.names == parameters.names && copy.count == parameters.count
        && copy.trainableRanges == parameters.trainableRanges,
      "ShardedGradient: the replica's parameters are not the model's")
  }
}
