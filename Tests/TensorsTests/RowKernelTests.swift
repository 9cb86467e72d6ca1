import CKernels
import Foundation
import TestSupport
import Testing

struct RowKernelTests {
  @Test func `sums, products and maxima agree with Double`() {
    for kernels in flavours {
      for count in Array(lengths) + [1_023, 5_000] {
        let (x, y) = (spread(count, seed: 1), spread(count, seed: 2))
        let sum = x.reduce(0) { $0 + Double($1) }
        #expect(abs(Double(kernels.sum(Int64(count), x)) - sum) <= 1e-6 * Double(count + 1))
        let dot = zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        #expect(abs(Double(kernels.dot(Int64(count), x, y)) - dot) <= 3e-6 * Double(count + 1))
        #expect(kernels.maximum(Int64(count), x) == x.max() ?? -.infinity)
      }
    }
  }

  @Test func `a maximum shows NaN wherever it stands`() {
    for kernels in flavours {
      for place in 0..<35 {
        var x = spread(35)
        x[place] = .nan
        #expect(kernels.maximum(35, x).isNaN, "\(place), \(kernels.label)")
      }
    }
  }

  @Test func `sums and maxima over a middle axis agree with Double`() {
    for kernels in flavours {
      for (outer, middle, inner) in [(1, 1, 1), (2, 3, 1), (1, 4, 17), (3, 5, 16), (2, 33, 5)] {
        let x = spread(outer * middle * inner)
        let column = { (o: Int, i: Int) in
          (0..<middle).map { Double(x[(o * middle + $0) * inner + i]) }
        }
        let columns = (0..<outer).flatMap { o in (0..<inner).map { column(o, $0) } }
        let shape = (Int64(outer), Int64(middle), Int64(inner))
        let sums = written(outer * inner) { kernels.sumAxis(shape.0, shape.1, shape.2, x, $0) }
        expectClose(sums.map(Double.init), columns.map { $0.reduce(0, +) }, tolerance: 1e-5)
        let top = written(outer * inner) { kernels.maximumAxis(shape.0, shape.1, shape.2, x, $0) }
        #expect(top.map(Double.init) == columns.map { $0.max() ?? 0 })
      }
    }
  }

  @Test func `softmax and its logarithm agree with Double`() {
    for kernels in flavours {
      for columns in lengths.dropFirst() {
        let x = spread(2 * columns, -20...20)
        let y = written(2 * columns) { kernels.softmax(2, Int64(columns), x, $0) }
        let logY = written(2 * columns) { kernels.logSoftmax(2, Int64(columns), x, $0) }
        for row in 0..<2 {
          let range = row * columns..<(row + 1) * columns
          let total = x[range].reduce(0) { $0 + exp(Double($1)) }
          let expected = x[range].map { exp(Double($0)) / total }
          expectClose(y[range].map(Double.init), expected, tolerance: 2e-6)
          expectClose(logY[range].map(Double.init), expected.map { log($0) }, tolerance: 2e-6)
        }
      }
    }
  }

  @Test func `masked softmax sees its own columns alone`() {
    let (first, end): ([Int32], [Int32]) = ([0, 0, 2, 3, 4], [3, 4, 4, 7, 4])
    for kernels in flavours {
      let x = spread(5 * 7)
      let y = written(5 * 7) {
        $0.update(from: x, count: 35)
        kernels.maskedSoftmax(5, 7, first, end, 0.5, $0)
      }
      for row in 0..<5 {
        let seen = Int(first[row])..<Int(end[row])
        let exponentials = (0..<7).map {
          seen.contains($0) ? exp(0.5 * Double(x[row * 7 + $0])) : 0
        }
        let total = seen.isEmpty ? 1 : exponentials.reduce(0, +)
        expectClose(
          y[row * 7..<(row + 1) * 7].map(Double.init), exponentials.map { $0 / total },
          tolerance: 2e-6)
      }
    }
  }

  @Test func `cross-entropy and its gradient agree with Double`() {
    let (targets, weights): ([Int32], [Float]) = ([0, -100, 0, 0], [1, 1, 0, 2.5])
    for kernels in flavours {
      for columns in lengths.dropFirst() {
        var x = spread(4 * columns, -20...20)
        let classes = targets.map { $0 < 0 ? $0 : Int32(columns / 2) }
        // Rows that do not count are not read.
        for index in columns..<3 * columns { x[index] = .nan }
        var logSumExp: [Float] = []
        let losses = written(4) { losses in
          logSumExp = written(4) {
            kernels.crossEntropy(4, Int64(columns), x, classes, weights, losses, $0)
          }
        }
        let gradient = written(4 * columns) {
          kernels.crossEntropyGradient(
            4, Int64(columns), x, classes, weights, logSumExp, 0.5, $0)
        }
        for row in 0..<4 {
          let (range, weight) = (row * columns..<(row + 1) * columns, Double(weights[row]))
          guard row == 0 || row == 3 else {
            #expect(losses[row] == 0 && gradient[range].allSatisfy { $0 == 0 })
            continue
          }
          let total = x[range].reduce(0) { $0 + exp(Double($1)) }
          let target = columns / 2
          let loss = weight * (log(total) - Double(x[range.lowerBound + target]))
          expectClose(Double(losses[row]), loss, tolerance: 2e-6)
          let slopes = (0..<columns).map {
            weight * 0.5 * (exp(Double(x[range.lowerBound + $0])) / total - ($0 == target ? 1 : 0))
          }
          expectClose(gradient[range].map(Double.init), slopes, tolerance: 2e-6)
        }
      }
    }
  }

  @Test func `normalisations agree with Double`() {
    for kernels in flavours {
      for columns in lengths.dropFirst(2) {
        let (x, gain, bias) = (spread(columns), spread(columns, seed: 2), spread(columns, seed: 3))
        let mean = x.reduce(0) { $0 + Double($1) } / Double(columns)
        let variance = x.reduce(0) { $0 + pow(Double($1) - mean, 2) } / Double(columns)
        let square = x.reduce(0) { $0 + pow(Double($1), 2) } / Double(columns)
        var (kept, rate): (Float, Float) = (0, 0)
        let normal = written(columns) {
          kernels.layerNorm(1, Int64(columns), 1e-5, x, gain, bias, $0, &kept, &rate)
        }
        let expected = (0..<columns).map {
          (Double(x[$0]) - mean) / (variance + 1e-5).squareRoot() * Double(gain[$0])
            + Double(bias[$0])
        }
        expectClose(normal.map(Double.init), expected, tolerance: 2e-5)
        let root = written(columns) {
          kernels.rmsNorm(1, Int64(columns), 1e-5, x, gain, $0, &rate)
        }
        let expectedRoot = (0..<columns).map {
          Double(x[$0]) / (square + 1e-5).squareRoot() * Double(gain[$0])
        }
        expectClose(root.map(Double.init), expectedRoot, tolerance: 2e-5)
      }
    }
  }

  @Test func `flavours with fused multiply-add agree bit for bit`() {
    let x = spread(7 * 67)
    let results = fusedFlavours.map { kernels in
      written(7 * 67) { kernels.softmax(7, 67, x, $0) }.map(\.bitPattern)
        + written(7 * 67) { kernels.logSoftmax(7, 67, x, $0) }.map(\.bitPattern)
        + [kernels.sum(469, x).bitPattern, kernels.dot(469, x, x).bitPattern]
    }
    #expect(results.allSatisfy { $0 == results.first })
  }
}
