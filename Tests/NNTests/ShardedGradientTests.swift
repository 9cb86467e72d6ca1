import Dispatch
import NN
import Synchronization
import TestSupport
import Tensors
import Testing

/// A classifier of points by a label, with an embedding, so that tensors and indices travel.
private struct Network {
  let embed: Embedding
  let layers: MLP

  init(in parameters: Parameters) {
    embed = Embedding(
      5, 6, initializer: .normal(standardDeviation: 1), in: parameters.scope("embed"))
    layers = MLP([6, 24, 3], in: parameters.scope("layers"))
  }

  func loss(_ batch: Batch) -> Tensor {
    meanSquaredError(layers(embed(batch.indices[0])), batch.tensors[0])
  }
}

private struct Refusal: Error {}

/// How many models there are.
private final class Census: Sendable {
  let count = Atomic(0)
}

/// A model that is counted while it lives.
private final class Member {
  let network: Network
  private let census: Census

  init(_ network: Network, in census: Census) {
    self.network = network
    self.census = census
    census.count.add(1, ordering: .relaxed)
  }

  deinit { census.count.subtract(1, ordering: .relaxed) }
}

struct ShardedGradientTests {
  private let parameters = Parameters(RandomSource(seed: 5))
  private let network: Network

  init() {
    network = Network(in: parameters)
  }

  private func sharded(threads: Int) -> ShardedGradient<Network> {
    ShardedGradient(
      of: network, parameters, threads: threads, replica: { Network(in: $0) },
      loss: { try $0.checkedLoss($1) })
  }

  private func batch(_ random: inout RandomSource, count: Int = 12) -> Batch {
    Batch([random.normal([count, 3])], indices: [random.integers([count], below: 5)])
  }

  @Test func `one, two and four threads give the same losses and weights, bit for bit`() throws {
    let start = parameters.values.scalars
    let runs = try [1, 2, 4, 2].map { threads in
      parameters.values.assign(start)
      let gradient = sharded(threads: threads)
      #expect(gradient.threads == threads)
      let optimizer = AdamW(parameters, learningRate: 0.01)
      var random = RandomSource(seed: 6)
      let losses = try (0..<20).map { _ in
        defer { optimizer.step() }
        return try gradient.backward(batch(&random))
      }
      return losses + parameters.values.scalars
    }
    for run in runs.dropFirst() {
      #expect(run.map(\.bitPattern) == runs[0].map(\.bitPattern))
    }
    #expect(parameters.values.scalars != start)
  }

