import CKernels
import Foundation
import TestSupport
import Testing

struct RowGradientKernelTests {
  @Test func `gradients of softmax and its logarithm agree with Double`() {
    for kernels in flavours {
      for columns in lengths.dropFirst() {
        let (y, dy) = (spread(columns, 0...1), spread(columns, seed: 2))
        let mean = zip(y, dy).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        let total = dy.reduce(0) { $0 + Double($1) }
        let softmax = written(columns) { kernels.softmaxGradient(1, Int64(columns), y, dy, $0) }
        expectClose(
          softmax.map(Double.init), zip(y, dy).map { Double($0) * (Double($1) - mean) },
          tolerance: 1e-5)
        let log = written(columns) { kernels.logSoftmaxGradient(1, Int64(columns), y, dy, $0) }
        expectClose(
          log.map(Double.init), zip(y, dy).map { Double($1) - exp(Double($0)) * total },
          tolerance: 2e-5)
      }
    }
  }

  @Test func `gradients of normalisations agree with Double`() {
    for kernels in flavours {
      for columns in lengths.dropFirst() {
        for centres in [true, false] {
          check(kernels, columns, mean: centres ? 0.25 : 0, centres: centres)
        }
      }
    }
  }

  /// Two rows with one mean and one rate; the sums over rows start from ones.
  private func check(_ kernels: KernelTable, _ columns: Int, mean: Float, centres: Bool) {
    let rate: Float = 0.7
    let (x, dy) = (spread(2 * columns), spread(2 * columns, seed: 2))
    let gain = spread(columns, seed: 3)
    var dGain = [Float](repeating: 1, count: columns)
    var dBias = dGain
    let dx = written(2 * columns) {
      if centres {
        kernels.layerNormGradient(
          2, Int64(columns), x, gain, [mean, mean], [rate, rate], dy, $0, &dGain, &dBias)
      } else {
        kernels.rmsNormGradient(2, Int64(columns), x, gain, [rate, rate], dy, $0, &dGain)
      }
    }
    let normal = x.map { (Double($0) - Double(mean)) * Double(rate) }
    let pulled = (0..<2 * columns).map { Double(dy[$0]) * Double(gain[$0 % columns]) }
    let expected = (0..<2).flatMap { row in
      let places = row * columns..<(row + 1) * columns
      let meanPull = places.reduce(0) { $0 + pulled[$1] } / Double(columns)
      let meanProduct = places.reduce(0) { $0 + pulled[$1] * normal[$1] } / Double(columns)
      return places.map {
        (pulled[$0] - (centres ? meanPull : 0) - normal[$0] * meanProduct) * Double(rate)
      }
    }
    expectClose(dx.map(Double.init), expected, tolerance: 2e-5)
    let sums = (0..<columns).map { column in
      [column, column + columns].reduce(1) { $0 + Double(dy[$1]) * normal[$1] }
    }
    expectClose(dGain.map(Double.init), sums, tolerance: 2e-5)
    if centres {
      let plain = (0..<columns).map { 1 + Double(dy[$0]) + Double(dy[$0 + columns]) }
      expectClose(dBias.map(Double.init), plain, tolerance: 2e-5)
    }
  }
}
