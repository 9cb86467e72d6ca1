import Demos
import Foundation

/// S8, one changed post; S13, syncs of the program itself beside `git status`.
struct SyncRows {
  private let bench: SearchWorkbench
  private let files: Int

  private static let rounds = 9

  init(_ bench: SearchWorkbench, files: Int) {
    self.bench = bench
    self.files = files
  }

  func rows() async throws -> [SearchRow] {
    let posts = try bench.posts(of: files)
    return try await BuiltReader.withHome { reader in
      let subject = SearchSubject(posts: posts, url: URL(filePath: reader.library), count: files)
      let first = try await firstSync(reader, subject)
      return [try changedPost(subject), try await idleSync(reader, subject), first]
    }
  }

  private func firstSync(_ reader: BuiltReader, _ subject: SearchSubject) async throws -> SearchRow
  {
    let start = Moment()
    try await reader.run(["sync", subject.posts.path])
    let spent = Moment.since(start).wall
    var use = rusage()
    getrusage(RUSAGE_CHILDREN.rawValue, &use)
    let megabytes = Double(try subject.bytes) / 1_000_000
    return SearchRow(
      "S13", "first sync of \(files) files", must: "reported",
      measured: "\((megabytes / spent).fixed(1)) MB/s, \(spent.fixed(1)) s, "
        + "\(use.ru_maxrss >> 10) MiB", holds: nil)
  }

  /// What a changed post costs beyond a sync that finds nothing.
  private func changedPost(_ subject: SearchSubject) throws -> SearchRow {
    let file = subject.posts.appending(path: Replicas.name(files / 2) + ".md")
    let original = try Data(contentsOf: file)
    defer { try? original.write(to: file) }
    var idle: [Double] = []
    var changed: [Double] = []
    _ = try subject.sync()
    for round in 0..<Self.rounds {
      idle.append(try timed { _ = try subject.sync() }.seconds)
      try (original + Data("\n第 \(round) 次。\n".utf8)).write(to: file)
      changed.append(try timed { _ = try subject.sync() }.seconds)
    }
    let cost = changed.percentile(0.5) - idle.percentile(0.5)
    return SearchRow(
      "S8", "one changed post beyond finding it", must: "<= 5 ms",
      measured: "\((cost * 1000).fixed(1)) ms", holds: cost <= 0.005)
  }

  private func idleSync(_ reader: BuiltReader, _ subject: SearchSubject) async throws -> SearchRow {
    let git = ["git", "-C", subject.posts.path, "-c", "user.name=n", "-c", "user.email=e"]
    let hasGit = (try? await Child.output(of: git + ["init", "-q"])) != nil
    defer { try? FileManager.default.removeItem(at: subject.posts.appending(path: ".git")) }
    if hasGit {
      _ = try await Child.output(of: git + ["add", "-A"])
      _ = try await Child.output(of: git + ["commit", "-q", "-m", "all"])
    }
    // Both look at everything again that was written within the last seconds.
    try await Task.sleep(for: .seconds(4))
    var ours: [Double] = []
    var theirs: [Double] = []
    for round in 0...Self.rounds {
      let start = Moment()
      try await reader.run(["sync", subject.posts.path])
      if round > 0 { ours.append(Moment.since(start).wall) }
      guard hasGit else { continue }
      let other = Moment()
      _ = try await Child.output(of: git + ["status", "--porcelain"])
      if round > 0 { theirs.append(Moment.since(other).wall) }
    }
    let seconds = ours.percentile(0.5)
    let ratio = hasGit ? seconds / theirs.percentile(0.5) : nil
    return SearchRow(
      "S13", "no-op sync of \(files) files against `git status`", must: "<= 2",
      measured: ratio.map { "\($0.fixed(2)) (\(seconds.milliseconds) ms)" } ?? "no git",
      holds: ratio.map { $0 <= 2 })
  }
}
