/// The form in which a raster goes through a pipe.
///
/// - Source: Netpbm, "PPM format specification", the raw form.
extension Raster {
  /// More than any window has dots; so a child's answer has an end.
  package static let largestSide = 480
  package static let mostPPMBytes = 3 * largestSide * largestSide + 32

  package var ppm: [UInt8] { Array("P6\n\(width) \(height)\n255\n".utf8) + pixels }

  /// Nil for anything but what `ppm` writes of a raster with sides of at most `largestSide`.
  package init?(ppm bytes: [UInt8]) {
    let lines = bytes.prefix(32).split(
      separator: 0x0a, maxSplits: 3, omittingEmptySubsequences: false)
    guard lines.count == 4 else { return nil }
    let texts = lines.prefix(3).map { String(decoding: $0, as: UTF8.self) }
    let sides = texts[1].split(separator: " ").compactMap { Int($0) }
    guard texts[0] == "P6", texts[2] == "255", sides.count == 2,
      sides.allSatisfy({ (1...Raster.largestSide).contains($0) }),
      bytes.count - lines[3].startIndex == 3 * sides[0] * sides[1]
    else { return nil }
    self.init(width: sides[0], height: sides[1], pixels: Array(bytes[lines[3].startIndex...]))
  }
}
