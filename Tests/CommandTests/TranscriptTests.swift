import Foundation
import TestSupport
import Testing

/// Command lines and the exact text that they give.
struct TranscriptTests {
  private func expect(_ lines: [[String]], named name: String) throws {
    try Program.withHome { program in
      let folder = try program.write(SamplePosts.all)
      _ = try program.run(["sync", folder])
      expectSnapshot(try program.transcript(lines), named: name)
    }
  }

  @Test func `help names every subcommand and option`() throws {
    let commands = ["list", "search", "read", "run", "demos", "sync", "bundle", "check", "stats"]
    let helps =
      commands.map { [$0, "--help"] }
      + [[], ["list"], ["add"], ["remove"]].map { ["sources"] + $0 + ["--help"] }
    try expect([["--help"], ["--version"]] + helps, named: "help")
  }

  @Test func `posts are listed, searched and read`() throws {
    try expect(
      [
        ["list"], ["search", "采样"], ["search", "ε_θ"], ["search", "梯"],
        ["read", "sampling"], ["read", "sampling", "--width", "40"],
        ["read", "policy", "--format", "markdown"],
      ], named: "posts")
  }

  @Test func `JSON has the documented fields`() throws {
    try expect([["list", "--json"], ["search", "梯度", "--json"]], named: "json")
  }

  @Test func `what cannot be done is said in one sentence`() throws {
    try expect(
      [
        [], ["nonsense"], ["read", "nothing"], ["read", "../etc"], ["read", "x", "--width", "1"],
        ["search", "不存在的词"], ["search", "\""], ["search", "AND ("], ["sync", "/nowhere"],
        ["check", "--formulas", "/nowhere"], ["check", "--formulas", "/dev/null"],
        ["check", "--pages", "/nowhere"],
      ], named: "refusals")
  }

  @Test func `sources are added, synced, carried away and removed`() throws {
    try Program.withHome { program in
      let folder = try program.write(["sampling.md": SamplePosts.sampling])
      let other = try program.write(["policy.md": SamplePosts.policy], to: "other")
      let bundle = program.home.appending(path: "all.dlb").path
      expectSnapshot(
        try program.transcript([
          ["sources", "add", folder], ["sources", "add", other, "--name", "mine"],
          ["sources", "add", other, "--name", "mine"], ["sources", "add", "ext::sh"],
          ["sync", "--dry-run", "posts"], ["sync", "posts", "mine"], ["sync", other],
          ["list"], ["bundle", "-o", bundle], ["check", bundle], ["sources", "remove", "posts"],
          ["sync", bundle], ["list"], ["sources", "remove", "posts"],
        ]), named: "sources")
    }
  }

  @Test func `a sync says what it did`() throws {
    try Program.withHome { program in
      var posts = SamplePosts.all
      let folder = try program.write(posts)
      var text = try program.transcript([["sync", folder], ["sync", folder]])
      posts["policy.md"] = SamplePosts.policy + "\n\n又及[死链](nowhere.md)。\n"
      posts["bad.md"] = "---\ntitle: 坏\ndate: yesterday\n---\n"
      _ = try program.write(posts)
      text += "\n" + (try program.transcript([["sync", folder], ["list"]]))
      expectSnapshot(text, named: "sync")
    }
  }
}
