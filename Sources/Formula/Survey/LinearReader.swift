import Canvas

/// Reads a formula back from its row: what a reader sees, and nothing else.
///
/// Small letters are scripts, `_x` and `^(…)` too; `√` takes one factor, `/` a product and a factor.
/// Roles tell words from variables, and brackets in words from brackets.
struct LinearReader {
  private let cells: [Cell]
  /// For each opening bracket, where its partner is.
  private let partners: [Int: Int]

  private struct Cell {
    var character: Character
    var role: FormulaRole
    var isBold: Bool

    /// The character without combining marks.
    var base: Character { character.unicodeScalars.first.map(Character.init) ?? character }
    var marks: [Unicode.Scalar] { Array(character.unicodeScalars.dropFirst()) }
    var isStructure: Bool { role == .structure }
    var font: NormalFont { NormalFont(isText: role == .text, isBold: isBold) }
    var isWordPart: Bool {
      (character.isLetter || character.isNumber) && ScriptSigns.raised[character] == nil
        && ScriptSigns.lowered[character] == nil
    }
  }

  static func nodes(of row: FormulaRow) -> [NormalNode] {
    let reader = LinearReader(row)
    return reader.list(reader.cells.indices)
  }

  private init(_ row: FormulaRow) {
    cells = row.pieces.joined().flatMap { run in
      run.text.string.map {
        Cell(character: $0, role: run.role, isBold: run.attributes.contains(.bold))
      }
    }
    var partners: [Int: Int] = [:]
    var open: [Int] = []
    for (index, cell) in cells.enumerated() where cell.role != .text {
      if NormalNode.openers.contains(cell.character) { open.append(index) }
      if NormalNode.closers.contains(cell.base), let start = open.popLast() {
        partners[start] = index
      }
    }
    self.partners = partners
  }

  // MARK: Lists

  private func list(_ range: Range<Int>) -> [NormalNode] {
    var nodes: [NormalNode] = []
    var index = range.lowerBound
    while index < range.upperBound { index = read(at: index, range, into: &nodes) }
    return nodes.withRatios
  }

  /// Reads what stands at a place and gives the place after it.
  private func read(at index: Int, _ range: Range<Int>, into nodes: inout [NormalNode]) -> Int {
    let cell = cells[index]
    if cell.character == " " { return index + 1 }
    let standsApart = index == range.lowerBound || cells[index - 1].character == " "
    if standsApart, let root = rootWithDegree(at: index, range) {
      nodes.append(root.node)
      return root.end
    }
    if let script = script(at: index, range, on: nodes.last) {
      if standsApart { nodes.append(.scripts(base: nil, lower: [], upper: [])) }
      if script.isLower {
        nodes.attach(lower: script.nodes)
      } else {
        nodes.attach(upper: script.nodes)
      }
      return script.end
    }
    if cell.isStructure, "‾⏟⏞".contains(cell.character), let last = nodes.popLast() {
      let mark: Character = cell.character == "‾" ? "\u{304}" : cell.character
      nodes.append(.accent(mark, [last].bare))
      return index + 1
    }
    let (atom, end) = atom(at: index, range)
    nodes += atom
    return end
  }

  /// One sign, a group, or a root.
  private func atom(at index: Int, _ range: Range<Int>) -> (nodes: [NormalNode], end: Int) {
    let cell = cells[index]
    if let close = partners[index], close < range.upperBound {
      let group = NormalNode.group(cell.character, list(index + 1..<close), cells[close].base)
      let marked = cells[close].marks.reduce(group) { .accent(Character($1), [$0].bare) }
      return ([marked], close + 1)
    }
    if cell.isStructure, cell.character == "√" {
      let (radicand, end) = factor(at: index + 1, range)
      return ([.root(degree: [], radicand.bare)], end)
    }
    return ([.sign(cell.character, cell.font)], index + 1)
  }

