import Demos
import Foundation
import TestSupport
import Tensors
import Testing

struct MarkovSourceTests {
  @Test func `the entropy rate of a chain of two is that of the textbook`() throws {
    // π = (2/3, 1/3); H = 2/3 H(0.1) + 1/3 H(0.2).
    let source = try MarkovSource(transitions: Matrix([[0.9, 0.1], [0.2, 0.8]]))
    func entropy(_ p: Double) -> Double { -p * log(p) - (1 - p) * log(1 - p) }
    expectClose(source.stationary, [2.0 / 3, 1.0 / 3], tolerance: 1e-14)
    expectClose(
      source.entropyRate, 2 * entropy(0.1) / 3 + entropy(0.2) / 3, tolerance: 1e-14)
    expectClose(source.stationaryEntropy, entropy(1.0 / 3), tolerance: 1e-14)
    expectClose(
      source.logProbability(of: [0, 0, 1]), log(2.0 / 3 * 0.9 * 0.1), tolerance: 1e-14)
  }

  @Test func `a chain of two parts is refused`() {
    #expect(throws: DemosError.singular) { try MarkovSource(transitions: .identity(2)) }
  }

  @Test(arguments: [1, 2, 3]) func `a sample is as surprising as the entropy says`(
    seed: Int
  ) throws {
    var random = RandomSource(seed: seed)
    let source = try MarkovSource(states: 12, &random)
    let length = 50
    let tokens = source.samples(400, length: length, &random)
    let surprises = (0..<400).map { -source.logProbability(of: tokens.row($0)) }
    let expected = source.stationaryEntropy + Double(length - 1) * source.entropyRate
    #expect(abs(MeanEstimate(surprises).deviation(from: expected)) < 3.5)
    #expect(source.entropyRate < source.stationaryEntropy)
    let next = source.stationary.indices.map { state in
      dot(source.stationary, source.transitions.column(state))
    }
    expectClose(next, source.stationary, tolerance: 1e-13)
  }

  @Test func `a seed gives its chain and its text`() throws {
    func text(_ seed: Int) throws -> Indices {
      var random = RandomSource(seed: seed)
      return try MarkovSource(states: 5, &random).samples(3, length: 20, &random)
    }
    #expect(try text(1) == text(1))
    #expect(try text(1) != text(2))
  }
}
