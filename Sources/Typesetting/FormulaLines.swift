import Canvas
import Formula
import Markdown

/// The formulas of one document, ready to be drawn: the seam to `Formula`.
///
/// Macros and equation numbers run through the whole post, so they are collected once when the
/// document is opened; drawing waits until a block is shown.
struct FormulaLines: Sendable {
  /// What a formula needs from those before it.
  struct Context: Sendable {
    var macros = FormulaMacros()
    var numbers: [String?] = []
  }

  /// A formula by its place: equal ones may carry different numbers.
  private struct Place: Hashable, Sendable {
    var block: Int
    var source: String
  }

  /// Only formulas that need more than their own source are here.
  private var contexts: [Place: Context] = [:]
  /// The block where each labelled equation stands.
  private var equations: [String: Int] = [:]

  /// Scripts, glyphs and references; the width of characters is the page's.
  private var drawing: FormulaOptions

  init(_ document: Document, _ drawing: FormulaOptions = FormulaOptions()) {
    self.drawing = drawing
    var macros = FormulaMacros()
    var counter = EquationNumbers()
    var definesMacros = false
    document.visitInlines { inline, block in
      guard case .math(let span) = inline else { return }
      let effects = Effects(of: span.tex)
      guard definesMacros || effects.definesMacros || effects.mayBeNumbered else { return }
      let formula = ParsedFormula(span.tex, macros: macros)
      for label in formula.labels { equations[label] = block }
      contexts[Place(block: block, source: span.source)] = Context(
        macros: macros, numbers: counter.assign(to: formula))
      macros = formula.macros
      definesMacros = definesMacros || effects.definesMacros
    }
    self.drawing.references = counter.labels
  }

  /// What a formula does to those behind it, told by its commands alone: a document has thousands,
  /// and few need to be parsed before they are shown.
  private struct Effects {
    var definesMacros = false
    var mayBeNumbered = false
    var refers = false

    init(of tex: String) {
      var tex = tex
      tex.withUTF8 { bytes in
        var place = 0
        while place < bytes.count {
          guard bytes[place] == UInt8(ascii: "\\") else {
            place += 1
            continue
          }
          let start = place + 1
          place = start
          while place < bytes.count, (0x41...0x5a).contains(bytes[place] & 0xdf) { place += 1 }
          note(bytes[start..<place])
          // An escaped character, be it a backslash, is no command.
          if place == start { place += 1 }
        }
      }
    }

    private mutating func note(_ name: Slice<UnsafeBufferPointer<UInt8>>) {
      switch name.count {
      case 3 where name.elementsEqual("def".utf8): definesMacros = true
      case 3 where name.elementsEqual("tag".utf8): mayBeNumbered = true
      case 3 where name.elementsEqual("ref".utf8): refers = true
      case 5 where name.elementsEqual("begin".utf8) || name.elementsEqual("label".utf8):
        mayBeNumbered = true
      case 5 where name.elementsEqual("eqref".utf8): refers = true
      case 7...:
        if name.starts(with: "Declare".utf8) || name.suffix(7).elementsEqual("command".utf8) {
          definesMacros = true
        }
      default: break
      }
    }
  }

  func context(of span: MathSpan, on page: Page) -> Context {
    contexts[Place(block: page.block, source: span.source)] ?? Context()
  }

  func options(_ page: Page) -> FormulaOptions {
    var options = drawing
    options.displayWidth = page.displayWidth
    return options
  }

  /// What acts on a formula in a sentence: a reference leads to its equation.
  func target(of span: MathSpan) -> TypesetLine.Kind {
    guard Effects(of: span.tex).refers,
      let label = ParsedFormula(span.tex).referencedLabels.first, let block = equations[label]
    else { return .math(source: span.source) }
    return .equation(block: block, source: span.source)
  }

  /// A formula on one row, in pieces between which a line may break; nil if it needs a block.
  func pieces(of span: MathSpan, page: Page) -> [[Glyph]]? {
    let formula = ParsedFormula(span.tex, macros: context(of: span, on: page).macros)
    if page.showsSource(of: span) || formula.isBroken {
      let style = page.style(page.showsSource(of: span) ? .mathVariable : .mathUnknown)
      return [.of(SafeText(span.source), style: style, width: page.displayWidth)]
    }
    switch formula.inline(width: page.width, options: options(page)) {
    case .hoisted: return nil
    case .row(let row): return glyphs(of: row, page: page)
    }
  }

  /// The pieces of a row as graphemes.
  func glyphs(of row: FormulaRow, page: Page) -> [[Glyph]] {
    row.pieces.map { piece in
      piece.flatMap { run in
        [Glyph].of(run.text, style: page.style(run), width: page.displayWidth)
      }
    }
  }

  /// A display formula as rows of equal width, or its source with a mark in the margin.
  func rows(of span: MathSpan, page: Page) -> [[Span]] {
    let context = context(of: span, on: page)
    let formula = ParsedFormula(span.tex, macros: context.macros)
    guard !page.showsSource(of: span) && !formula.isBroken else {
      return sourceRows(span, isBroken: formula.isBroken, page: page)
    }
    let box = formula.box(
      width: page.width, numbers: context.numbers, options: options(page))
    return box.rows.map { runs in runs.map { Span($0.text, page.style($0)) } }
  }

  private func sourceRows(_ span: MathSpan, isBroken: Bool, page: Page) -> [[Span]] {
    let style = page.style(isBroken ? .mathUnknown : .mathVariable)
    return span.source.split(whereSeparator: \.isNewline).map { line in
      (isBroken ? [Span(SafeText("! "), style)] : []) + [Span(SafeText(line), style)]
    }
  }
}

extension Page {
  /// The look of a stretch of a drawn formula.
  fileprivate func style(_ run: FormulaRun) -> Style {
    let role: Role =
      switch run.role {
      case .variable: .mathVariable
      case .number: .mathNumber
      case .text: .mathText
      case .relation: .mathRelation
      case .structure: .mathStructure
      case .unknown: .mathUnknown
      case .tag: .mathTag
      }
    return style(role).adding(run.attributes)
  }
}
