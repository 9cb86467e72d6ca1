import Foundation
import Posts
import TestSupport
import Testing

@Suite struct SnippetTests {
  private func snippet(_ query: String, _ markdown: String) throws -> SearchResult.Snippet {
    let library = try PostLibrary.holding([Post("p", title: "题", category: "", markdown)])
    return try #require(library.search(SearchQuery(query)).first).snippet
  }

  private func words(_ snippet: SearchResult.Snippet) -> [String] {
    let characters = Array(snippet.text)
    return snippet.matches.map { String(characters[$0]) }
  }

  @Test func `begins with the sentence that has the match`() throws {
    let filler = String(repeating: "这一句话与问题无关。", count: 30)
    let found = try snippet("采样", filler + "然后逐步采样得到图像。" + filler)
    #expect(found.text.hasPrefix("…然后逐步采样得到图像。"))
    #expect(found.text.hasSuffix("…"))
    #expect(words(found) == ["采样"])
  }

  @Test(arguments: 1...16) func `does not begin with a closing mark`(length: Int) throws {
    let filler = String(repeating: String(repeating: "长", count: length) + "，", count: 40)
    let found = try snippet("采样", filler + "采样很慢。")
    #expect(found.text.hasPrefix("…"))
    #expect(!found.text.hasPrefix("…，"))
    #expect(found.text.hasSuffix("采样很慢。"))
  }

  @Test func `shows the place with most of the words`() throws {
    let found = try snippet("梯度 步长", "梯度。\n\n步长。\n\n梯度乘以步长。")
    #expect(found.text == "梯度乘以步长。")
    #expect(words(found) == ["梯度", "步长"])
  }

  @Test func `keeps the words of the post and not those of the index`() throws {
    let found = try snippet("batchnorm", "用 **BatchNorm2d** 与 [残差](x.md) 连接。")
    #expect(found.text == "用 BatchNorm2d 与 残差 连接。")
    #expect(words(found) == ["BatchNorm2d"])
  }

  @Test func `never cuts a formula or a character`() throws {
    let formula = "\\frac{\\alpha_{t}\\beta_{t}}{\\sqrt{1-\\bar\\alpha_t}}"
    let seed: UInt64 = 5
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let parts = (0..<40).map { _ in
        ["文字", "👩‍👩‍👧", "e\u{301}", " $\(formula)$ ", "目标", "，"].randomElement(using: &generator)
          ?? ""
      }
      let markdown = parts.joined() + "终点" + parts.reversed().joined()
      let found = try snippet("终点", markdown)
      let plain = markdown.replacingOccurrences(of: "$", with: "")
      let text = found.text.split(separator: "…").joined()
      #expect(plain.contains(text), "seed \(seed)")
      let opened = text.components(separatedBy: "\\frac").count
      let whole = text.components(separatedBy: formula).count
      #expect(opened == whole, "seed \(seed): \(text)")
      #expect(words(found) == ["终点"], "seed \(seed)")
      #expect(found.text.count <= 152)
    }
  }

  @Test func `a formula stands as it is read unless its TeX alone was asked for`() throws {
    let markdown = "预测噪声 $\\epsilon_\\theta(x_t,t)$ 的网络。"
    let read = "预测噪声 ε_θ(xₜ, t) 的网络。"
    let plain = try snippet("噪声", markdown)
    #expect(plain.text == read)
    #expect(words(plain) == ["噪声"])
    #expect(words(SearchResult.Snippet(text: read, matches: plain.wholes)) == ["噪声", "ε_θ(xₜ, t)"])
    let found = try snippet("\\epsilon_\\theta", markdown)
    #expect(found.text == read)
    #expect(words(found) == ["ε_θ"])
    let source = try snippet("theta(x_t,t", markdown)
    #expect(source.text == "预测噪声 \\epsilon_\\theta(x_t,t) 的网络。")
    #expect(words(source) == ["theta(x_t,t"])
  }

  @Test func `a formula on several lines is one line`() throws {
    let found = try snippet("噪声", "第一行。\n\n预测噪声\n$\\alpha\n\\le \\beta$ 的\n网络。\n\n最后。")
    #expect(found.text == "预测噪声\\alpha \\le \\beta 的网络。")
  }

  @Test func `a formula longer than a snippet is whole`() throws {
    let formula = (1...60).map { "x_{\($0)}" }.joined(separator: "+")
    let found = try snippet("x_7", "和是 $\(formula)$ 与别的。")
    #expect(found.text.contains(formula))
  }

  @Test func `a very long line is cut near the match`() throws {
    let filler = String(repeating: "长行", count: 50_000)
    let found = try snippet("终点", filler + "终点" + filler)
    #expect(words(found) == ["终点"])
    #expect(found.text.hasPrefix("…长行") || found.text.hasPrefix("…行"))
    #expect(found.text.hasSuffix("…"))
  }

  @Test func `a post without text has an empty snippet`() throws {
    let found = try snippet("题", "")
    #expect(found == SearchResult.Snippet(text: ""))
  }
}
