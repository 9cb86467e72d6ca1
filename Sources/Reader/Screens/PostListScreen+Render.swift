package import Canvas
import DemoKit
import Posts
import Typesetting

extension PostListScreen {
  package func render(into grid: inout CellGrid, in area: Rect) {
    renderHeader(into: &grid, in: area)
    let body = Rect(x: area.x, y: area.y + 1, width: area.width, height: area.height - 2)
    if rows.isEmpty {
      let message: Message = isLoaded ? (posts.isEmpty ? .listEmpty : .filterEmpty) : .loading
      grid.draw(
        appearance.messages(message), column: body.x + 2, row: body.y + 1,
        style: appearance.style(.dim), in: body)
    }
    for (offset, index) in list.visible.enumerated() {
      let row = Rect(x: body.x, y: body.y + offset, width: body.width, height: 1)
      switch rows[index] {
      case .category(let name, let posts): renderCategory(name, posts, into: &grid, in: row)
      case .post(let place):
        renderPost(posts[place], isSelected: index == list.selection, into: &grid, in: row)
      }
    }
    renderStatus(into: &grid, in: area)
  }

  private func renderHeader(into grid: inout CellGrid, in area: Rect) {
    let row = Rect(x: area.x, y: area.y, width: area.width, height: 1)
    if let filter {
      let prompt = SafeText(" ") + appearance.messages(.filterPrompt)
      if isTypingFilter {
        filter.render(prompt: prompt, into: &grid, in: row)
      } else {
        grid.draw(prompt + SafeText(filter.text), column: row.x, row: row.y, in: row)
      }
      return
    }
    let unread = posts.count { states[$0.slug]?.isRead != true }
    let title = grid.draw(
      SafeText(" downlink"), column: row.x, row: row.y, style: appearance.style(.heading2), in: row)
    let count = appearance.messages(.listCount, "\(posts.count)", "\(unread)")
    if isLoaded {
      grid.draw(count, column: title + 2, row: row.y, style: appearance.style(.dim), in: row)
    }
  }

  private func renderCategory(
    _ name: String, _ posts: Int, into grid: inout CellGrid, in row: Rect
  ) {
    let end = grid.draw(
      SafeText(name), column: row.x + 1, row: row.y,
      style: appearance.style(.heading5).adding(.bold),
      in: row)
    grid.draw(
      SafeText("\(posts)"), column: end + 1, row: row.y, style: appearance.style(.dim), in: row)
  }

  /// `● ★ title … demo's state  date`, with what does not fit left out from the right.
  private func renderPost(
    _ post: PostSummary, isSelected: Bool, into grid: inout CellGrid, in row: Rect
  ) {
    let state = states[post.slug] ?? ReadingState()
    let base = isSelected ? appearance.style(.selection) : .plain
    let faint = isSelected ? base : appearance.style(.dim)
    grid.fill(row, style: base)
    if !state.isRead {
      grid.draw(SafeText("●"), column: row.x + 2, row: row.y, style: base, in: row)
    }
    if state.isStarred {
      grid.draw(SafeText("★"), column: row.x + 4, row: row.y, style: base, in: row)
    }
    var right = row.maxX - 1
    for text in details(of: post, width: row.width) {
      right -= grid.displayWidth.columns(of: text)
      grid.draw(text, column: right, row: row.y, style: faint, in: row)
      right -= 2
    }
    let title = SafeText(post.title(in: appearance.messages.language))
      .shortened(toColumns: max(0, right - row.x - 6), displayWidth: grid.displayWidth)
    let style = state.isRead ? base : base.adding(.bold)
    grid.draw(title, column: row.x + 6, row: row.y, style: style, in: row)
  }

  /// What stands at the right of a row, from the right.
  private func details(of post: PostSummary, width: Int) -> [SafeText] {
    let demo = post.demo.flatMap { demoState(DemoID($0)) }
    if width >= 60 { return [SafeText(post.date)] + (demo.map { [$0] } ?? []) }
    return demo.map { [$0] } ?? [SafeText(String(post.date.dropFirst(5)))]
  }

  /// A word on the last run of a demo; nil if it never ran.
  private func demoState(_ demo: DemoID) -> SafeText? {
    guard let outcome = demos.outcome(of: demo) else { return nil }
    switch outcome.status {
    case .running(_, 0): return appearance.messages(.demoRunning)
    case .running(let completed, let total):
      return appearance.messages(.demoPercent, "\(100 * min(completed, total) / total)")
    case .failed: return SafeText("✗")
    case .finished:
      let holding = outcome.claims.count { $0.holds }
      return SafeText(
        "\(holding == outcome.claims.count ? "✓" : "✗") \(holding)/\(outcome.claims.count)")
    }
  }

  private func renderStatus(into grid: inout CellGrid, in area: Rect) {
    let summary = selectedPost.map { SafeText($0.summary) } ?? SafeText("")
    let shown = rows.count { if case .post = $0 { true } else { false } }
    let right =
      filter == nil
      ? appearance.messages(.helpHint)
      : appearance.messages(.filterCount, "\(shown)", "\(posts.count)")
    StatusBar(left: summary, right: right, appearance: appearance).render(into: &grid, in: area)
  }
}
