import Canvas
package import Images
import Markdown

/// What the layout of a block depends on besides the block.
struct Page {
  var width: Int
  /// The number of the block that is laid out.
  var block = 0
  let displayWidth: DisplayWidth
  let theme: Theme
  let labels: PageLabels
  let showsSource: Bool
  /// Whether nothing may be wider than the page, since it cannot be moved sideways.
  let fitsWidth: Bool
  let numbersLines: Bool
  /// Formulas, by their source, that are shown the other way than `showsSource` says.
  var switched: Set<String> = []
  let pictures: Pictures
  let formulas: FormulaLines
  /// Whether a display formula inside a paragraph stands on rows of its own.
  var separatesDisplay = true

  func style(_ role: Role) -> Style { theme.style(role) }

  /// Whether a formula stands as it was written.
  func showsSource(of span: MathSpan) -> Bool { showsSource != switched.contains(span.source) }

  /// The same page with less room.
  func narrowed(by columns: Int) -> Page {
    var page = self
    page.width -= columns
    return page
  }

  /// A character repeated over some columns, padded with blanks if it is two columns wide.
  func rule(_ character: Character, columns: Int) -> SafeText {
    let step = max(1, displayWidth.columns(of: character))
    let count = max(0, columns) / step
    let rest = max(0, columns) - count * step
    return SafeText(
      String(repeating: character, count: count) + String(repeating: " ", count: rest))
  }
}

/// The words that the typesetter adds to a post, in the reader's language.
package struct PageLabels: Hashable, Sendable {
  package var image: String
  package var demo: String
  package var problems: [ImageProblem: String]

  package init(image: String, demo: String, problems: [ImageProblem: String] = [:]) {
    self.image = image
    self.demo = demo
    self.problems = problems
  }

  package static let chinese = PageLabels(
    image: "图", demo: "演示",
    problems: [
      .missing: "（没有这个文件）", .elsewhere: "（在别处，不下载）", .unknownFormat: "（不是 PNG、JPEG 或 GIF）",
      .tooManyBytes: "（超过 8 MiB）", .tooManyPixels: "（超过 4000 万像素）", .damaged: "（文件已损坏）",
      .tooCostly: "（解码太费时或太占内存）",
    ])
  package static let english = PageLabels(
    image: "image", demo: "demo",
    problems: [
      .missing: " (there is no such file)", .elsewhere: " (elsewhere, not fetched)",
      .unknownFormat: " (not PNG, JPEG or GIF)", .tooManyBytes: " (over 8 MiB)",
      .tooManyPixels: " (over 40 megapixels)", .damaged: " (the file is damaged)",
      .tooCostly: " (takes too much time or memory)",
    ])

  /// Why an image is not drawn.
  func reason(_ problem: ImageProblem) -> String { problems[problem] ?? "" }
}
