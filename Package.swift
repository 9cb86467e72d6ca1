// swift-tools-version: 6.3
import PackageDescription

/// One list for every Swift target, so that no target is compiled more leniently than another.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Links the Swift runtime into the program, which then starts in milliseconds.
///
/// Only the link is static: `--static-swift-stdlib` would hide the Testing module from the tests,
/// and with it `make run` and `make test` could not share one build.
let staticRuntime: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims",
      "-l_FoundationCollections",
    ], .when(platforms: [.linux]))
]

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// A Swift target in `Sources`.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of the target `name`; those with screens or figures as text keep them in `Snapshots`.
func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], snapshots: Bool = false,
  data: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestSupport"],
    exclude: (snapshots ? ["Snapshots"] : []) + data, swiftSettings: settings)
}

let package = Package(
  name: "downlink",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  targets: [
    .target(name: "CNCurses", linkerSettings: [.linkedLibrary("ncursesw")]),
    .target(name: "CCMark", linkerSettings: [.linkedLibrary("cmark")]),
    .target(
      name: "CImages",
      linkerSettings: [.linkedLibrary("png"), .linkedLibrary("turbojpeg"), .linkedLibrary("gif")]),
    .target(name: "CKernels"),
    .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
    module("Canvas"),
    module("Formula", ["Canvas"]),
    module("Markdown", ["CCMark"]),
    module("Images", ["CImages"]),
    module("Typesetting", ["Canvas", "Formula", "Images", "Markdown"]),
    module("Posts", ["CSQLite", "Images", "Markdown", grdb]),
    module("Sync", ["Posts", "Images", "Markdown", "Formula", yams, subprocess]),
    module("Tensors", ["CKernels"]),
    module("NN", ["Tensors"]),
    module("DemoKit", [subprocess]),
    module("Demos", ["DemoKit", "NN", "Tensors"]),
    module(
      "Reader", ["Canvas", "Formula", "Typesetting", "Images", "Markdown", "Posts", "DemoKit"]),
    module(
      "Terminal",
      ["Reader", "Canvas", "Typesetting", "Images", "Posts", "DemoKit", "CNCurses", subprocess]),
    .executableTarget(
      name: "downlink",
      dependencies: [
        "Canvas", "Formula", "Images", "Markdown", "Typesetting", "Posts", "Sync", "DemoKit",
        "Demos", "Reader", "Terminal", arguments, subprocess,
      ],
      swiftSettings: settings, linkerSettings: staticRuntime),
    .executableTarget(
      name: "downlink-bench",
      dependencies: [
        "Tensors", "NN", "Demos", "DemoKit", "Markdown", "Posts", "Sync", grdb, arguments,
        subprocess,
      ],
      swiftSettings: settings, linkerSettings: staticRuntime),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    tests("Canvas", ["Canvas"]),
    tests("Formula", ["Formula", "Canvas"], snapshots: true),
    tests("Markdown", ["Markdown"]),
    tests("Images", ["Images"]),
    tests(
      "Typesetting", ["Typesetting", "Canvas", "Formula", "Images", "Markdown"],
      snapshots: true, data: ["CommonMark"]),
    tests("Posts", ["Posts", "Images", "Markdown"]),
    tests("Sync", ["Sync", "Posts", "Images", "Markdown", grdb]),
    tests("Tensors", ["Tensors", "CKernels"]),
    tests("NN", ["NN", "Tensors"]),
    tests("DemoKit", ["DemoKit"]),
    tests("Demos", ["Demos", "DemoKit", "NN", "Tensors"], snapshots: true),
    tests(
      "Reader",
      ["Reader", "Canvas", "Formula", "Typesetting", "Images", "Markdown", "Posts", "DemoKit"],
      snapshots: true),
    tests(
      "Terminal", ["Terminal", "Reader", "Canvas", "Posts", "DemoKit", "Typesetting", "Images"]),
    tests("Architecture", ["Demos", "DemoKit", "Posts", "Sync", "Markdown"]),
    tests("Command", ["Demos", "DemoKit"], snapshots: true),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)

// `make sanitize` builds the compute core alone: the rest has no part in it, and the runtime that the
// program links statically has no sanitizer in it.
if Context.environment["DOWNLINK_SANITIZE"] != nil {
  let core: Set = ["CKernels", "Tensors", "NN", "TestSupport", "TensorsTests", "NNTests"]
  package.targets.removeAll { !core.contains($0.name) }
  package.dependencies = []
}
