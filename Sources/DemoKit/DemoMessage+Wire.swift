/// The wire form: one message is one line of JSON in printable ASCII.
///
///     {"type":"started","id":"ddim","settings":{"steps":50,"eta":0.0}}
///     {"type":"metric","name":"loss","step":1,"value":0.5}
///     {"type":"finished","seconds":1.25}
///
/// It is written by hand: a diverging loss is NaN, which JSON encoders refuse. Runs are compared
/// by their lines, because NaN is not equal to itself.
extension DemoMessage {
  /// The most bytes that a line has.
  package static let longestLine = 64 * 1024

  /// The message as a line without its line break.
  ///
  /// An event too large for a line is made coarser until it fits: every second point of a plot
  /// or of a picture is left out, or the second half of a text or of a table's rows.
  package var wireLine: String {
    line(withTimes: true)
  }

  /// The line without what a clock has measured, so that equal seeds give equal lines.
  package var timelessLine: String {
    line(withTimes: false)
  }

  private func line(withTimes: Bool) -> String {
    var message = self
    for _ in 0..<24 {
      let text = message.value(withTimes: withTimes).text
      if text.utf8.count <= DemoMessage.longestLine { return text }
      message = message.coarser
    }
    return DemoMessage.failed(reason: "A message was too large to be sent.").wireLine
  }

  private func value(withTimes: Bool) -> JSONValue {
    switch self {
    case .started(let id, let settings):
      [
        "type": "started", "id": .string(id.string),
        "settings": .object(settings.map { JSONValue.Member($0.name, JSONValue($0.value)) }),
      ]
    case .event(let event):
      event.value(withTimes: withTimes)
    case .finished(let seconds):
      withTimes ? ["type": "finished", "seconds": .real(seconds)] : ["type": "finished"]
    case .failed(let reason):
      ["type": "failed", "reason": .string(reason)]
    }
  }

  private var coarser: DemoMessage {
    switch self {
    case .event(let event): .event(event.coarser)
    case .failed(let reason): .failed(reason: reason.firstHalf)
    case .started, .finished: self
    }
  }
}

extension DemoEvent {
  fileprivate func value(withTimes: Bool) -> JSONValue {
    switch self {
    case .text(let text):
      ["type": "text", "text": .string(text)]
    case .progress(let completed, let total):
      ["type": "progress", "completed": .integer(completed), "total": .integer(total)]
    case .metric(let name, let step, let value):
      [
        "type": "metric", "name": .string(name), "step": .integer(step), "value": .real(value),
      ]
    case .plot(let plot): plot.value
    case .table(let table): table.value
    case .image(let image): image.value
    case .claim(let claim): claim.value(withTimes: withTimes)
    }
  }

  fileprivate var coarser: DemoEvent {
    switch self {
    case .text(let text): .text(text.firstHalf)
    case .metric(let name, let step, let value):
      .metric(name: name.firstHalf, step: step, value: value)
    case .progress: self
    case .plot(let plot): .plot(plot.coarser)
    case .table(let table): .table(table.coarser)
    case .image(let image): .image(image.coarser)
    case .claim(let claim): .claim(claim.coarser)
    }
  }
}

extension Plot {
  fileprivate var value: JSONValue {
    [
      "type": "plot", "title": .string(title), "xLabel": .string(xLabel),
      "yLabel": .string(yLabel), "series": .array(series.map(\.value)),
    ]
  }

  fileprivate var coarser: Plot {
    Plot(
      title: title.short, xLabel: xLabel.short, yLabel: yLabel.short, series: series.map(\.coarser))
  }
}

extension Plot.Series {
  fileprivate var value: JSONValue {
    [
      "name": .string(name), "kind": .string(kind.rawValue),
      "x": .array(x.map { .real($0) }), "y": .array(y.map { .real($0) }),
    ]
  }

  fileprivate var coarser: Plot.Series {
    Plot.Series(name.short, kind: kind, x: x.everySecond, y: y.everySecond)
  }
}

extension Table {
  fileprivate var value: JSONValue {
    [
      "type": "table", "title": .string(title), "header": .strings(header),
      "rows": .array(rows.map { .strings($0) }),
    ]
  }

  fileprivate var coarser: Table {
    let kept = rows.prefix(rows.count / 2).map { $0.map(\.short) }
    return Table(title: title.short, header: header.map(\.short), rows: kept)
  }
}

extension Image {
  /// Pixels travel as two hexadecimal digits each: 256 levels are all that cells can show.
  fileprivate var value: JSONValue {
    let digits = Array("0123456789abcdef".utf8)
    var levels: [UInt8] = []
    levels.reserveCapacity(2 * pixels.count)
    for pixel in pixels {
      let brightness = pixel.isNaN ? 0 : min(max(pixel, 0), 1)
      let level = Int((brightness * 255).rounded())
      levels += [digits[level >> 4], digits[level & 0xf]]
    }
    return [
      "type": "image", "title": .string(title), "width": .integer(width),
      "height": .integer(height), "pixels": .string(String(decoding: levels, as: UTF8.self)),
    ]
  }

  fileprivate var coarser: Image {
    let columns = Array(stride(from: 0, to: width, by: 2))
    let rows = Array(stride(from: 0, to: height, by: 2))
    let kept = rows.flatMap { row in columns.map { pixels[row * width + $0] } }
    return Image(title: title.short, width: columns.count, height: rows.count, pixels: kept)
  }
}

extension Claim {
  fileprivate func value(withTimes: Bool) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("type", "claim"), .init("statement", .string(statement)),
      .init("expected", .string(expected)),
    ]
    if withTimes || !isTimed { members.append(.init("measured", .string(measured))) }
    members.append(.init("holds", .boolean(holds)))
    if isTimed { members.append(.init("timed", .boolean(true))) }
    return .object(members)
  }

  fileprivate var coarser: Claim {
    Claim(
      statement.firstHalf, expected: expected.firstHalf, measured: measured.firstHalf,
      holds: holds, isTimed: isTimed)
  }
}

extension JSONValue {
  /// The value of a parameter; a real one keeps its point, so that it is read back as real.
  package init(_ value: ParameterValue) {
    self =
      switch value {
      case .integer(let number): .integer(number)
      case .real(let number): .real(number)
      case .boolean(let flag): .boolean(flag)
      case .name(let name): .string(name)
      }
  }
}

extension String {
  fileprivate var firstHalf: String {
    count < 2 ? self : String(prefix(count / 2)) + "…"
  }

  /// The text itself if it is a label, its first half if it is so long that it may be the reason
  /// why a message does not fit.
  fileprivate var short: String {
    utf8.count <= 256 ? self : firstHalf
  }
}

extension [Double] {
  fileprivate var everySecond: [Double] {
    stride(from: 0, to: count, by: 2).map { self[$0] }
  }
}
