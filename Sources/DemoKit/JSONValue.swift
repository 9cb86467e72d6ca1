/// A JSON value whose text is printable ASCII on one line.
///
/// Foundation's encoder throws on NaN, and lets C1 and bidirectional controls through. Here a
/// number that JSON has no word for becomes `"nan"`, `"inf"` or `"-inf"`, and every character
/// but printable ASCII is escaped, so that the text is safe on a terminal.
package enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case real(Double)
  case string(String)
  case array([JSONValue])
  /// Members in the order in which they are written.
  case object([Member])

  package struct Member: Hashable, Sendable {
    package var name: String
    package var value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  package static func strings(_ strings: [String]) -> JSONValue {
    .array(strings.map { .string($0) })
  }

  /// The value as one line of ASCII.
  package var text: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .boolean(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .real(let number): JSONValue.write(number, to: &bytes)
    case .string(let string): JSONValue.write(string, to: &bytes)
    case .array(let values):
      JSONValue.write(values, between: "[", "]", to: &bytes) {
        $0.write(to: &$1)
      }
    case .object(let members):
      JSONValue.write(members, between: "{", "}", to: &bytes) {
        JSONValue.write($0.name, to: &$1)
        $1.append(UInt8(ascii: ":"))
        $0.value.write(to: &$1)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], between open: Unicode.Scalar, _ close: Unicode.Scalar,
    to bytes: inout [UInt8], writeItem: (Item, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      writeItem(item, &bytes)
    }
    bytes.append(UInt8(ascii: close))
  }

  private static func write(_ number: Double, to bytes: inout [UInt8]) {
    if number.isFinite {
      bytes.append(contentsOf: number.description.utf8)
    } else {
      let word = number.isNaN ? "nan" : number > 0 ? "inf" : "-inf"
      write(word, to: &bytes)
    }
  }

  private static func write(_ string: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for unit in string.utf16 {
      switch unit {
      case 0x22, 0x5c: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(unit)])
      case 0x20..<0x7f: bytes.append(UInt8(unit))
      default: appendEscape(unit, to: &bytes)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscape(_ unit: UInt16, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(truncatingIfNeeded: unit >> shift) & 0xf
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}

// MARK: - Writing values as literals

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral {
  package init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { Member($0.0, $0.1) })
  }

  package init(stringLiteral string: String) {
    self = .string(string)
  }
}

// MARK: - Taking a value apart

extension JSONValue {
  /// The first member of that name; nil if there is none, or if this is no object.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  package var asString: String? {
    if case .string(let string) = self { string } else { nil }
  }

  package var asBoolean: Bool? {
    if case .boolean(let flag) = self { flag } else { nil }
  }

  package var asInteger: Int? {
    if case .integer(let number) = self { number } else { nil }
  }

  package var asReal: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number
    case .string("nan"): .nan
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    default: nil
    }
  }

  package var asArray: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  package var asMembers: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }
}
