/// A part of a paragraph.
package indirect enum Inline: Hashable, Sendable {
  case text(String)
  case emphasis([Inline])
  case strong([Inline])
  case code(String)
  case link(destination: String, title: String, content: [Inline])
  case image(source: String, title: String, alternative: [Inline])
  case math(MathSpan)
  case htmlInline(String)
  /// A reference to the footnote of this number, counted from 1.
  case footnoteReference(Int)
  case softBreak
  case lineBreak
}

extension [Inline] {
  /// The text that a reader sees, formulas as their TeX.
  package var plainText: String {
    map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .emphasis(let content), .strong(let content), .link(_, _, let content),
        .image(_, _, let content):
        content.plainText
      case .math(let span): span.tex
      case .htmlInline, .footnoteReference: ""
      case .softBreak, .lineBreak: " "
      }
    }.joined()
  }
}
