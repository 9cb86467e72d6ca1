extension SymbolTable {
  /// Arrows of fixed length.
  static let arrows =
    family(
      .relation, .relation,
      """
      to → gets ← rightarrow → leftarrow ← Rightarrow ⇒ Leftarrow ⇐ leftrightarrow ↔
      Leftrightarrow ⇔ iff ⟺ implies ⟹ impliedby ⟸ longrightarrow ⟶ longleftarrow ⟵
      longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦
      longmapsto ⟼ leadsto ⇝ rightsquigarrow ⇝ leftrightsquigarrow ↭ rarr → larr ← rArr ⇒ lArr ⇐
      harr ↔ hArr ⇔ uparrow ↑ downarrow ↓ Uparrow ⇑ Downarrow ⇓ updownarrow ↕ Updownarrow ⇕
      uarr ↑ darr ↓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪ hookleftarrow ↩
      rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌
      leftrightharpoons ⇋ rightleftarrows ⇄ leftrightarrows ⇆ rightrightarrows ⇉ leftleftarrows ⇇
      upuparrows ⇈ downdownarrows ⇊ twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣
      leftarrowtail ↢ looparrowright ↬ looparrowleft ↫ curvearrowright ↷ curvearrowleft ↶
      circlearrowright ↻ circlearrowleft ↺ dashrightarrow ⇢ dashleftarrow ⇠ Rrightarrow ⇛
      Lleftarrow ⇚ nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ nleftrightarrow ↮
      nLeftrightarrow ⇎ upharpoonright ↾ upharpoonleft ↿ downharpoonright ⇂ downharpoonleft ⇃
      lrarr ↔ lrArr ⇔ Rarr ⇒ Larr ⇐ Harr ⇔ Uarr ⇑ Darr ⇓ mapsfrom ↤ longmapsfrom ⟻ Mapsto ⤇
      restriction ↾ Lsh ↰ Rsh ↱
      """)

  /// Brackets that open and close by their name.
  static let brackets =
    family(
      .opening, .structure,
      """
      lvert | lVert ‖ langle ⟨ lang ⟨ lceil ⌈ lfloor ⌊ lbrace { { { lbrack [ lgroup ⟮ ulcorner ⌜
      llcorner ⌞ lmoustache ⎰ llbracket ⟦ lBrace ⦃
      """)
    + family(
      .closing, .structure,
      """
      rvert | rVert ‖ rangle ⟩ rang ⟩ rceil ⌉ rfloor ⌋ rbrace } } } rbrack ] rgroup ⟯ urcorner ⌝
      lrcorner ⌟ rmoustache ⎱ rrbracket ⟧ rBrace ⦄
      """)
}
