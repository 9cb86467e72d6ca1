import DemoKit
import Foundation
import Posts

/// A small library for the tests of the reader.
enum Fixtures {
  static let posts = [sampling, gradients, optimiser]

  static let sampling = post(
    "ddim", "DDIM：更快的采样", "Denoising diffusion implicit models", "2026-01-11", "生成模型",
    tags: ["扩散模型", "采样"], summary: "不改训练，只改采样：五十步代替一千步。", demo: "ddim",
    references: ["Song, Meng, Ermon. Denoising diffusion implicit models. 2020. arXiv:2010.02502"],
    """
    扩散模型的采样很慢：要走一千步。DDIM 换一种走法，训练好的网络不变，只走五十步，图像几乎一样好。
    训练的推导见 [梯度一文](gradients.md#链式法则)，这里只讲采样。

    ## 采样公式

    已知 $x_t$ 与预测的噪声 $\\epsilon_\\theta$，下一步是

    $$
    x_{t-1} = \\sqrt{\\bar\\alpha_{t-1}} \\frac{x_t - \\sqrt{1-\\bar\\alpha_t}\\,\\epsilon_\\theta}{\\sqrt{\\bar\\alpha_t}} + \\sqrt{1-\\bar\\alpha_{t-1}}\\,\\epsilon_\\theta
    $$

    ```swift
    func step(_ x: Tensor, at t: Int) -> Tensor {
      let noise = model(x, time: t)  // 预测的噪声，形状与 x 相同；这一行很长很长，会超出窗口的右边
      return sqrt(previous) * clean(x, noise) + sqrt(1 - previous) * noise
    }
    ```

    | 步数 | 误差 | 说明 |
    |--:|--:|:--|
    | 50 | 0.021 | 看不出差别 |
    | 10 | 0.094 | 开始模糊 |

    ## 试一试

    ```demo
    steps = 20
    ```

    走得越少，误差越大。[外面的论文](https://arxiv.org/abs/2010.02502) 有更多数字。[^1]

    ## 局限

    步数太少时，采样的图像会变得模糊。

    [^1]: 误差是与一千步结果的均方差。
    """)

  static let gradients = post(
    "gradients", "梯度：从定义到反向传播", "Gradients", "2025-12-02", "Python", tags: ["自动求导"],
    summary: "链式法则怎样变成一次反向传播。",
    """
    梯度指出函数上升最快的方向。

    ## 链式法则

    复合函数的导数是各段导数的乘积。采样与它无关。

    ## 反向传播

    从输出走回输入，每一步乘一个雅可比矩阵。
    """)

  static let optimiser = post(
    "adamw", "AdamW：权重衰减", "Decoupled weight decay", "2026-02-01", "生成模型", tags: ["优化"],
    summary: "权重衰减与梯度分开。", "权重衰减不该经过梯度。\n\n" + String(repeating: "一段话。\n\n", count: 60))

  static let demos = [
    DemoDescription(
      id: DemoID("ddim"), summary: "用五十步代替一千步采样，看误差怎样变。",
      parameters: [
        ParameterDescription(
          name: "steps", bounds: .integer(1...1000), standard: .integer(50), quick: .integer(5),
          thorough: .integer(500)),
        ParameterDescription(
          name: "eta", bounds: .real(0...1), standard: .real(0), quick: .real(0),
          thorough: .real(0)),
        ParameterDescription(
          name: "schedule", bounds: .names(["linear", "cosine"]), standard: .name("linear"),
          quick: .name("linear"), thorough: .name("cosine")),
        ParameterDescription(
          name: "deterministic", bounds: .boolean, standard: .boolean(true), quick: .boolean(true),
          thorough: .boolean(true)),
      ])
  ]

  /// What a run of the demo says: text, a curve, two plots, a table, a picture and claims.
  static let messages: [DemoMessage] =
    [
      .started(id: DemoID("ddim"), settings: [.init(name: "steps", value: .integer(20))]),
      .event(.text("用 20 步采样 512 个点。")),
    ]
    + (0..<40).map { step in
      .event(.metric(name: "loss", step: step, value: 1 / (1 + 0.2 * Double(step))))
    } + [
      .event(.plot(plot)),
      .event(
        .table(
          Table(title: "误差", header: ["步数", "误差"], rows: [["50", "0.021"], ["10", "0.094"]]))),
      .event(.image(picture)),
      .event(.claim(Claim("五十步够用", expected: "< 0.05", measured: "0.021", holds: true))),
      .event(.claim(Claim("十步也够用", expected: "< 0.05", measured: "0.094", holds: false))),
    ]

  static let plot = Plot(
    title: "轨迹", xLabel: "t",
    series: [
      Plot.Series("均值", x: (0..<50).map { Double($0) }, y: (0..<50).map { sin(Double($0) / 8) }),
      Plot.Series(
        "样本", kind: .scatter, x: (0..<50).map { Double($0) },
        y: (0..<50).map { cos(Double($0) / 5) / 2 }),
    ])

  static let picture = Image(
    title: "圆", width: 16, height: 16,
    pixels: (0..<256).map { index in
      let (x, y) = (Float(index % 16) - 7.5, Float(index / 16) - 7.5)
      return max(0, 1 - (x * x + y * y) / 60)
    })

  /// Posts whose text holds the query, with a snippet around the first place.
  static func results(of query: SearchQuery, in posts: [Post]) -> [SearchResult] {
    let wanted = query.text.trimmingCharacters(in: .whitespaces)
    return posts.compactMap { post in
      for (number, line) in post.markdown.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        guard let range = line.range(of: wanted) else { continue }
        let start = line.distance(from: line.startIndex, to: range.lowerBound)
        return SearchResult(
          post: post.summary, heading: "",
          snippet: .init(text: String(line), matches: [start..<start + wanted.count]),
          line: number + 1)
      }
      return nil
    }
  }

  /// Results of each kind that holds something else than was typed.
  static var meantResults: [SearchResult] {
    let origins: [SearchResult.Origin] = [
      .pinyin("扩散"), .spelling("cousin"), .anyWord, .alias("diffusion model"), .withoutSigns,
    ]
    let text = "网络 ε_θ(xₜ, t) = √ᾱₜ x₀ + √(1−ᾱₜ) ϵ 预测噪声，扩散的每一步都由它决定，一步步还原。"
    return zip(origins, posts + posts).map { origin, post in
      SearchResult(
        post: post.summary, heading: "训练目标与采样公式的推导",
        snippet: .init(text: text, matches: [38..<40], wholes: [3..<29]), line: 1, origin: origin)
    }
  }

  private static func post(
    _ slug: String, _ title: String, _ titleEnglish: String, _ date: String, _ category: String,
    tags: [String], summary: String, demo: String? = nil, references: [String] = [],
    _ markdown: String
  ) -> Post {
    guard let slug = Slug(slug) else { preconditionFailure("\(slug) is no slug") }
    return Post(
      summary: PostSummary(
        slug: slug, title: title, titleEnglish: titleEnglish, date: date, category: category,
        tags: tags, summary: summary, demo: demo),
      references: references, markdown: markdown)
  }
}
