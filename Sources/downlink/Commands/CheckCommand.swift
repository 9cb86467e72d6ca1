import ArgumentParser
import Canvas
import Formula
import FoundationEssentials
import Posts

/// `downlink check`: verifies posts, library, state and their surroundings.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Verify the posts, the library and the reader's state.",
    discussion: """
      Every finding names what is concerned, what is wrong and what to do. The exit status is 2 \
      if there is something to do. Nothing is changed without --repair, which never touches the \
      state. With --formulas, the engine for formulas is measured instead, on a file of JSON lines \
      with the fields tex, display and katex_ok; the status is 2 if a bound does not hold. With \
      --pages, the Markdown files of a folder are laid out instead, at several widths; the status \
      is 2 if a row is too wide, breaks where it must not, or could act on the terminal.
      """)

  @Option(help: ArgumentHelp("Measure the drawing of these formulas.", valueName: "file"))
  var formulas: String?

  @Option(help: "List the formulas that fail this row of the table.")
  var failures: SurveyCriterion?

  @Option(help: ArgumentHelp("Draw so many damaged formulas too.", valueName: "count"))
  var mutations = 0

  @Option(help: "Seed of the damage.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Measure the pages of this folder.", valueName: "folder"))
  var pages: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The columns of the pages measured.", valueName: "columns"))
  var widths = [20, 30, 40, 60, 80, 100, 120, 160, 200]

  @Flag(help: "Correct modes, undo a sync that was cut off, and rebuild a damaged library.")
  var repair = false

  @Argument(help: "A bundle file to verify instead.", completion: .file())
  var bundle: String?

  func validate() throws {
    guard widths.allSatisfy((10...1000).contains) else {
      throw ValidationError("A width must be a number from 10 to 1000.")
    }
  }

  func run() throws {
    if let bundle { return try check(bundle: bundle) }
    let settings = Settings.current()
    if let formulas {
      let check = FormulaCheck(
        path: formulas, failures: failures, mutations: mutations, seed: seed)
      return try check.run(width: settings.streams.size.columns)
    }
    if let pages {
      return try PageCheck(folder: pages, widths: widths).run(width: settings.streams.size.columns)
    }
    let check = HomeCheck(settings: settings)
    let done = try repair ? check.repair() : []
    let findings = check.findings()
    let errors = findings.filter(\.isError)
    try Output.withStandardOutput { output in
      for line in done { try output.write(SafeText("repaired: \(line)")) }
      for finding in findings {
        try output.write(SafeText((finding.isError ? "" : "note: ") + finding.description))
      }
      if errors.isEmpty { try output.write(SafeText("everything is in order")) }
    }
    if !errors.isEmpty { throw ExitCode(ExitStatus.doesNotHold) }
  }

  private func check(bundle: String) throws {
    let found = try BundleFile.verified(URL(filePath: bundle).standardizedFileURL)
    try Output.withStandardOutput {
      try $0.write(SafeText("\(bundle) is whole; it holds \(found.slugs.count) posts"))
    }
  }
}
