package import DemoKit

/// How a sample of a diffusion model is shown: points in the plane, or a sheet of digits.
extension SampleSet {
  /// The event that draws this sample, beside real points where there is a plane to draw in.
  package func picture(_ title: String, beside real: SampleSet) -> DemoEvent {
    guard dimension == 2 else { return .image(digitSheet(title)) }
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

  /// The first 30 digits in three rows, with a pixel of paper between them.
  private func digitSheet(_ title: String) -> Image {
    let (columns, rows, cell) = (10, 3, Digits.width + 1)
    let (width, height) = (columns * cell - 1, rows * cell - 1)
    var pixels = [Float](repeating: 0, count: width * height)
    for digit in 0..<Swift.min(columns * rows, count) {
      let corner = digit / columns * cell * width + digit % columns * cell
      for pixel in 0..<Digits.pixelCount {
        let place = corner + pixel / Digits.width * width + pixel % Digits.width
        let ink = (values[digit * dimension + pixel] + 1) / 2
        pixels[place] = Swift.min(1, Swift.max(0, ink))
      }
    }
    return Image(title: title, width: width, height: height, pixels: pixels)
  }
}
