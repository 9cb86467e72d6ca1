import Canvas
import Typesetting

/// A question in the lowest row: a line to type, or an address to agree to.
package struct Prompt: Hashable, Sendable {
  package let purpose: Purpose
  private(set) var field: TextField

  /// What the answer is for.
  package enum Purpose: Hashable, Sendable {
    case command
    case save(Excerpt)
    case pipe(Excerpt)
    case browse(WebAddress)
  }

  /// What a key did.
  enum Outcome {
    case goesOn, cancelled, answered
  }

  package init(_ purpose: Purpose) {
    self.purpose = purpose
    if case .save(let excerpt) = purpose {
      field = TextField(excerpt.file)
    } else {
      field = TextField()
    }
  }

  mutating func take(_ key: Key) -> Outcome {
    if key == .escape || key == .control("c") { return .cancelled }
    if key == .enter { return .answered }
    if case .browse = purpose { return key == .character("o") ? .answered : .cancelled }
    if key == .backspace, field.text.isEmpty { return .cancelled }
    _ = field.take(key)
    return .goesOn
  }

  mutating func insert(_ text: SafeText) {
    if case .browse = purpose { return }
    field.insert(text)
  }

  func render(into grid: inout CellGrid, appearance: Appearance) {
    let row = Rect(y: grid.height - 1, width: grid.width, height: 1)
    if case .browse(let address) = purpose {
      return render(address, into: &grid, appearance: appearance)
    }
    field.render(prompt: SafeText(" ") + label(appearance.messages), into: &grid, in: row)
  }

  private func label(_ messages: Messages) -> SafeText {
    switch purpose {
    case .command: SafeText(":")
    case .save: messages(.savePrompt)
    case .pipe: messages(.pipePrompt)
    case .browse: messages(.browsePrompt)
    }
  }

  /// The whole address over the lowest rows: nobody agrees to what is not seen.
  private func render(
    _ address: WebAddress, into grid: inout CellGrid, appearance: Appearance
  ) {
    let rows = Prompt.rows(of: address, width: grid.width)
    let area = Rect(
      y: max(0, grid.height - rows.count - 1), width: grid.width,
      height: min(grid.height, rows.count + 1))
    grid.fill(area, style: appearance.style(.status))
    for (offset, text) in rows.enumerated() {
      grid.draw(
        SafeText(text), column: 1, row: area.y + offset, style: appearance.style(.statusStrong),
        in: area)
    }
    grid.draw(
      label(appearance.messages), column: 1, row: grid.height - 1,
      style: appearance.style(.status), in: area)
  }

  /// The address in rows of a window.
  private static func rows(of address: WebAddress, width: Int) -> [String] {
    var rest = address.string[...]
    var rows: [String] = []
    while !rest.isEmpty {
      rows.append(String(rest.prefix(max(1, width - 2))))
      rest = rest.dropFirst(max(1, width - 2))
    }
    return rows
  }

  /// Whether a window shows the whole of what is asked.
  func fits(width: Int, height: Int) -> Bool {
    guard case .browse(let address) = purpose else { return true }
    return Prompt.rows(of: address, width: width).count < height
  }
}
