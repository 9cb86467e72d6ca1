import Markdown
import TestSupport
import Testing
import Typesetting

/// A post as an HTML page: whole, closed, and with nothing in it that acts.
struct HTMLPageTests {
  private func page(_ markdown: String, title: String = "题") throws -> String {
    HTMLPage(
      document: try MarkdownParser.parse(markdown),
      head: .init(title: title, category: "生成模型", date: "2026-01-11", tags: ["扩散"]),
      demo: "downlink run ddpm"
    ).lines.joined(separator: "\n") + "\n"
  }

  private func body(_ markdown: String) throws -> String {
    let page = try page(markdown)
    let start = try #require(page.firstRange(of: "</header>\n")).upperBound
    let end = try #require(page.firstRange(of: "\n</main>")).lowerBound
    return start < end ? String(page[start..<end]) : ""
  }

  @Test func `a post becomes this page`() throws {
    expectSnapshot(
      try page(
        #"""
        正文**粗**与*斜*，`a < b`，[别篇](../x/ddim.md#采样)、[网](https://example.org?a=1&b=2)。
        软换行
        不留空 and
        does.

        ## 公式

        行内 $p_\theta(x) = 10^{-3}$，见 \eqref{e:a}。

        $$
        \newcommand{\E}{\mathbb{E}}
        \E_{q}\left[\frac{a}{\sqrt{b}}\right] \leq \sum_{i=1}^{N} \max_a Q
        $$

        \begin{align}
        a &= b \label{e:a} \\
        c &= d \nonumber
        \end{align}

        | 量 | 值 |
        |:--|--:|
        | $\|x\|$ | 1 |

        - [x] 做了
        - 没做[^1]

        [^1]: 脚注。

        ```swift
        let x = "a&b"  // 注
        ```

        ```demo
        ```
        """#), named: "page.html")
  }

  @Test(arguments: [
    ("<script>alert(1)</script>后", "<p>后</p>"),
    ("<img src=x onerror=alert(1)>", "<p>[]</p>"),
    ("a <b onclick=\"x\">b</b>", "<p>a b</p>"),
    ("[x](javascript:alert(1))", "<p>x</p>"),
    ("[x](data:text/html,x)", "<p>x</p>"),
    ("[x](//evil.org/a)", "<p>x</p>"),
    ("![图](https://evil.org/a.png)", "<p>[图]</p>"),
    ("![图](a.png)", "<p><img src=\"a.png\" alt=\"图\"></p>"),
    ("[\"><script>](a.md)", "<p><a href=\"a.html\">&quot;&gt;</a></p>"),
    ("`</code><script>`", "<p><code>&lt;/code&gt;&lt;script&gt;</code></p>"),
    ("$\\frac{1}{$", "<p><code class=\"broken\">$\\frac{1}{$</code></p>"),
  ])
  func `nothing of a post acts`(markdown: String, expected: String) throws {
    #expect(try body(markdown) == expected)
  }

  @Test func `a title is text`() throws {
    let page = try page("文", title: "</title><script>x</script>")
    #expect(!page.contains("<script"))
  }
}
