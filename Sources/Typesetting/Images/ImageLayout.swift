import Canvas
import Images
import Markdown

/// Images that stand alone in their paragraph, drawn; those in a sentence are their text.
extension BlockLayout {
  /// The rows of a paragraph of images only; nil for any other, and where no picture is known.
  mutating func pictures(_ content: [Inline], on page: Page) -> [Row]? {
    guard page.pictures.mostRows > 0, let images = content.lone,
      images.contains(where: { page.pictures.states[$0.source] != nil })
    else { return nil }
    var rows: [Row] = []
    for image in images {
      let target = add(image.link.map { .link(destination: $0) } ?? .image(source: image.source))
      if !rows.isEmpty { rows.append(Row()) }
      rows += drawing(of: image.source, target: target, on: page)
      rows += caption(of: image, target: target, on: page)
    }
    return rows
  }

  /// The picture in the middle of the page, or blank rows while it is decoded.
  private func drawing(of source: String, target: Int, on page: Page) -> [Row] {
    guard case .sized(let width, let height, let raster)? = page.pictures.states[source] else {
      return []
    }
    let size = PictureSize(
      width: width, height: height, withinColumns: page.width, rows: page.pictures.mostRows)
    let margin = (page.width - size.columns) / 2
    let indent = Span(SafeText(String(repeating: " ", count: margin)))
    let lines =
      raster.map {
        PictureDrawing(theme: page.theme, displayWidth: page.displayWidth).rows(of: $0, size: size)
      } ?? Array(repeating: Line(), count: size.rows)
    return lines.map { line in
      Row(
        Line((margin > 0 && !line.spans.isEmpty ? [indent] : []) + line.spans),
        targets: [Row.Place(target: target, columns: margin..<margin + size.columns)])
    }
  }

  private func caption(of image: LoneImage, target: Int, on page: Page) -> [Row] {
    let text = page.label(ofImage: image.source, image.alternative)
    let glyphs = [Glyph].of(
      SafeText(text), style: page.style(.image), target: target, width: page.displayWidth)
    let rows = broken(glyphs, on: page)
    guard rows.count == 1 else { return rows }
    let margin = (page.width - glyphs.columns) / 2
    return rows.map {
      $0.prefixed(by: Span(SafeText(String(repeating: " ", count: margin))), columns: margin)
    }
  }
}

extension Page {
  /// What stands for an image, or under it: its text, and why it is not drawn.
  func label(ofImage source: String, _ alternative: String) -> String {
    var text = labels.image
    if !alternative.isEmpty { text += "：" + alternative }
    if case .refused(let problem)? = pictures.states[source] { text += labels.reason(problem) }
    return "[\(text)]"
  }
}

/// An image that nothing stands beside.
struct LoneImage {
  var source: String
  var alternative: String
  var link: String?
}

extension [Inline] {
  /// The images of a paragraph, if it has nothing else.
  fileprivate var lone: [LoneImage]? {
    var images: [LoneImage] = []
    for inline in self {
      switch inline {
      case .image(let source, _, let alternative):
        images.append(LoneImage(source: source, alternative: alternative.plainText))
      case .link(let destination, _, let content):
        guard let inner = content.lone else { return nil }
        images += inner.map { image in
          var image = image
          image.link = destination
          return image
        }
      case .htmlInline(let html):
        for part in HTMLText.parts(of: html) {
          switch part {
          case .image(let source, let alternative):
            images.append(LoneImage(source: source, alternative: alternative))
          case .text(let text) where !text.allSatisfy(\.isWhitespace): return nil
          case .text, .lineBreak: break
          }
        }
      case .text(let text) where text.allSatisfy(\.isWhitespace): break
      case .softBreak, .lineBreak: break
      default: return nil
      }
    }
    return images.isEmpty ? nil : images
  }
}
