import Canvas
import Testing

struct LineTests {
  private let line = Line([
    Span(SafeText("ab采"), .plain), Span(SafeText("样cd"), Style(attributes: .bold)),
  ])

  @Test func `a slice keeps columns and styles`() {
    let slice = line.slice(columns: 1..<7)
    #expect(slice.text == "b采样c")
    #expect(slice.spans.map(\.style.attributes) == [[], .bold])
  }

  @Test func `a wide character cut in half leaves a blank`() {
    #expect(line.slice(columns: 3..<8).text == " 样cd")
    #expect(line.slice(columns: 0..<3).text == "ab ")
  }

  @Test func `every slice is as wide as the columns that there are`() {
    for start in 0..<8 {
      for end in start...8 {
        #expect(line.slice(columns: start..<end).width() == end - start, "\(start)..<\(end)")
      }
    }
  }

  @Test func `a text that is too long ends in dots`() {
    #expect(SafeText("采样方法").shortened(toColumns: 7).string == "采样方…")
    #expect(SafeText("采样").shortened(toColumns: 4).string == "采样")
    #expect(SafeText("采样").shortened(toColumns: 0).string == "")
  }
}

struct RectTests {
  @Test func `rectangles that do not meet have an empty intersection`() {
    let one = Rect(x: 0, y: 0, width: 2, height: 2)
    #expect(one.intersection(Rect(x: 5, y: 5, width: 1, height: 1)).isEmpty)
    #expect(
      one.intersection(Rect(x: 1, y: -1, width: 9, height: 9))
        == Rect(x: 1, y: 0, width: 1, height: 2))
  }

  @Test func `a negative size is none`() {
    #expect(Rect(width: -3, height: 2).isEmpty)
    #expect(Rect(width: 4, height: 4).inset(columns: 3).width == 0)
  }
}
