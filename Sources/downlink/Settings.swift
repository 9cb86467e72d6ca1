import FoundationEssentials

/// Where the program keeps its files, by the XDG base directory specification.
struct Settings {
  let environment: [String: String]

  static func current() -> Settings {
    Settings(environment: ProcessInfo.processInfo.environment)
  }

  var streams: StandardStreams { StandardStreams(environment: environment) }

  /// Holds `library.sqlite`.
  var dataFolder: URL { folder("XDG_DATA_HOME", below: ".local/share") }
  /// Holds `state.sqlite`.
  var stateFolder: URL { folder("XDG_STATE_HOME", below: ".local/state") }

  /// Holds clones of repositories, which can be thrown away.
  var gitCache: URL { folder("XDG_CACHE_HOME", below: ".cache").appending(path: "repositories") }
  /// Holds `config`.
  var configurationFolder: URL { folder("XDG_CONFIG_HOME", below: ".config") }

  var configuration: URL { configurationFolder.appending(path: "config") }
  var library: URL { dataFolder.appending(path: "library.sqlite") }
  var state: URL { stateFolder.appending(path: "state.sqlite") }

  /// Values that are unset, empty or relative mean the default, as the specification says.
  private func folder(_ variable: String, below standard: String) -> URL {
    if let path = environment[variable], path.hasPrefix("/") {
      return URL(filePath: path).appending(path: "downlink")
    }
    return home.appending(path: standard).appending(path: "downlink")
  }

  private var home: URL {
    if let path = environment["HOME"], path.hasPrefix("/") { return URL(filePath: path) }
    return FileManager.default.homeDirectoryForCurrentUser
  }
}
