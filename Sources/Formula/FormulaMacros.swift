/// Commands that a post has defined, from the formula that defines them to its end.
///
/// Carried from formula to formula: `ParsedFormula.macros` is the state after one.
package struct FormulaMacros: Hashable, Sendable {
  private var definitions: [String: FormulaMacro] = [:]

  /// No macros but those built in.
  package init() {}

  subscript(name: String) -> FormulaMacro? {
    definitions[name] ?? FormulaMacros.builtIn[name]
  }

  mutating func define(_ name: String, as macro: FormulaMacro) {
    definitions[name] = macro
  }

  /// What machine-learning authors take for granted (math.md, section 2); the post's own
  /// definitions win.
  private static let builtIn: [String: FormulaMacro] = {
    var macros: [String: FormulaMacro] = [:]
    func define(_ name: String, _ source: String) {
      macros[name] = FormulaMacro(body: FormulaLexer.tokens(of: source))
    }
    for letter in "RNZQPE" { define(String(letter), "\\mathbb{\(letter)}") }
    for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" {
      define("bf\(letter)", "\\mathbf{\(letter)}")
    }
    for letter in "abcdeghijklnopqrsuvwxyz" { define("b\(letter)", "\\mathbf{\(letter)}") }
    define("Expect", "\\mathbb{E}")
    define("grad", "\\nabla")
    define("tp", "\\top")
    define("giv", "\\mid")
    for word in ["diag", "ELBO", "KL", "iid"] { define(word, "\\operatorname{\(word)}") }
    return macros
  }()
}

/// One definition: how many arguments, the first one's default, and what comes in place.
struct FormulaMacro: Hashable, Sendable {
  var parameterCount = 0
  var firstDefault: [FormulaToken]?
  var body: [FormulaToken]
}
