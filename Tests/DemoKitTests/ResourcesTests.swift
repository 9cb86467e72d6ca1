import DemoKit
import Foundation
import Testing

struct ResourcesTests {
  /// Makes a temporary folder with `Sources/Demos/Catalogue.swift` below each of `homes`.
  private func withFolder(
    homes: [String], _ body: (String) throws -> Void
  ) throws {
    let root = FileManager.default.temporaryDirectory
      .appending(path: "downlink-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: root) }
    for home in homes {
      let demos = root + home + "/Sources/Demos"
      try FileManager.default.createDirectory(atPath: demos, withIntermediateDirectories: true)
      try Data().write(to: URL(filePath: demos + "/Catalogue.swift"))
    }
    try body(root)
  }

  @Test func `the environment names the home`() throws {
    try withFolder(homes: ["/elsewhere", "/share/downlink"]) { root in
      let resources = try Resources.located(
        environment: ["DOWNLINK_HOME": root + "/elsewhere"], executable: root + "/bin/downlink")
      #expect(resources.content == root + "/elsewhere/Content")
    }
  }

  @Test func `a wrong home in the environment is an error and not a reason to search on`() throws {
    try withFolder(homes: ["/share/downlink"]) { root in
      #expect(throws: DemoKitError.noResources(searched: [root + "/missing"])) {
        try Resources.located(
          environment: ["DOWNLINK_HOME": root + "/missing"], executable: root + "/bin/downlink")
      }
    }
  }

  @Test func `an installed program finds the share beside it`() throws {
    try withFolder(homes: ["/share/downlink", ""]) { root in
      let resources = try Resources.located(
        environment: [:], executable: root + "/bin/downlink")
      #expect(resources.home == root + "/share/downlink")
    }
  }

  @Test func `a built program finds the checkout above it`() throws {
    try withFolder(homes: [""]) { root in
      let resources = try Resources.located(
        environment: [:], executable: root + "/.build/x86_64/release/downlink")
      #expect(resources.home == root)
    }
  }

  @Test(arguments: ["/nowhere/bin/downlink", "downlink", "", "/"])
  func `a program without files around it says so`(executable: String) {
    #expect(throws: DemoKitError.self) {
      try Resources.located(environment: [:], executable: executable)
    }
  }

  @Test func `a missing asset is named`() throws {
    let error = #expect(throws: DemoKitError.self) {
      try Resources(home: "/nowhere").asset("digits.csv")
    }
    #expect(error?.description.contains("/nowhere/Assets/digits.csv") == true)
  }

  @Test func `the running test finds the checkout`() throws {
    let resources = try Resources.located()
    #expect(FileManager.default.fileExists(atPath: resources.home + "/Package.swift"))
  }
}
