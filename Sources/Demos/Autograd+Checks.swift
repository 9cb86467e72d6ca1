import DemoKit
import Foundation
import Tensors

// MARK: - Jacobians

extension Autograd {
  /// Products with a Jacobian, rows of it, a graph that depends on its data, second derivatives.
  func productClaims(_ random: RandomSource, _ emit: (DemoEvent) -> Void) throws -> [Claim] {
    var random = random
    let weights = random.normal([3, 4])
    let point = random.normal([1, 3])
    let v = random.normal([1, 4])
    let jacobian = Self.jacobian(weights, at: point)

    // region: products
    let x = Tensor.variable(point, on: Tape(), name: "x")
    let y = sin(matmul(x, weights))  // [1, 4]
    let product = gradient(of: y, for: [x], seed: v)[0]  // vᵀ J in one walk
    let rows = (0..<4).map { row in  // J itself takes a walk for each row
      gradient(of: y, for: [x], seed: oneHot(Indices([row]), width: 4))[0].scalars
    }
    // endregion: products

    emit(.table(Self.matrixTable(rows)))
    let exact = (0..<3).map { column in
      (0..<4).reduce(0) { $0 + Double(v.scalars[$1]) * jacobian[$1][column] }
    }
    try Task.checkCancellation()
    return [
      Self.claim("一次反传的 vᵀJ 与解析式（最大差）", product.scalars, exact),
      Self.claim("逐行反传的 J 与解析式（最大差）", rows.flatMap { $0 }, jacobian.flatMap { $0 }),
      doublingClaim(&random),
      Self.secondDerivativeClaim(random.uniform([5], in: -2...2)),
    ]
  }

  /// y = sin(x W) has the Jacobian ∂yᵢ/∂xⱼ = cos((x W)ᵢ) Wⱼᵢ.
  private static func jacobian(_ weights: Tensor, at point: Tensor) -> [[Double]] {
    let (w, x) = (weights.scalars.map(Double.init), point.scalars.map(Double.init))
    return (0..<4).map { i in
      let slope = cos((0..<3).reduce(0) { $0 + x[$1] * w[$1 * 4 + i] })
      return (0..<3).map { j in slope * w[j * 4 + i] }
    }
  }

  /// Doubles a vector until it is long; how often, only the data say.
  private func doublingClaim(_ random: inout RandomSource) -> Claim {
    let start = random.normal([3])
    // region: doubling
    let tape = Tape()
    let x = Tensor.variable(start, on: tape, name: "x")
    var y = x * 2
    while y.norm < 1_000 { y = y * 2 }
    let doublings = tape.nodes.count
    y.backward(with: Tensor([0.1, 1, 0.0001]))
    // endregion: doubling
    let power = Float(sign: .plus, exponent: doublings, significand: 1)
    let expected = [0.1 * power, power, 0.0001 * power]
    let measured = x.gradient?.scalars ?? []
    return Claim(
      "翻倍 k 次再反传 v = (0.1, 1, 0.0001)，梯度 2ᵏv",
      expected: expected.map { Double($0).significant(4) }.joined(separator: ", "),
      measured: measured.map { Double($0).significant(4) }.joined(separator: ", ")
        + "（k = \(doublings)）", holds: measured == expected)
  }

  /// The second derivative of Σx³ is 6x: the walk back is itself recorded.
  private static func secondDerivativeClaim(_ point: Tensor) -> Claim {
    // region: second
    let x = Tensor.variable(point, on: Tape(), name: "x")
    let slope = gradient(of: power(x, 3).sum(), for: [x], differentiable: true)[0]  // 3x²
    let curvature = gradient(of: slope.sum(), for: [x])[0]  // 6x
    // endregion: second
    return claim(
      "Σx³ 的二阶导数与 6x（最大差）", curvature.scalars, point.scalars.map { 6 * Double($0) })
  }

  private static func claim(
    _ statement: String, _ measured: [Float], _ expected: [Double]
  ) -> Claim {
    let error = zip(measured, expected).map { abs(Double($0) - $1) }.max() ?? .infinity
    return Claim(
      statement, expected: "≤ 1e-05", measured: error.significant(),
      holds: measured.count == expected.count && error <= 1e-5)
  }

  private static func matrixTable(_ rows: [[Float]]) -> Table {
    Table(
      title: "雅可比矩阵 ∂yᵢ/∂xⱼ", header: ["", "x₁", "x₂", "x₃"],
      rows: rows.enumerated().map { index, row in
        ["y\(["₁", "₂", "₃", "₄"][index])"] + row.map { Double($0).fixed(4) }
      })
  }
}

// MARK: - Finite differences

extension Autograd {
  /// Checks every operation of the compute core against finite differences.
  func operationsClaim(_ random: RandomSource, _ emit: (DemoEvent) -> Void) throws -> Claim {
    let samples = OperationSample.all(random.split("inputs"))
    var errors: [Double] = []
    for sample in samples {
      try Task.checkCancellation()
      let error = worstError(of: sample, random.split(sample.name))
      errors.append(error)
      emit(.progress(completed: errors.count, total: samples.count))
      emit(.metric(name: "相对误差 log₁₀", step: errors.count, value: log10(max(error, 1e-12))))
    }
    let rows = zip(samples, errors).map { [$0.name, $1.significant(2)] }
    emit(.table(Table(title: "有限差分检验", header: ["运算", "最差相对误差"], rows: rows)))
    emit(.plot(Self.stepPlot(random.split("steps"))))
    let passed = errors.count { $0 <= 1e-3 }
    return Claim(
      "核心的每个运算都通过有限差分检验（相对误差 ≤ 1e-03）",
      expected: "\(samples.count) / \(samples.count)",
      measured: "\(passed) / \(samples.count)，最差 \((errors.max() ?? .nan).significant(2))",
      holds: passed == samples.count)
  }

  // region: check
  /// The largest relative error along random directions through all inputs of an operation.
  private func worstError(of sample: OperationSample, _ random: RandomSource) -> Double {
    let errors = (0..<directions).map { sample.check(random.split($0)).relativeError }
    return errors.contains { $0.isNaN } ? .nan : errors.max() ?? .nan
  }
  // endregion: check

  /// How the error of differences depends on their step, for a sum of hyperbolic tangents.
  private static func stepPlot(_ random: RandomSource) -> Plot {
    var random = random
    let (point, direction) = (random.normal([64]), random.normal([64]))
    let x = Tensor.variable(point, on: Tape())
    let slope = dot(gradient(of: tanh(x).sum(), for: [x])[0].scalars, direction.scalars)

    // region: differences
    func value(_ step: Double) -> Double {
      tanh(point + Float(step) * direction).scalars.reduce(0) { $0 + Double($1) }
    }
    func twoPoints(_ h: Double) -> Double { (value(h) - value(-h)) / (2 * h) }
    func fivePoints(_ h: Double) -> Double {
      (8 * (value(h) - value(-h)) - (value(2 * h) - value(-2 * h))) / (12 * h)
    }
    // endregion: differences

    let exponents = (1...16).map { -Double($0) }
    func series(_ name: String, _ rule: (Double) -> Double) -> Plot.Series {
      let errors = exponents.map { abs(rule(exp2($0)) - slope) / abs(slope) }
      return Plot.Series(name, x: exponents, y: errors.map { log10(max($0, 1e-12)) })
    }
    return Plot(
      title: "差分的误差与步长", xLabel: "log₂ h", yLabel: "log₁₀ 相对误差",
      series: [series("两点", twoPoints), series("五点", fivePoints)])
  }

  private static func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
