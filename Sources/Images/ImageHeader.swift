/// What the first bytes of an image say: enough to leave room for it, and to refuse a bomb before
/// any decoder sees it (R38).
package struct ImageHeader: Hashable, Sendable {
  package let format: Format
  package let width: Int
  package let height: Int

  package enum Format: Hashable, Sendable { case png, jpeg, gif }

  /// The caps of an image.
  package enum Limit {
    package static let bytes = 8 << 20
    package static let pixels = 40_000_000
  }

  package init(_ bytes: [UInt8]) throws(ImageProblem) {
    guard bytes.count <= Limit.bytes else { throw .tooManyBytes }
    let size: (width: Int, height: Int)
    if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) {
      format = .png
      size = try Self.sizeOfPNG(bytes)
    } else if bytes.starts(with: [0xff, 0xd8, 0xff]) {
      format = .jpeg
      size = try Self.sizeOfJPEG(bytes)
    } else if bytes.starts(with: Array("GIF8".utf8)) {
      format = .gif
      size = try Self.sizeOfGIF(bytes)
    } else {
      throw .unknownFormat
    }
    guard size.width > 0, size.height > 0 else { throw .damaged }
    guard size.width <= Limit.pixels / size.height else { throw .tooManyPixels }
    (width, height) = size
  }

  /// The chunk `IHDR`, which comes first.
  private static func sizeOfPNG(_ bytes: [UInt8]) throws(ImageProblem) -> (Int, Int) {
    guard bytes.count >= 24, bytes[12..<16].elementsEqual("IHDR".utf8) else { throw .damaged }
    return (bytes.bigEndian(16..<20), bytes.bigEndian(20..<24))
  }

  /// The logical screen.
  private static func sizeOfGIF(_ bytes: [UInt8]) throws(ImageProblem) -> (Int, Int) {
    guard bytes.count >= 10 else { throw .damaged }
    return (Int(bytes[6]) | Int(bytes[7]) << 8, Int(bytes[8]) | Int(bytes[9]) << 8)
  }

  /// The frame header, behind any number of segments that each tell their length.
  private static func sizeOfJPEG(_ bytes: [UInt8]) throws(ImageProblem) -> (Int, Int) {
    var place = 2
    while place + 9 <= bytes.count {
      guard bytes[place] == 0xff else { throw .damaged }
      switch bytes[place + 1] {
      case 0xff: place += 1
      case 0x01, 0xd0...0xd7: place += 2
      case 0xc4, 0xc8, 0xcc: place += 2 + bytes.bigEndian(place + 2..<place + 4)
      case 0xc0...0xcf:
        return (bytes.bigEndian(place + 7..<place + 9), bytes.bigEndian(place + 5..<place + 7))
      case 0xd8, 0xd9, 0xda: throw .damaged
      default: place += 2 + bytes.bigEndian(place + 2..<place + 4)
      }
    }
    throw .damaged
  }
}

extension [UInt8] {
  fileprivate func bigEndian(_ range: Range<Int>) -> Int {
    self[range].reduce(0) { $0 << 8 | Int($1) }
  }
}