  /// One factor with its scripts: what a root without brackets extends over.
  private func factor(at index: Int, _ range: Range<Int>) -> (nodes: [NormalNode], end: Int) {
    guard index < range.upperBound else { return ([], index) }
    var (nodes, end) = atom(at: index, range)
    if case .sign = nodes.first {
      let role = cells[index].role
      while end < range.upperBound, role == .text || role == .number, cells[end].role == role,
        ScriptSigns.raised[cells[end].character] == nil,
        ScriptSigns.lowered[cells[end].character] == nil
      {
        nodes.append(.sign(cells[end].character, cells[end].font))
        end += 1
      }
    }
    if case .group = nodes.first { return (nodes, end) }
    while end < range.upperBound, let script = script(at: end, range, on: nodes.last) {
      if script.isLower {
        nodes.attach(lower: script.nodes)
      } else {
        nodes.attach(upper: script.nodes)
      }
      end = script.end
    }
    return (nodes, end)
  }

  /// Small letters or a marked script before a root are its degree.
  private func rootWithDegree(
    at index: Int, _ range: Range<Int>
  ) -> (node: NormalNode, end: Int)? {
    guard let degree = script(at: index, range, on: nil), !degree.isLower,
      degree.end < range.upperBound, cells[degree.end].character == "√"
    else { return nil }
    let (radicand, end) = factor(at: degree.end + 1, range)
    return (.root(degree: degree.nodes.bare, radicand.bare), end)
  }

  // MARK: Scripts

  private func script(
    at index: Int, _ range: Range<Int>, on base: NormalNode?
  ) -> (nodes: [NormalNode], isLower: Bool, end: Int)? {
    let cell = cells[index]
    if cell.isStructure, "_^".contains(cell.character) {
      let (nodes, end) = markedScript(at: index + 1, range, on: base)
      return (nodes, cell.character == "_", end)
    }
    if let run = small(ScriptSigns.lowered, at: index, range) { return (run.nodes, true, run.end) }
    return small(ScriptSigns.raised, at: index, range).map { ($0.nodes, false, $0.end) }
  }

  /// What follows `_` or `^`: brackets, a word, or one sign.
  private func markedScript(
    at index: Int, _ range: Range<Int>, on base: NormalNode?
  ) -> (nodes: [NormalNode], end: Int) {
    guard index < range.upperBound else { return ([], index) }
    if partners[index] != nil { return atom(at: index, range) }
    var nodes = [NormalNode.sign(cells[index].character, cells[index].font)]
    var end = index + 1
    guard cells[index].isWordPart else { return (nodes, end) }
    while end < range.upperBound, cells[end].isWordPart {
      nodes.append(.sign(cells[end].character, cells[end].font))
      end += 1
    }
    if base?.isOperator == true, let primes = small(ScriptSigns.primes, at: end, range) {
      nodes.attach(upper: primes.nodes)
      end = primes.end
    }
    return (nodes, end)
  }

  private func small(
    _ signs: [Character: Character], at index: Int, _ range: Range<Int>
  ) -> (nodes: [NormalNode], end: Int)? {
    var nodes: [NormalNode] = []
    var end = index
    while end < range.upperBound, let sign = signs[cells[end].character] {
      nodes.append(.sign(sign, cells[end].font))
      end += 1
    }
    return nodes.isEmpty ? nil : (nodes.primed.grouped, end)
  }
}

extension NormalNode {
  /// A sum, or the name of a function.
  fileprivate var isOperator: Bool {
    guard case .sign(let sign, let font) = self else { return false }
    return font.isText || SymbolTable.symbol(typed: sign).atomClass == .largeOperator
  }
}

/// The small forms of signs, read backwards.
enum ScriptSigns {
  static let lowered = pairs(
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", "0123456789+−=()aehijklmnoprstuvxβγρφχ")
  static let raised = pairs(
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ*",
    "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ*"
  ).merging(primes) { first, _ in first }
  static let primes = pairs("′″‴", "′″‴")

  private static func pairs(_ small: String, _ plain: String) -> [Character: Character] {
    Dictionary(uniqueKeysWithValues: zip(small, plain))
  }
}
