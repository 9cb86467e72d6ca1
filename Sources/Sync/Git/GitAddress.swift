package import Foundation

/// The address of a repository, of a kind that cannot mean a command or another transport (R33).
package struct GitAddress: Hashable, Sendable, CustomStringConvertible {
  /// What `git` is given.
  package let text: String
  /// The one transport that `git` may use for it.
  let transport: Transport

  enum Transport: String {
    case https, file
  }

  /// An `https:` or `file:` URL, or the path of a folder, which is made absolute; so neither
  /// `ext::…` nor `host:path` nor a leading dash is left to be understood.
  package init(_ text: String) throws(SyncError) {
    if text.hasPrefix("https://") {
      (self.text, transport) = (text, .https)
    } else if text.hasPrefix("file://") {
      (self.text, transport) = (text, .file)
    } else {
      let path = URL(filePath: text).standardizedFileURL.path
      var isFolder: ObjCBool = false
      guard !text.hasPrefix("-"),
        FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        isFolder.boolValue
      else { throw .unknownAddress(text) }
      (self.text, transport) = (path, .file)
    }
    guard !self.text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
      throw .unknownAddress(text)
    }
  }

  package var description: String { text }

  /// A short name for the repository: the last part of its address.
  package var name: String {
    let last = text.split(separator: "/").last.map(String.init) ?? text
    return last.hasSuffix(".git") ? String(last.dropLast(4)) : last
  }

  /// Whether a folder is a repository itself and not a folder of files.
  package static func isBareRepository(_ folder: URL) -> Bool {
    ["HEAD", "objects", "refs"].allSatisfy {
      FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
    }
  }
}
