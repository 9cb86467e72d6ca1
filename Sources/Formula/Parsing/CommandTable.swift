import Canvas

/// What the parser does at a command that is more than one sign.
enum FormulaCommand: Hashable, Sendable {
  case fraction(FormulaFraction.Kind)
  case infix(FormulaFraction.Kind)
  case radical
  /// `\\genfrac{(}{)}{0pt}{}{n}{k}`
  case generalFraction
  case left, middle, right
  case bigDelimiter(rows: Int, AtomClass)
  case begin, end
  case font(MathFont)
  case fontDeclaration(MathFont)
  case text(Style.Attributes)
  case accent(FormulaAccent)
  case arrow(StretchedArrow)
  case space(Int)
  /// A space as long as its argument says: `\hspace{1em}` (braced), `\kern1em` (bare).
  case measuredSpace(isBraced: Bool)
  case style(MathStyle)
  case limits(LimitPlacement)
  case operatorName
  case classed(AtomClass)
  case stackedRelation, overset, underset, substack
  case boxed, cancelled, phantom, circled
  /// Commands whose argument alone is shown (`\smash`, `\textcolor{red}{…}` after its colour).
  case transparent(skippedArguments: Int)
  /// Commands that change nothing that cells show, with so many arguments.
  case ignored(arguments: Int)
  case negation
  case label, tag, unnumbered
  case reference(parenthesised: Bool)
  case macroDefinition(MacroDefinitionForm)
  /// `\\hline`
  case rule
  case modulo(parenthesised: Bool)
  case framed(left: Character, right: Character)
}

/// The ways in which TeX defines a command.
enum MacroDefinitionForm: Hashable, Sendable {
  case newCommand, define, mathOperator
}

/// The commands with arguments or effects, by name.
enum CommandTable {
  static func command(named name: String) -> FormulaCommand? {
    commands[name]
  }

  private static let commands: [String: FormulaCommand] = {
    var commands: [String: FormulaCommand] = [:]
    for family in [
      fractions, delimiters, fonts, accents, arrows, spaces, classes, layout, numbering,
    ] {
      commands.merge(family) { first, _ in first }
    }
    return commands
  }()

  private static func all(_ names: String, _ command: FormulaCommand) -> [String: FormulaCommand] {
    let names = names.split(separator: " ")
    return Dictionary(uniqueKeysWithValues: names.map { (String($0), command) })
  }

  private static func joined(_ families: [String: FormulaCommand]...) -> [String: FormulaCommand] {
    families.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
  }

  private static let fractions = joined(
    all("frac dfrac tfrac cfrac", .fraction(.bar)),
    all("binom dbinom tbinom", .fraction(.binomial)),
    [
      "over": .infix(.bar), "atop": .infix(.stacked), "choose": .infix(.binomial),
      "sqrt": .radical,
    ])

  private static let delimiters = joined(
    ["left": .left, "middle": .middle, "right": .right, "begin": .begin, "end": .end],
    bigDelimiters("big", rows: 1), bigDelimiters("Big", rows: 1),
    bigDelimiters("bigg", rows: 3), bigDelimiters("Bigg", rows: 3))

  private static func bigDelimiters(_ name: String, rows: Int) -> [String: FormulaCommand] {
    [
      name: .bigDelimiter(rows: rows, .ordinary), name + "l": .bigDelimiter(rows: rows, .opening),
      name + "r": .bigDelimiter(rows: rows, .closing),
      name + "m": .bigDelimiter(rows: rows, .relation),
    ]
  }

  private static let fonts = joined(
    all("mathbf boldsymbol bm pmb mathbfit bold symbf", .font(.bold)),
    all("mathbb mathds Bbb", .font(.blackboard)),
    all("mathcal mathscr", .font(.calligraphic)), all("mathfrak frak", .font(.fraktur)),
    all("mathrm mathsf mathtt mathup symup mathsfit", .font(.roman)),
    all("mathit mathnormal", .font(.normal)),
    all("rm sf tt sc sl", .fontDeclaration(.roman)), all("bf bfseries", .fontDeclaration(.bold)),
    all("it mit", .fontDeclaration(.normal)), all("cal", .fontDeclaration(.calligraphic)),
    all(
      "text textrm textit textsf texttt textnormal textup emph mbox hbox textmd textsl textsc",
      .text([])),
    all("textbf", .text(.bold)))

  private static let spaces = joined(
    all("quad", .space(2)), all("qquad", .space(4)),
    all("! negthinspace negmedspace negthickspace", .space(0)),
    all("space , : > ; thinspace medspace thickspace enspace enskip nobreakspace /", .space(1)),
    [" ": .space(1)],
    all("hspace hskip mspace", .measuredSpace(isBraced: true)),
    all("kern mkern mskip", .measuredSpace(isBraced: false)))

  private static let classes = joined(
    all("mathop", .classed(.largeOperator)), all("mathbin", .classed(.binary)),
    all("mathrel", .classed(.relation)), all("mathord", .classed(.ordinary)),
    all("mathopen", .classed(.opening)), all("mathclose", .classed(.closing)),
    all("mathpunct", .classed(.punctuation)), all("mathinner", .classed(.inner)),
    all("operatorname operatornamewithlimits", .operatorName),
    all("limits", .limits(.stacked)), all("nolimits", .limits(.beside)),
    all("displaylimits", .limits(.stackedInDisplay)),
    ["not": .negation, "bmod": .modulo(parenthesised: false)],
    all("pmod pod", .modulo(parenthesised: true)))

  private static let layout = joined(
    [
      "stackrel": .stackedRelation, "overset": .overset, "underset": .underset,
      "substack": .substack,
    ],
    all("boxed fbox", .boxed), all("cancel bcancel xcancel sout", .cancelled),
    ["textcircled": .circled], all("phantom hphantom", .phantom),
    all("vphantom", .ignored(arguments: 1)),
    all(
      "smash llap rlap clap mathllap mathrlap mathclap mathstrut vcenter phase angl",
      .transparent(skippedArguments: 0)),
    all("textcolor colorbox href raisebox", .transparent(skippedArguments: 1)),
    all("fcolorbox multicolumn", .transparent(skippedArguments: 2)),
    all("color vspace cline", .ignored(arguments: 1)), ["rule": .ignored(arguments: 2)],
    all("displaystyle", .style(.display)), all("textstyle", .style(.text)),
    all("scriptstyle scriptscriptstyle", .style(.script)),
    all(
      "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge strut relax "
        + "allowbreak nobreak mathsurround noindent centering hfill protect", .ignored(arguments: 0)
    ),
    [
      "set": .framed(left: "{", right: "}"), "Set": .framed(left: "{", right: "}"),
      "braket": .framed(left: "⟨", right: "⟩"), "Braket": .framed(left: "⟨", right: "⟩"),
      "genfrac": .generalFraction,
    ], all("ket Ket", .framed(left: "|", right: "⟩")),
    all("bra Bra", .framed(left: "⟨", right: "|")))

  private static let numbering = joined(
    all("nonumber notag", .unnumbered), all("hline hdashline toprule midrule bottomrule", .rule),
    [
      "label": .label, "tag": .tag, "ref": .reference(parenthesised: false),
      "eqref": .reference(parenthesised: true),
    ],
    all("newcommand renewcommand providecommand", .macroDefinition(.newCommand)),
    all("def gdef", .macroDefinition(.define)),
    all("DeclareMathOperator", .macroDefinition(.mathOperator)))
}
