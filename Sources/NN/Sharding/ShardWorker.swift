import Dispatch
import Foundation
import Tensors

/// What goes to a worker and comes back: its part of a step.
struct ShardLetter: Sendable {
  /// The weights on the way out, the sum of the gradients on the way back.
  var numbers: [Float]
  var shards: [FlatBatch] = []
  /// The losses of the shards, or why there are none.
  var losses: Result<[Float], any Error> = .success([])
}

/// A thread with a replica of the model, which computes gradients as letters come.
///
/// It lives as long as this object.
final class ShardWorker: Sendable {
  private let orders = Mailbox<ShardLetter?>()
  private let answers = Mailbox<ShardLetter>()
  private let hasEnded = DispatchSemaphore(value: 0)

  init<Model>(
    shardsOfAll: Int, _ model: @escaping @Sendable (Parameters) -> Model,
    _ loss: @escaping @Sendable (Model, Batch) throws -> Tensor
  ) {
    let thread = Thread { [orders, answers, hasEnded] in
      Self.work(shardsOfAll, model, loss, orders, answers)
      releaseFreeBuffers()
      hasEnded.signal()
    }
    thread.name = "downlink shard"
    thread.start()
  }

  deinit {
    orders.put(nil)
    hasEnded.wait()
  }

  /// Tells the thread that a letter is about to come.
  func announce() { orders.announce() }

  func send(_ letter: consuming ShardLetter) { orders.put(letter) }

  func receive() -> ShardLetter { answers.take() }

  /// Takes a letter back that the thread has not begun to read.
  func withdraw() -> ShardLetter? { orders.withdraw() ?? nil }

  private static func work<Model>(
    _ shards: Int, _ model: (Parameters) -> Model,
    _ loss: @escaping (Model, Batch) throws -> Tensor, _ orders: Mailbox<ShardLetter?>,
    _ answers: Mailbox<ShardLetter>
  ) {
    let parameters = Parameters(RandomSource(seed: 0))  // the weights come with every letter
    let replica = Replica(model(parameters), parameters, share: 1 / Float(shards), loss)
    while let letter = orders.take() {
      answers.put(replica.answer(letter) { answers.announce() })
    }
  }
}

extension Replica {
  /// Computes what a letter asks for; the answer is the same letter, so that its array is used again.
  ///
  /// `announce` is called when only the copy of the gradients is left to do.
  fileprivate func answer(
    _ letter: consuming ShardLetter, announce: () -> Void
  ) -> ShardLetter {
    parameters.values.assign(letter.numbers)
    letter.losses = Result { try gradients(of: letter.shards.map(\.batch)) }
    announce()
    parameters.gradients.copy(to: &letter.numbers)
    return letter
  }
}