  @Test func `a worker without a processor is not waited for, and the bits are equal`() throws {
    var random = RandomSource(seed: 6)
    let batch = batch(&random)
    let loss = try sharded(threads: 1).backward(batch)
    let expected = parameters.gradients.scalars
    let census = Census()
    let gate = DispatchSemaphore(value: 0)
    // The first replica is made to be checked, the second by the worker, which is held up there.
    let gradient = ShardedGradient(
      of: network, parameters, threads: 2,
      replica: { parameters in
        if census.count.add(1, ordering: .relaxed).oldValue == 1 { gate.wait() }
        return Network(in: parameters)
      }, loss: { try $0.checkedLoss($1) })
    for _ in 0..<3 { #expect(try gradient.backward(batch) == loss) }
    #expect(parameters.gradients.scalars.map(\.bitPattern) == expected.map(\.bitPattern))
    gate.signal()
    #expect(try gradient.backward(batch) == loss)
    #expect(parameters.gradients.scalars.map(\.bitPattern) == expected.map(\.bitPattern))
  }

  @Test func `the gradient is that of the whole batch`() throws {
    var random = RandomSource(seed: 6)
    let batch = batch(&random)
    let loss = network.loss(batch)
    loss.backward()
    let whole = parameters.gradients.scalars
    for threads in [1, 2, 4] {
      let found = try sharded(threads: threads).backward(batch)
      expectClose(found, loss.item, tolerance: 1e-6)
      expectClose(parameters.gradients.scalars, whole, tolerance: 1e-6)
    }
  }

  @Test func `an error of any shard comes to the caller, and the next step works`() throws {
    var random = RandomSource(seed: 6)
    let good = batch(&random)
    let expected = try sharded(threads: 1).backward(good)
    for threads in [1, 2, 4] {
      let gradient = sharded(threads: threads)
      for bad in 0..<4 {
        var numbers = good.tensors[0].scalars
        numbers[bad * 9] = .nan
        let refused = Batch([Tensor(numbers, shape: [12, 3])], indices: good.indices)
        #expect(throws: Refusal.self) { try gradient.backward(refused) }
        #expect(try gradient.backward(good) == expected)
      }
    }
  }

  @Test func `a cancelled task gets no gradient`() async {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      let parameters = Parameters(RandomSource(seed: 5))
      let gradient = ShardedGradient(
        of: Network(in: parameters), parameters, threads: 2, replica: { Network(in: $0) },
        loss: { $0.loss($1) })
      var random = RandomSource(seed: 6)
      _ = try gradient.backward(
        Batch([random.normal([4, 3])], indices: [random.integers([4], below: 5)]))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `threads and their models end with the object that began them`() throws {
    let census = Census()
    let made = DispatchSemaphore(value: 0)
    var random = RandomSource(seed: 6)
    do {
      let gradient = ShardedGradient(
        of: Member(network, in: census), parameters, threads: 4,
        replica: {
          defer { made.signal() }
          return Member(Network(in: $0), in: census)
        }, loss: { $0.network.loss($1) })
      _ = try gradient.backward(batch(&random))
      for _ in 0..<4 { made.wait() }  // the one that is checked, and one for each worker
      #expect(census.count.load(ordering: .relaxed) == 4)
    }
    #expect(census.count.load(ordering: .relaxed) == 0)
  }

  @Test func `frozen parameters get no gradient on any thread`() throws {
    parameters.freeze("embed")
    var random = RandomSource(seed: 6)
    let gradient = ShardedGradient(
      of: network, parameters, threads: 2,
      replica: { parameters in
        defer { parameters.freeze("embed") }
        return Network(in: parameters)
      }, loss: { $0.loss($1) })
    _ = try gradient.backward(batch(&random))
    #expect(parameters.gradients.scalars.prefix(30).allSatisfy { $0 == 0 })
    #expect(parameters.gradients.scalars.dropFirst(30).contains { $0 != 0 })
  }

  @Test func `after the first steps no buffer comes from the system`() throws {
    var random = RandomSource(seed: 6)
    let gradient = sharded(threads: 2)
    for _ in 0..<3 { _ = try gradient.backward(batch(&random)) }
    let before = MemoryUse.current
    for _ in 0..<20 { _ = try gradient.backward(batch(&random)) }
    #expect(MemoryUse.current.systemBytes == before.systemBytes)
    #expect(MemoryUse.current.liveBytes == before.liveBytes)
  }

  @Test func `a batch that cannot be cut, and a replica that differs, are refused`() async {
    let cut = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let parameters = Parameters(RandomSource(seed: 5))
      let gradient = ShardedGradient(
        of: Network(in: parameters), parameters, replica: { Network(in: $0) },
        loss: { $0.loss($1) })
      _ = try gradient.backward(
        Batch([Tensor.zeros([6, 3])], indices: [Indices([0, 1, 2, 3, 4, 0])]))
    }
    #expect(text(cut).contains("batch: 6 examples do not make 4 equal parts"))
    let other = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let parameters = Parameters(RandomSource(seed: 5))
      _ = ShardedGradient(
        of: Network(in: parameters), parameters,
        replica: { Network(in: $0.scope("other")) }, loss: { $0.loss($1) })
    }
    #expect(text(other).contains("ShardedGradient: the replica's parameters are not the model's"))
  }

  private func text(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }
}

extension Network {
  /// Refuses a batch that holds a NaN.
  fileprivate func checkedLoss(_ batch: Batch) throws -> Tensor {
    guard batch.tensors[0].isFinite else { throw Refusal() }
    return loss(batch)
  }
}
