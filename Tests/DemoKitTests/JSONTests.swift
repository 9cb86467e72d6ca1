import DemoKit
import TestSupport
import Testing

struct JSONTests {
  private static let written: [(JSONValue, String)] = [
    (.real(.nan), #""nan""#), (.real(-.infinity), #""-inf""#), (.real(2), "2.0"),
    (.integer(.min), "-9223372036854775808"),
    (.string("梯\u{1b}\u{9b}\u{202e}\"\\"), #""\u68af\u001b\u009b\u202e\"\\""#),
    (.string("😀"), #""\ud83d\ude00""#),
    (["a": .array([.null, .boolean(true)])], #"{"a":[null,true]}"#),
  ]

  @Test(arguments: written)
  func `a value is written in printable ASCII`(value: JSONValue, text: String) {
    #expect(value.text == text)
  }

  @Test func `what is written is read back`() throws {
    for seed in UInt64(0)..<300 {
      var generator = SeededGenerator(seed: seed)
      let value = randomValue(depth: 4, using: &generator)
      #expect(try JSONParser.parse(Array(value.text.utf8)) == value, "seed \(seed)")
      #expect(value.text.utf8.allSatisfy { (0x20..<0x7f).contains($0) }, "seed \(seed)")
    }
  }

  @Test(arguments: [
    " { \"a\" : [ 1 , -2.5e3 ] } ", #""\b\f\n\r\t\/梯""#, "0.1e+2", "123456789012345678901234567890",
  ])
  func `other writers' JSON is read too`(text: String) throws {
    _ = try JSONParser.parse(Array(text.utf8))
  }

  @Test(arguments: [
    "", " ", "{", "[", "[1", "[1,", "[,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1,\"a\":2}",
    "tru", "truex", "nulll", "1 2", "+1", "--1", "1-1", "1e", "1e999", ".", "-", "NaN", "\"",
    "\"\\",
    "\"\\u12", "\"\\u12G4\"", "\"\\x\"", "\"\u{1}\"", "'a'", "\u{0}", "[1]]",
  ])
  func `what is no JSON is an error`(text: String) {
    #expect(throws: DemoKitError.self) { try JSONParser.parse(Array(text.utf8)) }
  }

  @Test func `deep nesting is an error and no overflow`() {
    for bracket in ["[", "{\"a\":"] {
      let text = String(repeating: bracket, count: 100_000)
      #expect(throws: DemoKitError.self) { try JSONParser.parse(Array(text.utf8)) }
    }
  }

  @Test func `half a surrogate and bad UTF-8 become replacement characters`() throws {
    #expect(try JSONParser.parse(Array(#""\ud83d""#.utf8)) == .string("\u{FFFD}"))
    #expect(try JSONParser.parse([0x22, 0xff, 0x22]) == .string("\u{FFFD}"))
  }

  private func randomValue(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
    case 0: .null
    case 1: .boolean(.random(using: &generator))
    case 2: .integer(Int(truncatingIfNeeded: generator.next()))
    case 3: .real(randomReal(using: &generator))
    case 4: .string(randomString(using: &generator))
    case 5:
      .array(
        (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
          randomValue(depth: depth - 1, using: &generator)
        })
    default:
      .object(
        (0..<Int.random(in: 0..<4, using: &generator)).map { index in
          JSONValue.Member(
            "\(index)" + randomString(using: &generator),
            randomValue(depth: depth - 1, using: &generator))
        })
    }
  }
}

/// Any finite number, small and large exponents alike.
func randomReal(using generator: inout SeededGenerator) -> Double {
  let number = Double(bitPattern: generator.next())
  return number.isFinite ? number : 0
}

/// Up to a dozen scalars: ASCII, controls, ideographs and anything else.
func randomString(using generator: inout SeededGenerator) -> String {
  var scalars = String.UnicodeScalarView()
  for _ in 0..<Int.random(in: 0..<12, using: &generator) {
    let ranges: [ClosedRange<UInt32>] = [0...0x9f, 0x4e00...0x9fff, 0x2000...0x206f, 0...0x10ffff]
    let range = ranges[Int.random(in: 0..<4, using: &generator)]
    if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
      scalars.append(scalar)
    }
  }
  return String(scalars)
}
