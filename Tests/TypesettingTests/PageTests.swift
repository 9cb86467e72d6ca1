import Canvas
import Markdown
import TestSupport
import Testing
import Typesetting

/// A whole page of every kind of block, as text.
struct PageTests {
  static let post = #"""
    ## 前向过程：逐步加噪

    扩散模型（diffusion model）把图像 $x_0$ 逐步加噪，得到 $x_1, x_2, \ldots, x_T$。每一步只加一点点
    高斯噪声，**方差表** $\beta_t$ 事先给定，因此 *不需要学习*。见 [DDIM](ddim.md#采样) 一文[^1]，
    代码是 `x_t = sqrt(alpha_bar[t]) * x_0 + sqrt(1 - alpha_bar[t]) * epsilon`。

    $$
    x_t = \sqrt{\bar{\alpha}_t}\,x_0 + \sqrt{1-\bar{\alpha}_t}\,\varepsilon
    $$

    ### 小结

    - 第一项：均值按 $\sqrt{\bar\alpha_t}$ 衰减，方差趋于 95%，而且不会因为步数增加就变得更大。
    - 第二项
      1. 内层一
      2. 内层二，公式如下
         $$\frac{1}{2}$$
    - [x] 已完成
    - [ ] 未完成

    > “拆楼”容易，“建楼”难。——某人……
    > > 再引一层

    | 方法 | 步数 | 说明 |
    |:-----|-----:|:----:|
    | DDPM | 1000 | 每一步都采样，质量好，但是很慢，要等好几分钟 |
    | DDIM | 50 | $\eta=0$ 时确定性 |

    ```swift
    /// 一步采样。
    func step(_ x: Tensor, t: Int) -> Tensor { x * 0.5 + "a".count }
    ```

    ***

    最后一段很长的网址 https://example.com/a/very/long/address/that/does/not/fit?on=the&line=of-text 结束。

    ```demo
    steps = 50
    ```

    [^1]: Ho, Jain, Abbeel. *Denoising diffusion probabilistic models*. 2020.
    """#

  private func page(width: Int) throws -> String {
    let head = Typesetter.Head(
      title: "DDPM：拆楼与建楼", category: "生成模型", date: "2026-01-11", tags: ["扩散模型", "采样"])
    let document = try MarkdownParser.parse(PageTests.post)
    return PlainText.text(
      of: Typesetter(
        document: document, options: .init(width: width, theme: .plain, fitsWidth: true, head: head)
      ))
  }

  @Test(arguments: [40, 60, 80, 120])
  func `a page of every kind of block`(width: Int) throws {
    expectSnapshot(try page(width: width), named: "page-\(width)")
  }
}
