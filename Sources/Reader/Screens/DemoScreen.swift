import Canvas
package import DemoKit
import Typesetting

/// A demo on a page of its own: its parameters, to be changed within their bounds, and its result.
package struct DemoScreen: Screen {
  package static let name = Message.nameDemo
  package static let keys: [KeyBinding] = [
    KeyBinding(.character("j"), .down, .tab, command: .lineDown, .keyNextParameter),
    KeyBinding(.character("k"), .up, .backTab, command: .lineUp, .keyPreviousParameter),
    KeyBinding(.character("l"), .right, command: .right, .keyIncrease),
    KeyBinding(.character("h"), .left, command: .left, .keyDecrease),
    KeyBinding(.enter, command: .open, .keyStart),
    KeyBinding(.character("x"), .character("X"), command: .runDemo, .keyRunAgain),
    KeyBinding(.character("z"), command: .zoom, .keyZoomRun),
    KeyBinding(
      .character(" "), .character("f"), .pageDown, command: .pageDown, .keyPageDown),
    KeyBinding(.character("b"), .pageUp, command: .pageUp, .keyPageUp),
    KeyBinding(.character("d"), .control("d"), .wheelDown, command: .halfDown, .keyHalfDown),
    KeyBinding(.character("u"), .control("u"), .wheelUp, command: .halfUp, .keyHalfUp),
    KeyBinding(.character("g"), .home, command: .first, .keyFirst),
    KeyBinding(.character("G"), .end, command: .last, .keyLast),
    KeyBinding(.escape, command: .cancel, .keyLeaveField),
    KeyBinding(.character("q"), command: .close, .keyClose),
  ]

  let description: DemoDescription
  var appearance: Appearance
  private(set) var demos: DemoShelf
  private(set) var values: [ParameterValue]
  /// The field of the chosen parameter while a value is typed.
  private(set) var field: TextField?
  private(set) var list: ListView
  private(set) var isZoomed: Bool
  /// Row of the result at the top of its part of the window.
  private(set) var scroll = 0
  private var window = (width: 80, height: 24)

  package init(
    _ description: DemoDescription, settings: [DemoRequest.Setting] = [], isZoomed: Bool = false,
    appearance: Appearance, demos: DemoShelf
  ) {
    self.description = description
    self.appearance = appearance
    self.demos = demos
    self.isZoomed = isZoomed && demos.outcome(of: description.id) != nil
    list = ListView(count: description.parameters.count, height: description.parameters.count)
    // A run that was made shows the values it was made with; else the post's own.
    let made = demos.outcome(of: description.id)?.settings ?? []
    values = description.parameters.map { parameter in
      (settings + made).last { $0.name == parameter.name }?.value ?? parameter.standard
    }
  }

  package var isTyping: Bool { field != nil }

  package mutating func update(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return field == nil ? pressed(key) : typed(key)
    case .pasted(let text): field?.insert(text)
    case .resized(let width, let height): window = (width, height)
    case .appearanceChanged(let appearance): self.appearance = appearance
    default: demos.update(event)
    }
    return []
  }

  private mutating func pressed(_ key: Key) -> [Effect] {
    if case .character(let character) = key, startsNumber(character) {
      field = TextField(String(character))
      return []
    }
    guard let command = Self.keys.command(for: key) else { return [] }
    switch command {
    case .lineDown: list.select(list.selection + 1)
    case .lineUp: list.select(list.selection - 1)
    case .left: change(by: -1)
    case .right: change(by: 1)
    case .open, .runDemo: return toggle()
    case .zoom: isZoomed.toggle()
    case .close: return [.close]
    case .cancel: if isZoomed { isZoomed = false }
    default: scrollResult(command)
    }
    return []
  }

  /// Whether a character begins a value of the chosen parameter.
  private func startsNumber(_ character: Character) -> Bool {
    guard description.parameters.indices.contains(list.selection), !isZoomed else { return false }
    switch description.parameters[list.selection].bounds {
    case .integer, .real:
      return character.isASCII && (character.isNumber || "-.".contains(character))
    case .boolean, .names: return false
    }
  }

  private mutating func typed(_ key: Key) -> [Effect] {
    switch key {
    case .escape: field = nil
    case .enter, .tab, .down: return accept()
    default: _ = field?.take(key)
    }
    return []
  }

  /// Takes the typed value if it is within the bounds, and says so if not.
  private mutating func accept() -> [Effect] {
    guard let text = field?.text else { return [] }
    let parameter = description.parameters[list.selection]
    guard let value = parameter.bounds.value(from: text) else {
      let bounds = "\(parameter.bounds)"
      return [.tell(.failed(appearance.messages(.parameterRefused, text, bounds)))]
    }
    values[list.selection] = value
    field = nil
    return []
  }

  private mutating func change(by steps: Int) {
    guard values.indices.contains(list.selection) else { return }
    let bounds = description.parameters[list.selection].bounds
    values[list.selection] = bounds.value(after: values[list.selection], steps: steps)
  }

  private func toggle() -> [Effect] {
    let settings = zip(description.parameters, values).filter { $0.standard != $1 }
      .map { DemoRequest.Setting(name: $0.name, value: $1) }
    return demos.toggle(description.id, settings: settings).map { [$0] } ?? []
  }

  private mutating func scrollResult(_ command: Command) {
    let height = max(1, resultHeight)
    let last = max(0, resultLines(width: resultWidth).count - height)
    switch command {
    case .pageDown: scroll += height
    case .pageUp: scroll -= height
    case .halfDown: scroll += max(1, height / 2)
    case .halfUp: scroll -= max(1, height / 2)
    case .first: scroll = 0
    case .last: scroll = last
    default: break
    }
    scroll = min(max(0, scroll), last)
  }

  /// Rows of the window that the result has.
  private var resultHeight: Int {
    let head = isZoomed ? 1 : min(description.parameters.count, parameterRows) + 3
    return window.height - head - 1
  }

  /// Parameters shown at most, so that half the window is left for the result.
  var parameterRows: Int { max(1, (window.height - 4) / 2) }

  var resultWidth: Int { max(1, window.width - 2) }

  func resultLines(width: Int) -> [Line] {
    guard let outcome = demos.outcome(of: description.id) else {
      return Paragraph(appearance.messages(.noOutput), style: appearance.style(.dim))
        .lines(width: width, displayWidth: appearance.displayWidth)
    }
    var head: [Line] = []
    if case .running(let completed, let total) = outcome.status, total > 0 {
      head = [ProgressBar(completed: completed, total: total, appearance: appearance).line(width)]
    } else {
      head = Paragraph(outcome.sentence(appearance.messages), style: appearance.style(.heading5))
        .lines(width: width, displayWidth: appearance.displayWidth)
    }
    let height = isZoomed ? max(4, window.height - 4) : min(max(4, resultHeight - 2), 16)
    return head
      + DemoResults(
        outcome, appearance: appearance, pictureHeight: height, textLimit: 200, isZoomed: isZoomed
      ).lines(width: width)
  }
}

