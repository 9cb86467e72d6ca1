/// Makes formulas from the grammar of math.md, section 2, by a seeded generator.
///
/// They are formulas that an author could write: operators stand between terms, scripts on factors.
struct FormulaGenerator<Randomness: RandomNumberGenerator> {
  private var random: Randomness

  init(_ random: Randomness) {
    self.random = random
  }

  /// Terms with operators between them, whose constructs nest at most so deep.
  mutating func formula(depth: Int) -> String {
    var text = term(depth: depth)
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      text += " " + pick(FormulaPieces.operators) + " " + term(depth: depth)
    }
    return text
  }

  private mutating func term(depth: Int) -> String {
    let sign = chance(1, in: 8) ? "-" : ""
    let factors = (0..<Int.random(in: 1...3, using: &random)).map { _ in factor(depth: depth) }
    return sign + factors.joined(separator: chance(1, in: 6) ? "\\, " : " ")
  }

  private mutating func factor(depth: Int) -> String {
    if depth > 0 && chance(1, in: 2) { return construct(depth: depth - 1) }
    if chance(1, in: 6) { return pick(FormulaPieces.functions) + " " + letter() }
    return letter()
  }

  private mutating func letter() -> String {
    let letter = pick(FormulaPieces.letters)
    switch Int.random(in: 0..<8, using: &random) {
    case 0...1: return "\(letter)_{\(pick(FormulaPieces.scripts))}"
    case 2: return "\(letter)^{\(pick(FormulaPieces.scripts))}"
    case 3: return "\(letter)_{\(pick(FormulaPieces.scripts))}^{\(pick(FormulaPieces.scripts))}"
    case 4: return letter + "'"
    default: return letter
    }
  }

  private mutating func construct(depth: Int) -> String {
    let a = formula(depth: depth)
    let b = formula(depth: depth)
    let pattern = pick(FormulaPieces.constructs)
    return pattern.map { $0 == "@" ? a : $0 == "#" ? b : String($0) }.joined()
  }

  private mutating func chance(_ share: Int, in all: Int) -> Bool {
    Int.random(in: 0..<all, using: &random) < share
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices.randomElement(using: &random) ?? "x"
  }
}

/// What the generator chooses from.
private enum FormulaPieces {
  static let letters = [
    "x", "y", "W", "K", "\\alpha", "\\theta", "\\phi", "2", "10", "0.5", "\\mathbf{w}",
    "\\mathcal{L}", "\\mathbb{E}", "\\nabla", "\\infty", "\\ell", "\\hat{x}", "\\bar\\alpha",
    "\\text{文}", "\\mathrm{KL}", "损失", "f(x)", "p(x|y)", "|x|", "\\|w\\|",
  ]
  static let scripts = [
    "t", "t-1", "\\theta", "1:L", "ij", "\\top", "(l)", "2", "\\text{文}", "\\max", "*", "i,j",
    "d\\times k", "-x^2/2", "\\theta_t", "[2i]", "|o_i|", "\\mathrm{T}", "i=1", "\\pi'",
  ]
  static let operators = [
    "+", "-", "\\cdot", "\\times", "*", "=", "\\leq", "\\in", "\\to", ",", "\\mid", "\\sim",
  ]
  static let functions = [
    "\\log", "\\max", "\\sum_i", "\\int_0^1", "\\partial", "\\exp", "\\arg\\min_\\theta",
  ]
  /// `@` and `#` stand for formulas.
  static let constructs = [
    "\\frac{@}{#}", "\\frac{@}{#}", "\\sqrt{@}", "\\sqrt[3]{@}", "\\left(@\\right)",
    "\\left[@, #\\right]", "\\left\\|@\\right\\|^2", "\\sum_{@}^{#} x", "\\bar{@}",
    "x \\overset{@}{=} #", "\\underbrace{@}_{\\text{二次型}}", "x_{@}", "e^{@}", "(@)^{#}",
    "\\begin{pmatrix}@ & #\\\\ x & 1\\end{pmatrix}", "y \\xrightarrow{@} #", "{@}", "{@}_{#}",
    "\\begin{cases}@, & x>0\\\\ #, & \\text{否则}\\end{cases}", "\\binom{@}{#}",
    "\\boxed{@}", "\\log\\left(@\\right)", "\\left.\\frac{@}{#}\\right|_{x=0}",
  ]
}
