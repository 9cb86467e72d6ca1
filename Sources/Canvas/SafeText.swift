/// One line of text that is safe to show: the only kind that any output accepts.
///
/// Posts, file names, error messages and the output of demos are content, and content never acts
/// on the terminal. The one initialiser from a `String` sanitises, after all decoding (cmark turns
/// `&#27;` into ESC), so the compiler enforces what reliability.md asks (R1 to R6).
///
/// * Line breaks and tabs become blanks; other controls (C0, DEL, C1), and noncharacters
///   disappear into U+FFFD.
/// * Bidirectional controls and tag characters are shown as their code point, `⟨U+202E⟩`.
/// * A zero-width joiner stays only inside an emoji sequence; other invisible format characters go.
/// * At most eight combining marks stay on a base.
///
/// Sanitising twice changes nothing.
package struct SafeText: Hashable, Sendable, CustomStringConvertible {
  /// The clean text.
  package let string: String

  package init(_ raw: some StringProtocol) {
    // Of one type from here on, so that the walks over bytes and scalars are fast.
    let text = String(raw)
    string = SafeText.isPlain(text) ? text : SafeText.sanitised(text)
  }

  package init(_ literal: StaticString) {
    self.init("\(literal)")
  }

  private init(alreadySafe string: String) {
    self.string = string
  }

  package var description: String { string }
  package var isEmpty: Bool { string.isEmpty }

  /// The two texts side by side.
  package static func + (left: SafeText, right: SafeText) -> SafeText {
    // Joining two clean texts may put a ninth mark on a base, so the seam is cleaned again.
    SafeText(left.string + right.string)
  }

  /// Printable ASCII only is the common case, and needs no walk over scalars.
  private static func isPlain(_ raw: String) -> Bool {
    raw.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
  }

  private static func sanitised(_ raw: String) -> String {
    var clean = String.UnicodeScalarView()
    var marks = 0
    var previous: Unicode.Scalar?
    for scalar in raw.unicodeScalars {
      switch Role(scalar) {
      case .space:
        clean.append(" ")
        marks = 0
      case .forbidden:
        clean.append("\u{FFFD}")
        marks = 0
      case .shownAsCode:
        clean.append(
          contentsOf: "⟨U+\(String(scalar.value, radix: 16, uppercase: true))⟩".unicodeScalars)
        marks = 0
      case .dropped:
        continue
      case .joiner:
        guard let previous, isEmojiPart(previous) else { continue }
        clean.append(scalar)
      case .mark:
        marks += 1
        guard marks <= 8 else { continue }
        clean.append(scalar)
      case .ordinary:
        marks = 0
        clean.append(scalar)
      }
      previous = clean.last
    }
    if clean.last == "\u{200D}" { clean.removeLast() }
    return String(clean)
  }

  private static func isEmojiPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isEmojiPresentation || scalar.properties.isEmojiModifier
      || scalar == "\u{FE0F}" || (scalar.properties.isEmoji && scalar.value > 0xff)
  }

  /// What the sanitiser does with a scalar.
  private enum Role {
    case ordinary, mark, space, forbidden, shownAsCode, joiner, dropped

    init(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x09, 0x0a, 0x0d, 0x2028, 0x2029, 0x85: self = .space
      case 0x00...0x1f, 0x7f...0x9f, 0xfdd0...0xfdef: self = .forbidden
      case 0x61c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069, 0xe0000...0xe007f:
        self = .shownAsCode
      case 0x200d: self = .joiner
      case 0xad, 0x200b, 0x200c, 0x2060...0x2064, 0x206a...0x206f, 0xfeff, 0xfff9...0xfffb:
        self = .dropped
      case let value where value & 0xfffe == 0xfffe: self = .forbidden
      case 0x20..<0x300: self = .ordinary
      default: self = Role.isMark(scalar) ? .mark : .ordinary
      }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: true
      default: false
      }
    }
  }
}
