import Canvas
import Terminal
import Testing

struct PaletteTests {
  @Test func `without colours there are none`() {
    #expect(Palette(colors: 0).index(of: .rgb(red: 255, green: 0, blue: 0)) == -1)
    #expect(Palette(colors: 0).index(of: .indexed(3)) == -1)
  }

  @Test(arguments: [8, 16, 256, 16_777_216])
  func `every colour has a number that the terminal knows`(colors: Int) {
    let palette = Palette(colors: colors)
    #expect(palette.index(of: .standard) == -1)
    for index in 0...255 {
      #expect((0..<Int32(colors)).contains(palette.index(of: .indexed(UInt8(index)))))
    }
  }

  @Test func `the nearest colour is chosen`() {
    let many = Palette(colors: 256)
    #expect(many.index(of: .rgb(red: 255, green: 0, blue: 0)) == 196)
    #expect(many.index(of: .rgb(red: 8, green: 8, blue: 8)) == 232)
    #expect(Palette(colors: 8).index(of: .rgb(red: 0, green: 200, blue: 0)) == 2)
  }
}
