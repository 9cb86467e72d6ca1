/// What the lexer knows of a language: its words and its marks.
struct CodeLanguage: Sendable {
  var keywords: Set<String>
  var types: Set<String> = []
  /// Whether a word that starts with a capital letter names a type.
  var capitalizesTypes = false
  var lineComment: String?
  var blockComment: (open: String, close: String)?
  /// Longer marks first, since `"""` starts with `"`.
  var strings: [StringRule]
  /// A byte that makes a keyword of the word after it: `@` of attributes, `#` of directives.
  var wordPrefixes: Set<UInt8> = []

  struct StringRule: Sendable {
    var open: String
    var close: String
    var escapes = true
    var spansLines = false
  }

  /// The language of an info string's first word.
  static func named(_ name: String) -> CodeLanguage? {
    switch name {
    case "swift": swift
    case "python", "py", "python3", "pycon": python
    case "sh", "bash", "zsh", "shell", "console": shell
    case "json", "jsonc": json
    case "c", "h", "cpp", "c++", "objc", "cuda": c
    default: nil
    }
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(separator: " ").map(String.init))
  }

  private static let swift = CodeLanguage(
    keywords: words(
      """
      actor any as associatedtype async await borrowing break case catch class consuming continue \
      default defer deinit do else enum extension fallthrough false fileprivate for func get guard \
      if import in indirect init inout internal is isolated let mutating nil nonisolated open \
      operator package private protocol public repeat rethrows return self Self set some static \
      struct subscript super switch throw throws true try typealias var where while willSet didSet
      """),
    capitalizesTypes: true, lineComment: "//", blockComment: ("/*", "*/"),
    strings: [
      StringRule(open: "#\"\"\"", close: "\"\"\"#", escapes: false, spansLines: true),
      StringRule(open: "\"\"\"", close: "\"\"\"", spansLines: true),
      StringRule(open: "#\"", close: "\"#", escapes: false),
      StringRule(open: "\"", close: "\""),
    ], wordPrefixes: [UInt8(ascii: "@"), UInt8(ascii: "#")])

  private static let python = CodeLanguage(
    keywords: words(
      """
      and as assert async await break case class continue def del elif else except False finally \
      for from global if import in is lambda match None nonlocal not or pass raise return self \
      True try while with yield
      """),
    types: words("bool bytes complex dict float frozenset int list object set str tuple type"),
    capitalizesTypes: true, lineComment: "#",
    strings: [
      StringRule(open: "\"\"\"", close: "\"\"\"", spansLines: true),
      StringRule(open: "'''", close: "'''", spansLines: true),
      StringRule(open: "\"", close: "\""), StringRule(open: "'", close: "'"),
    ], wordPrefixes: [UInt8(ascii: "@")])

  private static let shell = CodeLanguage(
    keywords: words(
      """
      case cd do done echo elif else esac exec exit export fi for function if in local read return \
      set shift source sudo then trap unset until while
      """),
    lineComment: "#",
    strings: [
      StringRule(open: "\"", close: "\"", spansLines: true),
      StringRule(open: "'", close: "'", escapes: false, spansLines: true),
    ])

  private static let json = CodeLanguage(
    keywords: words("true false null"), lineComment: "//",
    strings: [StringRule(open: "\"", close: "\"")])

  private static let c = CodeLanguage(
    keywords: words(
      """
      auto break case class const constexpr continue default delete do else enum extern false for \
      goto if inline namespace new NULL nullptr operator private protected public register \
      restrict return sizeof static struct switch template this throw true try typedef typename \
      union using virtual volatile while
      """),
    types: words(
      """
      bool char double float int int8_t int16_t int32_t int64_t long short signed size_t ssize_t \
      uint8_t uint16_t uint32_t uint64_t unsigned void
      """),
    lineComment: "//", blockComment: ("/*", "*/"),
    strings: [StringRule(open: "\"", close: "\""), StringRule(open: "'", close: "'")],
    wordPrefixes: [UInt8(ascii: "#")])
}
