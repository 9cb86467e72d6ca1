import Foundation
package import Typesetting

extension Theme.Background {
  /// What a terminal's answer `rgb:1a1a/1b1b/2626` means: dark below the middle of its luminance.
  ///
  /// - Source: xterm, "Control Sequences", OSC 11; the weights are those of ITU-R BT.709.
  package init?(answer: String) {
    guard let start = answer.range(of: "rgb:") else { return nil }
    let parts = answer[start.upperBound...].split(separator: "/").map {
      $0.prefix { $0.isHexDigit }
    }
    guard parts.count == 3 else { return nil }
    let values = parts.compactMap { part -> Double? in
      guard (1...4).contains(part.count), let value = Int(part, radix: 16) else { return nil }
      return Double(value) / Double((1 << (4 * part.count)) - 1)
    }
    guard values.count == 3 else { return nil }
    let luminance = 0.2126 * values[0] + 0.7152 * values[1] + 0.0722 * values[2]
    self = luminance < 0.5 ? .dark : .light
  }
}
