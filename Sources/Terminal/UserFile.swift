package import Glibc

/// Writes a new file where the user wants it; nothing that exists is overwritten.
package struct UserFile: Sendable {
  /// What `~` stands for.
  private let home: String?

  package init(home: String?) {
    self.home = home
  }

  /// - Returns: the path of the file.
  package func write(_ text: String, to name: String, mode: mode_t = 0o644) throws(TerminalError)
    -> String
  {
    let path = expanded(name)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .notSaved(path: path, reason: reason) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let error = TerminalError.notSaved(path: path, reason: reason)
        close(descriptor)
        unlink(path)
        throw error
      }
      rest = rest.dropFirst(count)
    }
    guard close(descriptor) == 0 else { throw .notSaved(path: path, reason: reason) }
    return path
  }

  private func expanded(_ name: String) -> String {
    guard let home, name.hasPrefix("~/") else { return name }
    return home + name.dropFirst()
  }

  private var reason: String { String(cString: strerror(errno)) }
}
