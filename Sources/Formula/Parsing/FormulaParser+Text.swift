import Canvas

extension FormulaParser {
  /// Reads the argument of `\text`, in which blanks count and `$…$` is mathematics.
  mutating func text(_ attributes: Style.Attributes) throws(FormulaFault) -> [FormulaNode] {
    stream.skipSpaces()
    guard stream.take(.beginGroup) else {
      guard case .character(let character)? = stream.next else { return try argument() }
      _ = stream.take()
      return [.text(String(character), attributes)]
    }
    let nodes = try textList(attributes)
    guard stream.take(.endGroup) else { throw .unbalancedGroup }
    return nodes
  }

  private mutating func textList(
    _ attributes: Style.Attributes
  ) throws(FormulaFault) -> [FormulaNode] {
    try enter()
    defer { leave() }
    var nodes: [FormulaNode] = []
    var word = ""
    func flush() {
      if !word.isEmpty { nodes.append(.text(word, attributes)) }
      word = ""
    }
    while let token = stream.next, token != .endGroup {
      _ = stream.take()
      switch token {
      case .character(let character): word.append(character == "~" ? " " : character)
      case .space: word.append(" ")
      case .superscriptMark: word.append("^")
      case .subscriptMark: word.append("_")
      case .alignment: word.append("&")
      case .parameter(let number): word += "#\(number)"
      case .beginGroup:
        flush()
        nodes += try textList(attributes)
        guard stream.take(.endGroup) else { throw .unbalancedGroup }
      case .mathShift:
        flush()
        nodes.append(.group(try list(until: .mathShift)))
        guard stream.take(.mathShift) else { throw .unbalancedGroup }
      case .command(let name):
        flush()
        stream.putBack([.command(name)])
        nodes += try textCommand(attributes)
      case .endGroup: break
      }
    }
    flush()
    return nodes
  }

  /// A command inside text: one for another font of text, or one as in mathematics.
  private mutating func textCommand(
    _ attributes: Style.Attributes
  ) throws(FormulaFault) -> [FormulaNode] {
    guard case .command(let name)? = stream.take() else { return [] }
    if case .text(let more)? = CommandTable.command(named: name) {
      return try text(attributes.union(more))
    }
    if let mark = CommandTable.textAccents[name], macros[name] == nil {
      return try text(attributes).marked(mark)
    }
    if [" ", "\\", "newline", "cr", "tabularnewline"].contains(name) {
      return [.text(" ", attributes)]
    }
    // What closes a list cannot be an argument, and would be met again for ever.
    guard !FormulaToken.command(name).closesList else { throw .unbalancedGroup }
    stream.putBack([.command(name)])
    return try argument()
  }
}

extension [FormulaNode] {
  /// The text with an accent on its first letter.
  fileprivate func marked(_ mark: Unicode.Scalar) -> [FormulaNode] {
    guard case .text(var text, let attributes)? = first, let letter = text.first else {
      return self
    }
    text.replaceSubrange(...text.startIndex, with: String(letter.marked(mark)))
    return [.text(text, attributes)] + dropFirst()
  }
}
