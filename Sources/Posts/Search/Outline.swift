/// Where the parts of a search text come from: their line in the Markdown and their heading, and
/// which stretches of it are formulas or code.
///
/// It stands in the library as a list of numbers, each a difference in a few bytes.
package struct Outline: Hashable, Sendable {
  /// A paragraph, heading, table row or code block.
  package struct Part: Hashable, Sendable {
    /// Offset in the body in bytes.
    package var start: Int
    /// Line of the Markdown, counted from 1.
    package var line: Int
    /// Number of the heading it stands under, counted from 1; 0 before the first.
    package var heading: Int
  }

  package private(set) var parts: [Part] = []
  /// Stretches of the body that are one formula or one piece of code.
  package private(set) var fixed: [Range<Int>] = []
  /// For each formula where it begins among the readings, and its number in `fixed`.
  package private(set) var formulas: [(start: Int, fixed: Int)] = []
  private var headings = 0

  package init() {}

  var lastLine: Int { parts.last?.line ?? 1 }

  mutating func startHeading(line: Int) { headings += 1 }

  mutating func startPart(at start: Int, line: Int) {
    parts.append(Part(start: start, line: line, heading: headings))
  }

  mutating func startFormula(at start: Int) { formulas.append((start, fixed.count)) }

  mutating func addFixed(_ range: Range<Int>) {
    if !range.isEmpty || formulas.last?.fixed == fixed.count { fixed.append(range) }
  }

  /// The part that an offset of the body lies in.
  func part(at offset: Int) -> Part? {
    let end = Self.partition(parts) { $0.start > offset }
    return end > 0 ? parts[end - 1] : nil
  }

  /// Where the part behind this one begins; nil behind the last.
  func start(behind part: Part) -> Int? {
    let next = Self.partition(parts) { $0.start > part.start }
    return next < parts.count ? parts[next].start : nil
  }

  /// The place in the body of the formula whose reading holds this offset.
  func formula(at offset: Int) -> Range<Int>? {
    let end = Self.partition(formulas) { $0.start > offset }
    guard end > 0, fixed.indices.contains(formulas[end - 1].fixed) else { return nil }
    return fixed[formulas[end - 1].fixed]
  }

  /// The formula that an offset of the body lies in.
  func formula(around offset: Int) -> Range<Int>? {
    let place = Self.partition(fixed) { $0.upperBound > offset }
    guard place < fixed.count, fixed[place].contains(offset) else { return nil }
    let formula = Self.partition(formulas) { $0.fixed >= place }
    return formula < formulas.count && formulas[formula].fixed == place ? fixed[place] : nil
  }

  /// The first index of a sorted list from which on `isAfter` holds.
  private static func partition<T>(_ list: [T], _ isAfter: (T) -> Bool) -> Int {
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if isAfter(list[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  package static func == (a: Outline, b: Outline) -> Bool { a.bytes == b.bytes }

  package func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}

extension Outline {
  /// Its form in the library.
  package var bytes: [UInt8] {
    var writer = VariableLengthWriter()
    writer.write(parts.count)
    var last = Part(start: 0, line: 0, heading: 0)
    for part in parts {
      writer.write(part.start - last.start)
      writer.write(max(0, part.line - last.line))
      writer.write(part.heading - last.heading)
      last = part
    }
    writer.write(fixed.count)
    var end = 0
    for range in fixed {
      writer.write(range.lowerBound - end)
      writer.write(range.count)
      end = range.upperBound
    }
    writer.write(formulas.count)
    var lastFormula = (start: 0, fixed: 0)
    for formula in formulas {
      writer.write(formula.start - lastFormula.start)
      writer.write(formula.fixed - lastFormula.fixed)
      lastFormula = formula
    }
    return writer.bytes
  }

  /// Reads what `bytes` wrote; damaged bytes give a shorter outline, never a trap.
  package init(bytes: [UInt8]) {
    var reader = VariableLengthReader(bytes)
    var last = Part(start: 0, line: 0, heading: 0)
    for _ in 0..<reader.count() {
      last.start = reader.next(after: last.start)
      last.line = reader.next(after: last.line)
      last.heading = reader.next(after: last.heading)
      parts.append(last)
    }
    var end = 0
    for _ in 0..<reader.count() {
      let start = reader.next(after: end)
      end = reader.next(after: start)
      fixed.append(start..<end)
    }
    var formula = (start: 0, fixed: 0)
    for _ in 0..<reader.count() {
      formula = (reader.next(after: formula.start), reader.next(after: formula.fixed))
      formulas.append(formula)
    }
  }
}

/// Numbers as bytes, seven bits each, the highest bit set in all but the last.
private struct VariableLengthWriter {
  var bytes: [UInt8] = []

  mutating func write(_ number: Int) {
    var rest = UInt(max(0, number))
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

private struct VariableLengthReader {
  private let bytes: [UInt8]
  private var i = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A number of things of which each takes at least one byte.
  mutating func count() -> Int { min(next(after: 0), bytes.count - i) }

  /// The number before plus the next difference, within what an offset can be.
  mutating func next(after base: Int) -> Int {
    var value = 0
    var shift = 0
    while i < bytes.count, shift < 35 {
      value |= Int(bytes[i] & 0x7f) << shift
      shift += 7
      i += 1
      if bytes[i - 1] < 0x80 { break }
    }
    return min(base + value, 1 << 40)
  }
}
