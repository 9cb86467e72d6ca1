import Canvas

extension BoxLayout {
  /// Two parts with the bar, or what stands for it, on the axis.
  func box(_ fraction: FormulaFraction, _ style: MathStyle) -> Box {
    if style == .script { return linear(.fraction(fraction)) }
    let numerator = box(fraction.numerator, style)
    let denominator = box(fraction.denominator, style)
    switch fraction.kind {
    case .bar:
      let bar = rule(columns: max(numerator.width, denominator.width) + 2)
      return Box.column([numerator, bar, denominator], axisOf: 1)
    case .stacked, .binomial:
      // Without a bar a blank row keeps the place of the axis.
      let middle = Box.blank(width: 1)
      let stack = Box.column([numerator, middle, denominator], axisOf: 1)
      return fraction.kind == .stacked ? stack : enclosed(stack, "(", ")")
    }
  }

  /// A horizontal rule, at least so long; longer by a column where `─` takes two.
  func rule(columns: Int, _ glyph: Character = "─") -> Box {
    let unit = max(1, self.columns(of: glyph))
    let count = (max(1, columns) + unit - 1) / unit
    return row(String(repeating: glyph, count: count), .structure)
  }

  /// The columns of one piece as it is drawn.
  func columns(of piece: Character) -> Int { displayWidth.columns(of: options.glyphs.glyph(piece)) }

  // MARK: Roots

  /// `⎷` and `│` at the left, `┌──` above, the degree in the crook.
  func root(_ degree: [FormulaNode]?, _ body: [FormulaNode], _ style: MathStyle) -> Box {
    let radicand = box(body, style)
    let corner = row("┌", .structure)
    let sign = rootSign(height: radicand.height, width: corner.width)
    let bar = rule(columns: radicand.width)
    let degreeBox = degree.flatMap { $0.isEmpty ? nil : box($0, .script) }
    let inset = max(0, (degreeBox?.width ?? 0))
    let lift = max(0, (degreeBox?.height ?? 0) - radicand.height)
    var placements = [
      Box.Placement(box: corner, column: inset, row: lift),
      Box.Placement(box: bar, column: inset + sign.width, row: lift),
      Box.Placement(box: sign, column: inset, row: lift + 1),
      Box.Placement(box: radicand, column: inset + sign.width, row: lift + 1),
    ]
    if let degreeBox {
      let row = lift + radicand.height - degreeBox.height
      placements.append(Box.Placement(box: degreeBox, column: 0, row: row))
    }
    return Box(
      width: inset + sign.width + max(bar.width, radicand.width),
      height: lift + 1 + radicand.height, axis: lift + 1 + radicand.axis, isTall: true,
      placements)
  }

  /// The stroke to the left of the radicand, `⎷` at its foot.
  private func rootSign(height: Int, width: Int) -> Box {
    let foot = row("⎷", .structure)
    let stroke = row("│", .structure)
    return Box.column(
      Array(repeating: stroke, count: height - 1) + [foot], axisOf: 0, alignment: .right,
      width: width)
  }
}
