import Demos
import Foundation

/// S8, one changed post; S13, syncs of the program itself beside `git status`; T17, the reader with
/// all posts.
///
/// Of what always does the same, the least of many times is what others disturbed least.
struct SyncRows {
  private let bench: SearchWorkbench
  private let files: Int

  private static let rounds = 15
  /// Posts that are changed, and how often each.
  private static let changes = (posts: 25, rounds: 8)

  init(_ bench: SearchWorkbench, files: Int) {
    self.bench = bench
    self.files = files
  }

  func rows() async throws -> [SearchRow] {
    let posts = try bench.posts(of: files)
    return try await BuiltReader.withHome { reader in
      let subject = SearchSubject(posts: posts, url: URL(filePath: reader.library), count: files)
      let first = try await firstSync(reader, subject)
      return [
        try changedPost(subject), try await idleSync(reader, subject), first,
        try await openReader(reader),
      ]
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

  /// What a changed post costs beyond a sync that finds nothing, in the mean over posts of all sizes.
  private func changedPost(_ subject: SearchSubject) throws -> SearchRow {
    _ = try subject.sync()
    let costs = try (0..<Self.changes.posts).map { post in
      let number = files * (2 * post + 1) / (2 * Self.changes.posts)
      return try cost(ofChanging: Replicas.name(number) + ".md", in: subject)
    }
    let wall = costs.map(\.wall).mean
    let processor = costs.map(\.processor).mean
    let largest = costs.max { $0.bytes < $1.bytes }
    return SearchRow(
      "S8", "one changed post beyond finding it", must: "<= 5 ms",
      measured: "\(wall.milliseconds) ms (processor \(processor.milliseconds)) for "
        + "\(Int(costs.map { Double($0.bytes) }.mean) / 1000) KB, "
        + "\(largest?.wall.milliseconds ?? "?") for \((largest?.bytes ?? 0) / 1000)",
      holds: wall <= 0.005)
  }

  /// Times syncs that find nothing and syncs that find this post changed in turn.
  private func cost(
    ofChanging name: String, in subject: SearchSubject
  ) throws -> (wall: Double, processor: Double, bytes: Int) {
    let file = subject.posts.appending(path: name)
    let original = try Data(contentsOf: file)
    defer { try? original.write(to: file) }
    var idle = Spent()
    var changed = Spent()
    for round in 0..<Self.changes.rounds {
      var start = Moment()
      _ = try subject.sync()
      idle.add(Moment.since(start))
      try (original + Data("\n第 \(round) 次。\n".utf8)).write(to: file)
      start = Moment()
      _ = try subject.sync()
      changed.add(Moment.since(start))
    }
    return (changed.wall - idle.wall, changed.processor - idle.processor, original.count)
  }

  private func openReader(_ reader: BuiltReader) async throws -> SearchRow {
    var visits: [PseudoTerminal.Visit] = []
    for _ in 0..<Self.rounds {
      visits.append(try await PseudoTerminal().visit(reader.program, reader.environment))
    }
    let seconds = visits.map(\.seconds).percentile(0.5)
    let peak = visits.map(\.peak).max() ?? 0
    return SearchRow(
      "T17", "reader of \(files) posts, first frame and memory", must: "<= 150 ms, 100 MiB",
      measured: "\(seconds.milliseconds) ms, \(peak >> 20) MiB",
      holds: seconds <= 0.15 && peak <= 100 << 20)
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
    var ours = Spent()
    var theirs = Spent()
    for round in 0...Self.rounds {
      let sync = try await spentByChildren { try await reader.run(["sync", subject.posts.path]) }
      let status = try await spentByChildren {
        if hasGit { _ = try await Child.output(of: git + ["status", "--porcelain"]) }
      }
      guard round > 0 else { continue }
      ours.add(sync)
      theirs.add(status)
    }
    let ratio = ours.wall / theirs.wall
    let processor = ours.processor / theirs.processor
    let figure =
      "\(ratio.fixed(2)) (\(ours.wall.milliseconds) ms; processor \(processor.fixed(2)))"
    return SearchRow(
      "S13", "no-op sync of \(files) files against `git status`", must: "<= 2",
      measured: hasGit ? figure : "no git", holds: hasGit ? ratio <= 2 : nil)
  }

  private func spentByChildren(_ work: () async throws -> Void) async rethrows -> Spent.Once {
    let before = Self.childrenProcessorSeconds
    let start = Moment()
    try await work()
    return (Moment.since(start).wall, Self.childrenProcessorSeconds - before)
  }

  private static var childrenProcessorSeconds: Double {
    var use = rusage()
    getrusage(RUSAGE_CHILDREN.rawValue, &use)
    return [use.ru_utime, use.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
    }
  }

  /// The least of many times, each in seconds.
  private struct Spent {
    typealias Once = (wall: Double, processor: Double)
    private(set) var wall = Double.infinity
    private(set) var processor = Double.infinity

    mutating func add(_ once: Once) {
      wall = min(wall, once.wall)
      processor = min(processor, once.processor)
    }
  }
}
