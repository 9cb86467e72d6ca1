import ArgumentParser
import Canvas
import FoundationEssentials
import Posts

/// `downlink bundle`: the library's posts as one file, for a machine with no network.
struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Write all posts into one file, to be carried to another machine.",
    discussion: """
      There “downlink check FILE” verifies it and “downlink sync FILE” takes it in. The hashes in it \
      tell that it is whole, not who made it.
      """)

  @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
  var output: String

  func run() throws {
    let library = try LibraryAccess(.current()).open()
    let url = URL(filePath: output).standardizedFileURL
    let count = try BundleFile.write(library, to: url)
    try Output.withStandardOutput {
      try $0.write(SafeText("\(count) posts in \(output)"))
    }
  }
}
