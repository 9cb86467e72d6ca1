import Canvas
import Glibc
import Posts
import Sync

/// What comes down a pipe.
enum StandardInput {
  /// More than the parser takes, so that it says what is too much.
  private static let longestText = 2 << 20

  /// Markdown as a post, with a head if it has front matter.
  static func post() throws -> Post {
    guard let slug = Slug("standard-input") else { throw PostError.noSuchPost(slug: "-") }
    let text = LooseText(try bytes(limit: longestText), slug: slug)
    if let notice = text.notice {
      Output.complain(SafeText("downlink: standard input, \(notice)"))
    }
    return text.post
  }

  /// All of it, or the first bytes up to about a limit.
  static func bytes(limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        let reason = String(cString: strerror(errno))
        throw CommandError.unreadable(path: "standard input", reason: reason)
      }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}
