import ArgumentParser
import Canvas
import DemoKit
import FoundationEssentials
import Posts
import Sync

/// `downlink sources`: the places that posts come from, besides those that come with the program.
struct SourcesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources",
    abstract: "Show, add or remove the places that posts come from.",
    subcommands: [List.self, Add.self, Remove.self], defaultSubcommand: List.self)

  /// The posts of the program stand under this name.
  static let shipped = "downlink"

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the sources.",
      discussion: "With --json, an array of objects: name, kind (folder, git, bundle), location.")

    @Flag(help: "Write JSON.")
    var json = false

    func run() throws {
      let settings = Settings.current()
      let records = [try LibraryAccess(settings).shippedPosts().record] + (try sources(settings))
      try Output.withStandardOutput { output in
        if json {
          try output.write(.array(records.map(\.json)))
        } else {
          var table = TextTable(width: settings.streams.size.columns)
          table.rows = records.map { record in
            [.init(record.name, .bold), .init(record.kind), .init(record.location)]
          }
          for line in table.lines { try output.write(line) }
        }
      }
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a source; `downlink sync` then reads it.",
      discussion: """
        A source is a folder of Markdown files, a bundle file, or a git repository: by an https: or \
        file: URL, or by its path. Of a repository the latest state is read.
        """)

    @Argument(help: "A folder, a bundle file, or a repository.")
    var location: String

    @Option(help: "The name of the source; the default is the last part of its place.")
    var name: String?

    @Flag(help: "Read the commits of a folder with a repository in it, not its files.")
    var git = false

    func run() throws {
      let settings = Settings.current()
      let found = try Source(at: location, isRepository: git, cache: settings.gitCache)
      let source = found.named(name ?? found.suggestedName)
      let state = try ReaderState(at: settings.state)
      let names = [SourcesCommand.shipped] + (try state.sources().map(\.name))
      guard !names.contains(source.name) else { throw CommandError.nameTaken(source.name) }
      try state.add(source.record)
      try Output.withStandardOutput {
        try $0.write(SafeText("added \(source.name); run “downlink sync” to read it"))
      }
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove a source, and its posts from the library.",
      discussion: "What you read, starred and marked in them is kept, should they come back.")

    @Argument(help: "The name of the source.")
    var name: String

    func run() throws {
      let settings = Settings.current()
      let state = try ReaderState(at: settings.state)
      guard try state.sources().contains(where: { $0.name == name }) else {
        throw CommandError.noSuchSource(name)
      }
      let count = try LibraryAccess(settings).removePosts(of: name)
      try state.removeSource(named: name)
      try Output.withStandardOutput {
        try $0.write(SafeText("removed \(name); posts that left the library: \(count)"))
      }
    }
  }

  private static func sources(_ settings: Settings) throws -> [SourceRecord] {
    guard FileManager.default.fileExists(atPath: settings.state.path) else { return [] }
    return try ReaderState(at: settings.state).sources()
  }
}

extension SourceRecord {
  fileprivate var json: JSONValue {
    ["name": .string(name), "kind": .string(kind), "location": .string(location)]
  }
}
