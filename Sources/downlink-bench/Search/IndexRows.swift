import Demos
import Foundation
import Posts

/// S5, the index beside trigram's; S8, one changed post; S13, syncs beside `git status`.
struct IndexRows {
  private let bench: SearchWorkbench
  private let files: Int

  init(_ bench: SearchWorkbench, files: Int) {
    self.bench = bench
    self.files = files
  }

  func rows() async throws -> [SearchRow] {
    let subject = try bench.library(of: files)
    let first = try firstSync(subject)
    return try [index(subject), changedPost(subject)] + (await idleSync(subject)) + [first]
  }

  private func index(_ subject: SearchSubject) throws -> SearchRow {
    let writer = try LibraryWriter(at: subject.url)
    let seconds = try timed { try writer.replace { try $0.rebuildIndex() } }.seconds
    try writer.close()
    let bytes = try subject.open().statistics().indexBytes
    var ratios: [String: (bytes: Double, seconds: Double)] = [:]
    for tokenizer in ["unicode61", "trigram"] {
      let rival = try RivalIndex(tokenizer: tokenizer, library: subject.url)
      write(
        "     \(tokenizer.padded(10)) \(rival.bytes / 1_000_000) MB  \(rival.buildSeconds.fixed(1)) s"
      )
      ratios[tokenizer] = (
        Double(bytes) / Double(rival.bytes), seconds / rival.buildSeconds
      )
    }
    write("     downlink   \(bytes / 1_000_000) MB  \(seconds.fixed(1)) s")
    let ratio = ratios["trigram"] ?? (.nan, .nan)
    return SearchRow(
      "S5", "index bytes, build time against trigram's", must: "<= .45; <= .4",
      measured: "\(ratio.bytes.share); \(ratio.seconds.share)",
      holds: ratio.bytes <= 0.45 && ratio.seconds <= 0.4)
  }

  /// What a changed post costs beyond a sync that finds nothing.
  private func changedPost(_ subject: SearchSubject) throws -> SearchRow {
    let file = subject.posts.appending(path: Replicas.name(files / 2) + ".md")
    let original = try Data(contentsOf: file)
    defer { try? original.write(to: file) }
    var idle: [Double] = []
    var changed: [Double] = []
    for round in 0..<7 {
      idle.append(try timed { _ = try subject.sync() }.seconds)
      try (original + Data("\n第 \(round) 次。\n".utf8)).write(to: file)
      changed.append(try timed { _ = try subject.sync() }.seconds)
    }
    let cost = changed.percentile(0.5) - idle.percentile(0.5)
    return SearchRow(
      "S8", "one changed post beyond finding it", must: "<= 5 ms",
      measured: "\((cost * 1000).fixed(1)) ms", holds: cost <= 0.005)
  }

  private func idleSync(_ subject: SearchSubject) async throws -> [SearchRow] {
    let git = try await gitStatus(subject)
    var ours: [Double] = []
    for _ in 0..<7 { ours.append(try timed { _ = try subject.sync() }.seconds) }
    let seconds = ours.percentile(0.5)
    return [
      SearchRow(
        "S13", "no-op sync of \(files) files against `git status`", must: "<= 2",
        measured: git.map { "\((seconds / $0).fixed(2)) (\(seconds.milliseconds) ms)" } ?? "no git",
        holds: git.map { seconds / $0 <= 2 })
    ]
  }

  private func gitStatus(_ subject: SearchSubject) async throws -> Double? {
    let git = ["git", "-C", subject.posts.path, "-c", "user.name=n", "-c", "user.email=e"]
    guard (try? await Child.output(of: git + ["init", "-q"])) != nil else { return nil }
    defer { try? FileManager.default.removeItem(at: subject.posts.appending(path: ".git")) }
    _ = try await Child.output(of: git + ["add", "-A"])
    _ = try await Child.output(of: git + ["commit", "-q", "-m", "all"])
    var seconds: [Double] = []
    for _ in 0..<7 {
      let start = Moment()
      _ = try await Child.output(of: git + ["status", "--porcelain"])
      seconds.append(Moment.since(start).wall)
    }
    return seconds.percentile(0.5)
  }

  private func firstSync(_ subject: SearchSubject) throws -> SearchRow {
    for ending in ["", "-journal"] {
      try? FileManager.default.removeItem(atPath: subject.url.path + ending)
    }
    let spent = try timed { _ = try subject.sync() }.seconds
    let megabytes = Double(try subject.bytes) / 1_000_000
    return SearchRow(
      "S13", "first sync of \(files) files", must: "reported",
      measured: "\((megabytes / spent).fixed(1)) MB/s, \(spent.fixed(1)) s", holds: nil)
  }
}
