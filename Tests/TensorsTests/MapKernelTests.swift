import CKernels
import Foundation
import TestSupport
import Testing

/// A function of one variable with its slope, in Double.
private struct Reference: Sendable {
  let kind: MapKind
  let value: @Sendable (Double) -> Double
  let slope: @Sendable (Double) -> Double
  var range: ClosedRange<Float> = -3...3

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  static let all: [Reference] = [
    Reference(kind: .exp, value: { exp($0) }, slope: { exp($0) }),
    Reference(kind: .log, value: { log($0) }, slope: { 1 / $0 }, range: 0.01...4),
    Reference(
      kind: .sqrt, value: { $0.squareRoot() }, slope: { 0.5 / $0.squareRoot() },
      range: 0.01...4),
    Reference(kind: .reciprocal, value: { 1 / $0 }, slope: { -1 / ($0 * $0) }, range: 0.3...4),
    Reference(kind: .abs, value: { abs($0) }, slope: { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }),
    Reference(kind: .square, value: { $0 * $0 }, slope: { 2 * $0 }),
    Reference(kind: .sin, value: { sin($0) }, slope: { cos($0) }),
    Reference(kind: .cos, value: { cos($0) }, slope: { -sin($0) }),
    Reference(kind: .tanh, value: { tanh($0) }, slope: { 1 - tanh($0) * tanh($0) }),
    Reference(kind: .sigmoid, value: sigmoid, slope: { sigmoid($0) * sigmoid(-$0) }),
    Reference(kind: .relu, value: { max($0, 0) }, slope: { $0 > 0 ? 1 : 0 }),
    Reference(
      kind: .silu, value: { $0 * sigmoid($0) },
      slope: { sigmoid($0) + $0 * sigmoid($0) * sigmoid(-$0) }),
    Reference(kind: .gelu, value: gelu, slope: { (gelu($0 + 1e-5) - gelu($0 - 1e-5)) / 2e-5 }),
    Reference(kind: .softplus, value: { log1p(exp($0)) }, slope: sigmoid),
    Reference(kind: .logSigmoid, value: { -log1p(exp(-$0)) }, slope: { sigmoid(-$0) }),
  ]

  private static func gelu(_ x: Double) -> Double {
    0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
  }
}

struct MapKernelTests {
  @Test func `functions and slopes agree with Double at every length`() {
    for kernels in flavours {
      for reference in Reference.all {
        for count in lengths {
          let x = spread(count, reference.range)
          let y = written(count) { kernels.map(reference.kind, Int64(count), x, $0) }
          let slope = written(count) {
            let ones = [Float](repeating: 1, count: count)
            kernels.mapGradient(reference.kind, Int64(count), x, y, ones, $0)
          }
          let matches = zip(x, zip(y, slope)).allSatisfy { x, result in
            let (value, slope) = (reference.value(Double(x)), reference.slope(Double(x)))
            return abs(Double(result.0) - value) <= 2e-6 * max(1, abs(value))
              && abs(Double(result.1) - slope) <= 4e-6 * max(1, abs(slope))
          }
          #expect(matches, "\(reference.kind) of \(count), \(kernels.label)")
        }
      }
    }
  }

  @Test(arguments: [
    (MapKind.exp, -87...88 as ClosedRange<Float>, 2.0), (.log, 1e-37...1e37, 1.0),
    (.log, 0.5...2, 1.0), (.tanh, -9...9, 4.0), (.sin, -3.1415...3.1415, 1.5),
    (.cos, -1.5...1.5, 1.5),
  ])
  func `errors stay within their bounds`(kind: MapKind, range: ClosedRange<Float>, bound: Double) {
    let truth = Reference.all.first { $0.kind == kind }?.value ?? { $0 }
    for kernels in fusedFlavours {
      let x = spread(20_000, range)
      let y = written(x.count) { kernels.map(kind, Int64(x.count), x, $0) }
      let worst = zip(x, y).map { ulps($1, truth(Double($0))) }.max() ?? 0
      #expect(worst <= bound, "\(kind) errs by \(worst) ulp, \(kernels.label)")
    }
  }

  @Test func `sines of large arguments err by less than a ten-millionth`() {
    for kernels in fusedFlavours {
      let x = spread(20_000, -1_000...1_000)
      let y = written(x.count) { kernels.map(.sin, Int64(x.count), x, $0) }
      let worst = zip(x, y).map { abs(Double($1) - sin(Double($0))) }.max() ?? 1
      #expect(worst <= 1.2e-7, "\(worst), \(kernels.label)")
    }
  }

  @Test func `NaN passes through every function`() {
    for kernels in flavours {
      for reference in Reference.all {
        let y = written(3) { kernels.map(reference.kind, 3, [1, .nan, 2], $0) }
        #expect(y[1].isNaN && !y[0].isNaN, "\(reference.kind), \(kernels.label)")
      }
    }
  }

  @Test func `limits are exact`() {
    let infinity = Float.infinity
    let cases: [(MapKind, [Float], [Float])] = [
      (.exp, [88.73, infinity, -87.34, -infinity, 0], [infinity, infinity, 0, 0, 1]),
      (.log, [0, -0.0, infinity, 1], [-infinity, -infinity, infinity, 0]),
      (.tanh, [infinity, -infinity, 0, 50, -50], [1, -1, 0, 1, -1]),
      (.sigmoid, [infinity, -infinity, 0, -100], [1, 0, 0.5, 0]),
      (.softplus, [infinity, -infinity, 100, -200], [infinity, 0, 100, 0]),
      (.relu, [infinity, -infinity, 0], [infinity, 0, 0]),
      (.sqrt, [infinity, 0, 4], [infinity, 0, 2]),
    ]
    for kernels in flavours {
      for (kind, x, expected) in cases {
        let y = written(x.count) { kernels.map(kind, Int64(x.count), x, $0) }
        #expect(y == expected, "\(kind), \(kernels.label)")
      }
      let negative = written(1) { kernels.map(.log, 1, [-1], $0) }
      #expect(negative[0].isNaN)
    }
  }

  @Test func `flavours with fused multiply-add agree bit for bit`() {
    let flavours = fusedFlavours
    for reference in Reference.all {
      let x = spread(1_003, reference.range)
      let results = flavours.map { kernels in
        written(x.count) { kernels.map(reference.kind, Int64(x.count), x, $0) }.map(\.bitPattern)
      }
      #expect(results.allSatisfy { $0 == results.first }, "\(reference.kind)")
    }
  }
}
