import Canvas
import Formula
import Markdown
import Testing
import Typesetting

/// Small posts whose equations were numbered by hand: what is found, numbered and referred to.
struct MarkedPostsTests {
  @Test(arguments: markedPosts)
  func `equations are found and numbered, references lead to them`(post: MarkedPost) throws {
    let typesetter = Typesetter(
      document: try MarkdownParser.parse(post.markdown), options: .init(width: 60))
    let lines = typesetter.lines
    #expect(lines.compactMap(number) == post.numbers)
    let references = lines.flatMap { line in
      line.targets.compactMap { target -> String? in
        guard case .equation(let block, _) = target.kind else { return nil }
        let shown = line.line.text.slice(target.columns)
        let isThere = typesetter.lines(ofBlock: block).contains { number($0) != nil }
        return isThere ? shown : "\(shown) leads nowhere"
      }
    }
    #expect(references == post.references)
    let text = lines.map(\.line.text).joined(separator: "\n")
    for piece in post.shows { #expect(text.contains(piece), "\(piece) in\n\(text)") }
    #expect(!text.contains("\\"), "\(text)")
  }

  /// What stands in parentheses at the right edge of a row of a formula.
  private func number(_ line: TypesetLine) -> String? {
    guard line.targets.contains(where: { $0.columns.count > 30 }) else { return nil }
    let text = line.line.text
    guard let match = text.firstMatch(of: /\ \(([^()]+)\)$/),
      DisplayWidth.standard.columns(of: text) >= 58
    else { return nil }
    return String(match.1)
  }
}

/// A post and what must come out of it.
struct MarkedPost: Sendable, CustomTestStringConvertible {
  let name: String
  let markdown: String
  /// Numbers and tags at the right edge, in order.
  var numbers: [String] = []
  /// What references show that lead to an equation.
  var references: [String] = []
  /// What the page must hold.
  var shows: [String] = []

