extension SymbolTable {
  /// Greek, Hebrew and letterlike signs.
  static let letters = family(
    .ordinary, .variable,
    """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
    kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ
    varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ
    varPsi Ψ varOmega Ω Alpha Α Beta Β Epsilon Ε Zeta Ζ Eta Η Iota Ι Kappa Κ Mu Μ Nu Ν Omicron Ο
    Rho Ρ Tau Τ Chi Χ
    ell ℓ Re ℜ Im ℑ hbar ℏ hslash ℏ imath ı jmath ȷ wp ℘ aleph ℵ beth ℶ gimel ℷ daleth ℸ
    Bbbk 𝕜 eth ð mho ℧ Finv Ⅎ Game ⅁ nabla ∇ partial ∂ infty ∞ infin ∞ prime ′ backprime ‵
    natnums ℕ Reals ℝ reals ℝ real ℜ image ℑ Complex ℂ cnums ℂ alef ℵ alefsym ℵ thetasym ϑ weierp ℘
    degree ° AA Å aa å o ø O Ø ae æ AE Æ oe œ OE Œ ss ß i ı j ȷ
    """)

  /// Signs that are neither letters nor operators.
  static let ordinarySigns =
    family(
      .ordinary, .variable,
      """
      top ⊤ bot ⊥ forall ∀ exists ∃ exist ∃ nexists ∄ neg ¬ lnot ¬ emptyset ∅ varnothing ∅ empty ∅
      angle ∠ measuredangle ∡ sphericalangle ∢ triangle △ triangledown ▽ blacktriangle ▲
      blacktriangledown ▼ square □ Box □ blacksquare ■ Diamond ◇ lozenge ◊ blacklozenge ⧫
      diamondsuit ♢ heartsuit ♡ clubsuit ♣ spadesuit ♠ complement ∁ checkmark ✓ maltese ✠
      bigstar ★ flat ♭ natural ♮ sharp ♯ surd √ circledS Ⓢ circledR ® diagup ╱ diagdown ╲
      _ _ % % # # * ∗ & & $ $ lbrace { rbrace } backslash \\ copyright © pounds £ yen ¥ S § P ¶
      dag † ddag ‡ textbackslash \\ textasciitilde ~ textunderscore _ textbar | textless < textgreater >
      diamonds ♢ hearts ♡ clubs ♣ spades ♠ sect § qed ∎ mathdollar $ textdollar $ textasciicircum ^
      textquotedblleft “ textquotedblright ” textquoteleft ‘ lq ‘ rq ’ ldotp . mathsterling £ euro €
      textregistered ® textquoteright ’ textendash – textemdash —
      """)
    + family(
      .relation, .relation,
      "therefore ∴ because ∵")
    + family(.bar, .structure, "vert | Vert ‖ | ‖") + family(.punctuation, .structure, "colon :")

  /// Dots, by the height they stand at.
  static let dots =
    family(
      .inner, .variable,
      """
      dots … ldots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ ddots ⋱ iddots ⋰ mathellipsis …
      textellipsis …
      """) + family(.ordinary, .variable, "vdots ⋮ ")

  /// Functions written as words; the second kind has its subscript below.
  static let functions =
    words(
      limits: .beside,
      """
      log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth sech csch arcsin arccos arctan
      tg ctg cotg cosec sh ch th cth arctg arcctg sgn sign tr rank erf Var Cov softmax
      arccot arsinh arcosh artanh arg dim ker deg hom mod
      """)
    + words(
      limits: .stackedInDisplay,
      "lim max min sup inf det gcd Pr argmax argmin plim lcm")
    + [
      ("limsup", named("lim sup")), ("liminf", named("lim inf")), ("injlim", named("inj lim")),
      ("projlim", named("proj lim")), ("varlimsup", named("lim sup")),
      ("varliminf", named("lim inf")), ("varinjlim", named("inj lim")),
      ("varprojlim", named("proj lim")),
    ]

  private static func named(_ words: String) -> FormulaSymbol {
    FormulaSymbol(
      text: words, atomClass: .largeOperator, role: .text, limits: .stackedInDisplay)
  }
}
