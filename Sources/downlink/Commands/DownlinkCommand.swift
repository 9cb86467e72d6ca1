import ArgumentParser

/// `downlink`: without a subcommand it opens the reader.
struct DownlinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "downlink",
    abstract: "Read a machine-learning blog in the terminal, and run its posts.",
    version: "0.1.0",
    subcommands: [
      ListCommand.self, SearchCommand.self, ReadCommand.self, RunCommand.self, DemosCommand.self,
      SyncCommand.self, SourcesCommand.self, BundleCommand.self, CheckCommand.self,
      StatsCommand.self, DecodeImageCommand.self,
    ])

  @OptionGroup var reader: ReaderOptions

  func run() throws {
    let status = try ReaderOpening(settings: .current(), options: reader).run()
    if status != ExitStatus.done { throw ExitCode(status) }
  }
}
