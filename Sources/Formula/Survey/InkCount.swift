import Foundation

/// Counts of the letters, digits, Greek letters and ideographs of a text, whatever their form:
/// small, blackboard and script letters count as plain ones.
package struct InkCount: Hashable {
  package private(set) var counts: [Unicode.Scalar: Int] = [:]

  /// Counts a drawing.
  package init(of drawing: String) {
    for scalar in drawing.decomposedStringWithCompatibilityMapping.unicodeScalars
    where InkCount.isInk(scalar) {
      counts[scalar, default: 0] += 1
    }
  }

  static func isInk(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x391...0x3a9, 0x3b1...0x3c9, 0x3400...0x9fff:
      true
    default: false
    }
  }

  mutating func add(_ letter: Unicode.Scalar) {
    counts[letter, default: 0] += 1
  }

  mutating func add(_ other: InkCount) {
    counts.merge(other.counts, uniquingKeysWith: +)
  }

  /// Whether a drawing shows all of this and nothing else.
  ///
  /// A letter in `extras` may come so often more: a transposing `⊤` may be written `T`.
  package func isShown(by drawing: InkCount, extras: [Unicode.Scalar: Int] = [:]) -> Bool {
    Set(counts.keys).union(drawing.counts.keys).allSatisfy { scalar in
      let missing = (counts[scalar] ?? 0) - (drawing.counts[scalar] ?? 0)
      return missing <= 0 && -missing <= extras[scalar] ?? 0
    }
  }
}

/// The ink that a TeX source asks for, counted from the source alone.
///
/// It knows commands only by what letters they stand for and by which arguments are not shown;
/// neither the parser nor the layout has a part in it.
package struct SourceInk {
  package private(set) var ink = InkCount(of: "")
  /// How often a letter may stand for a sign: `T` for `⊤`, `x` for `×`.
  package private(set) var extras: [Unicode.Scalar: Int] = [:]

  package init(_ tex: String) {
    var rest = tex[...]
    while let character = rest.popFirst() {
      switch character {
      case "\\": command(&rest)
      case "×": extras["x", default: 0] += 1
      case "⊤": extras["T", default: 0] += 1
      case "%": rest = rest.drop { !$0.isNewline }
      default:
        if let letter = character.isASCII ? character.unicodeScalars.first : nil {
          if InkCount.isInk(letter) { ink.add(letter) }
        } else {
          ink.add(InkCount(of: String(character)))
        }
      }
    }
  }

  private mutating func command(_ rest: inout Substring) {
    let name = String(rest.prefix { $0.isASCII && $0.isLetter })
    rest.removeFirst(name.count)
    guard !name.isEmpty else {
      _ = rest.popFirst()
      skipRowHeight(&rest)
      return
    }
    if let letter = SourceInk.letters[name] { ink.add(InkCount(of: letter)) }
    if SourceInk.words.contains(name) { ink.add(InkCount(of: name)) }
    if name == "top" || name == "intercal" || name == "tp" { extras["T", default: 0] += 1 }
    if name == "times" { extras["x", default: 0] += 1 }
    if name == "binom" || name == "dbinom" || name == "tbinom" || name == "choose" {
      extras["C", default: 0] += 1
    }
    skipArguments(of: name, &rest)
  }

  /// Passes over the height of a row, `[2pt]`.
  private func skipRowHeight(_ rest: inout Substring) {
    if let match = rest.prefixMatch(of: /\*?\[\s*-?[0-9.]+\s*[a-z]+\s*\]/) {
      rest.removeFirst(match.output.count)
    }
  }

  private mutating func skipArguments(of name: String, _ rest: inout Substring) {
    switch name {
    case "begin":
      let environment = SourceInk.group(&rest).filter { $0 != "*" }
      if ["array", "darray", "subarray", "tabular", "alignat", "alignedat"].contains(environment) {
        SourceInk.option(&rest)
        _ = SourceInk.group(&rest)
      }
    case "end", "label", "tag", "color", "textcolor", "colorbox", "vspace", "hspace", "mspace",
      "phantom", "hphantom", "vphantom", "ref", "eqref":
      if rest.first == "*" { rest.removeFirst() }
      _ = SourceInk.group(&rest)
    case "kern", "mkern", "hskip", "mskip":
      if let match = rest.prefixMatch(of: /\s*-?[0-9.]+\s*[a-z]{2}/) {
        rest.removeFirst(match.output.count)
      }
    case "cfrac": SourceInk.option(&rest)
    default: break
    }
  }

  private static func option(_ rest: inout Substring) {
    if let match = rest.prefixMatch(of: /\s*\[[a-z]\]/) { rest.removeFirst(match.output.count) }
  }

  /// Takes a braced group, one command or one character.
  private static func group(_ rest: inout Substring) -> String {
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    if let match = rest.prefixMatch(of: /\\(?:[A-Za-z]+|.)/) {
      rest.removeFirst(match.output.count)
      return String(match.output)
    }
    guard rest.first == "{" else { return rest.popFirst().map(String.init) ?? "" }
    var depth = 0
    var text = ""
    while let character = rest.popFirst() {
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      if depth == 0 { break }
      text.append(character)
    }
    return String(text.dropFirst())
  }
}

extension SourceInk {
  /// Commands whose sign is a letter.
  private static let letters: [String: String] = {
    var letters: [String: String] = [
      "ell": "l", "Re": "R", "Im": "I", "R": "R", "N": "N", "Z": "Z", "Q": "Q", "P": "P", "E": "E",
      "Expect": "E", "epsilon": "ε", "varepsilon": "ε", "vartheta": "θ", "varphi": "φ",
      "varrho": "ρ", "varpi": "π", "varkappa": "κ", "varsigma": "ς", "omicron": "ο", "pmod": "mod",
      "bmod": "mod",
      "varlimsup": "limsup", "varliminf": "liminf", "Bbbk": "k", "circledS": "S", "wp": "",
    ]
    let names = """
      alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi \
      chi psi omega
      """
    let lower = Array("αβγδζηθικλμνξπρστυφχψω")
    for (name, letter) in zip(names.split(separator: " "), lower) {
      let capital = name.prefix(1).uppercased() + name.dropFirst()
      letters[String(name)] = String(letter)
      letters[capital] = letter.uppercased()
      letters["var" + capital] = letter.uppercased()
    }
    for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" {
      letters["bf\(letter)"] = String(letter)
    }
    for letter in "abcdeghijklnopqrsuvwxyz" { letters["b\(letter)"] = String(letter) }
    for name in ["bar", "big", "bm", "bf"] { letters[name] = nil }
    return letters
  }()

  /// Commands that are written out.
  private static let words = Set(
    """
    log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arg dim ker deg
    hom mod lim max min sup inf det gcd Pr argmax argmin limsup liminf plim lcm injlim projlim
    diag ELBO KL iid sech csch arccot
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
