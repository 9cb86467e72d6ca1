import Canvas
import DemoKit
import Posts
import Typesetting

/// The rows of a post at one width, laid out item by item as far as they are needed.
///
/// An item is a block of the text, or something that the reader adds: the head, a demo's card, the
/// list at the end. Places are counted in items and rows within them, so that nothing above has to
/// be laid out to know where one is.
struct Page: Sendable {
  let items: [Item]
  private var source: PageSource
  private var rows: [Int: [TypesetLine]] = [:]

  /// One part of the page.
  enum Item: Hashable, Sendable {
    /// Title, category, date and tags.
    case head
    /// A block of the text, counted from 0; footnotes follow the last one.
    case block(Int)
    /// The demo's card; the text sets parameters, and the block is the one it stands for.
    case card(settings: String, block: Int?)
    case references
    case related
  }

  /// A row of the page.
  struct Place: Hashable, Comparable, Sendable {
    var item: Int
    var row: Int

    static let start = Place(item: 0, row: 0)

    static func < (left: Place, right: Place) -> Bool {
      (left.item, left.row) < (right.item, right.row)
    }
  }

  init(items: [Item], source: PageSource) {
    self.items = items
    self.source = source
  }

  /// The rows of an item.
  mutating func lines(of item: Int) -> [TypesetLine] {
    if let known = rows[item] { return known }
    let lines = source.lines(of: items[item])
    rows[item] = lines
    return lines
  }

  /// Takes a source whose rows differ in some items, such as the card of a running demo.
  mutating func replace(_ source: PageSource, changing isChanged: (Item) -> Bool) {
    self.source = source
    for item in items.indices where isChanged(items[item]) { rows[item] = nil }
  }

  mutating func height(of item: Int) -> Int { lines(of: item).count }
}

// MARK: Moving

extension Page {
  /// The first place at or after this one that has a row; nil at the end.
  private mutating func existing(from place: Place) -> Place? {
    var place = place
    while place.item < items.count {
      if place.row < height(of: place.item) { return place }
      place = Place(item: place.item + 1, row: 0)
    }
    return nil
  }

  /// The place so many rows below; the last row if there are fewer.
  mutating func place(_ place: Place, down count: Int) -> Place {
    guard var current = existing(from: place) else { return lastRow() }
    var left = count
    while true {
      let rest = height(of: current.item) - 1 - current.row
      if left <= rest { return Place(item: current.item, row: current.row + left) }
      left -= rest + 1
      guard let next = existing(from: Place(item: current.item + 1, row: 0)) else {
        return Place(item: current.item, row: current.row + rest)
      }
      current = next
    }
  }

  /// The place so many rows above; the first row if there are fewer.
  mutating func place(_ place: Place, up count: Int) -> Place {
    var current = place
    var left = count
    while left > current.row {
      left -= current.row
      var above = current.item - 1
      while above >= 0, height(of: above) == 0 { above -= 1 }
      guard above >= 0 else { return existing(from: .start) ?? .start }
      current = Place(item: above, row: height(of: above))
    }
    return Place(item: current.item, row: current.row - left)
  }

  mutating func lastRow() -> Place {
    for item in items.indices.reversed() where height(of: item) > 0 {
      return Place(item: item, row: height(of: item) - 1)
    }
    return .start
  }

  /// The lowest top of a window of so many rows: the end of the page is at its bottom.
  mutating func lastTop(height: Int) -> Place {
    place(lastRow(), up: max(0, height - 1))
  }

  /// A place that a window of so many rows may begin at.
  mutating func clamped(_ top: Place, height: Int) -> Place {
    guard let existing = existing(from: top) else { return lastTop(height: height) }
    let bottom = place(existing, down: height - 1)
    guard bottom == lastRow(below: bottom) else { return existing }
    return min(existing, lastTop(height: height))
  }

  /// The place, if nothing follows it; lays out no more than what follows.
  private mutating func lastRow(below place: Place) -> Place? {
    existing(from: Place(item: place.item, row: place.row + 1)) == nil ? place : nil
  }

  /// The rows of a window that begins at a place.
  mutating func window(from top: Place, height: Int) -> [(place: Place, line: TypesetLine)] {
    var shown: [(place: Place, line: TypesetLine)] = []
    var current = existing(from: top)
    while let place = current, shown.count < height {
      let lines = lines(of: place.item)
      for row in place.row..<min(lines.count, place.row + height - shown.count) {
        shown.append((Place(item: place.item, row: row), lines[row]))
      }
      current = existing(from: Place(item: place.item + 1, row: 0))
    }
    return shown
  }

  /// The item that a block of the text is shown by.
  func item(ofBlock block: Int) -> Int? {
    items.firstIndex { item in
      switch item {
      case .block(block), .card(_, block): true
      default: false
      }
    }
  }
}
