/// Why a formula cannot be drawn; its source is shown instead.
enum FormulaFault: Error, Hashable, Sendable {
  case unbalancedGroup, unbalancedDelimiters, unbalancedEnvironment
  case unknownEnvironment(String)
  case tooDeep, tooLong, tooManyRows, tooManyExpansions
  case malformedMacro
}

/// The tokens that the parser has still to read, with macros put in place as they come up.
struct TokenStream {
  /// The rest in reverse, so that taking and putting back are cheap.
  private var rest: [FormulaToken]
  private var expansions = 0
  private var insertedTokens = 0

  init(_ tokens: [FormulaToken]) {
    rest = tokens.reversed()
  }

  var next: FormulaToken? { rest.last }

  mutating func take() -> FormulaToken? { rest.popLast() }

  mutating func skipSpaces() {
    while rest.last == .space { rest.removeLast() }
  }

  /// Takes the next token if it is this one.
  mutating func take(_ token: FormulaToken) -> Bool {
    guard rest.last == token else { return false }
    rest.removeLast()
    return true
  }

  /// Whether a comma and just three digits come next: `,000`.
  var startsWithThousands: Bool {
    let next = rest.suffix(5).reversed().dropFirst().map { token in
      if case .character(let character) = token {
        character.isASCII && character.isNumber
      } else {
        false
      }
    }
    return next.prefix(3) == [true, true, true] && next.dropFirst(3).first != true
  }

  mutating func putBack(_ tokens: [FormulaToken]) {
    rest.append(contentsOf: tokens.reversed())
  }

  /// Puts what a macro stands for in front of the rest.
  ///
  /// Both limits are needed: a definition may double itself at each expansion.
  mutating func insert(_ tokens: [FormulaToken]) throws(FormulaFault) {
    expansions += 1
    insertedTokens += tokens.count
    guard expansions <= 1_000, insertedTokens <= 20_000 else { throw .tooManyExpansions }
    rest.append(contentsOf: tokens.reversed())
  }

  /// The tokens of a braced group without its braces, or one token.
  mutating func takeRawArgument() throws(FormulaFault) -> [FormulaToken] {
    skipSpaces()
    guard let first = take() else { return [] }
    guard first == .beginGroup else { return [first] }
    var depth = 1
    var tokens: [FormulaToken] = []
    while let token = take() {
      if token == .beginGroup { depth += 1 }
      if token == .endGroup { depth -= 1 }
      if depth == 0 { return tokens }
      tokens.append(token)
    }
    throw .unbalancedGroup
  }

  /// The tokens between square brackets, if the next token opens them.
  mutating func takeRawOption() throws(FormulaFault) -> [FormulaToken]? {
    skipSpaces()
    guard take(.character("[")) else { return nil }
    var depth = 0
    var tokens: [FormulaToken] = []
    while let token = take() {
      if token == .beginGroup { depth += 1 }
      if token == .endGroup { depth -= 1 }
      if depth == 0 && token == .character("]") { return tokens }
      tokens.append(token)
    }
    throw .unbalancedGroup
  }
}

extension [FormulaToken] {
  /// The tokens as the text they came from: names of environments, labels, tags.
  var sourceText: String {
    map { token in
      switch token {
      case .command(let name): "\\" + name + (name.first?.isTeXLetter == true ? " " : "")
      case .character(let character): String(character)
      case .space: " "
      case .beginGroup: "{"
      case .endGroup: "}"
      case .superscriptMark: "^"
      case .subscriptMark: "_"
      case .alignment: "&"
      case .mathShift: "$"
      case .parameter(let number): "#\(number)"
      }
    }.joined()
  }
}
