/// Finds the inline parts of a text in which a dollar is no mathematics: code spans, tags and
/// comments, autolinks, and the destinations and titles of links.
///
/// Each function takes the offset of an opening mark and gives the offset behind the whole part,
/// or nil if nothing of its kind stands there. None looks beyond `end`.
struct SkippedInlines {
  private let bytes: [UInt8]
  /// Where backtick runs start, by their length: the closing run is found without scanning.
  private let backtickRuns: [Int: [Int]]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var runs: [Int: [Int]] = [:]
    var offset = 0
    while offset < bytes.count {
      guard bytes[offset] == .backtick else {
        offset += 1
        continue
      }
      let start = offset
      while offset < bytes.count, bytes[offset] == .backtick { offset += 1 }
      runs[offset - start, default: []].append(start)
    }
    backtickRuns = runs
  }

  /// The end of the run of backticks at `offset`.
  func backtickRunEnd(at offset: Int) -> Int {
    bytes[offset...].firstIndex { $0 != .backtick } ?? bytes.count
  }

  func codeSpan(at offset: Int, end: Int) -> Int? {
    let contentStart = backtickRunEnd(at: offset)
    let length = contentStart - offset
    let starts = backtickRuns[length] ?? []
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < contentStart { low = middle + 1 } else { high = middle }
    }
    guard low < starts.count, starts[low] + length <= end else { return nil }
    return starts[low] + length
  }

  /// An autolink, a tag, a comment, a processing instruction or a declaration.
  func angleBracket(at offset: Int, end: Int) -> Int? {
    guard offset + 1 < end else { return nil }
    switch bytes[offset + 1] {
    case UInt8(ascii: "!"), UInt8(ascii: "?"): return declaration(at: offset, end: end)
    case UInt8(ascii: "/"): return tag(nameAt: offset + 2, end: end)
    default: return autolink(at: offset, end: end) ?? tag(nameAt: offset + 1, end: end)
    }
  }

  private func declaration(at offset: Int, end: Int) -> Int? {
    let isComment = bytes[offset..<end].starts(with: "<!--".utf8)
    var place = offset + (isComment ? 4 : 2)
    while place < end {
      if bytes[place] == UInt8(ascii: "<") { return nil }
      if bytes[place] == UInt8(ascii: ">"),
        !isComment || bytes[offset..<place].suffix(2).elementsEqual("--".utf8)
      {
        return place + 1
      }
      place += 1
    }
    return nil
  }

  private func autolink(at offset: Int, end: Int) -> Int? {
    var place = offset + 1
    var hasMark = false
    while place < end {
      switch bytes[place] {
      case UInt8(ascii: ">"): return hasMark ? place + 1 : nil
      case UInt8(ascii: ":"), UInt8(ascii: "@"): hasMark = true
      case UInt8(ascii: "<"), 0...0x20: return nil
      default: break
      }
      place += 1
    }
    return nil
  }

  private func tag(nameAt start: Int, end: Int) -> Int? {
    guard start < end, bytes[start].isLetter else { return nil }
    var place = skip(start, end) { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
    while true {
      let afterBlanks = skip(place, end, where: \.isBlank)
      guard afterBlanks < end else { return nil }
      switch bytes[afterBlanks] {
      case UInt8(ascii: ">"): return afterBlanks + 1
      case UInt8(ascii: "/"):
        guard afterBlanks + 1 < end, bytes[afterBlanks + 1] == UInt8(ascii: ">") else { return nil }
        return afterBlanks + 2
      default:
        guard afterBlanks > place, let next = attribute(at: afterBlanks, end: end) else {
          return nil
        }
        place = next
      }
    }
  }

  private func attribute(at start: Int, end: Int) -> Int? {
    let nameEnd = skip(start, end) {
      $0.isLetter || $0.isDigit || "_:.-".utf8.contains($0)
    }
    guard nameEnd > start, !bytes[start].isDigit else { return nil }
    let equals = skip(nameEnd, end, where: \.isBlank)
    guard equals < end, bytes[equals] == UInt8(ascii: "=") else { return nameEnd }
    let value = skip(equals + 1, end, where: \.isBlank)
    guard value < end else { return nil }
    if bytes[value] == UInt8(ascii: "\"") || bytes[value] == UInt8(ascii: "'") {
      return bytes[value + 1..<end].firstIndex(of: bytes[value]).map { $0 + 1 }
    }
    let valueEnd = skip(value, end) { !$0.isBlank && !"\"'=<>`".utf8.contains($0) }
    return valueEnd > value ? valueEnd : nil
  }

  /// The `(destination "title")` of an inline link whose `]` is at `offset`.
  func linkDestination(at offset: Int, end: Int) -> Int? {
    guard offset + 1 < end, bytes[offset + 1] == UInt8(ascii: "(") else { return nil }
    let start = skip(offset + 2, end, where: \.isBlank)
    guard let destinationEnd = destination(at: start, end: end) else { return nil }
    var place = skip(destinationEnd, end, where: \.isBlank)
    guard place < end else { return nil }
    if bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'") {
      guard place > destinationEnd,
        let quote = bytes[place + 1..<end].firstIndex(of: bytes[place])
      else { return nil }
      place = skip(quote + 1, end, where: \.isBlank)
    }
    guard place < end, bytes[place] == UInt8(ascii: ")") else { return nil }
    return place + 1
  }

  private func destination(at start: Int, end: Int) -> Int? {
    guard start < end else { return nil }
    if bytes[start] == UInt8(ascii: "<") {
      let close = bytes[start + 1..<end].firstIndex {
        $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") || $0 == .newline
      }
      return close.flatMap { bytes[$0] == UInt8(ascii: ">") ? $0 + 1 : nil }
    }
    var depth = 0
    var place = start
    while place < end, !bytes[place].isBlank {
      switch bytes[place] {
      case UInt8(ascii: "("):
        depth += 1
        guard depth <= 32 else { return nil }
      case UInt8(ascii: ")"):
        guard depth > 0 else { return place }
        depth -= 1
      case .backslash: place += 1
      default: break
      }
      place += 1
    }
    return place <= end ? place : nil
  }

  private func skip(_ start: Int, _ end: Int, where matches: (UInt8) -> Bool) -> Int {
    var place = start
    while place < end, matches(bytes[place]) { place += 1 }
    return place
  }
}
