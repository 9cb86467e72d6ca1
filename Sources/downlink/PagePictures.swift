import Images
import Posts
import Terminal
import Typesetting

/// The images of a post for a page that is written to a terminal at once: all are decoded before.
struct PagePictures {
  let library: PostLibrary
  let slug: Slug
  /// Rows of the terminal.
  let rows: Int

  func drawn() throws -> Pictures {
    var states: [String: Pictures.State] = [:]
    for (name, image) in try library.images(of: slug) {
      switch image {
      case .refused(let problem): states[name] = .refused(problem)
      case .sized(let width, let height):
        switch try raster(name) {
        case .success(let raster): states[name] = .sized(width: width, height: height, raster)
        case .failure(let problem): states[name] = .refused(problem)
        }
      }
    }
    return Pictures(states, mostRows: max(3, rows * 6 / 10))
  }

  private func raster(_ name: String) throws -> Result<Raster, ImageProblem> {
    guard let bytes = try library.image(name, of: slug) else { return .failure(.damaged) }
    let result = Interruption(grace: .milliseconds(500)).run {
      await ImageProcess().raster(of: bytes)
    }
    guard let result else { throw CommandError.stopped("decoding") }
    return result
  }
}
