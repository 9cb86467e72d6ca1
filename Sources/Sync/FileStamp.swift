import Foundation

/// What tells without reading a file that it is still what it was, in 64 bits.
///
/// In a folder it is made from the file's size, times and number, as git's index has them; in a
/// repository from the name of its object, which is a hash of its content.
struct FileStamp: Hashable {
  /// What stands in the library; never 0, which tells nothing.
  let number: Int

  /// Seconds within which two changes may leave the same times behind, on the coarsest file system.
  private static let resolution = 2

  /// Nil if the file changed so shortly before `now` that it may change again unnoticed: what git
  /// calls racily clean.
  init?(_ status: stat, at now: Date) {
    let settled = Int(now.timeIntervalSince1970) - Self.resolution
    guard status.st_mtim.tv_sec < settled, status.st_ctim.tv_sec < settled else { return nil }
    var digest: UInt64 = 0
    digest.mix(Int(status.st_size))
    digest.mix(Int(truncatingIfNeeded: status.st_ino))
    digest.mix(status.st_mtim.tv_sec)
    digest.mix(status.st_mtim.tv_nsec)
    digest.mix(status.st_ctim.tv_sec)
    digest.mix(status.st_ctim.tv_nsec)
    self.init(digest)
  }

  /// The name of an object.
  init(object: Substring) {
    var digest: UInt64 = 0
    for byte in object.utf8 { digest.mix(Int(byte)) }
    self.init(digest)
  }

  /// Bytes as they are.
  init(_ bytes: [UInt8]) {
    var digest: UInt64 = 0
    digest.mix(bytes.count)
    for start in stride(from: 0, to: bytes.count, by: 8) {
      let part = bytes[start..<min(start + 8, bytes.count)]
      digest.mix(part.reduce(0) { $0 << 8 | Int($1) })
    }
    self.init(digest)
  }

  /// Many as one.
  init(_ stamps: [FileStamp]) {
    var digest: UInt64 = 0
    for stamp in stamps { digest.mix(stamp.number) }
    self.init(digest)
  }

  private init(_ digest: UInt64) { number = digest == 0 ? 1 : Int(bitPattern: UInt(digest)) }

  /// That of a post which takes its day from elsewhere.
  func covering(day: String) -> FileStamp {
    var digest = UInt64(UInt(bitPattern: number))
    for byte in day.utf8 { digest.mix(Int(byte)) }
    return FileStamp(digest)
  }
}

extension UInt64 {
  /// Takes a number into a digest, each bit of which then depends on each bit of the number.
  ///
  /// The finaliser of SplitMix64, of Steele, Lea and Flood, "Fast splittable pseudorandom number
  /// generators", 2014.
  fileprivate mutating func mix(_ number: Int) {
    self = (self ^ UInt64(bitPattern: Int64(number))) &+ 0x9e37_79b9_7f4a_7c15
    self = (self ^ self >> 30) &* 0xbf58_476d_1ce4_e5b9
    self = (self ^ self >> 27) &* 0x94d0_49bb_1331_11eb
    self ^= self >> 31
  }
}
