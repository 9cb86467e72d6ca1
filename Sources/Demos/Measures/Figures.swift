import Foundation

/// Numbers as a reader of tables and claims wants them; the same in every locale.
extension Double {
  /// With `digits` significant digits: `0.0712`, `3.14e-09`.
  package func significant(_ digits: Int = 3) -> String {
    String(format: "%.\(digits)g", self)
  }

  /// With `decimals` digits after the point: `27.00`.
  package func fixed(_ decimals: Int = 2) -> String {
    String(format: "%.\(decimals)f", self)
  }
}
