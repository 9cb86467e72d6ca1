import DemoKit

/// Handwritten digits: 8x8 pixels in 17 grey levels, and the digit that each shows.
///
/// Every seventh image is held out, so that both parts hold images of every writer. Parts of the file
/// run through the digits in order; every fifth or tenth image would pick the same few digits there.
///
/// - Source: Alpaydin, Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
///   Repository, 1998, doi:10.24432/C50P49 (`Assets/digits/README.md`).
package struct Digits: Hashable, Sendable {
  package static let width = 8
  package static let pixelCount = width * width
  package static let classCount = 10
  /// The grey level of full ink; that of paper is 0.
  package static let darkest = 16

  /// All images one after the other, each row by row from the top.
  private let levels: [UInt8]
  /// The digit that each image shows.
  package let labels: [Int]

  package var count: Int { labels.count }
  /// Positions of the images to train on.
  package var training: [Int] { labels.indices.filter { !Self.isHeldOut($0) } }
  /// Positions of the images to test on.
  package var heldOut: [Int] { labels.indices.filter(Self.isHeldOut) }

  /// The images that come with the program.
  package static func shipped() throws -> Digits {
    try Digits(csv: Resources.located().asset("digits/digits.csv"))
  }

  /// Reads lines of 64 grey levels and a digit, separated by commas.
  package init(csv: [UInt8]) throws(DemosError) {
    var levels: [UInt8] = []
    var labels: [Int] = []
    for (index, line) in csv.split(separator: UInt8(ascii: "\n")).enumerated() {
      let values = try Self.values(line, number: index + 1)
      levels += values.dropLast()
      labels.append(Int(values[Self.pixelCount]))
    }
    self.levels = levels
    self.labels = labels
  }

  /// The pixels of the images at `positions`, one image after the other, paper and ink mapped to the
  /// ends of `range`.
  package func pixels(at positions: [Int], in range: ClosedRange<Float> = 0...1) -> [Float] {
    let scale = (range.upperBound - range.lowerBound) / Float(Self.darkest)
    return positions.flatMap { position in
      levels[position * Self.pixelCount..<(position + 1) * Self.pixelCount].lazy
        .map { range.lowerBound + scale * Float($0) }
    }
  }

  private static func isHeldOut(_ position: Int) -> Bool { position % 7 == 6 }

  private static func values(
    _ line: ArraySlice<UInt8>, number: Int
  ) throws(DemosError) -> [UInt8] {
    func complaint(_ reason: String) -> DemosError {
      .badLine(file: "digits.csv", line: number, reason: reason)
    }
    let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard fields.count == pixelCount + 1 else {
      throw complaint("\(fields.count) fields instead of \(pixelCount + 1)")
    }
    var values: [UInt8] = []
    for (index, field) in fields.enumerated() {
      let limit = index == pixelCount ? classCount - 1 : darkest
      guard let value = UInt8(ascii: field), value <= limit else {
        throw complaint("field \(index + 1) is no number from 0 to \(limit)")
      }
      values.append(value)
    }
    return values
  }
}

extension UInt8 {
  /// The number written by one or two decimal digits.
  fileprivate init?(ascii field: ArraySlice<UInt8>) {
    guard (1...2).contains(field.count) else { return nil }
    self = 0
    for byte in field {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      self = 10 * self + (byte - UInt8(ascii: "0"))
    }
  }
}
