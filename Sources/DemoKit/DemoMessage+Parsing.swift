/// Reading the wire form. The line may come from a program that has gone wrong, so everything is
/// checked, and what does not fit is an error.
extension DemoMessage {
  /// The message of a line without its line break.
  package init(wireLine line: some StringProtocol) throws(DemoKitError) {
    try self.init(wireLine: Array(line.utf8))
  }

  /// The message of a line of bytes without its line break.
  package init(wireLine line: [UInt8]) throws(DemoKitError) {
    guard line.count <= DemoMessage.longestLine else {
      throw .malformed("a line of \(line.count) bytes")
    }
    let fields = MessageFields(try JSONParser.parse(line))
    switch try fields.string("type") {
    case "started":
      self = .started(id: DemoID(try fields.string("id")), settings: try fields.settings())
    case "finished":
      self = .finished(seconds: try fields.real("seconds"))
    case "failed":
      self = .failed(reason: try fields.string("reason"))
    case let type:
      self = .event(try fields.event(type))
    }
  }
}

/// The members of one message, taken by name and kind.
private struct MessageFields {
  let value: JSONValue

  init(_ value: JSONValue) {
    self.value = value
  }

  func event(_ type: String) throws(DemoKitError) -> DemoEvent {
    switch type {
    case "text":
      .text(try string("text"))
    case "progress":
      .progress(completed: try integer("completed"), total: try integer("total"))
    case "metric":
      .metric(name: try string("name"), step: try integer("step"), value: try real("value"))
    case "plot":
      .plot(try plot())
    case "table":
      .table(
        Table(title: try string("title"), header: try strings("header"), rows: try rows("rows")))
    case "image":
      .image(try image())
    case "claim":
      .claim(
        Claim(
          try string("statement"), expected: try string("expected"),
          measured: try string("measured"), holds: try boolean("holds"),
          isTimed: value["timed"]?.asBoolean ?? false))
    default:
      throw .malformed("the unknown type “\(type)”")
    }
  }

  func settings() throws(DemoKitError) -> [DemoRequest.Setting] {
    guard let members = value["settings"]?.asMembers else { throw missing("settings") }
    var settings: [DemoRequest.Setting] = []
    for member in members {
      guard let value = ParameterValue(member.value) else { throw missing(member.name) }
      settings.append(DemoRequest.Setting(name: member.name, value: value))
    }
    return settings
  }

  func string(_ name: String) throws(DemoKitError) -> String {
    guard let string = value[name]?.asString else { throw missing(name) }
    return string
  }

  func integer(_ name: String) throws(DemoKitError) -> Int {
    guard let number = value[name]?.asInteger else { throw missing(name) }
    return number
  }

  func real(_ name: String) throws(DemoKitError) -> Double {
    guard let number = value[name]?.asReal else { throw missing(name) }
    return number
  }

  private func boolean(_ name: String) throws(DemoKitError) -> Bool {
    guard let flag = value[name]?.asBoolean else { throw missing(name) }
    return flag
  }

  private func array(_ name: String) throws(DemoKitError) -> [JSONValue] {
    guard let values = value[name]?.asArray else { throw missing(name) }
    return values
  }

  private func strings(_ name: String) throws(DemoKitError) -> [String] {
    try kept(try array(name).map(\.asString), name)
  }

  private func reals(_ name: String) throws(DemoKitError) -> [Double] {
    try kept(try array(name).map(\.asReal), name)
  }

  private func rows(_ name: String) throws(DemoKitError) -> [[String]] {
    var rows: [[String]] = []
    for row in try array(name) {
      rows.append(try kept((row.asArray ?? [.null]).map(\.asString), name))
    }
    return rows
  }

  /// All the values, if none is missing.
  private func kept<Value>(_ values: [Value?], _ name: String) throws(DemoKitError) -> [Value] {
    let present = values.compactMap(\.self)
    guard present.count == values.count else { throw missing(name) }
    return present
  }

  private func plot() throws(DemoKitError) -> Plot {
    var series: [Plot.Series] = []
    for value in try array("series") {
      series.append(try MessageFields(value).series())
    }
    return Plot(
      title: try string("title"), xLabel: try string("xLabel"), yLabel: try string("yLabel"),
      series: series)
  }

  private func series() throws(DemoKitError) -> Plot.Series {
    guard let kind = Plot.Series.Kind(rawValue: try string("kind")) else { throw missing("kind") }
    let (x, y) = (try reals("x"), try reals("y"))
    guard x.count == y.count else { throw .malformed("\(x.count) x and \(y.count) y") }
    return Plot.Series(try string("name"), kind: kind, x: x, y: y)
  }

  private func image() throws(DemoKitError) -> Image {
    let (width, height) = (try integer("width"), try integer("height"))
    let digits = Array(try string("pixels").utf8)
    let sides = 0...DemoMessage.longestLine
    guard sides.contains(width), sides.contains(height), digits.count == 2 * width * height else {
      throw .malformed("an image of \(width) by \(height) with \(digits.count) digits")
    }
    var pixels: [Float] = []
    pixels.reserveCapacity(width * height)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = hexadecimal(digits[index]), let low = hexadecimal(digits[index + 1]) else {
        throw missing("pixels")
      }
      pixels.append(Float(high << 4 | low) / 255)
    }
    return Image(title: try string("title"), width: width, height: height, pixels: pixels)
  }

  private func hexadecimal(_ byte: UInt8) -> Int? {
    Character(Unicode.Scalar(byte)).hexDigitValue
  }

  private func missing(_ name: String) -> DemoKitError {
    .malformed("no proper “\(name)”")
  }
}

extension ParameterValue {
  fileprivate init?(_ value: JSONValue) {
    switch value {
    case .integer(let number): self = .integer(number)
    case .real(let number): self = .real(number)
    case .boolean(let flag): self = .boolean(flag)
    case .string(let name): self = .name(name)
    case .null, .array, .object: return nil
    }
  }
}
