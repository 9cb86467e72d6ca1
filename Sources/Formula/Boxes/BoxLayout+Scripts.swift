import Canvas

extension BoxLayout {
  /// An atom with its scripts: as limits, as small characters, or raised and lowered.
  func scripted(_ scripts: FormulaScripts, _ style: MathStyle, operandHeight: Int) -> Box {
    let stacks = scripts.base?.stacksLimits(style) == true
    let base =
      bracedForLabel(scripts, style)
      ?? scripts.base.map { box($0, style, operandHeight: operandHeight) } ?? .blank(width: 0)
    return stacks
      ? limits(of: base, over: scripts.upper, under: scripts.lower) : scripted(on: base, scripts)
  }

  /// A base already drawn with its scripts beside it.
  func scripted(on base: Box, _ scripts: FormulaScripts) -> Box {
    if scripts.collidesWithBase { return appended(scripts, to: base) }
    if scripts.base?.operatorSign == nil, let row = smallScripts(on: base, scripts) { return row }
    let upper = scripts.upper.map { box($0, .script) }
    let lower = scripts.lower.map { box($0, .script) }
    return raised(base, upper: upper, lower: lower)
  }

  /// Scripts as characters of Unicode, if all of them are such.
  private func smallScripts(on base: Box, _ scripts: FormulaScripts) -> Box? {
    let isSmall =
      options.scripts == .unicode || scripts.lower == nil && scripts.upper?.isPrimes == true
    guard isSmall, let lower = ScriptWriter.glyphs(for: scripts.lower ?? [], .lower),
      let upper = ScriptWriter.glyphs(for: scripts.upper ?? [], .upper)
    else { return nil }
    if base.height > 1 {
      return raised(
        base, upper: scripts.upper.map { _ in cells(upper) },
        lower: scripts.lower.map { _ in cells(lower) })
    }
    return Box.row([base, cells(lower + upper)])
  }

  /// Scripts after those that the base has: kept off by a blank, they are not scripts of scripts.
  private func appended(_ scripts: FormulaScripts, to base: Box) -> Box {
    func script(_ nodes: [FormulaNode]?) -> Box? {
      nodes.map { Box.row([.blank(width: 1), box($0, .script)]) }
    }
    return raised(base, upper: script(scripts.upper), lower: script(scripts.lower))
  }

  private func cells(_ cells: [GlyphCell]) -> Box {
    let cells = cells.map { GlyphCell($0.character, $0.role, $0.attributes.union(attributes)) }
    return Box(options.glyphs.glyphs(cells), displayWidth)
  }

  /// Scripts on rows of their own, both in the column after the base.
  ///
  /// A tall base has room for them beside its first and last row.
  private func raised(_ base: Box, upper: Box?, lower: Box?) -> Box {
    let overlap = base.height > 1 ? 1 : 0
    let above = max(0, (upper?.height ?? 0) - overlap)
    let below = max(0, (lower?.height ?? 0) - overlap)
    var placements = [Box.Placement(box: base, column: 0, row: above)]
    if let upper { placements.append(.init(box: upper, column: base.width, row: 0)) }
    if let lower {
      let row = above + base.height - overlap
      placements.append(.init(box: lower, column: base.width, row: row))
    }
    return Box(
      width: base.width + max(upper?.width ?? 0, lower?.width ?? 0),
      height: above + base.height + below, axis: above + base.axis, isTall: base.isTall,
      placements)
  }

  /// Labels centred over and under a base.
  func limits(of base: Box, over: [FormulaNode]?, under: [FormulaNode]?) -> Box {
    var boxes = [base]
    var axis = 0
    if let under, !under.isEmpty { boxes.append(box(under, .script)) }
    if let over, !over.isEmpty {
      boxes.insert(box(over, .script), at: 0)
      axis = 1
    }
    return Box.column(boxes, axisOf: axis)
  }

  /// A brace whose label follows as a script gets a stem to it.
  private func bracedForLabel(_ scripts: FormulaScripts, _ style: MathStyle) -> Box? {
    guard case .accent(let accent, let body)? = scripts.base, accent.row == .brace else {
      return nil
    }
    return braced(box(body, style), isUnder: accent.isUnder, hasStem: true)
  }
}

extension FormulaNode {
  /// Whether scripts on this atom stand above and below it.
  fileprivate func stacksLimits(_ style: MathStyle) -> Bool {
    switch self {
    case .symbol(let symbol): symbol.limits.stacks(style)
    case .group(_, _, let limits): limits.stacks(style)
    case .accent(let accent, let body):
      accent.row == .brace || (body.count == 1 && body[0].stacksLimits(style))
    default: false
    }
  }
}

extension LimitPlacement {
  func stacks(_ style: MathStyle) -> Bool {
    switch self {
    case .beside: false
    case .stacked: true
    case .stackedInDisplay: style == .display
    }
  }
}