extension ParameterBounds {
  /// The value so many steps further: one for whole numbers, a twentieth of the range for others,
  /// round the corner for names.
  func value(after value: ParameterValue, steps: Int) -> ParameterValue {
    switch (self, value) {
    case (.integer(let range), .integer(let number)):
      let step = ParameterBounds.step(in: range, at: number) * steps
      let (sum, overflow) = number.addingReportingOverflow(step)
      return .integer(overflow ? number : min(max(sum, range.lowerBound), range.upperBound))
    case (.real(let range), .real(let number)):
      let step = (range.upperBound - range.lowerBound) / 20 * Double(steps)
      return .real(min(max(number + step, range.lowerBound), range.upperBound))
    case (.boolean, .boolean(let flag)): return .boolean(!flag)
    case (.names(let names), .name(let name)):
      guard !names.isEmpty else { return value }
      let index = (names.firstIndex(of: name) ?? 0) + steps
      return .name(names[((index % names.count) + names.count) % names.count])
    default: return value
    }
  }

  /// One for small numbers, ten for hundreds: a wide range is crossed in few keys.
  private static func step(in range: ClosedRange<Int>, at number: Int) -> Int {
    var step = 1
    while step < 1_000_000, number.magnitude >= UInt(step) * 100 { step *= 10 }
    return step
  }
}
