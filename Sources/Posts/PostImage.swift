package import Images

/// An image that a post shows, on its way into the library.
package struct PostImage: Hashable, Sendable {
  /// As the post has it.
  package var name: String
  /// Its file within the source; empty for what is none of the source.
  package var path: String

  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }

  /// What the library knows of it.
  package enum State: Hashable, Sendable {
    /// Its size in pixels, as its file says.
    case sized(width: Int, height: Int)
    case refused(ImageProblem)
  }

  /// The file of an image, as a source gives it.
  package enum File: Sendable {
    case refused(ImageProblem)
    case read([UInt8], ImageHeader)

    /// Takes bytes as far as their header is that of an image.
    package init(_ bytes: [UInt8]) {
      do throws(ImageProblem) {
        self = .read(bytes, try ImageHeader(bytes))
      } catch {
        self = .refused(error)
      }
    }
  }
}
