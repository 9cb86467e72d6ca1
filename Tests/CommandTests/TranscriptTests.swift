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
    let commands = ["list", "search", "read", "run", "demos", "sync", "check", "stats"]
    try expect([["--help"], ["--version"]] + commands.map { [$0, "--help"] }, named: "help")
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
      ], named: "refusals")
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
