extension Document {
  /// The images of one block as the text has them, HTML's too; footnotes follow the last block.
  package func imageSources(ofBlock index: Int) -> [String] {
    var sources: [String] = []
    if blocks.indices.contains(index) {
      blocks[index].block.visitInlines { sources += $0.imageSources }
    } else if footnotes.indices.contains(index - max(1, blocks.count)) {
      footnotes[index - max(1, blocks.count)].content.visit { sources += $0.imageSources }
    }
    return sources
  }

  /// All images, each once, in the order of the text.
  package var imageSources: [String] {
    var seen: Set<String> = []
    var sources: [String] = []
    visitInlines { inline, _ in
      sources += inline.imageSources.filter { seen.insert($0).inserted }
    }
    return sources
  }
}

extension Inline {
  fileprivate var imageSources: [String] {
    switch self {
    case .image(let source, _, _): [source]
    case .htmlInline(let html):
      HTMLText.parts(of: html).compactMap { part in
        if case .image(let source, _) = part { source } else { nil }
      }
    default: []
    }
  }
}
