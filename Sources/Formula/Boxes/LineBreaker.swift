import Canvas

/// Divides the atoms of a long formula into lines.
///
/// Lines end before a relation, before a binary operator or after punctuation, in this order of
/// liking; inside brackets only if there is no other way. Among the ways that fit, the one with
/// the least sum of penalties and of squared emptiness is taken, so that lines are balanced.
struct LineBreaker {
  private let atoms: [BoxLayout.Atom]
  private let width: Int
  /// Columns from the start of the first atom to the start of each, and to the end of the last.
  private let starts: [Int]
  /// Where continuation lines begin.
  private let indent: Int

  /// Penalties by the kind of place.
  private enum Penalty {
    static let relation = 0
    static let binary = 50
    static let punctuation = 80
    static let word = 60
    static let insideBrackets = 100
  }

  /// A place where a line may end: before the atom at `index`.
  private struct Opportunity {
    var index: Int
    var penalty: Int
  }

  /// Prepares the breaking of a list; hanging lines go on two columns in, wherever the first
  /// relation stands, so that the left-hand side may have a line of its own.
  init(_ atoms: [BoxLayout.Atom], width: Int, isHanging: Bool = false) {
    self.atoms = atoms
    self.width = width
    var starts: [Int] = []
    var x = 0
    for (index, atom) in atoms.enumerated() {
      if index > 0 { x += atom.gapBefore }
      starts.append(x)
      x += atom.box.width
    }
    self.starts = starts + [x]
    indent = isHanging ? 2 : LineBreaker.indent(atoms, starts: starts, width: width)
  }

  /// Lines go on under the first relation, unless it stands too far to the right.
  private static func indent(_ atoms: [BoxLayout.Atom], starts: [Int], width: Int) -> Int {
    guard let relation = atoms.firstIndex(where: { $0.atomClass == .relation }) else { return 2 }
    return starts[relation] <= width / 3 ? starts[relation] : 2
  }

  /// The lines as ranges of atoms with their indents, or nil if some line cannot be made to fit.
  func lines() -> [(range: Range<Int>, indent: Int)]? {
    let places = opportunities()
    var best: [(cost: Int, from: Int)?] = Array(repeating: nil, count: places.count)
    best[0] = (0, 0)
    for end in 1..<places.count {
      for start in (0..<end).reversed() {
        let columns = columns(from: places[start].index, to: places[end].index)
        if columns > width { break }
        guard let before = best[start] else { continue }
        let emptiness = 10 * (width - columns) / max(1, width)
        let cost = before.cost + places[end].penalty + emptiness * emptiness + 20
        if cost < best[end]?.cost ?? .max { best[end] = (cost, start) }
      }
    }
    return path(best, places)
  }

  private func path(
    _ best: [(cost: Int, from: Int)?], _ places: [Opportunity]
  ) -> [(range: Range<Int>, indent: Int)]? {
    var lines: [(range: Range<Int>, indent: Int)] = []
    var end = places.count - 1
    while end > 0 {
      guard let step = best[end] else { return nil }
      let range = places[step.from].index..<places[end].index
      lines.append((range, indent(ofLineAt: range.lowerBound)))
      end = step.from
    }
    return lines.reversed()
  }

  private func columns(from start: Int, to end: Int) -> Int {
    let last = end == atoms.count ? starts[end] : starts[end] - atoms[end].gapBefore
    return last - starts[start] + indent(ofLineAt: start)
  }

  /// Operators and terms stand two columns further in than relations, under the right-hand side.
  private func indent(ofLineAt start: Int) -> Int {
    if start == 0 { return 0 }
    return atoms[start].atomClass == .relation ? indent : indent + 2
  }

