import Glibc

/// Waiting on a single file descriptor.
enum Descriptor {
  /// Sleeps until the descriptor is readable.
  ///
  /// - Returns: false if the time was over first.
  static func wait(_ descriptor: Int32, seconds: Double) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wanted, 1, Int32((max(0, seconds) * 1000).rounded(.up))) > 0
  }
}
