import FoundationEssentials

/// The files that come with the program: posts, data sets and images, sources of the demos.
///
/// They lie in `$DOWNLINK_HOME`, else in `../share/downlink` beside the program, else in the
/// checkout above it. A bundle of SwiftPM's would bake in the folder it was built in.
package struct Resources: Hashable, Sendable {
  /// The folder that holds `Content`, `Assets` and `Sources/Demos`.
  package let home: String

  package init(home: String) {
    self.home = home
  }

  package var content: String { home + "/Content" }
  package var assets: String { home + "/Assets" }
  package var demoSources: String { home + "/Sources/Demos" }

  /// Finds the files of the running program.
  package static func located() throws(DemoKitError) -> Resources {
    try located(
      environment: ProcessInfo.processInfo.environment,
      executable: Resources.executablePath())
  }

  /// Finds the files of the program at `executable`.
  package static func located(
    environment: [String: String], executable: String
  ) throws(DemoKitError) -> Resources {
    if let home = environment["DOWNLINK_HOME"], !home.isEmpty {
      // A demo runs in another folder, where a relative path would mean something else.
      guard home.hasPrefix("/"), isHome(home) else { throw .noResources(searched: [home]) }
      return Resources(home: home)
    }
    var folder = parent(of: executable)
    let installed = parent(of: folder) + "/share/downlink"
    if isHome(installed) { return Resources(home: installed) }
    while folder != "/", !folder.isEmpty {
      if isHome(folder) { return Resources(home: folder) }
      folder = parent(of: folder)
    }
    throw .noResources(searched: [installed, "the folders above \(executable)"])
  }

  /// The bytes of a file in `Assets`.
  package func asset(_ name: String) throws(DemoKitError) -> [UInt8] {
    let path = assets + "/" + name
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path, reason: "it is missing or may not be read")
    }
    return [UInt8](data)
  }

  /// The running program's own file, as the system knows it; `argv[0]` is the caller's choice.
  package static func executablePath() -> String {
    let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return path ?? CommandLine.arguments.first ?? ""
  }

  /// A folder is the right one if the demos' sources lie in it: checkout and installation both
  /// have them, a folder that happens to be called so has not.
  private static func isHome(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/Sources/Demos/Catalogue.swift")
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
