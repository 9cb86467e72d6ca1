package import DemoKit
package import Tensors

/// How far a generated sample is from held-out data, beside how far real samples are.
package struct SampleQuality {
  private let heldOut: SampleSet
  private let noise: SampleSet
  private let distance: SlicedWasserstein
  /// Distances of real samples to the one held out.
  private let realDistances: [Double]

  /// How many groups a generated sample is cut into: one distance alone would be left to luck.
  package static let groups = 4
  /// How much farther than real samples a generated one may be to count as close.
  private static let tolerance = 1.5

  package init(_ split: DiffusionData.Split, _ random: RandomSource) {
    var random = random
    heldOut = split.heldOut
    noise = SampleSet(random.normal([heldOut.count, heldOut.dimension]))
    let distance = SlicedWasserstein(dimension: heldOut.dimension, &random)
    self.distance = distance
    realDistances = split.references.map { distance($0, split.heldOut) }
  }

  /// Both the generated sample and real ones, and pure noise for scale.
  package func table(of generated: SampleSet) -> Table {
    func row(_ name: String, _ distances: [Double]) -> [String] {
      let (nearest, farthest) = (distances.min() ?? 0, distances.max() ?? 0)
      return [
        name, "\(distances.count)", mean(distances).fixed(4),
        "\(nearest.fixed(4))–\(farthest.fixed(4))",
      ]
    }
    return Table(
      title: "到留出数据的 sliced Wasserstein 距离（每组 \(heldOut.count) 个样本）",
      header: ["样本", "组数", "平均", "范围"],
      rows: [
        row("生成", distances(of: generated)), row("另一批真实数据", realDistances),
        row("纯噪声 N(0, I)", [distance(noise, heldOut)]),
      ])
  }

  package func claim(about generated: SampleSet) -> Claim {
    let real = mean(realDistances)
    let limit = Self.tolerance * real
    let measured = mean(distances(of: generated))
    return Claim(
      "生成样本到留出数据的平均距离，接近真实样本之间的平均距离",
      expected: "≤ \(limit.fixed(4))（真实对真实 \(real.fixed(4)) 的 \(Self.tolerance) 倍）",
      measured: measured.fixed(4), holds: measured <= limit)
  }

  /// The distance of each group of the generated sample.
  private func distances(of generated: SampleSet) -> [Double] {
    let size = heldOut.count
    return (0..<generated.count / size).map { group in
      distance(generated.selecting(Array(group * size..<(group + 1) * size)), heldOut)
    }
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}
