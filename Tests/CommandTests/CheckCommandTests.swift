import Foundation
import Testing

/// `downlink check` on homes that something happened to: each finding names the file and the
/// command that helps, and that command helps (T30).
struct CheckCommandTests {
  private func folder(_ program: Program) -> URL {
    program.home.appending(path: ".local/share/downlink")
  }

  private func library(_ program: Program) -> URL {
    folder(program).appending(path: "library.sqlite")
  }

  private func state(_ program: Program) -> URL {
    program.home.appending(path: ".local/state/downlink/state.sqlite")
  }

  /// A home with the sample posts and a state.
  private func withHome(_ body: (Program) throws -> Void) throws {
    try Program.withHome { program in
      let posts = try program.write(SamplePosts.all)
      #expect(try program.run(["sources", "add", posts, "--name", "own"]).status == 0)
      #expect(try program.run(["sync", "own"]).status == 0)
      let check = try program.run(["check"])
      #expect(check.status == 0, "\(check.output)")
      try body(program)
    }
  }

  private enum Damage: CaseIterable {
    case post, schema, applicationID, cut, zeroedPage, swappedPages, notADatabase, writeAheadLog
  }

  private func apply(_ damage: Damage, to program: Program) throws {
    let url = library(program)
    let bytes = try Data(contentsOf: url)
    var changed = bytes
    switch damage {
    case .post:
      let range = try #require(bytes.range(of: Data("梯度上升".utf8)))
      changed[range.lowerBound + 2] ^= 1
    case .schema:
      let range = try #require(bytes.range(of: Data("unknown_keys".utf8)))
      changed[range.lowerBound] ^= 1
    case .applicationID: changed[70] ^= 1
    case .cut: changed = bytes.prefix(bytes.count / 2)
    case .zeroedPage: changed.replaceSubrange(8192..<12_288, with: Data(count: 4096))
    case .swappedPages:
      changed.replaceSubrange(4096..<8192, with: bytes[8192..<12_288])
      changed.replaceSubrange(8192..<12_288, with: bytes[4096..<8192])
    case .notADatabase: changed = Data(String(repeating: "no database ", count: 100).utf8)
    case .writeAheadLog: (changed[18], changed[19]) = (2, 2)
    }
    let handle = try FileHandle(forWritingTo: url)
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: changed)
    try handle.close()
  }

  @Test func `a damaged library is named, rebuilt and kept, and the state stays`() throws {
    try withHome { program in
      let good = try Data(contentsOf: library(program))
      let before = try Data(contentsOf: state(program))
      for damage in Damage.allCases {
        try good.write(to: library(program))
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o600], ofItemAtPath: library(program).path)
        try apply(damage, to: program)
        let damaged = try Data(contentsOf: library(program))
        let check = try program.run(["check"])
        #expect(check.status == 2, "\(damage): \(check.output)")
        #expect(check.output.contains("`downlink sync"), "\(damage): \(check.output)")
        // Looking changed nothing.
        #expect(try Data(contentsOf: library(program)) == damaged, "\(damage)")
        let repair = try program.run(["check", "--repair"])
        #expect(repair.status == 0, "\(damage): \(repair.output)\(repair.complaints)")
        #expect(repair.output.contains("repaired: synced 2 posts of own"), "\(repair.output)")
        let aside = folder(program).appending(path: "library.sqlite.damaged")
        #expect(try Data(contentsOf: aside) == damaged, "\(damage)")
        #expect(try program.run(["read", "policy"]).status == 0)
      }
      #expect(try Data(contentsOf: state(program)) == before)
    }
  }

  @Test func `a damaged state is named and never touched`() throws {
    try withHome { program in
      try Data("no state at all, but long enough to look at".utf8).write(to: state(program))
      let before = try Data(contentsOf: state(program))
      for arguments in [["check"], ["check", "--repair"]] {
        let outcome = try program.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("state.sqlite"), "\(outcome.output)")
        #expect(try Data(contentsOf: state(program)) == before)
      }
    }
  }

  @Test func `modes are reported and corrected`() throws {
    try withHome { program in
      for (url, mode) in [(folder(program), 0o755), (library(program), 0o640)] {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
      }
      let check = try program.run(["check"])
      #expect(check.status == 0)
      #expect(check.output.contains("mode 755") && check.output.contains("mode 640"))
      let repair = try program.run(["check", "--repair"])
      #expect(repair.output.contains("repaired: took others' rights"))
      #expect(try !program.run(["check"]).output.contains("mode"))
      let attributes = try FileManager.default.attributesOfItem(atPath: library(program).path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `keys that are not read and a missing git are notes`() throws {
    try Program.withHome { program in
      let post = "---\ntitle: T\nlayout: post\nmathjax: true\n---\ntext"
      _ = try program.run(["sync", try program.write(["a.md": post])])
      let check = try program.run(["check"], environment: ["PATH": "/nowhere"])
      #expect(check.status == 0)
      #expect(check.output.contains("layout (1), mathjax (1)"), "\(check.output)")
      #expect(check.output.contains("note: git: it is not in PATH"), "\(check.output)")
    }
  }

  @Test func `statistics tell words and syncs by source`() throws {
    try withHome { program in
      let text = try program.run(["stats"]).output
      #expect(text.contains("last sync"), "\(text)")
      let json = try program.run(["stats", "--json"]).output
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      let sources = try #require(object["by_source"] as? [String: [String: Any]])
      #expect(sources["own"]?["posts"] as? Int == 2)
      #expect((sources["own"]?["words"] as? Int ?? 0) > 10)
      #expect(sources["own"]?["last_sync"] as? String == object["last_sync"] as? String)
      #expect(object["posts"] as? Int == 2)
    }
  }
}
