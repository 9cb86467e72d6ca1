import Foundation
import Glibc

/// A terminal of our own with a program in it: what it sends can be read, and its settings compared.
final class PseudoTerminal {
  private let master: Int32
  private let name: String
  private let slave: Int32
  private var child: pid_t = 0
  /// Everything that the program has sent.
  private(set) var output: [UInt8] = []

  struct Unavailable: Error {}

  init(columns: UInt16 = 80, rows: UInt16 = 24) throws {
    // `posix_openpt` and its like are hidden from Swift by a feature macro; this is what they do.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
    var unlock: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, UInt(0x4004_5431), &unlock) == 0,  // TIOCSPTLCK
      ioctl(master, UInt(0x8004_5430), &number) == 0  // TIOCGPTN
    else { throw Unavailable() }
    name = "/dev/pts/\(number)"
    slave = open(name, O_RDWR | O_NOCTTY)
    guard slave >= 0 else { throw Unavailable() }
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
  }

  deinit {
    if child > 0 { kill(child, SIGKILL) }
    close(slave)
    close(master)
  }

  /// Starts a program whose controlling terminal this is.
  func start(_ program: String, environment: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // A new session takes the first terminal that it opens.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, 0x80)  // POSIX_SPAWN_SETSID
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(program), nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    guard posix_spawn(&child, program, &actions, &attributes, &arguments, &variables) == 0 else {
      throw Unavailable()
    }
  }

  /// Reads until the program has sent the text.
  ///
  /// - Returns: false if it did not within some seconds.
  func wait(for text: String) -> Bool {
    for _ in 0..<500 {
      read()
      if String(decoding: output, as: UTF8.self).contains(text) { return true }
      usleep(20_000)
    }
    return false
  }

  func signal(_ number: Int32) { kill(child, number) }

  func send(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
  }

  /// Waits for the end of the program.
  ///
  /// - Returns: its status as `waitpid` gives it; nil if it goes on for seconds.
  func end() -> Int32? {
    var status: Int32 = 0
    for _ in 0..<300 {
      read()
      if waitpid(child, &status, WNOHANG) == child {
        child = 0
        read()
        return status
      }
      usleep(20_000)
    }
    return nil
  }

  /// The settings of the line, byte by byte.
  var settings: [UInt8] {
    var settings = termios()
    guard tcgetattr(slave, &settings) == 0 else { return [] }
    let flags = [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
    let control = withUnsafeBytes(of: settings.c_cc) { Array($0) }
    return flags.flatMap { flag in (0..<4).map { UInt8(truncatingIfNeeded: flag >> (8 * $0)) } }
      + control
  }

  private func read() {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = Glibc.read(master, &buffer, buffer.count), count > 0 {
      output += buffer[..<count]
    }
  }
}
