import Glibc

/// What the program's own streams are connected to.
struct StandardStreams {
  let environment: [String: String]

  var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }
  var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether a line can be overwritten while a command works: a person must be looking at both
  /// streams, on a terminal that can move its cursor.
  var allowLiveLine: Bool {
    outputIsTerminal && isatty(STDERR_FILENO) == 1 && !isPoor
  }

  /// Whether the other end may close standard input to stop us, as the reader does.
  var inputIsPipe: Bool {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0 else { return false }
    let kind = status.st_mode & S_IFMT
    return kind == S_IFIFO || kind == S_IFSOCK
  }

  /// Columns and rows of the terminal; those of a pipe are 80 by 24.
  var size: (columns: Int, rows: Int) {
    var window = winsize()
    guard outputIsTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0,
      window.ws_col > 0, window.ws_row > 0
    else { return (80, 24) }
    return (Int(window.ws_col), Int(window.ws_row))
  }

  /// The colours for standard output.
  func colors(_ wish: ColorWish) -> ColorSupport {
    switch wish {
    case .never: return .none
    case .always: return richestColors
    case .auto:
      guard outputIsTerminal, !isPoor else { return .none }
      let refusal = environment["NO_COLOR"] ?? ""
      return refusal.isEmpty ? richestColors : .attributes
    }
  }

  private var richestColors: ColorSupport {
    switch environment["COLORTERM"] {
    case "truecolor", "24bit": .trueColor
    default: .indexed
    }
  }

  /// No `TERM`, or one that cannot move its cursor.
  private var isPoor: Bool {
    switch environment["TERM"] {
    case nil, "", "dumb": true
    default: false
    }
  }
}

/// The value of `--color`.
enum ColorWish: String, CaseIterable {
  case auto, always, never
}
