import CKernels

/// A source of random numbers that depend on nothing but its seed and its path.
///
/// Philox4x32-10: each number is a function of a key, the count of draws so far and its place in
/// the draw. So numbers depend on neither threads nor the order of computation, and `split` gives
/// independent sources by name.
///
/// - Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.
package struct RandomSource: Hashable, Sendable {
  private let key: UInt64
  private var draw: UInt64 = 0

  package init(seed: Int) {
    key = mixed(UInt64(bitPattern: Int64(seed)))
  }

  private init(key: UInt64) {
    self.key = key
  }

  /// The independent source of that name.
  ///
  /// It does not depend on what was drawn from this one.
  package func split(_ name: String) -> RandomSource {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return RandomSource(key: mixed(key ^ mixed(hash)))
  }

  /// The independent source of that number, as for one of many workers or samples.
  package func split(_ number: Int) -> RandomSource {
    split("#\(number)")
  }

  /// Normal numbers with mean 0 and variance 1.
  package mutating func normal(_ shape: Shape) -> Tensor {
    filled(shape, with: kernels.pointee.normals)
  }

  /// Uniform numbers in (0, 1].
  package mutating func uniform(_ shape: Shape) -> Tensor {
    filled(shape, with: kernels.pointee.uniforms)
  }

  /// Uniform numbers between two bounds.
  package mutating func uniform(_ shape: Shape, in bounds: ClosedRange<Float>) -> Tensor {
    uniform(shape) * (bounds.upperBound - bounds.lowerBound) + bounds.lowerBound
  }

  /// Whole numbers from 0 up to, not including, `bound`.
  package mutating func integers(_ shape: Shape, below bound: Int) -> Indices {
    require(bound > 0 && bound <= Int(Int32.max), "integers: below \(bound)")
    let numbers = words(shape.count).map { word in
      Int32(truncatingIfNeeded: (UInt64(word) * UInt64(bound)) >> 32)
    }
    return Indices(numbers, shape: shape)
  }

  /// One whole number from 0 up to, not including, `bound`.
  package mutating func integer(below bound: Int) -> Int {
    Int(integers([1], below: bound).values[0])
  }

  /// One uniform number in (0, 1].
  package mutating func uniform() -> Double {
    (Double(words(1)[0]) + 1) / 4_294_967_296
  }

  /// The elements in random order (Fisher and Yates).
  package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var shuffled = elements
    guard shuffled.count > 1 else { return shuffled }
    let draws = words(shuffled.count)
    for last in stride(from: shuffled.count - 1, to: 0, by: -1) {
      let chosen = Int((UInt64(draws[last]) * UInt64(last + 1)) >> 32)
      shuffled.swapAt(last, chosen)
    }
    return shuffled
  }

  /// The numbers 0 to `count - 1` in random order.
  package mutating func permutation(_ count: Int) -> [Int] {
    shuffled(Array(0..<count))
  }

  /// An index with probability proportional to its weight.
  package mutating func choice(weights: [Double]) -> Int {
    var left = uniform() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      left -= weight
      if left <= 0, weight > 0 { return index }
    }
    return weights.lastIndex { $0 > 0 } ?? 0
  }

  /// The words of the next draw.
  private mutating func words(_ count: Int) -> [UInt32] {
    defer { draw += 1 }
    let padded = (count + 63) / 64 * 64
    var words = [UInt32](unsafeUninitializedCapacity: padded) { buffer, initialized in
      if let start = buffer.baseAddress {
        kernels.pointee.words(Int64(padded), key, draw, 0, start)
      }
      initialized = padded
    }
    words.removeLast(padded - count)
    return words
  }

  /// A tensor of numbers made from words by a kernel, block by block while the words are in cache.
  private mutating func filled(
    _ shape: Shape, with transform: (Int64, UnsafeMutablePointer<UInt32>) -> Void
  ) -> Tensor {
    defer { draw += 1 }
    let block = 4_096
    let y = Tensor(Storage(count: (shape.count + 63) / 64 * 64), shape: shape)
    let padded = y.storage.count
    y.storage.base.withMemoryRebound(to: UInt32.self, capacity: padded) { words in
      for start in stride(from: 0, to: padded, by: block) {
        let count = Int64(min(block, padded - start))
        kernels.pointee.words(count, key, draw, UInt64(start / 4), words + start)
        transform(count, words + start)
      }
    }
    return y
  }
}

/// The finaliser of SplitMix64: every bit of the result depends on every bit of the word.
private func mixed(_ word: UInt64) -> UInt64 {
  var mixed = word &+ 0x9e37_79b9_7f4a_7c15
  mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
  return mixed ^ (mixed >> 31)
}
