import FoundationEssentials
import Posts
import Sync

/// Everything that `downlink check` looks at, and what `--repair` does about it (R26).
///
/// Looking changes nothing: neither library nor state is opened for writing.
struct HomeCheck {
  let settings: Settings

  private var access: LibraryAccess { LibraryAccess(settings) }

  func findings() -> [Finding] {
    content() + library() + ReaderState.findings(at: settings.state) + files() + machine()
  }

  // MARK: Looking

  private func content() -> [Finding] {
    do {
      let summary = try access.inMemory().summary
      let advice = "correct the post and run `downlink sync`"
      return (summary.refused + summary.warnings).map { refusal in
        Finding(subject: "Content", problem: "\(refusal)", advice: advice)
      }
    } catch {
      return [Finding(subject: "Content", problem: "\(error)", advice: "then check again")]
    }
  }

  /// A library with a cut-off sync is not opened: that would undo it, which is a repair.
  private func library() -> [Finding] {
    let cutOff = FileFindings.journal(besides: settings.library)
    guard cutOff.isEmpty else { return cutOff }
    do {
      let library = try PostLibrary(at: settings.library)
      return try library.verify() + keys(library.unreadKeys())
    } catch PostError.libraryMissing(let path) {
      return [
        Finding(
          subject: path, problem: "there is no library yet", advice: "run `downlink sync`",
          isError: false)
      ]
    } catch {
      return [Finding(subject: settings.library.path, error)]
    }
  }

  private func keys(_ counts: [String: Int]) -> [Finding] {
    guard !counts.isEmpty else { return [] }
    let names = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12)
      .map { "\($0.key) (\($0.value))" }
    return [
      Finding(
        subject: "front matter",
        problem: "posts have keys that are not read: \(names.joined(separator: ", "))",
        advice: "correct those that are misspelt, and leave the others", isError: false)
    ]
  }

  private var ownFiles: [URL] {
    let library = settings.library
    return [
      settings.dataFolder, library, URL(filePath: library.path + "-journal"),
      URL(filePath: library.path + ".lock"), settings.stateFolder, settings.state,
      settings.gitCache,
    ]
  }

  private func files() -> [Finding] {
    ownFiles.flatMap(FileFindings.access) + FileFindings.space(besides: settings.library)
  }

  private func machine() -> [Finding] {
    let sources = (try? access.allSources()) ?? []
    let hasRepository = sources.contains { if case .git = $0 { true } else { false } }
    return GitVersion.findings(isNeeded: hasRepository) + terminal()
  }

  private func terminal() -> [Finding] {
    guard settings.streams.outputIsTerminal else { return [] }
    let name = settings.environment["TERM"] ?? ""
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { settings.environment[$0] }
      .first { !$0.isEmpty } ?? ""
    var findings: [Finding] = []
    if ["", "dumb", "unknown"].contains(name) {
      findings.append(
        Finding(
          subject: "TERM", problem: "it does not say what the terminal can do",
          advice: "set it, as in TERM=xterm-256color", isError: false))
    }
    if !locale.lowercased().contains("utf") {
      findings.append(
        Finding(
          subject: "locale", problem: "it is not UTF-8, so Chinese shows as ?",
          advice: "set it, as in LANG=C.UTF-8", isError: false))
    }
    return findings
  }

  // MARK: Repairing

  /// Takes others' rights away, undoes a cut-off sync, and rebuilds a library that is damaged.
  ///
  /// The state is never touched. Returns a line for each thing done.
  func repair() throws -> [String] {
    var done: [String] = []
    for file in ownFiles where !FileFindings.access(file).isEmpty {
      FileFindings.repairAccess(file)
      if FileFindings.access(file).isEmpty { done.append("took others' rights to \(file.path)") }
    }
    if !FileFindings.journal(besides: settings.library).isEmpty {
      if (try? PostLibrary(at: settings.library)) != nil {
        done.append("undid the sync that was cut off")
      }
    }
    guard library().contains(where: \.isError) else { return done }
    if let aside = try access.setLibraryAside() { done.append("kept the library as \(aside)") }
    for source in try access.allSources() {
      let count = try access.sync(source).new.count
      done.append("synced \(count) posts of \(source.name)")
    }
    return done
  }
}
