import CKernels
import Foundation
import TestSupport
import Tensors
import Testing

struct RandomSourceTests {
  @Test func `Philox gives the published words for key 0 and counter 0`() {
    for kernels in flavours {
      var words = [UInt32](repeating: 0, count: 64)
      kernels.words(64, 0, 0, 0, &words)
      let first = [words[0], words[16], words[32], words[48]]
      #expect(first == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8], "\(kernels.label)")
    }
  }

  /// The words of all ones, from the reference implementation's `kat_vectors`.
  @Test func `Philox gives the published words for all ones`() {
    for kernels in flavours {
      var words = [UInt32](repeating: 0, count: 64)
      kernels.words(64, .max, .max, 0xffff_ffff_ffff_fff0, &words)
      let last = [words[15], words[31], words[47], words[63]]
      #expect(last == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd], "\(kernels.label)")
    }
  }

  @Test func `normal numbers have the moments and the distribution of normal numbers`() {
    var random = RandomSource(seed: 3)
    let numbers = random.normal([1_000_000]).scalars.map(Double.init)
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let fourth = numbers.reduce(0) { $0 + pow($1 - mean, 4) } / count
    #expect(abs(mean) < 0.004)
    #expect(abs(variance - 1) < 0.006)
    #expect(abs(fourth - 3) < 0.05)
    // The largest gap between the two distribution functions; its 0.1 % point is 1.95 / √n.
    let gap = numbers.sorted().enumerated().reduce(0) { gap, item in
      let exact = 0.5 * erfc(-item.element / 2.0.squareRoot())
      return max(gap, abs(exact - Double(item.offset) / count))
    }
    #expect(gap < 1.95 / count.squareRoot())
  }

  @Test func `uniform numbers stay in their bounds`() {
    var random = RandomSource(seed: 3)
    let numbers = random.uniform([100_000], in: 2...3).scalars
    #expect(numbers.allSatisfy { 2 <= $0 && $0 <= 3 })
    expectClose(numbers.reduce(0, +) / 100_000, 2.5, tolerance: 0.003)
  }

  @Test func `equal seeds give equal numbers, whatever was split off in between`() {
    var first = RandomSource(seed: 5)
    var second = RandomSource(seed: 5)
    var other = second.split("noise")
    _ = other.normal([10])
    #expect(first.normal([100]).scalars == second.normal([100]).scalars)
  }

  @Test func `draws, splits and seeds differ from each other`() {
    var random = RandomSource(seed: 5)
    var sources = [random.split("a"), random.split("b"), random.split(1), RandomSource(seed: 6)]
    var draws = [random.normal([50]).scalars, random.normal([50]).scalars]
    for index in sources.indices { draws.append(sources[index].normal([50]).scalars) }
    #expect(Set(draws.flatMap { $0 }).count == 50 * draws.count)
  }

  @Test func `a longer draw begins like a shorter one`() {
    var short = RandomSource(seed: 8)
    var long = RandomSource(seed: 8)
    #expect(short.normal([100]).scalars == Array(long.normal([10_000]).scalars.prefix(100)))
  }

  @Test func `integers, shuffles and choices cover what they may`() {
    var random = RandomSource(seed: 4)
    let counts = random.integers([60_000], below: 6).values.reduce(into: [0, 0, 0, 0, 0, 0]) {
      $0[Int($1)] += 1
    }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 400 })
    #expect(random.permutation(100).sorted() == Array(0..<100))
    #expect(random.permutation(100) != random.permutation(100))
    let chosen = (0..<1_000).map { _ in random.choice(weights: [0, 3, 1]) }
    #expect(!chosen.contains(0))
    #expect(abs(chosen.count { $0 == 1 } - 750) < 60)
  }

  @Test func `the first numbers never change`() {
    var random = RandomSource(seed: 42)
    expectClose(
      random.normal([4]).scalars, [-0.071_062_93, 1.353_155_6, -0.084_897_47, 0.654_728_4],
      tolerance: 1e-6)
    #expect(random.integers([4], below: 1_000).values == [15, 567, 746, 923])
  }
}
