import CKernels
import Foundation
import TestSupport
import Testing

/// Sizes and a mask for the attention kernels, with inputs and a few obvious lines in Double.
private struct AttentionCase {
  var batch = 1
  var queries = 1
  var keys = 1
  var heads = 1
  var keyHeads = 1
  var width = 1
  /// The keys that query `i` of a row sees.
  var visible: (Int, Int) -> Range<Int> = { _, keys in 0..<keys }

  var queryCount: Int { batch * queries * heads * width }
  var keyCount: Int { batch * keys * keyHeads * width }
  var q: [Float] { spread(queryCount, seed: 1) }
  var k: [Float] { spread(keyCount, seed: 2) }
  var v: [Float] { spread(keyCount, seed: 3) }
  var dy: [Float] { spread(queryCount, seed: 4) }
  private var ranges: [Range<Int>] { (0..<queries).map { visible($0, keys) } }
  private var scale: Double { 1 / Double(width).squareRoot() }

  /// Everything the kernels give: y, logSumExp, dq, dk, dv.
  func results(_ kernels: KernelTable, q changed: [Float]? = nil, k key: [Float]? = nil)
    -> [[Float]]
  {
    let (q, k, v, dy) = (changed ?? q, key ?? k, v, dy)
    let first = ranges.map { Int32($0.lowerBound) }
    let end = ranges.map { Int32($0.upperBound) }
    return first.withUnsafeBufferPointer { first in
      end.withUnsafeBufferPointer { end -> [[Float]] in
        guard let first = first.baseAddress, let end = end.baseAddress else { return [] }
        var sizes = Attention(
          batch: Int64(batch), queries: Int64(queries), keys: Int64(keys), heads: Int64(heads),
          keyHeads: Int64(keyHeads), width: Int64(width), first: first, end: end, maskStep: 0,
          scale: Float(scale))
        var scratch = spread(Int(kernels.attentionScratch(&sizes)), seed: 9)
        var (y, dq, dk): ([Float], [Float], [Float]) = ([], [], [])
        let logSumExp = written(batch * heads * queries) { logSumExp in
          y = written(queryCount) { kernels.attention(&sizes, q, k, v, $0, logSumExp, &scratch) }
        }
        let dv = written(keyCount) { dv in
          dk = written(keyCount) { dk in
            dq = written(queryCount) {
              kernels.attentionGradient(
                &sizes, q, k, v, y, logSumExp, dy, $0, dk, dv, &scratch)
            }
          }
        }
        return [y, logSumExp, dq, dk, dv]
      }
    }
  }

  /// The same by the formulas, query by query.
  var expected: [[Double]] {
    let (q, k, v, dy) = (q, k, v, dy)
    var y = [Double](repeating: 0, count: queryCount)
    var logSumExp = [Double](repeating: -.infinity, count: batch * heads * queries)
    var dq = y
    var dk = [Double](repeating: 0, count: keyCount)
    var dv = dk
    for (b, h, i) in places where !ranges[i].isEmpty {
      let at = ((b * queries + i) * heads + h) * width
      let row = { (j: Int) in ((b * keys + j) * keyHeads + h * keyHeads / heads) * width }
      let dot = { (x: [Float], y: [Float], to: Int) in
        (0..<width).reduce(0) { $0 + Double(x[at + $1]) * Double(y[to + $1]) }
      }
      let exponentials = ranges[i].map { exp(dot(q, k, row($0)) * scale) }
      let total = exponentials.reduce(0, +)
      logSumExp[(b * heads + h) * queries + i] = log(total)
      let slopes = ranges[i].map { dot(dy, v, row($0)) }
      let mean = zip(exponentials, slopes).reduce(0) { $0 + $1.0 * $1.1 } / total
      for (index, j) in ranges[i].enumerated() {
        let p = exponentials[index] / total
        let score = p * (slopes[index] - mean) * scale
        for c in 0..<width {
          y[at + c] += p * Double(v[row(j) + c])
          dq[at + c] += score * Double(k[row(j) + c])
          dk[row(j) + c] += score * Double(q[at + c])
          dv[row(j) + c] += p * Double(dy[at + c])
        }
      }
    }
    return [y, logSumExp, dq, dk, dv]
  }

  private var places: [(Int, Int, Int)] {
    (0..<batch).flatMap { b in
      (0..<heads).flatMap { h in (0..<queries).map { (b, h, $0) } }
    }
  }

  /// Lengths around one vector, a skinny product, a block of queries; widths; masks; two blocks of
  /// keys.
  static var all: [AttentionCase] {
    let causal = { (shift: Int) in { (i: Int, keys: Int) in 0..<min(keys, i + 1 + shift) } }
    var cases = [1, 3, 4, 5, 15, 16, 17, 31, 32, 33, 67].flatMap { count in
      [
        AttentionCase(queries: count, keys: count, heads: 2, width: 5, visible: causal(0)),
        AttentionCase(queries: count, keys: 21, width: 3),
      ]
    }
    cases += [1, 2, 4, 7, 16, 31, 32, 33, 50].map {
      AttentionCase(batch: 2, queries: 6, keys: 9, heads: 4, keyHeads: 2, width: $0)
    }
    cases += [255, 256, 257, 300].map {
      AttentionCase(queries: 34, keys: $0, heads: 3, width: 8, visible: causal($0 - 34))
    }
    cases += [
      // Sequences, a window, and queries that see nothing.
      AttentionCase(queries: 70, keys: 70, width: 6) { i, _ in i < 40 ? 0..<40 : 40..<i + 1 },
      AttentionCase(queries: 40, keys: 600, width: 4) { i, _ in i * 10..<i * 10 + 200 },
      AttentionCase(queries: 5, keys: 9, width: 4) { i, _ in i < 2 ? 0..<0 : 0..<i },
    ]
    return cases
  }
}

struct AttentionKernelTests {
  @Test func `attention and its gradients agree with Double`() {
    for kernels in flavours {
      for sizes in AttentionCase.all {
        for (measured, expected) in zip(sizes.results(kernels), sizes.expected) {
          expectClose(measured.map(Double.init), expected, tolerance: 2e-5)
        }
      }
    }
  }

  @Test func `flavours with fused multiply-add agree bit for bit`() {
    for sizes in AttentionCase.all {
      let results = fusedFlavours.map { sizes.results($0).map { $0.map(\.bitPattern) } }
      #expect(results.allSatisfy { $0 == results.first })
    }
  }

  @Test func `NaN reaches those who see it and nobody else`() {
    let sizes = AttentionCase(queries: 40, keys: 40, width: 5) { i, _ in 0..<i + 1 }
    for kernels in flavours {
      var (q, k) = (sizes.q, sizes.k)
      q[3 * 5] = .nan
      k[20 * 5 + 2] = .nan
      let y = sizes.results(kernels, q: q, k: k)[0]
      for query in 0..<40 {
        let shows = (0..<5).map { y[query * 5 + $0].isNaN }
        #expect(shows == Array(repeating: query == 3 || query >= 20, count: 5), "query \(query)")
      }
    }
  }

  @Test func `large scores do not overflow`() {
    let sizes = AttentionCase(queries: 20, keys: 300, width: 2)
    for kernels in flavours {
      let results = sizes.results(
        kernels, q: sizes.q.map { $0 * 1e3 }, k: sizes.k.map { $0 * 1e3 })
      #expect(results.allSatisfy { $0.allSatisfy(\.isFinite) })
    }
  }
}
