import Dispatch
import Foundation
import Synchronization

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

  /// Calls `body` with each folder, and with each file that is wanted and what the system says of
  /// it; hidden ones are passed over.
  func forEach(
    in folder: FileHandleNumber, at now: Date,
    where isWanted: (_ file: ArraySlice<UInt8>) -> Bool,
    _ body: (_ name: ArraySlice<UInt8>, _ file: FileFacts?) throws -> Void
  ) rethrows {
    let kept = entries.filter { entry in
      bytes[entry.start] != UInt8(ascii: ".") && (entry.isFolder || isWanted(name(of: entry)))
    }
    for (entry, facts) in zip(kept, facts(of: kept, in: folder, at: now)) {
      try body(name(of: entry), facts)
    }
  }

  private func name(of entry: Entry) -> ArraySlice<UInt8> {
    bytes[entry.start..<entry.start + entry.count - (entry.isFolder ? 1 : 0)]
  }

  /// Entries for which one core asks.
  private static let share = 500

  /// What the system says of each file, nil for a folder.
  ///
  /// Of many files it is asked on all cores, as git does: an answer takes a microsecond, and they
  /// are a third of a sync that finds nothing new.
  private func facts(
    of entries: [Entry], in folder: FileHandleNumber, at now: Date
  ) -> [FileFacts?] {
    let parts = (entries.count + Self.share - 1) / Self.share
    let shares = Mutex([[FileFacts?]](repeating: [], count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let share = entries[part * Self.share..<min((part + 1) * Self.share, entries.count)]
      let facts = bytes.withUnsafeBytes { bytes in
        let names = bytes.assumingMemoryBound(to: CChar.self).baseAddress
        return share.map { entry in
          entry.isFolder
            ? nil : FileFacts(names.flatMap { folder.status(of: $0 + entry.start) }, at: now)
        }
      }
      shares.withLock { $0[part] = facts }
    }
    return shares.withLock { Array($0.joined()) }
  }
}

/// What the system says of a file; of one that is gone it says nothing.
struct FileFacts {
  var stamp: FileStamp?
  var size: Int
  /// Seconds since 1970.
  var modified: Int

  init(_ status: stat?, at now: Date) {
    stamp = status.flatMap { FileStamp($0, at: now) }
    size = Int(status?.st_size ?? 0)
    modified = status?.st_mtim.tv_sec ?? 0
  }
}
