import Canvas

extension LinearForm {
  // MARK: Fractions and roots

  func written(_ fraction: FormulaFraction) -> LinearText {
    switch fraction.kind {
    case .bar: return ratio(fraction)
    case .binomial, .stacked:
      var text = LinearText(fraction.kind == .binomial ? "C(" : "(", .structure)
      text.append(tight.text(fraction.numerator))
      text.append(LinearText(", ", .structure))
      text.append(tight.text(fraction.denominator))
      text.append(LinearText(")", .structure))
      return text
    }
  }

  /// `a/b`: a product may stand above the bar bare, below it only one atom.
  private func ratio(_ fraction: FormulaFraction) -> LinearText {
    var text = tight.text(fraction.numerator).enclosed(below: .product)
    text.endsInBareScript = false
    text.append(LinearText("/", .structure))
    let denominator = tight.text(fraction.denominator)
    let isBare =
      denominator.precedence >= .root && !fraction.denominator.isEvaluation
      || denominator.isBetweenBars
      || fraction.denominator.isCallOrDifferential
    text.append(isBare ? denominator : denominator.enclosed())
    text.precedence = .fraction
    text.breaks = []
    return text
  }

  func root(_ degree: [FormulaNode]?, _ body: [FormulaNode]) -> LinearText {
    var text = LinearText()
    if let degree, !degree.isEmpty {
      text =
        smallGlyphs(of: degree, .upper).map { LinearText($0) }
        ?? tight.text(degree).enclosed()
      text.endsInBareScript = false
    }
    text.append(LinearText("√", .structure))
    let radicand = tight.text(body)
    let startsWithBracket = radicand.cells.first.map { "([{⟨⌈⌊|‖".contains($0.character) } ?? false
    let isBare = radicand.isEnclosed || radicand.precedence == .atom && !startsWithBracket
    text.append(isBare ? radicand : radicand.enclosed())
    text.endsInBareScript = isBare
    text.precedence = .root
    return text
  }

  // MARK: Fences, accents, matrices

  func written(_ fence: FormulaFence) -> LinearText {
    var text = LinearText(fence.left.map(String.init) ?? "", .structure)
    for (index, part) in fence.parts.enumerated() {
      if index > 0 {
        text.append(LinearText(fence.middles[index - 1].map { " \($0) " } ?? "", .structure))
      }
      let body = inside(fence, part)
      // The degree of a root would be an exponent of the bar.
      if index == 0, part.first?.standsApart == true, fence.left.map("|‖".contains) == true {
        text.appendBlanks(1)
      }
      text.append(fence.isEvaluation ? body.enclosed(below: .atom) : body)
    }
    text.endsInBareScript = false
    text.append(LinearText(fence.shownRight, .structure))
    if fence.right == nil && fence.shownRight.isEmpty { text.precedence = .product }
    return text.withoutShortBreaks
  }

  /// A matrix directly inside a fence needs no brackets of its own.
  private func inside(_ fence: FormulaFence, _ part: [FormulaNode]) -> LinearText {
    let solid = part.filter { !$0.isSpace }
    if solid.count == 1, case .matrix(let matrix) = solid[0], matrix.left == nil,
      matrix.right == nil
    {
      return entries(of: matrix)
    }
    return text(part)
  }

  func accented(_ accent: FormulaAccent, _ body: [FormulaNode]) -> LinearText {
    var text = text(body)
    if case .brace = accent.row {
      if text.cells.count > 1 && !text.isEnclosed { text = text.enclosed() }
      text.append(LinearText(accent.isUnder ? "⏟" : "⏞", .structure))
      text.precedence = .atom
      return text
    }
    if text.cells.count != 1 && !text.isEnclosed { text = text.enclosed() }
    if accent.mark == "\u{304}" && text.cells.count > 1 {
      text.append(LinearText("‾", .structure))
    } else if let last = text.cells.last {
      text.cells[text.cells.count - 1].character = last.character.marked(accent.mark)
    }
    text.precedence = .atom
    return text
  }

  func written(_ matrix: FormulaMatrix) -> LinearText {
    let entries = entries(of: matrix)
    if matrix.left == nil && matrix.right == nil {
      return matrix.rows.count > 1 && matrix.columns == .centred ? entries.enclosed() : entries
    }
    return entries.enclosed(
      matrix.left.map(String.init) ?? "", matrix.right.map(String.init) ?? "}")
  }

  /// Cells joined by commas (pairs of `aligned` belong together), rows by semicolons.
  private func entries(of matrix: FormulaMatrix) -> LinearText {
    if let row = matrix.rows.first, matrix.rows.count == 1, row.cells.count == 1 {
      return text(row.cells[0])
    }
    var text = LinearText([], .punctuation)
    for (index, row) in matrix.rows.enumerated() {
      if index > 0 {
        text.append(separator(matrix.columns == .lines && matrix.numbering == nil ? ", " : "; "))
      }
      text.append(matrix.columns == .paired ? paired(row) : separated(row))
    }
    return text
  }

  private func paired(_ row: FormulaMatrix.Row) -> LinearText {
    var text = LinearText([], .relation)
    for pair in stride(from: 0, to: row.cells.count, by: 2) {
      if pair > 0 { text.append(separator(", ")) }
      text.append(self.text(Array(row.cells[pair..<min(pair + 2, row.cells.count)].joined())))
    }
    return text
  }

  private func separated(_ row: FormulaMatrix.Row) -> LinearText {
    var text = LinearText()
    for (index, cell) in row.cells.enumerated() {
      if index > 0 { text.append(separator(row.cells[index - 1].endsInPunctuation ? " " : ", ")) }
      text.append(self.text(cell))
    }
    return text
  }

  private func separator(_ mark: String) -> LinearText {
    var text = LinearText(mark, .structure)
    text.breaks = [text.cells.count]
    return text
  }
}
