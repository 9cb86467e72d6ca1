import Canvas
import DemoKit
import Markdown
import Posts
import Typesetting

// What is copied, saved, handed to other programs, or shown alone.
extension PostScreen {
  mutating func handOn(_ command: Command) -> [Effect] {
    switch command {
    case .copyLink: return copyLink()
    case .copySource: return copySource()
    case .browse: return browse()
    default: break
    }
    guard let excerpt = excerpt(of: focus) ?? wholePost else { return [] }
    switch command {
    case .save: return [.ask(Prompt(.save(excerpt)))]
    case .pipe: return [.ask(Prompt(.pipe(excerpt)))]
    default: return [.host(.viewer(excerpt.text, file: excerpt.file))]
    }
  }

  /// The source of what the focus is on; nil where it is on nothing that has one.
  private func excerpt(of focus: Focus?) -> Excerpt? {
    guard let focus else { return nil }
    let slug = summary.slug.string
    switch focus.target.kind {
    case .math(let source), .equation(_, let source):
      return Excerpt(.wordFormula, source, file: slug + "-formula.tex")
    case .code(let source): return Excerpt(.wordCode, source, file: slug + "-code.txt")
    case .table:
      guard let open, let page, case .block(let block) = page.items[focus.place.item],
        block < open.document.blocks.count
      else { return nil }
      return Excerpt(.wordTable, open.source(ofBlock: block), file: slug + "-table.md")
    case .link, .footnote, .image, .demo: return nil
    }
  }

  private var wholePost: Excerpt? {
    open.map { Excerpt(.wordPost, $0.post.markdown, file: summary.slug.string + ".md") }
  }

  /// Without a chosen one the first formula, code or table on the screen is copied and chosen.
  private mutating func copySource() -> [Effect] {
    let chosen =
      excerpt(of: focus) != nil ? focus : visibleTargets.first { excerpt(of: $0) != nil }
    guard let chosen, let excerpt = excerpt(of: chosen) else { return notice(.nothingToCopy) }
    focus = chosen
    return excerpt.copied(appearance.messages)
  }

  private func copyLink() -> [Effect] {
    var address = summary.slug.string + ".md"
    if case .link(let destination)? = focus?.target.kind { address = destination }
    return Excerpt(.wordLink, address, file: "").copied(appearance.messages)
  }

  private func browse() -> [Effect] {
    guard case .link(let destination)? = focus?.target.kind,
      let address = WebAddress(destination)
    else { return notice(.noAddress) }
    return [.ask(Prompt(.browse(address)))]
  }

  /// The chosen formula, table, code or picture alone; a demo's result on its own page.
  func zoom() -> [Effect] {
    switch focus?.target.kind {
    case .math, .equation, .table, .code, .image:
      guard let open, let focus, let page, case .block(let block) = page.items[focus.place.item]
      else { break }
      return [.open(ZoomScreen(focus.target, ofBlock: block, in: open, appearance: appearance))]
    case .demo: return performOnDemo(.zoom)
    case .link, .footnote, nil: break
    }
    return summary.demo == nil ? notice(.nothingToZoom) : performOnDemo(.zoom)
  }
}
