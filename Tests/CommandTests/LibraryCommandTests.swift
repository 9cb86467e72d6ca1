import Demos
import Foundation
import Testing

/// The library on disk, from the first start to a damaged file.
struct LibraryCommandTests {
  private func library(_ program: Program) -> URL {
    program.home.appending(path: ".local/share/downlink/library.sqlite")
  }

  @Test func `the first start syncs the shipped posts`() throws {
    try Program.withHome { program in
      let list = try program.run(["list"])
      #expect(list.status == 0, "\(list.complaints)")
      let posts = list.output.split(separator: "\n").count { !$0.hasPrefix(" ") }
      #expect(posts == Catalogue.demos.count)  // a long title goes on in a second line
      let attributes = try FileManager.default.attributesOfItem(atPath: library(program).path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `relative XDG values are ignored and absolute ones obeyed`() throws {
    try Program.withHome { program in
      let folder = try program.write(SamplePosts.all)
      let elsewhere = program.home.appending(path: "data").path
      _ = try program.run(["sync", folder], environment: ["XDG_DATA_HOME": "relative"])
      #expect(FileManager.default.fileExists(atPath: library(program).path))
      _ = try program.run(["sync", folder], environment: ["XDG_DATA_HOME": elsewhere])
      #expect(
        FileManager.default.fileExists(atPath: elsewhere + "/downlink/library.sqlite"))
    }
  }

  @Test func `check finds a library in order, and a changed byte`() throws {
    try Program.withHome { program in
      _ = try program.run(["sync", try program.write(SamplePosts.all)])
      let before = try program.run(["check"])
      #expect(!before.output.contains("library.sqlite"), "\(before.output)")
      var bytes = try Data(contentsOf: library(program))
      let place = try #require(bytes.range(of: Data("梯度上升".utf8)))
      bytes[place.lowerBound + 2] ^= 1
      try bytes.write(to: library(program))
      let after = try program.run(["check"])
      #expect(after.status == 2)
      #expect(after.output.contains("downlink sync --rebuild"), "\(after.output)")
      let folder = program.home.appending(path: "posts").path
      #expect(try program.run(["sync", "--rebuild", folder]).status == 0)
      #expect(try !program.run(["check"]).output.contains("library.sqlite"))
    }
  }

  @Test func `a library made anew has the posts of all sources`() throws {
    try Program.withHome { program in
      let folder = try program.write(SamplePosts.all)
      #expect(try program.run(["sources", "add", folder]).status == 0)
      #expect(try program.run(["sync"]).status == 0)
      let other = program.home.appending(path: "other")
      try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
      try Data("# 另一篇\n".utf8).write(to: other.appending(path: "another.md"))
      let before = try program.run(["list", "--json"]).output.count("\"slug\"")
      let anew = try program.run(["sync", "--rebuild", other.path])
      #expect(anew.status == 0, "\(anew)")
      let after = try program.run(["list", "--json"]).output
      #expect(before > 0 && after.count("\"slug\"") == before + 1, "\(after)")
    }
  }

  @Test func `check measures a file of formulas`() throws {
    try Program.withHome { program in
      let folder = try program.write([
        "good.jsonl": #"{"tex": "\\frac{a}{b}", "display": false, "katex_ok": true}"# + "\n",
        "bad.jsonl": #"{"tex": "\\foo x", "display": true, "katex_ok": true}"# + "\n",
        "wrong.jsonl": "{}\n",
      ])
      let good = try program.run(
        ["check", "--formulas", folder + "/good.jsonl", "--mutations", "20"])
      #expect(good.status == 0, "\(good.output)\(good.complaints)")
      #expect(good.output.hasPrefix("1 formulas: 1 inline, 0 display, 1 valid\nC1   100.00 %"))
      let bad = try program.run(["check", "--formulas", folder + "/bad.jsonl"])
      #expect(bad.status == 2)
      #expect(bad.output.contains("MISSED: valid formulas"), "\(bad.output)")
      let failures = try program.run(
        ["check", "--formulas", folder + "/bad.jsonl", "--failures", "known"])
      #expect(failures.output == "\"\\\\foo x\"\n\\foo x\n\n")
      #expect(try program.run(["check", "--formulas", folder + "/wrong.jsonl"]).status == 1)
    }
  }

  @Test func `check measures the pages of a folder`() throws {
    try Program.withHome { program in
      let folder = try program.write(["a.md": "# 甲\n\n一段文字（括号），`code`。\n", "b.txt": "x"])
      let good = try program.run(["check", "--pages", folder, "--widths", "20", "33"])
      #expect(good.status == 0, "\(good.output)\(good.complaints)")
      #expect(good.output.hasPrefix("1 files, 9 rows at 20, 33 columns\n0"), "\(good.output)")
      let deep = String(repeating: ">", count: 100) + "a"
      _ = try program.write(["deep.md": deep], to: "posts")
      let refused = try program.run(["check", "--pages", folder])
      #expect(refused.status == 0 && refused.output.contains("refused: deep.md: line 1: "))
      #expect(try program.run(["check", "--pages", folder + "/none"]).status == 1)
    }
  }

  @Test func `front matter from a pipe makes the head, or is text and said to be wrong`() throws {
    try Program.withHome { program in
      let front = "---\ntitle: 甲\ndate: 2026-01-11\ntags: [乙]\n---\n\n文\n"
      let page = try program.run(["read", "-", "--width", "20"], input: front)
      #expect(page.output == "甲\n━━━━━━━━━━━━━━━━━━━━\n2026-01-11  #乙\n\n文\n")
      let wrong = try program.run(["read", "-"], input: front.replacing("2026", with: "MMXXVI"))
      #expect(wrong.status == 0 && wrong.output.contains("title: 甲"))
      #expect(
        wrong.complaints == "downlink: standard input, line 3: `date` must be like 2026-01-11\n")
      let rule = try program.run(["read", "-", "--width", "10"], input: "---\n\n文\n")
      #expect(rule.output == "──────────\n\n文\n" && rule.complaints.isEmpty)
    }
  }

  @Test func `a home that cannot be written to is read from memory`() throws {
    try Program.withHome { program in
      let locked = program.home.appending(path: "locked").path
      try Data().write(to: URL(filePath: locked))
      let list = try program.run(["list"], environment: ["XDG_DATA_HOME": locked])
      #expect(list.status == 0)
      #expect(list.complaints.contains("read from memory"), "\(list.complaints)")
    }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal cancels a sync, and the library is as it was`(number: Int32) throws {
    try Program.withHome { program in
      _ = try program.run(["sync", try program.write(SamplePosts.all)])
      let before = try program.run(["list"]).output
      for index in 0..<400 {
        let post = SamplePosts.policy + String(repeating: "\n\n段落 \(index)，梯度。", count: 40)
        _ = try program.write(["policy-\(index).md": post])
      }
      let process = program.process(["sync", program.home.appending(path: "posts").path])
      let complaints = Pipe()
      process.standardOutput = FileHandle.nullDevice
      process.standardError = complaints
      try process.run()
      let journal = URL(filePath: library(program).path + "-journal")
      let deadline = ContinuousClock.now + .seconds(20)
      while (try? Data(contentsOf: journal))?.isEmpty ?? true, ContinuousClock.now < deadline {
        usleep(1000)
      }
      kill(process.processIdentifier, number)
      process.waitUntilExit()
      let said = complaints.fileHandleForReading.availableData
      #expect(process.terminationStatus == 1)
      #expect(String(decoding: said, as: UTF8.self).contains("The sync was cancelled"))
      #expect(try program.run(["list"]).output == before)
    }
  }

  @Test func `two syncs at once do not disturb each other`() throws {
    try Program.withHome { program in
      let folder = try program.write(SamplePosts.all)
      let processes = (0..<4).map { _ in program.process(["sync", folder]) }
      for process in processes {
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
      }
      for process in processes { process.waitUntilExit() }
      #expect(processes.contains { $0.terminationStatus == 0 })
      #expect(processes.allSatisfy { [0, 1].contains($0.terminationStatus) })
      #expect(try program.run(["list"]).output.split(separator: "\n").count == 2)
    }
  }
}

extension String {
  fileprivate func count(_ part: String) -> Int { components(separatedBy: part).count - 1 }
}
