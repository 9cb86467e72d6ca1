import DemoKit
import Foundation
import Tensors

extension FlashAttention {
  /// Bytes of slow memory read and written, of one run forward and backward.
  private struct Traffic {
    var forward: SlowMemory
    var backward: SlowMemory
    var results: Results

    var bytes: Double { forward.bytes + backward.bytes }
    /// Numbers read and written.
    var count: Int { forward.count + backward.count }
  }

  private var tiles: TiledAttention {
    TiledAttention(fastMemory: fastMemory * 256, width: width, isCausal: mask == .causal)
  }

  private func tiledTraffic(_ inputs: Inputs, _ tiles: TiledAttention) -> Traffic {
    var (forward, backward) = (SlowMemory(), SlowMemory())
    let (output, logSumExp) = tiles.forward(inputs.q, inputs.k, inputs.v, &forward)
    let gradients = tiles.backward(
      inputs.q, inputs.k, inputs.v, output: output, logSumExp: logSumExp, slope: inputs.slope,
      &backward)
    return Traffic(
      forward: forward, backward: backward,
      results: Results(output: output, gradients: gradients))
  }

  private func standardTraffic(_ inputs: Inputs) -> Traffic {
    let standard = StandardAttention(isCausal: mask == .causal)
    var (forward, backward) = (SlowMemory(), SlowMemory())
    let (output, weights) = standard.forward(inputs.q, inputs.k, inputs.v, &forward)
    let gradients = standard.backward(
      inputs.q, inputs.k, inputs.v, weights: weights, slope: inputs.slope, &backward)
    return Traffic(
      forward: forward, backward: backward,
      results: Results(output: output, gradients: gradients))
  }

  /// Runs both forms in plain tensors and counts what they read and write.
  func tileClaims(
    _ random: RandomSource, _ emit: (DemoEvent) -> Void, _ step: () throws -> Void
  ) throws -> [Claim] {
    let tiles = tiles
    var (rows, standard, tiled): ([[String]], [Traffic], [Traffic]) = ([], [], [])
    var (betweenForms, toKernels, unpredicted) = (0.0, 0.0, 0)
    for length in trafficLengths {
      try step()
      let inputs = Inputs(length: length, width: width, random)
      let (a, b) = (standardTraffic(inputs), tiledTraffic(inputs, tiles))
      standard.append(a)
      tiled.append(b)
      betweenForms = max(betweenForms, b.results.difference(from: a.results))
      let kernels = kernelResults(.tiled, inputs)
      toKernels = max(toKernels, b.results.difference(from: kernels))
      unpredicted = max(unpredicted, Swift.abs(b.count - predictedCount(length: length, tiles)))
      rows.append([
        "\(length)", megabytes(a.forward.bytes), megabytes(b.forward.bytes),
        megabytes(a.bytes), megabytes(b.bytes), (a.bytes / b.bytes).fixed(),
      ])
      emit(.table(trafficTable(rows)))
      emit(
        .plot(
          plot(
            "慢速内存流量", trafficLengths, standard: standard.map(\.bytes), tiled: tiled.map(\.bytes))))
    }
    let exponent = try fastMemoryExponent(random, emit, step)
    let (last, lastTiled) = (standard[standard.count - 1], tiled[tiled.count - 1])
    let ratio = last.forward.bytes / lastTiled.forward.bytes
    let bothRatio = last.bytes / lastTiled.bytes
    let length = trafficLengths[trafficLengths.count - 1]
    return [
      Claim(
        "张量写的分块注意力等于标准注意力：输出与梯度的最大差", expected: "≤ 1e-05",
        measured: betweenForms.significant(2), holds: betweenForms <= 1e-5),
      Claim(
        "它也等于内核的分块注意力：输出与梯度的最大差", expected: "≤ 1e-05",
        measured: toKernels.significant(2), holds: toKernels <= 1e-5),
      Claim(
        "记账的读写次数等于公式（相差的数的个数）", expected: "0", measured: "\(unpredicted)",
        holds: unpredicted == 0),
      Claim(
        "N = \(length)，前向的慢速内存流量，标准是分块的多少倍", expected: "≥ 3",
        measured: ratio.fixed(), holds: ratio >= 3),
      Claim(
        "N = \(length)，前向加反向的流量，标准是分块的多少倍", expected: "≥ 1.5",
        measured: bothRatio.fixed(), holds: bothRatio >= 1.5),
      Claim(
        "前向的流量随快速内存 M 的幂次（公式是 −1）", expected: "−1.3 … −0.7",
        measured: exponent.fixed(), holds: (-1.3 ... -0.7).contains(exponent)),
    ]
  }

  // region: predicted
  /// The numbers that tiles read and write, forward and backward: the post's formula.
  private func predictedCount(length: Int, _ tiles: TiledAttention) -> Int {
    let seen = { (sizes: TileSizes) in  // keys that pass by, summed over the blocks of queries
      sizes.queries(of: length).reduce(0) { $0 + (mask == .causal ? $1.upperBound : length) }
    }
    let forward = 2 * length * width + length + 2 * width * seen(tiles.forwardTiles)
    let backward = 4 * length * width + length + 6 * width * seen(tiles.backwardTiles)
    return forward + backward
  }
  // endregion: predicted

  /// Counts the forward pass with more and more fast memory; gives the slope of both logarithms.
  ///
  /// The sequence is always long, so that few queries are in fast memory at a time.
  private func fastMemoryExponent(
    _ random: RandomSource, _ emit: (DemoEvent) -> Void, _ step: () throws -> Void
  ) throws -> Double {
    let inputs = Inputs(length: 2_048, width: width, random)
    var (rows, points): ([[String]], [(memory: Double, bytes: Double)]) = ([], [])
    for numbers in fastMemories {
      try step()
      let tiles = TiledAttention(
        fastMemory: numbers, width: width, isCausal: mask == .causal)
      var memory = SlowMemory()
      _ = tiles.forward(inputs.q, inputs.k, inputs.v, &memory)
      points.append((Double(numbers), memory.bytes))
      let sizes = tiles.forwardTiles
      rows.append([
        (Double(numbers) / 256).significant(), "\(sizes.queries)", "\(sizes.keys)",
        megabytes(memory.bytes),
      ])
    }
    emit(
      .table(
        Table(
          title: "快速内存与前向流量（N = 2048）",
          header: ["M（KiB）", "Br", "Bc", "流量（MB）"], rows: rows)))
    let (first, last) = (points[0], points[points.count - 1])
    return log(last.bytes / first.bytes) / log(last.memory / first.memory)
  }

  private func trafficTable(_ rows: [[String]]) -> Table {
    Table(
      title: "慢速内存流量（MB）",
      header: ["N", "标准，前向", "分块，前向", "标准，前向+反向", "分块，前向+反向", "倍数"], rows: rows)
  }
}
