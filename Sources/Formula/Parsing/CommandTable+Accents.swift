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
    ("overlinesegment", over("\u{304}", .repeated("─"))),
    ("underlinesegment", under("\u{332}", .repeated("─"))),
    ("overrightharpoon", over("\u{20D1}", .arrow(rightArrow))),
    ("overleftharpoon", over("\u{20D0}", .arrow(leftArrow))),
    ("overbracket overgroup", over("\u{23B4}", .brace)),
    ("underbracket undergroup", under("\u{23B5}", .brace)),
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
    "xtwoheadleftarrow": .arrow(arrow("↞", "─", "─")), "xtofrom": .arrow(arrow("⇄", "═", "⇄")),
    "xrightleftarrows": .arrow(arrow("⇄", "═", "⇄")),
    "xleftharpoonup": .arrow(arrow("↼", "─", "─")),
    "xleftharpoondown": .arrow(arrow("↽", "─", "─")),
    "xrightharpoondown": .arrow(arrow("─", "─", "⇁")),
    "xleftrightharpoons": .arrow(arrow("⇋", "═", "⇋")),
    "xrightharpoonup": .arrow(arrow("─", "─", "⇀")),
    "xrightleftharpoons": .arrow(arrow("⇌", "═", "⇌")),
  ]

  /// Accents on letters of text, by the command's name.
  static let textAccents: [String: Unicode.Scalar] = [
    "'": "\u{301}", "`": "\u{300}", "^": "\u{302}", "\"": "\u{308}", "~": "\u{303}", "=": "\u{304}",
    ".": "\u{307}", "u": "\u{306}", "v": "\u{30C}", "H": "\u{30B}", "r": "\u{30A}", "c": "\u{327}",
    "k": "\u{328}", "d": "\u{323}", "b": "\u{331}", "t": "\u{361}",
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
