import Foundation
import Subprocess
import SystemPackage

/// From the key that opens a long post to its first screen, and pagers on the same text.
///
/// less shows the Markdown as it is; w3m the page that `read --format html` makes of it.
var firstScreenBenchmarks: [Benchmark] {
  let sizes: [(name: String, bytes: Int, bound: Double)] = [
    ("1 KB", 1 << 10, 0.050), ("200 KB", 200 << 10, 0.050), ("1 MB", 1000 << 10, 0.100),
  ]
  return sizes.flatMap { size in
    [
      Benchmark(
        seconds: "post of \(size.name) to its first screen", by: .wall,
        bound: .atMost(size.bound, target: size.bound)
      ) { effort in
        try await BuiltReader.withPost(LongPost.markdown(bytes: size.bytes)) { reader, _ in
          try await reader.repeated(effort) {
            try await PseudoTerminal().secondsToOpen(with: reader.program, reader.environment)
          }
        }
      },
      pager("less", of: size.name, size.bytes),
      pager("w3m", of: size.name, size.bytes, isHTML: true),
    ].compactMap(\.self)
  }
}

/// Nil where the pager is not installed.
private func pager(
  _ program: String, of name: String, _ bytes: Int, isHTML: Bool = false
) -> Benchmark? {
  let path = "/usr/bin/\(program)"
  guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
  return Benchmark(seconds: "\(program) with the same \(name)", by: .wall) { effort in
    try await BuiltReader.withPost(LongPost.markdown(bytes: bytes)) { reader, file in
      var shown = file
      if isHTML {
        shown = file + ".html"
        try await reader.run(["read", "long", "--format", "html"], output: shown)
      }
      return try await reader.repeated(effort) {
        try await PseudoTerminal().secondsToFirstLine(
          of: path, [shown], reader.environment, marked: LongPost.mark)
      }
    }
  }
}

/// A post as long as wanted, of prose, formulas, code, tables and lists in turn.
enum LongPost {
  /// Stands on the first screen of every program.
  static let mark = "LAST"

  static func markdown(bytes: Int) -> String {
    var text = "---\ntitle: Long\ndate: 2999-01-01\n---\n\n"
    text += (1...4).map { "Line \($0)\n\n" }.joined() + mark + "\n\n"
    var number = 0
    while text.utf8.count < bytes {
      number += 1
      text += section(number)
    }
    return text
  }

  private static func section(_ number: Int) -> String {
    """
    ## 第 \(number) 节：去噪的一步

    给定 $x_t$，网络预测噪声 $\\epsilon_\\theta(x_t, t)$，于是均值由 **两项** 组成，它们的权重由
    $\\bar\\alpha_t = \\prod_{s=1}^{t} \\alpha_s$ 决定；`step(\(number))` 每次只走一步，所以采样很慢，也很稳。

    $$
    \\mu_\\theta(x_t, t) = \\frac{1}{\\sqrt{\\alpha_t}}
      \\left(x_t - \\frac{1 - \\alpha_t}{\\sqrt{1 - \\bar\\alpha_t}} \\epsilon_\\theta(x_t, t)\\right)
    $$

    - 第一点：方差可以固定，也可以学习。
    - 第二点：步数 \(number) 越多，误差越小。

    ```swift
    func step(_ x: Tensor, t: Int) -> Tensor {
      let mean = (x - beta[t] * noise(x, t)) / sqrt(alpha[t])  // 第 \(number) 步
      return mean + sigma[t] * randomNormal(x.shape)
    }
    ```

    | 方法 | 步数 | 说明 |
    |:--|--:|---|
    | DDPM | 1000 | 每一步都采样 |
    | DDIM | \(number) | 确定性的，$\\eta = 0$ |


    """
  }
}
