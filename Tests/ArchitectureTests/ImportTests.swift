import Testing

/// The picture of the targets in CONTRIBUTING.md, held against what the sources import.
struct ImportTests {
  /// What each target may import of ours and of the packages; the system's modules are free.
  private static let allowed: [String: Set<String>] = [
    "Canvas": [],
    "Formula": ["Canvas"],
    "Markdown": ["CCMark"],
    "Images": ["CImages"],
    "Typesetting": ["Canvas", "Formula", "Images", "Markdown"],
    "Posts": ["Images", "Markdown", "GRDB", "GRDBSQLite", "CSQLite"],
    "Sync": ["Posts", "Images", "Markdown", "Formula", "Yams", "Subprocess"],
    "Tensors": ["CKernels"],
    "NN": ["Tensors"],
    "DemoKit": ["Subprocess"],
    "Demos": ["DemoKit", "NN", "Tensors"],
    "Reader": ["Canvas", "Formula", "Typesetting", "Images", "Markdown", "Posts", "DemoKit"],
    "Terminal": [
      "Reader", "Canvas", "Typesetting", "Images", "Posts", "DemoKit", "CNCurses", "Subprocess",
      "SystemPackage",
    ],
    "downlink": [
      "Canvas", "Formula", "Images", "Markdown", "Typesetting", "Posts", "Sync", "DemoKit", "Demos",
      "Reader", "Terminal", "ArgumentParser", "Subprocess",
    ],
    "downlink-bench": [
      "Tensors", "NN", "Demos", "DemoKit", "Markdown", "Posts", "Sync", "GRDB", "ArgumentParser",
      "Subprocess", "SystemPackage",
    ],
  ]

  private static let system: Set<String> = [
    "Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
  ]

  private func imports(of file: Checkout.File) -> Set<String> {
    Set(
      file.lines.compactMap { line in
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place <= 1, place + 1 < words.count,
          place == 0 || ["package", "internal", "private", "@preconcurrency"].contains(words[0])
        else { return nil }
        return String(words[place + 1].prefix { $0 != "." })
      })
  }

  @Test func `every target imports only what the architecture lets it`() throws {
    for file in try Checkout.swiftSources() {
      let allowed = try #require(Self.allowed[file.target], "\(file.path): an unknown target")
      let strangers = imports(of: file).subtracting(allowed).subtracting(Self.system)
      #expect(strangers.isEmpty, "\(file.path) imports \(strangers.sorted())")
    }
  }

  @Test func `no module has the name of a type in it`() throws {
    for target in Self.allowed.keys where target.first?.isUppercase == true {
      let type = "(struct|class|enum|protocol|actor) \(target)\\b"
      for file in try Checkout.swiftSources() where file.target == target {
        #expect(try file.text.firstMatch(of: Regex(type)) == nil, "\(file.path)")
      }
    }
  }

  @Test func `only one file knows cmark`() throws {
    let files = try Checkout.swiftSources().filter { imports(of: $0).contains("CCMark") }
    #expect(files.map(\.path) == ["Sources/Markdown/CommonMark.swift"])
  }

  @Test func `only one file knows the decoders of images`() throws {
    let files = try Checkout.swiftSources().filter { imports(of: $0).contains("CImages") }
    #expect(files.map(\.path) == ["Sources/Images/ImageDecoder.swift"])
  }

  @Test func `only the folder SQLite knows the C interface of SQLite`() throws {
    for file in try Checkout.swiftSources()
    where !imports(of: file).isDisjoint(with: ["CSQLite", "GRDBSQLite"]) {
      #expect(file.path.hasPrefix("Sources/Posts/SQLite/"), "\(file.path)")
    }
  }

  @Test func `only Sync starts git, and the benchmark that runs beside it`() throws {
    for file in try Checkout.swiftSources()
    where !["Sync", "downlink-bench"].contains(file.target) {
      #expect(!file.text.contains("\"git\""), "\(file.path)")
    }
  }
}
