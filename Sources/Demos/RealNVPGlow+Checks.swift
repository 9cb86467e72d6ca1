import DemoKit
import NN
import Tensors

extension RealNVPGlow {
  /// A flow is what it says: it can be run backwards, and its log-determinant is the Jacobian's.
  func exactnessClaims(_ flow: TrainedFlow, _ data: FlowData) -> [Claim] {
    let name = flow.kind.name
    let roundTrip = noGrad { () -> Double in
      let images = data.heldOut + 0.5
      let back = flow.model.decoded(flow.model.encoded(images).z)
      return zip(back.scalars, images.scalars).reduce(0) { max($0, Double(abs($1.0 - $1.1))) }
    }
    let gaps = [0, 100, 200].map { determinantGap(flow.model, data.heldOut[$0] + 0.5) }
    let gap = gaps.max() ?? .infinity
    return [
      Claim(
        "\(name)：留出图片编码再解码的最大误差（灰度级，全程 17 级）", expected: "≤ 0.001",
        measured: roundTrip.significant(2), holds: roundTrip <= 0.001),
      Claim(
        "\(name)：log|det| 与自动微分的雅可比行列式之差（3 张图片的最大值，nats）",
        expected: "≤ 0.001", measured: gap.significant(2), holds: gap <= 0.001),
    ]
  }

  // region: jacobian
  /// How far the model's log-determinant at an image is from that of the whole Jacobian.
  ///
  /// The image is copied once for each coordinate of `z`; one walk back with the unit matrix as seed
  /// then gives all rows of the Jacobian.
  private func determinantGap(_ model: FlowModel, _ image: Tensor) -> Double {
    let count = image.count
    let unit = oneHot(Indices(Array(0..<count)), width: count)
    let copies = Tensor.variable(
      image.broadcasted(to: [count, count]), on: model.parameters.tape)
    let (z, logDeterminant) = model.encoded(copies)
    let claimed = logDeterminant.scalars[0]
    z.backward(with: unit)
    let jacobian = copies.gradient ?? unit
    return Double(abs(signAndLogDeterminant(jacobian).logarithm.item - claimed))
  }
  // endregion: jacobian

  /// The mean difference in bits between two flows on the same images, with its interval.
  struct Comparison {
    let first: Kind
    let second: Kind
    let mean: Double
    let interval: ClosedRange<Double>

    // region: interval
    init(_ first: TrainedFlow, _ second: TrainedFlow, _ random: RandomSource) {
      (self.first, self.second) = (first.kind, second.kind)
      let differences = first.heldOutBits - second.heldOutBits  // [runs, N]
      var random = random
      mean = Double(differences.mean().item)
      interval = Bootstrap(replicates: 1_000).interval(ofMean: differences, &random)
    }
    // endregion: interval

    var figures: String {
      "\(mean.fixed(3))（\(interval.lowerBound.fixed(3)) 到 \(interval.upperBound.fixed(3))）"
    }
  }

  func comparisons(of flows: [TrainedFlow], _ random: RandomSource) -> [Comparison] {
    let pairs: [(Kind, Kind)] = [
      (.convolution, .nice), (.convolution, .reverse), (.shuffle, .reverse),
      (.convolution, .shuffle),
    ]
    return pairs.compactMap { first, second in
      guard let first = flows.first(where: { $0.kind == first }),
        let second = flows.first(where: { $0.kind == second })
      else { return nil }
      return Comparison(first, second, random)
    }
  }

  func table(of comparisons: [Comparison]) -> Table {
    Table(
      title: "每维比特数之差（逐次、逐图配对，自助法 95% 区间）", header: ["甲", "乙", "甲 − 乙"],
      rows: comparisons.map { [$0.first.name, $0.second.name, $0.figures] })
  }

  /// All but the last comparison, of which neither sign is claimed.
  func claims(about comparisons: [Comparison]) -> [Claim] {
    comparisons.dropLast().map { comparison in
      Claim(
        "\(comparison.first.name) 的每维比特数低于 \(comparison.second.name)",
        expected: "差的 95% 区间在 0 以下", measured: comparison.figures,
        holds: comparison.interval.upperBound < 0)
    }
  }
}
