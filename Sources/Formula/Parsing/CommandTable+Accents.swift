extension CommandTable {
  /// Marks over and under, for one grapheme and for a longer body.
  static let accents: [String: FormulaCommand] = {
    var accents: [String: FormulaCommand] = [:]
    for (names, accent) in marks {
      for name in names.split(separator: " ") { accents[String(name)] = .accent(accent) }
    }
    return accents
  }()

  private static func over(_ mark: Unicode.Scalar, _ row: FormulaAccent.Row) -> FormulaAccent {
    FormulaAccent(mark: mark, row: row)
  }

  private static func under(_ mark: Unicode.Scalar, _ row: FormulaAccent.Row) -> FormulaAccent {
    FormulaAccent(mark: mark, row: row, isUnder: true)
  }

  private static let marks: [(String, FormulaAccent)] = [
    ("hat widehat", over("\u{302}", .centred("⌒"))),
    ("check widecheck", over("\u{30C}", .centred("⌣"))),
    ("breve", over("\u{306}", .centred("⌣"))),
    ("acute", over("\u{301}", .centred("´"))),
    ("grave", over("\u{300}", .centred("`"))),
    ("mathring", over("\u{30A}", .centred("∘"))),
    ("dot", over("\u{307}", .centred("·"))),
    ("ddot", over("\u{308}", .centred("¨"))),
    ("dddot", over("\u{20DB}", .centred("⋯"))),
    ("ddddot", over("\u{20DC}", .centred("⋯"))),
    ("bar overline", over("\u{304}", .repeated("─"))),
    ("tilde widetilde", over("\u{303}", .repeated("~"))),
    ("vec overrightarrow Overrightarrow", over("\u{20D7}", .arrow(rightArrow))),
    ("overleftarrow", over("\u{20D6}", .arrow(leftArrow))),
    ("overleftrightarrow", over("\u{20E1}", .arrow(bothArrow))),
    ("underline underbar", under("\u{332}", .repeated("─"))),
    ("underrightarrow", under("\u{20EF}", .arrow(rightArrow))),
    ("underleftarrow", under("\u{20EE}", .arrow(leftArrow))),
    ("underleftrightarrow", under("\u{34D}", .arrow(bothArrow))),
    ("utilde", under("\u{330}", .repeated("~"))),
    ("overbrace", over("\u{23DE}", .brace)),
    ("underbrace", under("\u{23DF}", .brace)),
  ]

  /// Arrows with labels.
  static let arrows: [String: FormulaCommand] = [
    "xrightarrow": .arrow(rightArrow), "xleftarrow": .arrow(leftArrow),
    "xleftrightarrow": .arrow(bothArrow), "xmapsto": .arrow(arrow("↦", "─", "→")),
    "xRightarrow": .arrow(arrow("═", "═", "⇒")), "xLeftarrow": .arrow(arrow("⇐", "═", "═")),
    "xLeftrightarrow": .arrow(arrow("⇐", "═", "⇒")), "xlongequal": .arrow(arrow("═", "═", "═")),
    "xhookrightarrow": .arrow(arrow("↪", "─", "→")), "xhookleftarrow": .arrow(arrow("←", "─", "↩")),
    "xtwoheadrightarrow": .arrow(arrow("─", "─", "↠")),
    "xrightharpoonup": .arrow(arrow("─", "─", "⇀")),
    "xrightleftharpoons": .arrow(arrow("⇌", "═", "⇌")),
  ]

  private static let rightArrow = arrow("─", "─", "→")
  private static let leftArrow = arrow("←", "─", "─")
  private static let bothArrow = arrow("←", "─", "→")

  private static func arrow(
    _ left: Character, _ shaft: Character, _ right: Character
  ) -> StretchedArrow {
    StretchedArrow(left: left, shaft: shaft, right: right)
  }
}
