import Images
import Testing

/// What comes out of files of each format, sound and damaged.
struct ImageDecoderTests {
  private static let quarters = ["red", "green", "blue", "white"]

  /// The four quarters of a picture by the names of their colours.
  private func quarters(_ raster: Raster) -> [String] {
    let (left, right) = (raster.width / 4, 3 * raster.width / 4)
    let (upper, lower) = (raster.height / 4, 3 * raster.height / 4)
    return [(left, upper), (right, upper), (left, lower), (right, lower)].map { x, y in
      let pixel = raster[x: x, y: y]
      let parts = [pixel.red, pixel.green, pixel.blue].map { $0 > 250 ? 1 : $0 < 5 ? 0 : 2 }
      return switch parts {
      case [1, 0, 0]: "red"
      case [0, 1, 0]: "green"
      case [0, 0, 1]: "blue"
      case [1, 1, 1]: "white"
      default: "\(pixel)"
      }
    }
  }

  @Test(arguments: [
    Samples.png, Samples.pngPalette, Samples.pngClear, Samples.jpeg, Samples.jpegProgressive,
    Samples.gif, Samples.gifAnimated, Samples.gifClear,
  ])
  func `the picture of a file, an animation's first, on white paper`(bytes: [UInt8]) throws {
    let raster = try ImageDecoder.decode(bytes)
    #expect(raster.width == 16 && raster.height == 16)
    #expect(quarters(raster) == Self.quarters)
  }

  @Test func `grey becomes three equal parts`() throws {
    let deep = try ImageDecoder.decode(Samples.pngGrey16)
    #expect(deep.width == 3 && deep.height == 2)
    // Half of the light is written 188 where files are encoded for screens.
    #expect(Set(deep.pixels).count == 1)
    let red = try ImageDecoder.decode(Samples.jpegGrey)[x: 2, y: 2]
    #expect(red.red == red.green && red.green == red.blue && (70...82).contains(red.red))
  }

  @Test(arguments: [Samples.png, Samples.gif, Samples.gifAnimated])
  func `a file without its end is damaged`(bytes: [UInt8]) {
    #expect(throws: ImageProblem.damaged) {
      try ImageDecoder.decode(Array(bytes.prefix(bytes.count / 2)))
    }
  }

  @Test func `a JPEG is shown as far as it goes`() throws {
    let raster = try ImageDecoder.decode(Array(Samples.jpeg.dropLast(4)))
    #expect(quarters(raster)[0] == "red")
  }

  /// Whatever is done to a file, the decoder says what is wrong or gives a picture.
  @Test(arguments: [
    Samples.png, Samples.pngPalette, Samples.jpeg, Samples.jpegProgressive, Samples.gifAnimated,
  ])
  func `every changed byte is survived`(bytes: [UInt8]) {
    for place in bytes.indices {
      for value in [0, 0x7f, 0xff, bytes[place] ^ 1] {
        var damaged = bytes
        damaged[place] = value
        guard let header = try? ImageHeader(damaged), header.width * header.height < 1 << 20 else {
          continue
        }
        if let raster = try? ImageDecoder.decode(damaged) {
          #expect(max(raster.width, raster.height) <= Raster.largestSide)
        }
      }
    }
  }

  @Test func `a picture in a GIF may be larger than its screen, but not than the cap`() {
    var bytes = Samples.gif
    let place = bytes.lastIndex(of: 0x2c).map { _ in 13 + 12 } ?? 0
    #expect(bytes[place] == 0x2c)
    bytes.replaceSubrange(place + 5..<place + 9, with: [0xff, 0xff, 0xff, 0xff])
    #expect(throws: ImageProblem.tooManyPixels) { try ImageDecoder.decode(bytes) }
  }
}
