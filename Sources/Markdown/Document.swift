/// A Markdown text as a tree of values.
///
/// CommonMark's names throughout, with tables, footnotes and mathematics beside them; nothing of
/// cmark is visible outside this target.
package struct Document: Hashable, Sendable {
  package var blocks: [DocumentBlock]
  /// Footnotes in the order of their first use, which is their number, counted from 1.
  package var footnotes: [Footnote]

  package init(blocks: [DocumentBlock] = [], footnotes: [Footnote] = []) {
    self.blocks = blocks
    self.footnotes = footnotes
  }
}

/// A block at the top level of a document, with the line it starts on.
package struct DocumentBlock: Hashable, Sendable {
  package var block: Block
  /// Line of the Markdown source, counted from 1.
  package var line: Int

  package init(_ block: Block, line: Int) {
    self.block = block
    self.line = line
  }
}

/// The text of a `[^label]: …` definition.
package struct Footnote: Hashable, Sendable {
  package var label: String
  package var content: [Inline]

  package init(label: String, content: [Inline]) {
    self.label = label
    self.content = content
  }
}
