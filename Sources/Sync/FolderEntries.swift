import Foundation

/// The names in a folder, which may be very many: all of them in one piece of memory.
struct FolderEntries {
  /// Each name as the system has it, with a zero behind it; a slash stands behind that of a folder.
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []

  private struct Entry {
    var start: Int
    /// Without the zero.
    var count: Int
    var isFolder: Bool
  }

  mutating func append(_ name: UnsafePointer<CChar>, isFolder: Bool) {
    let start = bytes.count
    let name = UnsafeRawBufferPointer(start: name, count: strlen(name))
    bytes += name
    if isFolder { bytes.append(UInt8(ascii: "/")) }
    entries.append(Entry(start: start, count: bytes.count - start, isFolder: isFolder))
    bytes.append(0)
  }

  /// Puts them into the order of the paths below the folder, byte by byte; so the slash counts.
  mutating func sort() {
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      entries.sort { left, right in
        let order = memcmp(base + left.start, base + right.start, min(left.count, right.count))
        return order == 0 ? left.count < right.count : order < 0
      }
    }
  }

  /// Calls `body` with each name that is not hidden: as bytes, and for a file as the system takes
  /// it.
  func forEach(
    _ body: (_ name: ArraySlice<UInt8>, _ file: UnsafePointer<CChar>?) throws -> Void
  ) rethrows {
    try bytes.withUnsafeBytes { all in
      for entry in entries where all[entry.start] != UInt8(ascii: ".") {
        let name = bytes[entry.start..<entry.start + entry.count - (entry.isFolder ? 1 : 0)]
        let file = all.baseAddress.map { ($0 + entry.start).assumingMemoryBound(to: CChar.self) }
        try body(name, entry.isFolder ? nil : file)
      }
    }
  }
}
