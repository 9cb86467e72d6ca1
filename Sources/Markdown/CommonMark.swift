import CCMark

/// A node of cmark's tree as a value, without its children.
struct CommonMarkNode {
  enum Kind: Equatable {
    case document, blockQuote, item, paragraph, thematicBreak, softBreak, lineBreak
    case emphasis, strong
    case list(start: Int?, isTight: Bool)
    case heading(level: Int)
    case codeBlock(info: String, literal: String)
    case htmlBlock(String)
    case text(String)
    case code(String)
    case htmlInline(String)
    case link(destination: String, title: String)
    case image(source: String, title: String)
  }

  var kind: Kind
  /// First and last line of a block in the text given to cmark, counted from 1.
  var lines: ClosedRange<Int>
  /// Byte column where a block starts, counted from 1.
  var column: Int
}

/// A step of the walk over cmark's tree; a node without room for children is only entered.
enum CommonMarkEvent {
  case enter(CommonMarkNode)
  case leave
}

/// The seam to the C library: text in, values out, and the only file that names cmark.
///
/// The tree is walked with cmark's iterator, since recursion over a hostile one overflows the
/// stack. Each C string is copied at once, since it dies with its node.
struct CommonMark {
  /// Whether inline nodes are handed over too, or only the blocks.
  var includesInlines: Bool

  /// Calls `body` for each step through the tree of `text`.
  ///
  /// - Throws: `MarkdownError.tooDeep` before anything could recurse over the tree.
  func walk(
    _ text: [UInt8], _ body: (CommonMarkEvent) throws(MarkdownError) -> Void
  ) throws(MarkdownError) {
    let root = text.withUnsafeBytes { buffer in
      cmark_parse_document(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, CMARK_OPT_DEFAULT)
    }
    guard let root else { throw .outOfMemory }
    defer { cmark_node_free(root) }
    guard let iterator = cmark_iter_new(root) else { throw .outOfMemory }
    defer { cmark_iter_free(iterator) }

    var depth = 0
    var line = 1
    while true {
      let step = cmark_iter_next(iterator)
      guard step != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
      let type = cmark_node_get_type(node)
      if includesInlines || type.rawValue <= CMARK_NODE_LAST_BLOCK.rawValue {
        if step == CMARK_EVENT_ENTER {
          line = max(line, Int(cmark_node_get_start_line(node)))
          try body(.enter(value(of: node, type: type)))
        } else {
          try body(.leave)
        }
      }
      if CommonMark.nests(type) { depth += step == CMARK_EVENT_ENTER ? 1 : -1 }
      if depth > MarkdownLimits.depth { throw .tooDeep(line: line) }
    }
  }

  /// Whether a node of this type counts as one level; a list and its items are one level together.
  private static func nests(_ type: cmark_node_type) -> Bool {
    switch type {
    case CMARK_NODE_BLOCK_QUOTE, CMARK_NODE_LIST, CMARK_NODE_EMPH, CMARK_NODE_STRONG,
      CMARK_NODE_LINK, CMARK_NODE_IMAGE:
      true
    default: false
    }
  }

  private func value(of node: OpaquePointer, type: cmark_node_type) -> CommonMarkNode {
    let first = Int(cmark_node_get_start_line(node))
    return CommonMarkNode(
      kind: kind(of: node, type: type),
      lines: first...max(first, Int(cmark_node_get_end_line(node))),
      column: Int(cmark_node_get_start_column(node)))
  }

  private func kind(of node: OpaquePointer, type: cmark_node_type) -> CommonMarkNode.Kind {
    switch type {
    case CMARK_NODE_BLOCK_QUOTE: .blockQuote
    case CMARK_NODE_LIST: list(node)
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_CODE_BLOCK:
      .codeBlock(info: copy(cmark_node_get_fence_info(node)), literal: literal(node))
    case CMARK_NODE_HTML_BLOCK: .htmlBlock(literal(node))
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_HEADING: .heading(level: Int(cmark_node_get_heading_level(node)))
    case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
    case CMARK_NODE_TEXT: .text(literal(node))
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_CODE: .code(literal(node))
    case CMARK_NODE_HTML_INLINE: .htmlInline(literal(node))
    case CMARK_NODE_EMPH: .emphasis
    case CMARK_NODE_STRONG: .strong
    case CMARK_NODE_LINK:
      .link(destination: copy(cmark_node_get_url(node)), title: copy(cmark_node_get_title(node)))
    case CMARK_NODE_IMAGE:
      .image(source: copy(cmark_node_get_url(node)), title: copy(cmark_node_get_title(node)))
    default: .document
    }
  }

  private func list(_ node: OpaquePointer) -> CommonMarkNode.Kind {
    let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
    return .list(
      start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
      isTight: cmark_node_get_list_tight(node) != 0)
  }

  private func literal(_ node: OpaquePointer) -> String {
    copy(cmark_node_get_literal(node))
  }

  private func copy(_ string: UnsafePointer<CChar>?) -> String {
    string.map { String(cString: $0) } ?? ""
  }
}
