/// Which positions a position may look at.
///
/// With more keys than queries the queries are the last positions, as when the keys and values of
/// what came before are kept.
package enum AttentionMask: Hashable, Sendable {
  /// All of them.
  case none
  /// Itself and those before it.
  case causal
  /// All positions of its own block of `size` and of the blocks before it.
  case blockCausal(size: Int)
  /// Those of its own sequence, of several that lie one after the other in each row.
  ///
  /// The lengths go through the rows in order, and those of a row add up to `T`. With `causal` a
  /// position sees itself and those before it in its sequence.
  case packed(lengths: [Int], causal: Bool)
}

/// The keys that each query sees: with every mask they are neighbours.
struct VisibleKeys {
  /// The first key that a query sees, and the one after the last; neither ever falls in a row.
  private(set) var first: [Int32] = []
  private(set) var end: [Int32] = []
  /// From one row of the batch to the next in them: 0 if all rows are alike.
  let rowStep: Int

  init(_ mask: AttentionMask, batch: Int, queries: Int, keys: Int) {
    require(
      mask == .none || keys >= queries, "attention: \(mask) with \(queries) queries, \(keys) keys")
    if case .packed(let lengths, let causal) = mask {
      require(keys == queries, "attention: packed \(queries) queries and \(keys) keys")
      rowStep = queries
      appendSequences(lengths, causal: causal, batch: batch, length: queries)
      return
    }
    rowStep = 0
    first = Array(repeating: 0, count: queries)
    end = (keys - queries..<keys).map { position in
      switch mask {
      case .causal: Int32(position + 1)
      case .blockCausal(let size): Int32(min(keys, (position / size + 1) * size))
      case .none, .packed: Int32(keys)
      }
    }
  }

  private mutating func appendSequences(_ lengths: [Int], causal: Bool, batch: Int, length: Int) {
    var start = 0
    for count in lengths {
      require(
        count > 0 && start + count <= length,
        "attention: packed sequences of \(lengths) do not fill rows of \(length)")
      first += Array(repeating: Int32(start), count: count)
      end += (start..<start + count).map { Int32(causal ? $0 + 1 : start + count) }
      start = (start + count) % length
    }
    require(
      end.count == batch * length,
      "attention: packed sequences of \(lengths) do not fill \(batch) rows of \(length)")
  }

  /// Calls `body` with the addresses of both rows of numbers.
  func withPointers(_ body: (UnsafePointer<Int32>, UnsafePointer<Int32>) -> Void) {
    first.withUnsafeBufferPointer { first in
      end.withUnsafeBufferPointer { end in
        guard let first = first.baseAddress, let end = end.baseAddress else { return }
        body(first, end)
      }
    }
  }

  /// 0 where a position may look, and a large negative number where it may not.
  ///
  /// - Shape: `[B, 1, T, S]`, where `B` is 1 if all rows are alike.
  func bias(queries: Int, keys: Int) -> Tensor {
    let numbers = first.indices.flatMap { query in
      (0..<Int32(keys)).map { first[query] <= $0 && $0 < end[query] ? 0 : -1e9 as Float }
    }
    return Tensor(numbers, shape: [first.count / max(queries, 1), 1, queries, keys])
  }
}
