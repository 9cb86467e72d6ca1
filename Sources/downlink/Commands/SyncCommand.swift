import ArgumentParser
import Canvas
import FoundationEssentials
import Posts
import Sync

/// `downlink sync`: brings the library up to date with its sources.
struct SyncCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Bring the library up to date.",
    discussion: """
      A source is the name of one that “downlink sources” lists, or a folder, a bundle file, or a \
      repository by its path or by an https: or file: URL. Without any, all that are listed are read.

      Changed posts are replaced and missing ones removed, all of a source at once: if the sync is \
      stopped or fails, the library is as it was. A post with a fault is refused with file, line and \
      reason, the others go in, and the exit status is 2.
      """)

  @Argument(help: "What to read; the default is every source.", completion: .file())
  var sources: [String] = []

  @Flag(name: .customLong("dry-run"), help: "Say what would be done, and do nothing.")
  var isTrial = false

  @Flag(help: "Move a damaged library aside and make a new one of all sources.")
  var rebuild = false

  func run() throws {
    let access = LibraryAccess(Settings.current())
    let chosen = try chosen(access)
    if rebuild, !isTrial, let aside = try access.setLibraryAside() {
      Output.complain(SafeText("downlink: the old library is kept as \(aside)"))
    }
    var isRefused = false
    for source in chosen {
      let summary = try access.sync(source, isTrial: isTrial)
      let name = chosen.count > 1 ? "\(source.name): " : ""
      try report(summary, name)
      isRefused = isRefused || !summary.refused.isEmpty
    }
    if isRefused { throw ExitCode(ExitStatus.doesNotHold) }
  }

  /// What is named, or all that are listed; a library that is made anew needs them all.
  private func chosen(_ access: LibraryAccess) throws -> [Source] {
    let named = try sources.map(access.source)
    guard named.isEmpty || rebuild else { return named }
    let listed = try access.allSources()
    let names = Set(listed.map(\.name))
    return listed + named.filter { !names.contains($0.name) }
  }

  private func report(_ summary: SyncSummary, _ name: String) throws {
    for refusal in summary.refused { Output.complain(SafeText("refused: \(refusal)")) }
    for warning in summary.warnings { Output.complain(SafeText("warning: \(warning)")) }
    if summary.untold > 0 {
      let most = SyncSummary.mostUntold
      let number = summary.untold < most ? "\(summary.untold)" : "at least \(most)"
      Output.complain(SafeText("warning: \(number) more links or images lead nowhere"))
    }
    let trial = isTrial ? " (nothing was done)" : ""
    try Output.withStandardOutput { output in
      try output.write(SafeText(name + summary.sentence + trial))
      guard isTrial else { return }
      for (mark, slugs) in [("+", summary.new), ("~", summary.changed), ("-", summary.removed)] {
        for slug in slugs { try output.write(SafeText("  \(mark) \(slug)")) }
      }
    }
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
