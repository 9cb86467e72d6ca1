import Formula
import Testing

@Suite struct SymbolTableTests {
  @Test(arguments: commandFamilies)
  func `every command of the family is known and leaves no name`(family: CommandFamily) {
    for command in family.commands {
      let formula = ParsedFormula(family.pattern.replacing("@", with: command))
      #expect(!formula.isBroken, "\(command)")
      #expect(formula.unknownCommands.isEmpty, "\(command)")
      #expect(!formula.box(width: 80).text.contains("\\\(command)"), "\(command)")
    }
  }

  @Test func `signs that mean the same look the same`() {
    for pair in ["le leq", "ge geq", "ne neq", "to rightarrow", "gets leftarrow", "land wedge"] {
      let names = pair.split(separator: " ")
      #expect(row("\\\(names[0])") == row("\\\(names[1])"))
    }
  }

  @Test(arguments: [
    ("\\mathbb{RNZQCE1}", "ℝℕℤℚℂ𝔼𝟙"), ("\\mathcal{LNDFB}", "ℒ𝒩𝒟ℱℬ"), ("\\mathfrak{gR}", "𝔤ℜ"),
    ("\\mathrm{KL}", "KL"), ("\\mathscr{H}", "ℋ"),
  ])
  func `letters of the alphabets are those of Unicode`(tex: String, expected: String) {
    #expect(row(tex) == expected)
  }

  @Test(arguments: [
    ("\\text{Poincar\\'e, Erd\\H{o}s, \\v{c}}", "Poincaré, Erdős, č"),
    ("\\genfrac{(}{)}{0pt}{}{n}{k}", "C(n, k)"), ("\\genfrac{[}{]}{}{0}{a}{b}", "[a/b]"),
    ("\\braket{a|b}", "⟨a|b⟩"), ("\\href{http://x}{y}", "y"),
  ])
  func `rarer commands are read too`(tex: String, expected: String) {
    #expect(row(tex) == expected)
  }

  @Test func `a negation has its own sign where Unicode has one`() {
    #expect(row("\\not\\in \\not= \\not\\subset \\not\\equiv") == "∉≠⊄≢")
    #expect(row("\\not\\propto") == "∝\u{338}")
  }
}

/// Commands that are used in the same way.
struct CommandFamily: Sendable, CustomTestStringConvertible {
  let name: String
  /// A formula in which `@` stands for the command's name.
  let pattern: String
  let commands: [String]

