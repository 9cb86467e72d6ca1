import Demos
import Testing

struct DigitsTests {
  /// One image whose pixel `i` is `i % 17`, showing a three.
  private static let line = ((0..<64).map { "\($0 % 17)" } + ["3"]).joined(separator: ",")

  @Test func `an image is read row by row with its digit`() throws {
    let digits = try Digits(csv: Array("\(Self.line)\n\(Self.line)\n".utf8))
    #expect(digits.count == 2)
    #expect(digits.labels == [3, 3])
    #expect(digits.pixels(at: [1], in: 0...16) == (0..<64).map { Float($0 % 17) })
  }

  @Test func `paper and ink are mapped to the ends of the range`() throws {
    let digits = try Digits(csv: Array(Self.line.utf8))
    let pixels = digits.pixels(at: [0], in: -1...1)
    #expect(pixels[0] == -1)
    #expect(pixels[8] == 0)
    #expect(pixels[16] == 1)
  }

  @Test func `training and held-out images are all images`() throws {
    let digits = try Digits(csv: Array(repeatElement(Self.line + "\n", count: 30).joined().utf8))
    #expect(digits.heldOut == [6, 13, 20, 27])
    #expect(Set(digits.training).union(digits.heldOut) == Set(0..<30))
    #expect(digits.training.count == 26)
  }

  @Test func `the shipped images are those of the data set's test part`() throws {
    let digits = try Digits.shipped()
    #expect(digits.count == 1_797)
    let perDigit = (0..<10).map { digit in digits.labels.count { $0 == digit } }
    #expect(perDigit == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(digits.training.count == 1_541)
    #expect(digits.heldOut.count == 256)
  }

  @Test(arguments: [
    ("1,2,3", "3 fields instead of 65"),
    (line.replacing("15,", with: "17,"), "field 16 is no number from 0 to 16"),
    (line.replacing("15,", with: "x,"), "field 16 is no number from 0 to 16"),
    (line + "0", "field 65 is no number from 0 to 9"),
  ])
  func `a damaged line is refused by its number`(damaged: String, reason: String) {
    let csv = Array("\(Self.line)\n\(damaged)\n".utf8)
    #expect(throws: DemosError.badLine(file: "digits.csv", line: 2, reason: reason)) {
      try Digits(csv: csv)
    }
  }
}
