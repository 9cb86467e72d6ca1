import CKernels

/// What a buffer holds, for those who ask where memory goes.
///
/// Parameters, their gradients and the states of optimisers are told apart without being asked to.
/// The rest is `other`, unless it is computed inside `MemoryUse.tagged`.
package enum MemoryTag: Int32, Hashable, Sendable, CaseIterable {
  case other, parameters, gradients, optimizerStates, activations
}

/// Bytes of tensor buffers on this thread, as asked for.
///
///     let loss = MemoryUse.tagged(.activations) { meanSquaredError(network(x), y) }
///     MemoryUse.current(.activations).liveBytes  // what the backward pass will need
package struct MemoryUse: Hashable, Sendable {
  package let liveBytes: Int
  package let peakBytes: Int
  /// How often the system's allocator had to be asked since the thread began.
  package let systemAllocations: Int
  /// How many bytes it was asked for.
  package let systemBytes: Int

  /// All buffers together.
  package static var current: MemoryUse { MemoryUse(poolUse()) }

  /// The buffers of one kind.
  package static func current(_ tag: MemoryTag) -> MemoryUse {
    MemoryUse(poolUseOfTag(tag.rawValue))
  }

  /// The tag that buffers get at present.
  static var currentTag: MemoryTag { MemoryTag(rawValue: poolTag()) ?? .other }

  /// Gives the buffers that `body` takes a tag, which they keep for as long as they live.
  package static func tagged<Result>(
    _ tag: MemoryTag, _ body: () throws -> Result
  ) rethrows -> Result {
    let before = poolTag()
    poolSetTag(tag.rawValue)
    defer { poolSetTag(before) }
    return try body()
  }

  /// Lets the peaks start again from what is live now.
  package static func resetPeak() {
    poolResetPeaks()
  }

  /// The most bytes live at once while `body` runs, beyond those that were live before.
  package static func peakBytes(of body: () throws -> Void) rethrows -> Int {
    let before = current.liveBytes
    resetPeak()
    try body()
    return current.peakBytes - before
  }

  private init(_ use: PoolUse) {
    liveBytes = Int(use.liveBytes)
    peakBytes = Int(use.peakBytes)
    systemAllocations = Int(use.systemAllocations)
    systemBytes = Int(use.systemBytes)
  }
}

/// Gives back to the system what the free lists of this thread hold; a thread that ends calls it
/// last.
package func releaseFreeBuffers() {
  poolDrain()
}
