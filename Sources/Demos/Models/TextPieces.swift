/// Cuts a text into the pieces within which a tokenizer may merge.
///
/// A token never reaches across two pieces, so that `模型，` does not become a token beside `模型。`. The
/// pieces are words of letters with the space before them, runs of ideographs, single digits as in
/// LLaMA, commands of TeX, runs of blanks and of line ends, and runs of other marks. Joined they are
/// the text byte for byte; bytes that are no UTF-8 count as marks.
package struct TextPieces: Sequence, IteratorProtocol {
  private let text: [UInt8]
  private var position = 0

  package init(_ text: [UInt8]) {
    self.text = text
  }

  package mutating func next() -> Range<Int>? {
    guard position < text.count else { return nil }
    let start = position
    position = end(from: start)
    return start..<position
  }

  private func end(from start: Int) -> Int {
    let first = kind(at: start)
    let after = start + first.length
    switch first.kind {
    case .digit: return after
    case .letter, .ideograph, .lineEnd, .mark: return run(of: first.kind, from: after)
    case .blank:
      let end = run(of: .blank, from: after)
      guard end < text.count, kind(at: end).kind == .letter else { return end }
      // The last space belongs to the word after it.
      return end - start > 1 ? end - 1 : run(of: .letter, from: end)
    case .backslash:
      guard after < text.count else { return after }
      let second = kind(at: after)
      return second.kind == .letter
        ? run(of: .letter, from: after) : after + second.length
    }
  }

  private func run(of wanted: Kind, from start: Int) -> Int {
    var end = start
    while end < text.count {
      let (kind, length) = kind(at: end)
      guard kind == wanted else { break }
      end += length
    }
    return end
  }
}

extension TextPieces {
  private enum Kind { case letter, digit, ideograph, blank, lineEnd, backslash, mark }

  /// The kind of the character at a position, and how many bytes it has.
  private func kind(at position: Int) -> (kind: Kind, length: Int) {
    switch text[position] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): (.letter, 1)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): (.digit, 1)
    case UInt8(ascii: " "), UInt8(ascii: "\t"): (.blank, 1)
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): (.lineEnd, 1)
    case UInt8(ascii: "\\"): (.backslash, 1)
    case 0xe0...0xef where position + 2 < text.count: wideKind(at: position)
    default: (.mark, 1)
    }
  }

  /// The kind of a character of three bytes: the unified ideographs, or a mark.
  private func wideKind(at position: Int) -> (kind: Kind, length: Int) {
    let rest = text[(position + 1)...(position + 2)]
    guard rest.allSatisfy({ $0 & 0xc0 == 0x80 }) else { return (.mark, 1) }
    let scalar = rest.reduce(UInt32(text[position] & 0x0f)) { $0 << 6 | UInt32($1 & 0x3f) }
    return ((0x3400...0x9fff).contains(scalar) ? .ideograph : .mark, 3)
  }
}