  /// The beginning, the places where a line may end, and the end.
  private func opportunities() -> [Opportunity] {
    var places = [Opportunity(index: 0, penalty: 0)]
    var depth = 0
    for index in atoms.indices {
      if atoms[index].atomClass == .closing { depth = max(0, depth - 1) }
      if index > 0, let penalty = penalty(before: index) {
        places.append(
          Opportunity(index: index, penalty: penalty + depth * Penalty.insideBrackets))
      }
      if atoms[index].atomClass == .opening { depth += 1 }
    }
    return places + [Opportunity(index: atoms.count, penalty: 0)]
  }

  private func penalty(before index: Int) -> Int? {
    switch (atoms[index - 1].atomClass, atoms[index].atomClass) {
    case (.relation, _): nil
    case (_, .relation): Penalty.relation
    case (_, .binary): Penalty.binary
    case (.punctuation, _): Penalty.punctuation
    default: atoms[index].continuesText || isBetweenIdeographs(index) ? Penalty.word : nil
    }
  }

  private func isBetweenIdeographs(_ index: Int) -> Bool {
    [atoms[index - 1], atoms[index]].allSatisfy { atom in
      atom.box.singleCell.map { $0.role == .text && $0.character.isIdeographic } == true
    }
  }
}

extension BoxLayout {
  /// The atoms with fences, groups and words taken apart, so that lines may end inside them.
  func flattened(_ atoms: [Atom]) -> [Atom] {
    atoms.flatMap { atom -> [Atom] in
      guard let node = atom.node, var parts = parts(of: node, atom), !parts.isEmpty else {
        return [atom]
      }
      parts[0].gapBefore = atom.gapBefore
      return parts
    }
  }

  private func parts(of node: FormulaNode, _ atom: Atom) -> [Atom]? {
    switch node {
    case .fenced(let fence) where fence.parts.count == 1:
      return parts(of: fence, atom, scripts: nil)
    case .scripts(let scripts):
      guard case .fenced(let fence)? = scripts.base, fence.parts.count == 1 else { return nil }
      return parts(of: fence, atom, scripts: scripts)
    case .group(let nodes, .ordinary, _):
      return flattened(self.atoms(nodes, .display))
    case .text(let text, let attributes): return words(text, attributes)
    default: return nil
    }
  }

  private func parts(of fence: FormulaFence, _ atom: Atom, scripts: FormulaScripts?) -> [Atom] {
    let body = self.atoms(fence.parts[0], .display)
    let shape = join(body)
    let (height, axis) = shape.isTall ? (shape.height, shape.axis) : (1, 0)
    let left = delimiter(fence.left, height: height, axis: axis)
    var right = delimiter(fence.right, height: height, axis: axis)
    if let scripts { right = scripted(on: right, scripts) }
    return [Atom(box: left, atomClass: .opening)] + flattened(body)
      + [Atom(box: right, atomClass: .closing)]
  }

  /// Chinese without blanks: a line may end between any two ideographs.
  private func ideographs(_ text: String, _ attributes: Style.Attributes) -> [Atom] {
    guard text.count > 1, text.allSatisfy(\.isIdeographic) else { return [] }
    return text.map {
      Atom(box: row(String($0), .text, attributes), atomClass: .ordinary)
    }
  }

  private func words(_ text: String, _ attributes: Style.Attributes) -> [Atom] {
    let words = text.split(separator: " ")
    guard words.count > 1 else { return ideographs(text, attributes) }
    return words.enumerated().map { index, word in
      let start = index == 0 && text.hasPrefix(" ") ? " " : ""
      let end = index == words.count - 1 && text.hasSuffix(" ") ? " " : ""
      var atom = Atom(box: row(start + word + end, .text, attributes), atomClass: .ordinary)
      atom.gapBefore = index == 0 ? 0 : 1
      atom.continuesText = index > 0
      return atom
    }
  }
}

extension Character {
  /// One sign of Chinese text, which is not a mark.
  fileprivate var isIdeographic: Bool {
    unicodeScalars.allSatisfy { (0x3400...0x9fff).contains($0.value) }
  }
}