  var testDescription: String { name }
}

extension String {
  /// The characters at some columns, for text in which each takes one.
  fileprivate func slice(_ columns: Range<Int>) -> String {
    var column = 0
    var found = ""
    for character in self {
      if columns.contains(column) { found.append(character) }
      column += DisplayWidth.standard.columns(of: character)
    }
    return found
  }
}

private func equation(_ body: String, _ name: String = "equation") -> String {
  "\n\\begin{\(name)}\n\(body)\n\\end{\(name)}\n"
}

let markedPosts = [
  MarkedPost(
    name: "a bare equation between paragraphs",
    markdown: "前文\n\(equation("x_t = \\alpha x_0"))\n后文", numbers: ["1"], shows: ["xₜ = αx₀"]),
  MarkedPost(
    name: "an equation that touches its paragraph",
    markdown: "前文\(equation("x = 1\\label{eq:a}"))后文，由\\eqref{eq:a}得", numbers: ["1"],
    references: ["(1)"], shows: ["前文", "后文，由(1)得"]),
  MarkedPost(
    name: "a reference before its equation",
    markdown: "见下面的$\\eqref{eq:later}$。\n\(equation("y = 2 \\label{eq:later}"))",
    numbers: ["1"], references: ["(1)"]),
  MarkedPost(
    name: "rows of align, one without a number",
    markdown: equation("a &= b \\\\\nc &= d \\nonumber \\\\\ne &= f \\label{eq:e}", "align")
      + "\n\\ref{eq:e}是最后一个。", numbers: ["1", "2"], references: ["2"]),
  MarkedPost(
    name: "starred forms take no number",
    markdown: equation("a &= b", "align*") + equation("c", "equation*") + equation("d"),
    numbers: ["1"]),
  MarkedPost(
    name: "dollars take no number",
    markdown: "$$\na = b\n$$\n\n\\[ c = d \\]\n\n```math\ne = f\n```\n" + equation("g = h"),
    numbers: ["1"], shows: ["a = b", "c = d", "e = f"]),
  MarkedPost(
    name: "a tag instead of a number",
    markdown: equation("a = b \\tag{7}\\label{eq:t}") + equation("c = d") + "\n由\\eqref{eq:t}。",
    numbers: ["7", "1"], references: ["(7)"]),
  MarkedPost(
    name: "a tag in dollars",
    markdown: "$$a = b \\tag{3.1}\\label{x}$$\n\n如$\\eqref{x}$", numbers: ["3.1"],
    references: ["(3.1)"]),
  MarkedPost(
    name: "gather numbers its rows",
    markdown: equation("a = b \\\\ c = d", "gather"), numbers: ["1", "2"]),
  MarkedPost(
    name: "multline takes one number",
    markdown: equation("a + b \\\\ + c + d", "multline") + equation("e"), numbers: ["1", "2"]),
  MarkedPost(
    name: "eqnarray and alignat",
    markdown: equation("a &=& b", "eqnarray") + "\n\\begin{alignat}{2}x &= y\\end{alignat}\n",
    numbers: ["1", "2"]),
  MarkedPost(
    name: "an equation with aligned rows inside takes one",
    markdown: equation("\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}\\label{eq:s}")
      + "\n两式合称\\eqref{eq:s}", numbers: ["1"], references: ["(1)"]),
  MarkedPost(
    name: "equations in a list",
    markdown: "1. 一\n\n   \\begin{equation}\n   a = b\n   \\end{equation}\n\n2. 二\n\n"
      + "   \\begin{equation}\n   c = d\\label{eq:c}\n   \\end{equation}\n\n其中\\eqref{eq:c}",
    numbers: ["1", "2"], references: ["(2)"]),
  MarkedPost(
    name: "equations in a quote",
    markdown: "> 引\n>\n> \\begin{equation}\n> a_1 = b\n> \\end{equation}\n>\n> 完",
    numbers: ["1"], shows: ["a₁ = b"]),
  MarkedPost(
    name: "a label that no equation has",
    markdown: "见\\eqref{eq:none}。" + equation("a"), numbers: ["1"], shows: ["见(??)。"]),
  MarkedPost(
    name: "an environment in code is code",
    markdown: "```\nbegin{equation}\n```\n" + equation("a = b"), numbers: ["1"],
    shows: ["begin{equation}"]),
  MarkedPost(
    name: "macros of the post in a numbered equation",
    markdown: "$\\newcommand{\\eps}{\\boldsymbol{\\epsilon}}$\n" + equation("x = \\eps_t"),
    numbers: ["1"], shows: ["x = ϵₜ"]),
  MarkedPost(
    name: "two references in one sentence, one in a table",
    markdown: equation("a = 1\\label{a}") + equation("b = 2\\label{b}")
      + "\n由\\eqref{a}和$\\eqref{b}$。\n\n| 式 | 值 |\n|---|---|\n| $\\eqref{b}$ | 2 |\n",
    numbers: ["1", "2"], references: ["(1)", "(2)", "(2)"]),
  MarkedPost(
    name: "Chinese in a formula and in its tag",
    markdown: equation("\\text{损失} = L \\tag{式}") + equation("\\text{若 } x > 0"),
    numbers: ["式", "1"], shows: ["损失 = L", "若 x > 0"]),
  MarkedPost(
    name: "a bold reference, and one in a heading",
    markdown: "## 推导\\eqref{h}\n" + equation("h = 1\\label{h}") + "\n**由\\eqref{h}可知**，成立。",
    numbers: ["1"], references: ["(1)", "(1)"], shows: ["推导(1)", "由(1)可知，成立。"]),
  MarkedPost(
    name: "money beside a reference",
    markdown: "价 $5 和 $6，见\\eqref{m}。" + equation("m = 5\\label{m}"), numbers: ["1"],
    references: ["(1)"], shows: ["价 $5 和 $6，见(1)。"]),
  MarkedPost(
    name: "a long equation keeps its number",
    markdown: equation(
      "L = " + (1...12).map { "a_{\($0)} x_{\($0)}" }.joined(separator: " + ")),
    numbers: ["1"]),
]
