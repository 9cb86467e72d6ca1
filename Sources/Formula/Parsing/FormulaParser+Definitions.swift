import Canvas

extension FormulaParser {
  /// Numbers, labels, references and definitions.
  mutating func bookkeeping(_ command: FormulaCommand) throws(FormulaFault) -> [FormulaNode] {
    switch command {
    case .label:
      marks.labels.append(try stream.takeRawArgument().sourceText)
    case .tag:
      let isStarred = stream.take(.character("*"))
      let text = SafeText(try stream.takeRawArgument().plainText).string
      marks.tag = isStarred ? text : "(\(text))"
    case .rule:
      rules.insert(rowIndex)
    case .unnumbered:
      marks.isUnnumbered = true
    case .reference(let isParenthesised):
      let label = try stream.takeRawArgument().sourceText
      return [.reference(label, parenthesised: isParenthesised)]
    case .macroDefinition(let form):
      try definition(form)
    default: break
    }
    return []
  }

  /// Puts a macro's body in front of the rest, with its arguments in place.
  mutating func expand(_ macro: FormulaMacro, asGroup: Bool) throws(FormulaFault) {
    var arguments: [[FormulaToken]] = []
    if let standard = macro.firstDefault {
      arguments.append(try stream.takeRawOption() ?? standard)
    }
    while arguments.count < macro.parameterCount {
      arguments.append(try stream.takeRawArgument())
    }
    let body = macro.body.flatMap { token -> [FormulaToken] in
      guard case .parameter(let number) = token, arguments.indices.contains(number - 1) else {
        return [token]
      }
      return arguments[number - 1]
    }
    try stream.insert(asGroup ? [.beginGroup] + body + [.endGroup] : body)
  }

  private mutating func definition(_ form: MacroDefinitionForm) throws(FormulaFault) {
    let isStarred = stream.take(.character("*"))
    let nameTokens = try stream.takeRawArgument()
    guard case .command(let name)? = nameTokens.first(where: { $0 != .space }) else {
      throw .malformedMacro
    }
    var macro = FormulaMacro(body: [])
    switch form {
    case .newCommand: try readParameters(of: &macro)
    case .define:
      while case .parameter? = stream.next {
        _ = stream.take()
        macro.parameterCount += 1
      }
    case .mathOperator: break
    }
    macro.body = try stream.takeRawArgument()
    if form == .mathOperator {
      let star: [FormulaToken] = isStarred ? [.character("*")] : []
      macro.body = [.command("operatorname")] + star + [.beginGroup] + macro.body + [.endGroup]
    }
    guard macro.parameterCount <= 9 else { throw .malformedMacro }
    macros.define(name, as: macro)
  }

  /// `[2][default]` of `\newcommand`.
  private mutating func readParameters(of macro: inout FormulaMacro) throws(FormulaFault) {
    guard let count = try stream.takeRawOption() else { return }
    guard let number = Int(count.sourceText) else { throw .malformedMacro }
    macro.parameterCount = number
    macro.firstDefault = try stream.takeRawOption()
  }
}

extension [FormulaToken] {
  /// The tokens as plain words: a tag such as `\text{Bayes}` or `1\ast`.
  fileprivate var plainText: String {
    map { token in
      switch token {
      case .command(let name): SymbolTable.symbol(named: name)?.text ?? ""
      case .character(let character): String(character)
      case .space: " "
      case .superscriptMark: "^"
      case .subscriptMark: "_"
      case .alignment: "&"
      case .beginGroup, .endGroup, .mathShift, .parameter: ""
      }
    }.joined()
  }
}
