package import Foundation
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

  func read(_ body: (SourceFile, SyncProgress) throws -> Void) throws {
    for (index, slug) in bundle.slugs.enumerated() {
      let file = SourceFile(path: "\(slug).md", content: .post(try bundle.post(slug)))
      try body(file, SyncProgress(completed: index + 1, total: bundle.slugs.count))
    }
  }
}
