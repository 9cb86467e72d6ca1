package import DemoKit

extension Digits {
  /// Images side by side in rows, with a pixel of paper between them, as far as there are some.
  ///
  /// Numbers outside of `range`, whose ends are paper and ink, are shown as its ends.
  package static func sheet(
    _ title: String, of images: SampleSet, columns: Int, rows: Int,
    in range: ClosedRange<Float> = 0...1
  ) -> Image {
    let cell = width + 1
    let (sheetWidth, sheetHeight) = (columns * cell - 1, rows * cell - 1)
    var pixels = [Float](repeating: 0, count: sheetWidth * sheetHeight)
    for digit in 0..<min(columns * rows, images.count) {
      let corner = digit / columns * cell * sheetWidth + digit % columns * cell
      for pixel in 0..<pixelCount {
        let place = corner + pixel / width * sheetWidth + pixel % width
        let value = images.values[digit * pixelCount + pixel]
        let ink = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        pixels[place] = min(1, max(0, ink))
      }
    }
    return Image(title: title, width: sheetWidth, height: sheetHeight, pixels: pixels)
  }
}
