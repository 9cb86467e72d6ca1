import Canvas
import Formula
import Testing

@Suite struct LinearFormTests {
  @Test(arguments: [
    ("x_{t-1}", "xₜ₋₁"), ("\\sigma^2", "σ²"), ("\\mathbb{R}^{m\\times n}", "ℝᵐˣⁿ"),
    ("W^\\top", "Wᵀ"), ("W^{\\mathrm T}", "Wᵀ"), ("\\sigma_t^2", "σₜ²"), ("f''", "f″"),
  ])
  func `a script whose characters Unicode has is small`(tex: String, expected: String) {
    #expect(row(tex) == expected)
  }

  @Test(arguments: [
    ("\\pi_\\theta", "π_θ"), ("D_{KL}", "D_KL"), ("V^\\pi", "V^π"), ("Q^*", "Q*"),
    ("x_{1:L}", "x_(1:L)"), ("e^{-f_\\theta(x)}", "e^(−f_θ(x))"), ("x_{\\theta_t}", "x_(θₜ)"),
    ("x^{(d)}", "x⁽ᵈ⁾"), ("x_{(d)}", "x_(d)"), ("\\pi_\\theta y", "π_θ y"),
    ("\\pi_\\theta(y)", "π_θ(y)"), ("x_\\theta^2", "x_θ²"),
  ])
  func `another script is marked, and kept off from what follows`(tex: String, expected: String) {
    #expect(row(tex) == expected)
  }

  @Test(arguments: [
    ("\\frac{a}{b}", "a/b"), ("\\frac{QK^\\top}{\\sqrt{d_k}}", "QKᵀ/√dₖ"),
    ("\\frac{x-\\mu}{\\sqrt{\\sigma^2+\\epsilon}}", "(x−μ)/√(σ²+ϵ)"),
    ("\\frac{1}{2}x", "(1/2)x"), ("\\frac{p(x)}{q(x)}", "p(x)/q(x)"),
    ("\\frac{\\partial f}{\\partial x}", "∂f/∂x"), ("\\frac{a}{bc}", "a/(bc)"),
    ("\\frac{\\frac ab}{c}", "(a/b)/c"), ("\\frac12", "1/2"), ("-\\frac12", "−1/2"),
    ("\\frac{a}{|b|}", "a/|b|"), ("\\frac{a}{b}^2", "(a/b)²"), ("1+\\frac ab", "1 + a/b"),
    ("a \\over b", "a/b"), ("\\binom{n}{k}", "C(n, k)"), ("{n \\choose k}", "C(n, k)"),
  ])
  func `a fraction keeps its grouping`(tex: String, expected: String) {
    #expect(row(tex) == expected)
  }

  @Test(arguments: [
    ("\\sqrt x", "√x"), ("\\sqrt{x+1}", "√(x+1)"), ("\\sqrt[3]{x+1}", "³√(x+1)"),
    ("\\sqrt{x}y", "√x y"), ("\\sqrt{x}^2", "(√x)²"),
    ("\\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ"), ("\\sum_{i<j} x", "∑_(i<j) x"),
    ("\\max_{a'} Q", "max_a′ Q"), ("\\lim_{n\\to\\infty} a_n", "lim_(n→∞) aₙ"),
    ("\\log p", "log p"), ("\\log(p)", "log(p)"), ("\\beta\\log p", "β log p"),
    ("\\log\\frac pq", "log(p/q)"), ("\\sum_i\\frac pq", "∑ᵢ (p/q)"),
    ("\\arg\\min_\\theta L", "arg min_θ L"),
  ])
  func `roots and operators are written in front`(tex: String, expected: String) {
    #expect(row(tex) == expected)
  }

  @Test(arguments: [
    ("\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}", "(a, b; c, d)"),
    ("\\begin{cases}x,&x\\ge0\\\\0,&x<0\\end{cases}", "{x, x ≥ 0; 0, x < 0}"),
    ("\\left[\\begin{matrix}1\\\\2\\end{matrix}\\right]", "[1; 2]"),
    ("\\begin{aligned}a&=b\\\\&=c\\end{aligned}", "a = b; = c"),
    ("\\max_{\\substack{i<j\\\\j<k}}x", "max_(i<j, j<k) x"),
  ])
  func `rows and columns are listed`(tex: String, expected: String) {
    #expect(row(tex) == expected)
  }

  @Test(arguments: [
    ("y\\overset{\\text{def}}{=}z", "y =ᵈᵉᶠ z"), ("x\\xrightarrow{f}y", "x →ᶠ y"),
    ("\\bar x", "x̄"), ("\\overline{x+y}", "(x + y)‾"), ("\\hat{\\mathbf w}", "ŵ"),
    ("\\underbrace{a+b}_{n}", "(a + b)⏟ₙ"), ("\\left.f\\right|_{x=0}", "f|ₓ₌₀"),
    ("a=-b", "a = −b"), ("|-x|", "|−x|"), ("(-a,b)", "(−a, b)"), ("p(x|y)", "p(x|y)"),
    ("x\\not\\in A", "x ∉ A"), ("\\text{if }x>0", "if x > 0"), ("其中$", "其中"),
    ("\\textcircled{1}", "①"), ("a\\bmod n", "a mod n"),
  ])
  func `signs and words stand as they read`(tex: String, expected: String) {
    #expect(row(tex) == expected)
  }

  @Test func `a long environment is set apart`() {
    let cells = Array(repeating: "x_{1}+y_{2}", count: 12).joined(separator: "&")
    #expect(row("\\begin{matrix}\(cells)\\end{matrix}") == "hoisted")
  }

  @Test func `a line may end after a relation, an operator or a comma outside short groups`() throws
  {
    let formula = ParsedFormula("f(x, y) = g(x + y) + h(a_1 + a_2 + a_3 + a_4)")
    guard case .row(let row) = formula.inline() else {
      Issue.record("not a row")
      return
    }
    let pieces = row.pieces.map { $0.map(\.text.string).joined() }
    #expect(pieces == ["f(x, y) = ", "g(x + y) + ", "h(a₁ + ", "a₂ + ", "a₃ + ", "a₄)"])
    #expect(pieces.joined() == row.text)
  }

  @Test func `a short formula is not divided`() {
    guard case .row(let row) = ParsedFormula("a + b = c").inline() else { return }
    #expect(row.pieces.count == 1)
  }

  @Test func `search text holds the row and the names of the signs`() {
    let text = ParsedFormula("\\epsilon_\\theta(x_t)").searchText
    #expect(text == "ϵ_θ(xₜ)\tepsilon theta")
  }
}
