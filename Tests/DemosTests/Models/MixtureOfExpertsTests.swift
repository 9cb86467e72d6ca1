import Demos
import NN
import TestSupport
import Tensors
import Testing

struct MixtureOfExpertsTests {
  private let parameters = Parameters(RandomSource(seed: 5))

  @Test func `tokens go to the experts with the largest affinities, weighed by them`() {
    var random = RandomSource(seed: 7)
    let layer = MixtureOfExperts(4, hidden: 6, experts: 5, chosen: 2, shared: 1, in: parameters)
    let x = random.normal([2, 3, 4])
    let output = layer(x)
    #expect(output.y.shape == x.shape)
    #expect(output.loads.reduce(0, +) == 12)
    let tokens = x.reshaped([6, 4])
    let affinities = sigmoid(matmul(tokens, parameters["centroids"]))
    for token in 0..<6 {
      let row = affinities[token].scalars
      let best = row.indices.sorted { row[$0] > row[$1] }.prefix(2)
      let sum = best.reduce(Float(0)) { $0 + row[$1] }
      let one = tokens.rows(token..<(token + 1))
      let routed = best.reduce(feedForward("shared.0", one)) { sumOfParts, expert in
        sumOfParts + feedForward("expert.\(expert)", one) * (row[expert] / sum)
      }
      expectClose(output.y.reshaped([6, 4])[token].scalars, routed.scalars, tolerance: 1e-5)
    }
  }

  /// A gated layer written out.
  private func feedForward(_ name: String, _ x: Tensor) -> Tensor {
    let gate = silu(matmul(x, parameters["\(name).gate.weight"]))
    return matmul(
      gate * matmul(x, parameters["\(name).up.weight"]), parameters["\(name).down.weight"])
  }

  @Test func `the gradient agrees with finite differences where the choice is fixed`() {
    var random = RandomSource(seed: 11)
    let layer = MixtureOfExperts(4, hidden: 6, experts: 3, chosen: 3, in: parameters)
    let x = random.normal([1, 5, 4])
    parameters.freeze()  // the check has a tape of its own
    let check = GradientCheck(of: { layer($0[0]).y }, at: [x], random.split("check"))
    #expect(check.relativeError < 1e-3)
  }

  @Test func `balancing evens out loads and leaves the gates alone`() {
    var random = RandomSource(seed: 13)
    let layer = MixtureOfExperts(8, hidden: 4, experts: 4, chosen: 1, in: parameters)
    // A common direction in all tokens sends most of them to one expert.
    let x = random.normal([1, 400, 8]) * 0.3 + Tensor.full([8], 1)
    let before = MixtureOfExperts.violation(layer(x).loads)
    for _ in 0..<400 { layer.balance(loads: layer(x).loads, by: 0.01) }
    let after = MixtureOfExperts.violation(layer(x).loads)
    #expect(before > 1)
    #expect(after < 0.15)
  }

  @Test func `the violation of even loads is zero`() {
    #expect(MixtureOfExperts.violation([3, 3, 3]) == 0)
    #expect(MixtureOfExperts.violation([6, 0, 0]) == 2)
  }
}
