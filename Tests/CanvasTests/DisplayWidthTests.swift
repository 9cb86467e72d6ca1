import Canvas
import Testing

struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("采样", 4), ("。", 2), ("ａ", 2), ("ｱ", 1), ("é", 1), ("e\u{301}", 1),
    ("👩‍💻", 2), ("🇨🇳", 2), ("❤️", 2), ("한", 2), ("─", 1), ("α", 1), ("\u{a0}", 1),
  ])
  func `text has the width that terminals give it`(text: String, columns: Int) {
    #expect(DisplayWidth.standard.columns(of: text) == columns)
  }

  @Test func `ambiguous characters take what the terminal is set to`() {
    let wide = DisplayWidth(ambiguous: 2)
    #expect(wide.columns(of: "α×─") == 6)
    #expect(DisplayWidth.standard.columns(of: "α×─") == 3)
    #expect(wide.columns(of: "a采") == 3)
  }

  @Test func `no scalar is wider than two columns or narrower than none`() {
    for width in [DisplayWidth.standard, DisplayWidth(ambiguous: 2)] {
      for value in stride(from: 0 as UInt32, through: 0x10ffff, by: 7) {
        guard let scalar = Unicode.Scalar(value) else { continue }
        #expect((0...2).contains(width.columns(of: scalar)), "U+\(String(value, radix: 16))")
      }
    }
  }

  @Test func `an ambiguous width of three is a mistake`() async {
    await #expect(processExitsWith: .failure) { _ = DisplayWidth(ambiguous: 3) }
  }
}
