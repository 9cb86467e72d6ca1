import ArgumentParser
import Canvas
import FoundationEssentials
import Posts
import Sync

/// `downlink sync`: brings the library up to date with a folder of posts.
struct SyncCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Bring the library up to date.",
    discussion: """
      Changed posts are replaced and missing ones removed, all at once: if the sync is stopped or \
      fails, the library is as it was. A post with a fault is refused with file, line and reason, \
      the others go in, and the exit status is 2.
      """)

  @Argument(
    help: "A folder of Markdown files; the default is the posts of the program.",
    completion: .directory)
  var folder: String?

  @Flag(help: "Move a damaged library aside and make a new one.")
  var rebuild = false

  func run() throws {
    let access = LibraryAccess(Settings.current())
    if rebuild { try access.setLibraryAside() }
    let source =
      try folder.map { access.folder(URL(filePath: $0).standardizedFileURL) }
      ?? access.shippedPosts()
    let summary = try access.sync(source)
    for refusal in summary.refused { Output.complain(SafeText("refused: \(refusal)")) }
    for warning in summary.warnings { Output.complain(SafeText("warning: \(warning)")) }
    try Output.withStandardOutput { try $0.write(SafeText(summary.sentence)) }
    if !summary.refused.isEmpty { throw ExitCode(ExitStatus.doesNotHold) }
  }
}

extension SyncSummary {
  /// The counts, the refused ones only if there are any.
  fileprivate var sentence: String {
    let counts = [
      "\(new.count) new", "\(changed.count) changed", "\(removed.count) removed",
      "\(unchanged) unchanged",
    ]
    return (counts + (refused.isEmpty ? [] : ["\(refused.count) refused"])).joined(separator: ", ")
  }
}
