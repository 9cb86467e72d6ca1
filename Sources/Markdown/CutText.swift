/// A text made from another by cutting things out, with the way back to the lines of the original.
struct CutText {
  private(set) var bytes: [UInt8] = []
  /// For each line, the line of the original that it starts on; both counted from 0.
  private(set) var originalLines: [Int] = [0]
  /// The line of the original that the next byte comes from.
  var originalLine = 0

  /// Makes room for a text of about so many bytes.
  mutating func reserveCapacity(_ count: Int) {
    bytes.reserveCapacity(count + count / 8)
  }

  /// Appends bytes of the original.
  mutating func append(_ slice: ArraySlice<UInt8>) {
    bytes.append(contentsOf: slice)
    for byte in slice where byte == .newline {
      originalLine += 1
      originalLines.append(originalLine)
    }
  }

  /// Appends bytes without a line break that are not in the original.
  mutating func insert(_ added: [UInt8]) {
    bytes.append(contentsOf: added)
  }

  /// Ends the line, where the original has no line break.
  mutating func insertBreak() {
    bytes.append(.newline)
    originalLines.append(originalLine)
  }

  /// Passes over bytes of the original.
  mutating func omit(_ slice: ArraySlice<UInt8>) {
    for byte in slice where byte == .newline { originalLine += 1 }
    if bytes.isEmpty || bytes.last == .newline {
      originalLines[originalLines.count - 1] = originalLine
    }
  }
}

extension SourceText {
  /// The prefix that puts a new line into the container of a leaf: its list markers as blanks.
  func continuationPrefix(ofLeaf leaf: Leaf) -> [UInt8] {
    let start = lineStarts[leaf.lines.lowerBound]
    return bytes[start..<max(start, min(leaf.start, bytes.count))].map { byte in
      byte == UInt8(ascii: ">") || byte.isBlank ? byte : 0x20
    }
  }

  /// The offset of a line's text behind the prefix of the leaf's container.
  func contentStart(ofLine line: Int, in leaf: Leaf) -> Int {
    if line == leaf.lines.lowerBound { return leaf.start }
    return contentStart(
      from: lineStarts[line], to: lineStarts[line + 1], quoteDepth: quoteDepth(of: leaf))
  }

  /// How many quotes a leaf stands in.
  func quoteDepth(of leaf: Leaf) -> Int {
    let start = lineStarts[leaf.lines.lowerBound]
    return bytes[start..<max(start, min(leaf.start, bytes.count))].count {
      $0 == UInt8(ascii: ">")
    }
  }

  /// Passes over blanks and at most `quoteDepth` marks of quotes.
  func contentStart(from start: Int, to end: Int, quoteDepth: Int) -> Int {
    var offset = start
    var marks = 0
    while offset < end {
      if bytes[offset] == UInt8(ascii: ">"), marks < quoteDepth {
        marks += 1
      } else if bytes[offset] != 0x20 && bytes[offset] != 0x09 {
        break
      }
      offset += 1
    }
    return offset
  }
}
