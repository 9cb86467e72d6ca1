/// Reads one JSON value from bytes that may be hostile: every failure is an error, none a trap.
///
/// Nesting is bounded, so that a line of brackets cannot overflow the stack.
package struct JSONParser {
  /// Deeper than any message, shallow enough for any stack.
  private static let deepest = 16

  private let bytes: [UInt8]
  private var position = 0

  /// Parses `bytes` as one value with nothing after it but blanks.
  package static func parse(_ bytes: [UInt8]) throws(DemoKitError) -> JSONValue {
    var parser = JSONParser(bytes: bytes)
    let value = try parser.parseValue(depth: 0)
    parser.skipBlanks()
    guard parser.next == nil else { throw parser.failure("text after the value") }
    return value
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var next: UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  private func failure(_ what: String) -> DemoKitError {
    .malformed("\(what) at byte \(position)")
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d {
      position += 1
    }
  }

  /// Steps over `byte` if it is the next one.
  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func parseValue(depth: Int) throws(DemoKitError) -> JSONValue {
    guard depth < JSONParser.deepest else { throw failure("nesting too deep") }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try parseObject(depth: depth)
    case UInt8(ascii: "["): return try parseArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "t"): return try parseWord("true", .boolean(true))
    case UInt8(ascii: "f"): return try parseWord("false", .boolean(false))
    case UInt8(ascii: "n"): return try parseWord("null", .null)
    default: return try parseNumber()
    }
  }

  private mutating func parseWord(
    _ word: StaticString, _ value: JSONValue
  ) throws(DemoKitError) -> JSONValue {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count, bytes[position..<end].elementsEqual("\(word)".utf8) else {
      throw failure("no value")
    }
    position = end
    return value
  }

  private mutating func parseArray(depth: Int) throws(DemoKitError) -> JSONValue {
    position += 1
    var values: [JSONValue] = []
    skipBlanks()
    if take("]") { return .array(values) }
    while true {
      values.append(try parseValue(depth: depth + 1))
      skipBlanks()
      if take("]") { return .array(values) }
      guard take(",") else { throw failure("no comma in an array") }
    }
  }

  private mutating func parseObject(depth: Int) throws(DemoKitError) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipBlanks()
    if take("}") { return .object(members) }
    while true {
      skipBlanks()
      let name = try parseString()
      guard names.insert(name).inserted else { throw failure("a name that comes twice") }
      skipBlanks()
      guard take(":") else { throw failure("no colon after a name") }
      members.append(JSONValue.Member(name, try parseValue(depth: depth + 1)))
      skipBlanks()
      if take("}") { return .object(members) }
      guard take(",") else { throw failure("no comma in an object") }
    }
  }

  /// A number without point and exponent that fits is an integer, any other a real.
  private mutating func parseNumber() throws(DemoKitError) -> JSONValue {
    let start = position
    var isInteger = true
    while let byte = next {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"):
        isInteger = false
      default:
        return try number(in: start..<position, isInteger: isInteger)
      }
      position += 1
    }
    return try number(in: start..<position, isInteger: isInteger)
  }

  private func number(
    in range: Range<Int>, isInteger: Bool
  ) throws(DemoKitError) -> JSONValue {
    let text = String(decoding: bytes[range], as: UTF8.self)
    guard let first = text.utf8.first, first != UInt8(ascii: "+") else {
      throw failure("no value")
    }
    if isInteger, let integer = Int(text) { return .integer(integer) }
    guard let real = Double(text), real.isFinite else { throw failure("no number") }
    return .real(real)
  }

  private mutating func parseString() throws(DemoKitError) -> String {
    guard take("\"") else { throw failure("no string") }
    var units: [UInt16] = []
    var start = position
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        appendRaw(from: start, to: &units)
        position += 1
        return String(decoding: units, as: UTF16.self)
      case UInt8(ascii: "\\"):
        appendRaw(from: start, to: &units)
        position += 1
        units.append(try parseEscape())
        start = position
      case 0..<0x20:
        throw failure("a control character in a string")
      default:
        position += 1
      }
    }
    throw failure("a string without an end")
  }

  private func appendRaw(from start: Int, to units: inout [UInt16]) {
    guard start < position else { return }
    units.append(contentsOf: String(decoding: bytes[start..<position], as: UTF8.self).utf16)
  }

  private mutating func parseEscape() throws(DemoKitError) -> UInt16 {
    guard let byte = next else { throw failure("a string without an end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(byte)
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0c
    case UInt8(ascii: "n"): return 0x0a
    case UInt8(ascii: "r"): return 0x0d
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"): return try parseHexadecimal()
    default: throw failure("an unknown escape")
    }
  }

  private mutating func parseHexadecimal() throws(DemoKitError) -> UInt16 {
    guard position + 4 <= bytes.count else { throw failure("a string without an end") }
    var unit: UInt16 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("an escape that is not hexadecimal")
      }
      unit = unit << 4 | UInt16(digit)
    }
    position += 4
    return unit
  }
}
