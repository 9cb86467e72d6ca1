import Canvas
import DemoKit
import Reader
import TestSupport
import Testing
import Typesetting

/// Whatever is pressed at whatever size, the reader neither traps nor draws beyond the window.
struct AnyKeyTests {
  private static let keys: [Key] =
    "jkhlfbdugG%/nNSF?tUmM'*aAxXzrqJK]<>[:yYsv|o 0123456789采e\u{301}".map { Key.character($0) } + [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home,
      .end, .pageUp, .pageDown, .wheelUp, .wheelDown, .control("d"), .control("u"),
      .control("w"), .control("l"), .control("a"), .control("e"), .click(column: 3, row: 3),
      .click(column: 0, row: 0), .click(column: 500, row: 500),
    ]

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `random keys at random sizes`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let wide = DisplayWidth(ambiguous: seed.isMultiple(of: 3) ? 2 : 1)
    var session = ReaderSession(
      appearance: Appearance(
        language: seed.isMultiple(of: 2) ? .english : .chinese,
        theme: Theme(colors: seed.isMultiple(of: 5) ? .indexed : .none), displayWidth: wide))
    for step in 0..<400 {
      if Int.random(in: 0..<12, using: &generator) == 0 {
        session.send(
          .resized(
            width: Int.random(in: 1...300, using: &generator),
            height: Int.random(in: 1...100, using: &generator)))
      }
      if Int.random(in: 0..<15, using: &generator) == 0 {
        let message = Fixtures.messages.randomElement(using: &generator)
        session.say(message.map { [$0] } ?? [])
      }
      if Int.random(in: 0..<120, using: &generator) == 0 { session.say([.finished(seconds: 1)]) }
      let key = Self.keys[Int.random(in: 0..<Self.keys.count, using: &generator)]
      session.press(key)
      session.app.render().expectNoWiderRow("seed \(seed), step \(step), key \(key)")
    }
  }

  @Test func `every screen at every small size`() {
    for opening in [
      "", "F", "S采", "\n", "\n/采样", "\nt", "\nX", "\nx", "\nU", "?", "?/j", "t", ":sort", "\ns",
      "\n\tz",
    ] {
      var session = ReaderSession()
      session.type("gj")
      for character in opening {
        let keys: [Character: Key] = ["\n": .enter, "\t": .tab]
        session.press(keys[character] ?? .character(character))
      }
      session.say(Fixtures.messages)
      for width in [1, 2, 3, 7, 19, 20, 21, 33] {
        for height in [1, 2, 4, 5, 6, 9] {
          session.send(.resized(width: width, height: height))
          session.press(.down)
          session.app.render().expectNoWiderRow("\(opening) at \(width)x\(height)")
        }
      }
    }
  }
}

extension CellGrid {
  fileprivate func expectNoWiderRow(_ comment: @autoclosure () -> String) {
    for row in 0..<height {
      let columns = displayWidth.columns(of: rowText(row))
      #expect(columns <= width, "\(comment())")
    }
  }
}
