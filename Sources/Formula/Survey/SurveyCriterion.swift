/// A row of the acceptance table: what is measured on a set of formulas, and its bound.
package enum SurveyCriterion: String, CaseIterable, Sendable {
  case known, structured, ink
  case displayInk = "display-ink"
  case leaks
  case oneRow = "one-row"
  case plainOneRow = "plain-one-row"
  case invertible, geometry
  case wideGeometry = "wide-geometry"
  case fits80 = "fits-80"
  case fits60 = "fits-60"
  case identical, ideographs

  /// The row's number in math.md, section 8.
  package var number: String {
    switch self {
    case .known: "C1"
    case .structured: "C3"
    case .ink, .displayInk: "C4"
    case .leaks: "C5"
    case .oneRow, .plainOneRow: "C6"
    case .invertible: "C7"
    case .geometry: "C8"
    case .wideGeometry: "C9"
    case .fits80, .fits60: "C10"
    case .identical: "C12"
    case .ideographs: "C14"
    }
  }

  /// What holds of the share that is given.
  package var statement: String {
    switch self {
    case .known: "valid formulas laid out, nothing unknown"
    case .structured: "formulas drawn, without a fallback to the source"
    case .ink: "letters, digits, ideographs kept"
    case .displayInk: "the same of display formulas"
    case .leaks: "no command's name left in the drawing"
    case .oneRow: "inline formulas on one row"
    case .plainOneRow: "inline formulas without environments on one row"
    case .invertible: "rows that read back as the same tree"
    case .geometry: "rows, axis, bars, columns as they should be"
    case .wideGeometry: "the same, ambiguous characters two columns wide"
    case .fits80: "display formulas that fit 80 columns"
    case .fits60: "display formulas that fit 60 columns"
    case .identical: "sources that pass through Markdown byte for byte"
    case .ideographs: "formulas with ideographs drawn, edges straight"
    }
  }

  /// The least share that is good enough.
  package var bound: Double {
    switch self {
    case .known, .ink, .oneRow: 0.995
    case .structured: 0.999
    case .displayInk, .invertible: 0.99
    case .leaks, .plainOneRow, .geometry, .wideGeometry, .identical, .ideographs: 1
    case .fits80: 0.997
    case .fits60: 0.985
    }
  }
}
