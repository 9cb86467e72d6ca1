import DemoKit
import Demos
import Foundation
import Markdown
import Posts
import Sync
import Testing

/// The shipped posts as a reader meets them: all of them go in, and everything in them resolves.
struct ContentTests {
  private func synced() throws -> (library: PostLibrary, summary: SyncSummary) {
    let library = try PostLibrary.inMemory()
    let synchronizer = Synchronizer(
      memory: library, demos: Set(Catalogue.demos.map { $0.id.string }),
      excerpts: try CodeExcerpts(folder: Checkout.root.appending(path: "Sources/Demos")))
    let folder = FolderSource(name: "downlink", folder: Checkout.root.appending(path: "Content"))
    return (library, try synchronizer.sync(.folder(folder)))
  }

  @Test func `every post goes in, and its links, excerpts and demo resolve`() throws {
    let summary = try synced().summary
    #expect(summary.refused.map(\.description) == [])
    #expect(summary.warnings.map(\.description) == [])
    #expect(summary.new.count == Catalogue.demos.count)
  }

  @Test func `every demo has one post, and every post one demo`() throws {
    let posts = try synced().library.summaries()
    #expect(posts.compactMap(\.demo).sorted() == Catalogue.demos.map { $0.id.string })
    #expect(posts.filter { $0.demo == nil }.map(\.slug.string) == [])
  }

  @Test func `every post says what a reader needs to choose it`() throws {
    for post in try synced().library.summaries() {
      #expect(!post.titleEnglish.isEmpty, "\(post.slug): title_en")
      #expect(!post.summary.isEmpty, "\(post.slug): summary")
      #expect(!post.tags.isEmpty, "\(post.slug): tags")
      #expect(Self.categories.contains(post.category), "\(post.slug): \(post.category)")
    }
  }

  private static let categories: Set = ["生成模型", "大模型", "深度学习", "强化学习", "Python"]

  @Test func `every post lies in the folder of its category`() throws {
    let folders = [
      "生成模型": "generative-model", "大模型": "large-model", "深度学习": "deep-learning",
      "强化学习": "reinforcement-learning", "Python": "python",
    ]
    for post in try synced().library.summaries() {
      let folder = folders[post.category] ?? ""
      let path = Checkout.root.appending(path: "Content/\(folder)/\(post.slug).md").path
      #expect(FileManager.default.fileExists(atPath: path), "\(path)")
    }
  }

  @Test func `no emphasis is left as asterisks`() throws {
    let library = try synced().library
    for summary in try library.summaries() {
      let document = try MarkdownParser.parse(try library.post(summary.slug).post.markdown)
      #expect(document.linesWithLiteralAsterisks == [], "\(summary.slug)")
    }
  }

  @Test func `every post cites its sources and shows code that runs`() throws {
    let library = try synced().library
    for summary in try library.summaries() {
      let post = try library.post(summary.slug).post
      #expect(!post.references.isEmpty, "\(summary.slug) has no references")
      #expect(post.markdown.contains("```swift"), "\(summary.slug) has no excerpt")
    }
  }
}
