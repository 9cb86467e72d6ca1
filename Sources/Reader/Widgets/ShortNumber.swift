import Foundation

/// A number as axes and tables show it: four significant digits, few characters.
package struct ShortNumber: Sendable {
  package let text: String

  package init(_ value: Double) {
    guard value.isFinite else {
      text = value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
      return
    }
    let size = abs(value)
    if size != 0 && (size >= 1e6 || size < 1e-3) {
      text = String(format: "%.1e", value)
    } else if value == value.rounded() {
      text = String(format: "%.0f", value)
    } else {
      let digits = String(format: size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value)
      text = String(digits.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
    }
  }
}
