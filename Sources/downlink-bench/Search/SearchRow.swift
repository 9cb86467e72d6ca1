import Demos
import Foundation

/// One line of `make bench-search`: what is measured, what it must be, what it is.
struct SearchRow {
  let name: String
  let measure: String
  let must: String
  let measured: String
  /// Nil where nothing is required, or the rival is not installed.
  let holds: Bool?

  init(_ name: String, _ measure: String, must: String, measured: String, holds: Bool?) {
    self.name = name
    self.measure = measure
    self.must = must
    self.measured = measured
    self.holds = holds
  }

  var line: String {
    let verdict = holds.map { $0 ? "held" : "MISSED" } ?? "-"
    return name.padded(4) + measure.padded(50) + "must " + must.padded(26) + measured.padded(46)
      + verdict
  }
}

extension Double {
  /// A share as `.998`.
  var share: String {
    let text = fixed(3)
    return text.hasPrefix("0") ? String(text.dropFirst()) : text
  }

  /// Seconds as milliseconds.
  var milliseconds: String { (self * 1000).fixed(self < 0.1 ? 1 : 0) }
}

extension [Double] {
  /// The value that this share of them does not exceed.
  func percentile(_ share: Double) -> Double {
    guard !isEmpty else { return .nan }
    let sorted = sorted()
    return sorted[Swift.min(count - 1, Int((share * Double(count)).rounded(.up)) - 1)]
  }

  var mean: Double { isEmpty ? .nan : reduce(0, +) / Double(count) }
}

/// Seconds that the work takes by the clock on the wall, and what it gives.
func timed<T>(_ work: () throws -> T) rethrows -> (seconds: Double, value: T) {
  let start = Moment()
  let value = try work()
  return (Moment.since(start).wall, value)
}