  init(_ name: String, _ pattern: String, _ commands: String) {
    self.name = name
    self.pattern = pattern
    self.commands = commands.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  var testDescription: String { name }
}

/// The command table of the specification.
let commandFamilies = [
  CommandFamily(
    "Greek", "\\@",
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega digamma Gamma Delta Theta
    Lambda Xi Pi Sigma Upsilon Phi Psi Omega varLambda varSigma varkappa varGamma varDelta varTheta
    varXi varPi varUpsilon varPhi varPsi varOmega
    """),
  CommandFamily(
    "functions", "\\@ x",
    """
    log ln exp sin cos tan cot sec csc tanh cosh arcsin arccos arctan arg dim ker bmod mod lim max min
    sup inf det gcd Pr argmax argmin sinh coth lg deg hom limsup liminf pmod pod
    """),
  CommandFamily(
    "big operators", "\\@_{i=1}^n x_i",
    """
    sum prod coprod int iint iiint oint bigcup bigcap bigvee bigwedge bigoplus bigotimes bigodot
    biguplus bigsqcup
    """),
  CommandFamily(
    "binary operators", "a \\@ b",
    """
    times cdot pm mp div cap cup sqcup wedge land vee lor oplus otimes odot oslash circledast circ
    bullet ast star setminus dagger intercal bigtriangledown ominus sqcap ddagger uplus amalg wr
    diamond boxplus boxtimes
    """),
  CommandFamily(
    "relations", "a \\@ b",
    """
    in ni notin mid parallel perp sim simeq thicksim approx thickapprox approxeq cong equiv propto
    varpropto leq le leqslant leqq geq ge geqslant geqq lt gt ll gg neq ne subset subseteq subsetneq
    sube succ succeq preceq lesssim gtrsim lessapprox doteq triangleq coloneqq vdash dashv vDash
    multimap prec asymp models supset supseteq nmid nsim nleq ngeq nsubseteq nless ngtr nprec nsucc
    nparallel ncong nvdash nvDash nsupseteq eqsim precapprox succapprox nsubseteqq nVDash eqcolon
    """),
  CommandFamily(
    "arrows", "a \\@ b",
    """
    to gets rightarrow leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow iff implies
    longrightarrow longleftarrow longleftrightarrow Longrightarrow Longleftarrow Longleftrightarrow
    mapsto leadsto uparrow downarrow Downarrow updownarrow Updownarrow rightleftarrows
    leftrightarrows hookrightarrow rightharpoonup rightleftharpoons nearrow searrow Uparrow
    longmapsto impliedby
    """),
  CommandFamily(
    "stretched arrows", "a \\@[b]{c} d",
    "xrightarrow xleftarrow xleftrightarrow xRightarrow xlongequal"),
  CommandFamily(
    "delimiters", "\\left\\@ \\frac{x}{y} \\right\\@",
    """
    vert Vert lvert rvert lVert rVert langle rangle lceil rceil lfloor rfloor lbrace rbrace lbrack
    rbrack lgroup rgroup ulcorner urcorner llcorner lrcorner backslash { } |
    """),
  CommandFamily("sized delimiters", "\\@( x", "big Big bigg Bigg bigl Bigl biggl Biggl bigm bigr"),
  CommandFamily(
    "dots", "a \\@ b", "dots ldots cdots vdots ddots dotsc dotsb dotsm dotsi iddots"),
  CommandFamily(
    "ordinary", "\\@",
    """
    nabla partial infty prime top bot ell Re aleph jmath forall exists exist nexists neg emptyset
    varnothing angle triangle triangledown square Diamond diamondsuit therefore because R Z Im hbar
    imath wp complement blacksquare checkmark _ % # & $
    """),
  CommandFamily("spaces", "a\\@ b", "quad qquad space , : > ; ! enspace thinspace"),
  CommandFamily("boxes of space", "a\\@{b}", "phantom hphantom vphantom smash llap rlap vspace"),
  CommandFamily(
    "fractions", "\\@{a}{b}",
    "frac dfrac tfrac cfrac binom dbinom tbinom stackrel overset underset"),
  CommandFamily("infixes", "{a \\@ b}", "over atop choose"),
  CommandFamily(
    "accents", "\\@{x} + \\@{abc}",
    """
    hat check breve acute grave mathring bar vec dot ddot dddot tilde widehat widetilde overline
    underline overrightarrow overleftarrow overleftrightarrow underrightarrow overbrace underbrace
    """),
  CommandFamily(
    "fonts", "\\@{x}",
    """
    mathbf boldsymbol bm pmb mathbb mathds mathcal mathscr mathfrak mathrm mathsf mathtt mathit
    mathnormal text textrm textbf textit textsf texttt textnormal textup emph mbox hbox sqrt substack
    operatorname operatorname* mathop mathbin mathrel mathord mathopen mathclose mathpunct mathinner
    boxed fbox cancel bcancel xcancel textcircled color label tag tag* ref eqref
    """),
  CommandFamily(
    "declarations", "{\\@ x}",
    """
    rm bf it sf tt cal mit displaystyle textstyle scriptstyle scriptscriptstyle nonumber notag small
    large Large normalsize tiny
    """),
  CommandFamily(
    "environments", "\\begin{@}a & b\\\\ c & d\\end{@}",
    """
    equation align gather eqnarray align* gather* eqnarray* flalign flalign* aligned gathered split
    cases dcases rcases matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix multline
    """),
  CommandFamily(
    "environments with an argument", "\\begin{@}{cc}a & b\\\\ c & d\\end{@}",
    "alignat alignat* alignedat array darray subarray"),
  CommandFamily(
    "macros built in", "\\@",
    "R N Z Q P E Expect bx by bz bfx bfy grad tp giv diag ELBO KL iid"),
]
