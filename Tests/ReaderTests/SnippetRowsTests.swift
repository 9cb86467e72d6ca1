import Canvas
import Foundation
import Posts
import Reader
import TestSupport
import Testing

struct SnippetRowsTests {
  private let match = Style(attributes: [.bold])

  private func lines(_ text: String, _ word: String, width: Int, count: Int) throws -> [Line] {
    let range = try #require(text.range(of: word))
    let start = text.distance(from: text.startIndex, to: range.lowerBound)
    let snippet = SearchResult.Snippet(text: text, matches: [start..<start + word.count])
    return SnippetRows(snippet, match: match).lines(width: width, count: count)
  }

  private func marked(_ lines: [Line]) -> String {
    lines.flatMap(\.spans).filter { $0.style == match }.map(\.text.string).joined()
  }

  @Test func `the first match can be seen at every width`() throws {
    let text =
      "…训练好的网络不变，only the sampler changes；换一种走法，五十步就得到几乎一样好的图像，采样快了二十倍。The rest stays…"
    for word in ["训练", "sampler", "图像", "采样", "rest"] {
      for width in 12...90 {
        for count in 1...2 {
          let lines = try lines(text, word, width: width, count: count)
          #expect(marked(lines) == word, "\(word) at \(width): \(lines.map(\.text))")
          #expect(lines.count <= count)
          #expect(lines.allSatisfy { $0.width() <= width })
        }
      }
    }
  }

  @Test func `rows break between words and say where something is left out`() throws {
    let lines = try lines(
      "…the lower bound of the evidence, ELBO for short, is 证据下界。", "bound", width: 24, count: 2)
    #expect(lines.map(\.text) == ["…the lower bound of the", "evidence, ELBO for…"])
  }

  @Test func `a formula is not divided where it fits a row`() throws {
    let snippet = SearchResult.Snippet(
      text: "网络预测的噪声是 ε_θ(xₜ, t) 而不是 x₀", matches: [], wholes: [9..<19])
    let lines = SnippetRows(snippet, match: match).lines(width: 20, count: 2)
    #expect(lines.map(\.text) == ["网络预测的噪声是", "ε_θ(xₜ, t) 而不是 x₀"])
  }

  @Test func `a tab does not move the marks`() throws {
    let lines = try lines("\tfor x in\tsampler: y", "sampler", width: 40, count: 1)
    #expect(marked(lines) == "sampler")
  }
}
