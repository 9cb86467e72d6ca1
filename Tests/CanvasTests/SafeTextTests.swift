import Canvas
import TestSupport
import Testing

struct SafeTextTests {
  @Test func `printable text stays as it is`() {
    for text in ["", "plain", "采样 α → β", "e\u{301}", "👩‍💻 ❤️ 🇨🇳", "ｶﾞ"] {
      #expect(SafeText(text).string == text)
    }
  }

  @Test func `no control character survives`() {
    let controls = (0...0x1f).map { UInt32($0) } + Array(0x7f...0x9f)
    for value in controls {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let safe = SafeText("a\(Character(scalar))b").string
      #expect(safe.unicodeScalars.allSatisfy { !$0.isControl }, "U+\(String(value, radix: 16))")
    }
  }

  @Test func `escape sequences lose their escape`() {
    #expect(SafeText("\u{1b}[31mred\u{1b}[0m").string == "\u{fffd}[31mred\u{fffd}[0m")
    #expect(SafeText("\u{9b}2J").string == "\u{fffd}2J")
    #expect(SafeText("\u{1b}]52;c;aGk=\u{07}").string == "\u{fffd}]52;c;aGk=\u{fffd}")
  }

  @Test func `line breaks and tabs become blanks`() {
    #expect(SafeText("a\tb\nc\u{2028}d").string == "a b c d")
  }

  @Test func `a carriage return with its line feed is one blank or two, never a break`() {
    #expect(!SafeText("a\r\nb").string.contains { $0.isNewline })
  }

  @Test func `bidirectional controls and tags are shown as their code point`() {
    #expect(SafeText("a\u{202e}b").string == "a⟨U+202E⟩b")
    #expect(SafeText("\u{2066}x\u{2069}").string == "⟨U+2066⟩x⟨U+2069⟩")
    #expect(SafeText("\u{e0041}").string == "⟨U+E0041⟩")
  }

  @Test func `a joiner stays only between parts of an emoji`() {
    #expect(SafeText("a\u{200d}b").string == "ab")
    #expect(SafeText("👩\u{200d}💻").string == "👩\u{200d}💻")
    #expect(SafeText("👩\u{200d}").string == "👩")
  }

  @Test func `at most eight marks stay on a base`() {
    let marks = String(repeating: "\u{301}", count: 30)
    #expect(SafeText("e" + marks).string.unicodeScalars.count == 9)
  }

  @Test func `two texts joined are as safe as one`() {
    let marks = String(repeating: "\u{301}", count: 8)
    let joined = SafeText("e" + marks) + SafeText("\u{302}f")
    #expect(joined.string.unicodeScalars.count == 10)
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `sanitising twice changes nothing`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let interesting: [ClosedRange<UInt32>] = [
      0...0x2ff, 0x300...0x36f, 0x2000...0x206f, 0xfe00...0xfeff, 0x1f1e6...0x1f64f,
      0xe0000...0xe007f, 0xfff0...0x1000f, 0x4e00...0x4e20,
    ]
    for _ in 0..<2000 {
      var raw = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        let range = interesting[Int.random(in: 0..<interesting.count, using: &generator)]
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
          raw.append(scalar)
        }
      }
      let once = SafeText(String(raw))
      #expect(SafeText(once.string) == once, "seed \(seed): \(raw.map(\.value))")
      #expect(once.string.unicodeScalars.allSatisfy { !$0.isControl })
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { value < 0x20 || (0x7f...0x9f).contains(value) }
}
