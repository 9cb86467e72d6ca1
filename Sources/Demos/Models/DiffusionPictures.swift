package import DemoKit

/// How a sample of a diffusion model is shown: points in the plane, or a sheet of digits.
extension SampleSet {
  /// The event that draws this sample, beside real points where there is a plane to draw in.
  package func picture(_ title: String, beside real: SampleSet) -> DemoEvent {
    guard dimension == 2 else {
      return .image(Digits.sheet(title, of: self, columns: 10, rows: 3, in: -1...1))
    }
    let shown = 600
    return .plot(
      Plot(
        title: title, xLabel: "x₁", yLabel: "x₂",
        series: [
          real.prefix(Swift.min(shown, real.count)).cloud("真实"),
          prefix(Swift.min(shown, count)).cloud("生成"),
        ]))
  }

  private func cloud(_ name: String) -> Plot.Series {
    Plot.Series(name, kind: .scatter, x: coordinates(0), y: coordinates(1))
  }
}
