/// Something a running demo wants the reader to see; the end and the failure are not events.
package enum DemoEvent: Hashable, Sendable {
  /// One line of Markdown, sanitised where it is shown.
  case text(String)
  case progress(completed: Int, total: Int)
  /// One point more on a live curve.
  case metric(name: String, step: Int, value: Double)
  case plot(Plot)
  case table(Table)
  case image(Image)
  case claim(Claim)
}

/// A statement of the post that a run has put to the test.
package struct Claim: Hashable, Sendable {
  package var statement: String
  package var expected: String
  package var measured: String
  package var holds: Bool
  /// Whether `measured` comes from a stopwatch: then it is not part of what equal seeds make equal.
  package var isTimed: Bool

  package init(
    _ statement: String, expected: String, measured: String, holds: Bool, isTimed: Bool = false
  ) {
    self.statement = statement
    self.expected = expected
    self.measured = measured
    self.holds = holds
    self.isTimed = isTimed
  }
}

/// Curves or points over common axes.
///
/// A plot replaces the earlier one of the same title, so that it can be drawn while a demo runs.
package struct Plot: Hashable, Sendable {
  package var title: String
  package var xLabel: String
  package var yLabel: String
  package var series: [Series]

  package init(title: String, xLabel: String = "", yLabel: String = "", series: [Series]) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
  }

  /// One curve or cloud of points; `x` and `y` are equally long.
  package struct Series: Hashable, Sendable {
    package var name: String
    package var kind: Kind
    package var x: [Double]
    package var y: [Double]

    package enum Kind: String, Hashable, Sendable { case line, scatter }

    package init(_ name: String, kind: Kind = .line, x: [Double], y: [Double]) {
      precondition(x.count == y.count, "series: \(x.count) x and \(y.count) y do not fit")
      self.name = name
      self.kind = kind
      self.x = x
      self.y = y
    }
  }
}

/// Rows of text under a header; it replaces the earlier one of the same title.
package struct Table: Hashable, Sendable {
  package var title: String
  package var header: [String]
  package var rows: [[String]]

  package init(title: String, header: [String], rows: [[String]]) {
    self.title = title
    self.header = header
    self.rows = rows
  }
}

/// A grey picture, row by row from the top; it replaces the earlier one of the same title.
package struct Image: Hashable, Sendable {
  package var title: String
  package var width: Int
  package var height: Int
  /// Brightness from 0, black, to 1, white; `width * height` of them.
  package var pixels: [Float]

  package init(title: String, width: Int, height: Int, pixels: [Float]) {
    precondition(
      pixels.count == width * height, "image: \(width)x\(height) and \(pixels.count) pixels")
    self.title = title
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
