/// A structural part of a document.
package indirect enum Block: Hashable, Sendable {
  case heading(level: Int, content: [Inline])
  case paragraph([Inline])
  case blockQuote([Block])
  case list(List)
  case codeBlock(CodeBlock)
  case table(Table)
  case thematicBreak
  case htmlBlock(String)
  /// A display formula on lines of its own.
  case math(MathSpan)
}

/// A bullet or ordered list.
package struct List: Hashable, Sendable {
  /// The number of the first item; `nil` for a bullet list.
  package var start: Int?
  /// A tight list has no blank rows between its items.
  package var isTight: Bool
  package var items: [ListItem]

  package init(start: Int?, isTight: Bool, items: [ListItem]) {
    self.start = start
    self.isTight = isTight
    self.items = items
  }
}

/// One item of a list.
package struct ListItem: Hashable, Sendable {
  /// The state of `[ ]` or `[x]` before the text; `nil` without one.
  package var isChecked: Bool?
  package var blocks: [Block]

  package init(isChecked: Bool? = nil, blocks: [Block]) {
    self.isChecked = isChecked
    self.blocks = blocks
  }
}

/// A fenced or indented code block.
package struct CodeBlock: Hashable, Sendable {
  /// The info string: the language, then attributes, as in `swift source=DDPM.swift#sampling`.
  package var info: String
  package var literal: String

  package init(info: String = "", literal: String) {
    self.info = info
    self.literal = literal
  }

  /// The first word of the info string, in lower case.
  package var language: String {
    info.split(separator: " ").first.map { $0.lowercased() } ?? ""
  }
}

/// A table with a header row.
package struct Table: Hashable, Sendable {
  package var alignments: [Alignment]
  package var header: [[Inline]]
  /// Each row has as many cells as the header.
  package var rows: [[[Inline]]]

  package enum Alignment: Hashable, Sendable { case none, left, center, right }

  package init(alignments: [Alignment], header: [[Inline]], rows: [[[Inline]]]) {
    self.alignments = alignments
    self.header = header
    self.rows = rows
  }
}

/// A formula as its author wrote it.
package struct MathSpan: Hashable, Sendable {
  /// The TeX between the delimiters, with the prefixes of quotes and lists taken out.
  package var tex: String
  /// The exact bytes of the source, with delimiters.
  package var source: String
  package var isDisplay: Bool

  package init(tex: String, source: String, isDisplay: Bool) {
    self.tex = tex
    self.source = source
    self.isDisplay = isDisplay
  }
}
