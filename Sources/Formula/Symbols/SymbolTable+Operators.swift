extension SymbolTable {
  /// Operators that take limits.
  static let largeOperators =
    family(
      .largeOperator, .relation, limits: .stackedInDisplay,
      """
      sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂
      bigtimes ⨉ bigodot ⨀ biguplus ⨄ bigsqcup ⨆
      """)
    + family(
      .largeOperator, .relation,
      "int ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ oiiint ∰ smallint ∫ intop ∫")

  /// Operators between two terms.
  static let binaries =
    family(
      .binary, .relation,
      """
      times × cdot · cdotp · centerdot · pm ± mp ∓ div ÷ cap ∩ cup ∪ Cap ⋒ Cup ⋓ sqcap ⊓ sqcup ⊔
      wedge ∧ land ∧ vee ∨ lor ∨ barwedge ⊼ veebar ⊻ curlywedge ⋏ curlyvee ⋎ oplus ⊕ ominus ⊖
      otimes ⊗ odot ⊙ oslash ⊘ circledast ⊛ circledcirc ⊚ circleddash ⊝ circ ∘ bullet • ast ∗
      star ⋆ setminus ∖ smallsetminus ∖ dagger † ddagger ‡ intercal ⊺ bigtriangledown ▽
      bigtriangleup △ triangleleft ◁ triangleright ▷ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ uplus ⊎ amalg ⨿
      wr ≀ diamond ⋄ bigcirc ◯ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ divideontimes ⋇ dotplus ∔
      doublecap ⋒ doublecup ⋓ doublebarwedge ⩞ sdot ⋅ bull • minuso ⦵ ltimes ⋉ rtimes ⋊ leftthreetimes ⋋ rightthreetimes ⋌ gtrdot ⋗ lessdot ⋖ And &
      """)

  /// Relations, with the negations of AMS.
  static let relations =
    family(
      .relation, .relation,
      """
      in ∈ isin ∈ ni ∋ owns ∋ notin ∉ notni ∌ mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⊥ sim ∼
      nsim ≁ backsim ∽ simeq ≃ backsimeq ⋍ thicksim ∼ approx ≈ thickapprox ≈ approxeq ≊ cong ≅
      ncong ≇ equiv ≡ propto ∝ varpropto ∝ asymp ≍ bumpeq ≏ Bumpeq ≎ doteq ≐ Doteq ≑ doteqdot ≑
      eqcirc ≖ circeq ≗ triangleq ≜ coloneqq ≔ coloneq ≔ eqqcolon ≕ vcentcolon : dblcolon ∷
      leq ≤ le ≤ leqslant ⩽ leqq ≦ geq ≥ ge ≥ geqslant ⩾ geqq ≧ lt < gt > ll ≪ gg ≫ lll ⋘ ggg ⋙
      neq ≠ ne ≠ nleq ≰ ngeq ≱ nleqslant ≰ ngeqslant ≱ nleqq ≰ ngeqq ≱ nless ≮ ngtr ≯ lneq ⪇
      gneq ⪈ lneqq ≨ gneqq ≩ lnsim ⋦ gnsim ⋧ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆
      lessgtr ≶ gtrless ≷ lesseqgtr ⋚ gtreqless ⋛ eqslantless ⪕ eqslantgtr ⪖
      subset ⊂ subseteq ⊆ subseteqq ⫅ subsetneq ⊊ subsetneqq ⫋ varsubsetneq ⊊ nsubseteq ⊈ sube ⊆
      supset ⊃ supseteq ⊇ supseteqq ⫆ supsetneq ⊋ supsetneqq ⫌ nsupseteq ⊉ supe ⊇ Subset ⋐ Supset ⋑
      sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ prec ≺ succ ≻ preceq ⪯ succeq ⪰ nprec ⊀
      nsucc ⊁ npreceq ⋠ nsucceq ⋡ precsim ≾ succsim ≿ preccurlyeq ≼ succcurlyeq ≽ precneqq ⪵
      succneqq ⪶ precnsim ⋨ succnsim ⋩ curlyeqprec ⋞ curlyeqsucc ⋟ vdash ⊢ dashv ⊣ vDash ⊨ Vdash ⊩
      Vvdash ⊪ nvdash ⊬ nvDash ⊭ nVdash ⊮ models ⊨ multimap ⊸ bowtie ⋈ Join ⋈ smile ⌣ frown ⌢
      between ≬ pitchfork ⋔ trianglelefteq ⊴ trianglerighteq ⊵ vartriangleleft ⊲
      vartriangleright ⊳ ntriangleleft ⋪ ntriangleright ⋫ vartriangle △ shortmid ∣
      shortparallel ∥ risingdotseq ≓ fallingdotseq ≒ blacktriangleleft ◀ blacktriangleright ▶
      varsupsetneq ⊋ nshortmid ∤ nshortparallel ∦ eqsim ≂ lvertneqq ≨ gvertneqq ≩ precapprox ⪷
      succapprox ⪸ precnapprox ⪹ succnapprox ⪺ varsubsetneqq ⫋ varsupsetneqq ⫌ nsubseteqq ⊈
      nsupseteqq ⊉ ntrianglelefteq ⋬ ntrianglerighteq ⋭ eqcolon ≕ ratio ∶ ordinarycolon :
      smallfrown ⌢ smallsmile ⌣ nVDash ⊯ origof ⊶ imageof ⊷ backepsilon ∍ sub ⊂
      """)

  /// What `\not` makes of the sign after it; other signs get a slash of their own.
  static let negations: [String: String] = [
    "=": "≠", "<": "≮", ">": "≯", "∈": "∉", "∋": "∌", "∣": "∤", "|": "∤", "∥": "∦", "∼": "≁",
    "≃": "≄", "≈": "≉", "≅": "≇", "≡": "≢", "≤": "≰", "≥": "≱", "⊂": "⊄", "⊃": "⊅", "⊆": "⊈",
    "⊇": "⊉", "≺": "⊀", "≻": "⊁", "⊢": "⊬", "⊨": "⊭", "∃": "∄", "→": "↛", "←": "↚", "⇒": "⇏",
    "⇐": "⇍", "↔": "↮", "⇔": "⇎",
  ]
}
