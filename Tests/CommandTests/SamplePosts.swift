/// Posts made for the tests, so that transcripts do not change with the blog.
enum SamplePosts {
  static let all = ["sampling.md": sampling, "policy.md": policy]

  static let sampling = """
    ---
    title: 采样：从噪声到数据
    title_en: Sampling
    date: 2026-01-11
    category: 生成模型
    tags: [扩散模型, 采样]
    summary: 一个很短的例子。
    references:
      - "Ho, Jain, Abbeel. 2020. arXiv:2006.11239"
    ---

    我们先谈**采样**，再看 $\\epsilon_\\theta(x_t)$。

    ## 公式

    $$
    x_{t-1} = \\frac{1}{\\sqrt{\\alpha_t}} x_t + \\sigma_t z
    $$

    | 步数 | 距离 |
    |--:|:--|
    | 50 | 0.1 |

    另见[策略](policy.md)。
    """

  static let policy = """
    ---
    title: 策略梯度
    title_en: Policy gradients
    date: 2026-01-12
    category: 强化学习
    tags: [梯度]
    summary: 第二个例子。
    ---

    梯度上升。

    ```swift
    let step = 0.1  // 步长
    ```
    """
}
