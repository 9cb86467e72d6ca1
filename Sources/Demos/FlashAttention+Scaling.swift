import DemoKit
import Foundation
import Tensors

extension FlashAttention {
  /// What a form of the kernels needs for one forward and one backward pass.
  private struct Cost {
    /// Bytes of buffers at the peak, beyond the inputs.
    var peakBytes: Double
    /// The least of several runs.
    var seconds: Double
  }

  /// Runs both forms of the kernels on longer and longer sequences.
  func scalingClaims(
    _ random: RandomSource, _ emit: (DemoEvent) -> Void, _ step: () throws -> Void
  ) throws -> [Claim] {
    var costs: [AttentionForm: [Cost]] = [:]
    var (rows, difference): ([[String]], Double) = ([], 0)
    for length in lengths {
      let inputs = Inputs(length: length, width: width, random)
      for form in AttentionForm.allCases {
        try step()
        costs[form, default: []].append(cost(of: form, inputs))
      }
      let naiveResults = kernelResults(.naive, inputs)
      difference = max(difference, kernelResults(.tiled, inputs).difference(from: naiveResults))
      let (naive, tiled) = (peaks(costs[.naive]), peaks(costs[.tiled]))
      rows.append([
        "\(length)", megabytes(naive[naive.count - 1]), megabytes(tiled[tiled.count - 1]),
        (naive[naive.count - 1] / tiled[tiled.count - 1]).fixed(1),
      ])
      emit(.table(Table(title: "峰值内存（MB）", header: ["N", "标准", "分块", "倍数"], rows: rows)))
      emit(.plot(plot("峰值内存", lengths, standard: naive, tiled: tiled)))
    }
    return [
      Claim(
        "内核的分块形式等于标准形式：输出与梯度的最大差", expected: "≤ 1e-05",
        measured: difference.significant(2), holds: difference <= 1e-5),
      exponentClaim("标准", peaks(costs[.naive]), in: 1.7...2.05),
      exponentClaim("分块", peaks(costs[.tiled]), in: 0.95...1.05),
      timeClaim(costs),
    ]
  }

  private func cost(of form: AttentionForm, _ inputs: Inputs) -> Cost {
    // region: memory
    MemoryUse.resetPeak()
    let before = MemoryUse.current.liveBytes
    _ = kernelResults(form, inputs)
    let peak = MemoryUse.current.peakBytes - before
    // endregion: memory
    let times = (0..<max(3, 4_096 / inputs.q.shape[0])).map { _ in
      let stopwatch = Stopwatch()
      _ = kernelResults(form, inputs)
      return stopwatch.seconds
    }
    return Cost(peakBytes: Double(peak), seconds: times.min() ?? .nan)
  }

  private func peaks(_ costs: [Cost]?) -> [Double] { (costs ?? []).map(\.peakBytes) }

  /// How the peak grows when the length doubles, from the last three lengths.
  ///
  /// Increments leave out what does not depend on the length: they double where memory is linear, and
  /// become four times as large where it is quadratic.
  private func exponentClaim(
    _ name: String, _ peaks: [Double], in range: ClosedRange<Double>
  ) -> Claim {
    let increments = zip(peaks.dropFirst(), peaks).map(-)
    let exponent = log2(increments[increments.count - 1] / increments[increments.count - 2])
    return Claim(
      "内核：\(name)形式峰值内存的增量随 N 的幂次",
      expected: "\(range.lowerBound.significant()) … \(range.upperBound.significant())",
      measured: exponent.fixed(), holds: range.contains(exponent))
  }

  private func timeClaim(_ costs: [AttentionForm: [Cost]]) -> Claim {
    let ratios = zip(costs[.naive] ?? [], costs[.tiled] ?? []).map { $0.seconds / $1.seconds }
    return Claim(
      "内核用时之比，标准 / 分块，N = \(lengths.map { "\($0)" }.joined(separator: ", "))",
      expected: "随 N 变大：最后一个大于第一个",
      measured: ratios.map { $0.fixed() }.joined(separator: ", "),
      holds: ratios[ratios.count - 1] > ratios[0], isTimed: true)
  }

  /// Bytes by the length of the sequence, of the standard form and in tiles.
  func plot(
    _ title: String, _ lengths: [Int], standard: [Double], tiled: [Double]
  ) -> Plot {
    func curve(_ name: String, _ bytes: [Double]) -> Plot.Series {
      Plot.Series(
        name, x: lengths.prefix(bytes.count).map { Double($0) }, y: bytes.map { $0 / 1e6 })
    }
    return Plot(
      title: title, xLabel: "N", yLabel: "MB",
      series: [curve("标准", standard), curve("分块", tiled)])
  }

  func megabytes(_ bytes: Double) -> String { (bytes / 1e6).significant(3) }
}
