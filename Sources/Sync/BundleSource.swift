package import Foundation
import Images
import Posts

/// A bundle file: the posts of somebody's library.
package struct BundleSource: Hashable, Sendable {
  package var name: String
  package var file: URL

  package init(name: String, file: URL) {
    self.name = name
    self.file = file
  }

  func verified() throws -> OpenBundle { OpenBundle(bundle: try BundleFile.verified(file)) }
}

/// A bundle that was found whole.
struct OpenBundle: OpenSource {
  fileprivate let bundle: BundleFile.Verified

  func read(
    at now: Date, _ body: (SourceFile, SourceFile.Reading) throws -> Void
  ) throws -> FileStamp? {
    for (index, slug) in bundle.slugs.enumerated() {
      let progress = SyncProgress(completed: index + 1, total: bundle.slugs.count)
      let file = SourceFile(path: "\(slug).md", day: .named(""), progress: progress)
      try body(file) { .post(try bundle.post(slug)) }
    }
    return nil
  }

  func readImages(
    _ images: [LibraryTransaction.ShownImage], at now: Date,
    _ body: (LibraryTransaction.ShownImage, SourceImage) throws -> Void
  ) throws {
    for image in images {
      try body(
        image,
        SourceImage {
          let bytes = try bundle.image(image.name, inPost: image.slug)
          return bytes.map { PostImage.File($0) } ?? .refused(.missing)
        })
    }
  }
}
