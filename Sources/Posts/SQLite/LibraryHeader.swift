import Foundation

/// The first hundred bytes of the file, looked at before SQLite does.
enum LibraryHeader {
  private static let magic = Array("SQLite format 3\0".utf8)

  /// Refuses what SQLite would open but sync never wrote, such as a write-ahead log, which makes
  /// files beside itself even for a reader.
  static func check(_ url: URL) throws(PostError) {
    let handle = FileHandle(forReadingAtPath: url.path)
    defer { try? handle?.close() }
    let bytes = [UInt8]((try? handle?.read(upToCount: 100)) ?? Data())
    guard bytes.count == 100, bytes.starts(with: magic) else {
      throw .notALibrary(path: url.path, reason: "no SQLite database")
    }
    let application = bytes[68..<72].reduce(0) { $0 << 8 | Int($1) }
    guard application == LibrarySchema.applicationID else {
      throw .notALibrary(path: url.path, reason: "another program's database")
    }
    guard bytes[18] == 1, bytes[19] == 1 else {
      throw .notALibrary(path: url.path, reason: "it has a write-ahead log")
    }
  }
}
