/// A picture as red, green and blue bytes, row by row from the top.
package struct Raster: Hashable, Sendable {
  package let width: Int
  package let height: Int
  package let pixels: [UInt8]

  /// One pixel.
  package struct Pixel: Hashable, Sendable {
    package var red: UInt8
    package var green: UInt8
    package var blue: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8) {
      (self.red, self.green, self.blue) = (red, green, blue)
    }
  }

  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(
      width > 0 && height > 0 && pixels.count == 3 * width * height,
      "\(pixels.count) bytes for \(width)x\(height) pixels")
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  package subscript(x x: Int, y y: Int) -> Pixel {
    let place = 3 * (y * width + x)
    return Pixel(red: pixels[place], green: pixels[place + 1], blue: pixels[place + 2])
  }

  /// The picture in its proportions, made smaller until it fits.
  package func fitted(width most: Int, height highest: Int) -> Raster {
    let scale = min(Double(most) / Double(width), Double(highest) / Double(height), 1)
    guard scale < 1 else { return self }
    return resized(
      width: max(1, Int(Double(width) * scale)), height: max(1, Int(Double(height) * scale)))
  }

  /// The picture in another size: each pixel is the mean of those that it stands for.
  package func resized(width columns: Int, height rows: Int) -> Raster {
    guard columns != width || rows != height else { return self }
    var result: [UInt8] = []
    result.reserveCapacity(3 * columns * rows)
    for row in 0..<rows {
      let lines = Raster.tile(row, of: rows, over: height)
      for column in 0..<columns {
        let mean = mean(of: Raster.tile(column, of: columns, over: width), lines)
        result += [mean.red, mean.green, mean.blue]
      }
    }
    return Raster(width: columns, height: rows, pixels: result)
  }

  /// The pixels, at least one, that the part `index` of `count` equal ones covers.
  private static func tile(_ index: Int, of count: Int, over length: Int) -> Range<Int> {
    let start = min(index * length / count, length - 1)
    return start..<max(start + 1, min((index + 1) * length / count, length))
  }

  private func mean(of columns: Range<Int>, _ rows: Range<Int>) -> Pixel {
    var sums = (red: 0, green: 0, blue: 0)
    for y in rows {
      for place in stride(
        from: 3 * (y * width + columns.lowerBound), to: 3 * (y * width + columns.upperBound), by: 3)
      {
        sums.red += Int(pixels[place])
        sums.green += Int(pixels[place + 1])
        sums.blue += Int(pixels[place + 2])
      }
    }
    let count = columns.count * rows.count
    func rounded(_ sum: Int) -> UInt8 { UInt8((sum + count / 2) / count) }
    return Pixel(
      red: rounded(sums.red), green: rounded(sums.green), blue: rounded(sums.blue))
  }
}
