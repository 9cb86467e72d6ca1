import Images
import Markdown
import Posts
import Typesetting

// Images: asked for when they come near the window, and drawn when they are there.
extension PostScreen {
  /// Pictures that are held at once; each takes up to 700 KB.
  private static let mostPictures = 12

  /// Asks for the images of the window and of the one below it.
  ///
  /// Room is left for each from the start, so nothing moves when it comes.
  mutating func loadImages() -> [Effect] {
    guard let open, open.pictures.values.contains(where: \.isAwaited) else { return [] }
    return nearImages()
      .filter { open.pictures[$0]?.isAwaited == true && wantedImages.insert($0).inserted }
      .map { .loadImage(summary.slug, name: $0) }
  }

  private mutating func nearImages() -> [String] {
    guard let open, var page else { return [] }
    let shown = page.window(from: top, height: 2 * height)
    self.page = page
    let items = Set(shown.map(\.place.item)).sorted()
    return items.flatMap { item -> [String] in
      guard case .block(let block) = page.items[item] else { return [] }
      return open.document.imageSources(ofBlock: block)
    }
  }

  /// Draws an image in the room that was left for it; where it cannot be, the text below moves up.
  mutating func take(_ result: Result<Raster, ImageProblem>, of name: String) {
    let kept = position
    open?.take(result, of: name)
    drawnImages.append(name)
    redraw([name] + dropFarImages())
    if case .failure = result, let kept { go(to: kept) }
  }

  /// Forgets the oldest pictures that are out of sight; they come again like the first time.
  private mutating func dropFarImages() -> [String] {
    guard drawnImages.count > Self.mostPictures else { return [] }
    let near = Set(nearImages())
    let far = drawnImages.filter { !near.contains($0) }
      .prefix(drawnImages.count - Self.mostPictures)
    for name in far {
      open?.forget(name)
      wantedImages.remove(name)
    }
    drawnImages.removeAll { far.contains($0) }
    return Array(far)
  }

  private mutating func redraw(_ names: [String]) {
    guard let open else { return }
    let source = pageSource(open)
    page?.replace(source) { item in
      guard case .block(let block) = item else { return false }
      return open.document.imageSources(ofBlock: block).contains { names.contains($0) }
    }
  }
}

extension OpenPost {
  /// Keeps a decoded image, or why there is none.
  mutating func take(_ result: Result<Raster, ImageProblem>, of name: String) {
    guard case .sized(let width, let height, _)? = pictures[name] else { return }
    switch result {
    case .success(let raster):
      pictures[name] = .sized(width: width, height: height, raster)
    case .failure(let problem):
      pictures[name] = .refused(problem)
    }
  }

  /// Keeps no more of an image than its size.
  mutating func forget(_ name: String) {
    guard case .sized(let width, let height, _)? = pictures[name] else { return }
    pictures[name] = .sized(width: width, height: height)
  }
}

extension Pictures.State {
  init(_ state: PostImage.State) {
    switch state {
    case .sized(let width, let height): self = .sized(width: width, height: height)
    case .refused(let problem): self = .refused(problem)
    }
  }

  /// Whether it is still to be decoded.
  var isAwaited: Bool {
    if case .sized(_, _, nil) = self { true } else { false }
  }
}
