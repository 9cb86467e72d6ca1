import Images
import Testing

/// Sizes are known, and bombs refused, before anything is decoded.
struct ImageHeaderTests {
  @Test(arguments: [
    (Samples.png, ImageHeader.Format.png, 16, 16), (Samples.pngGrey16, .png, 3, 2),
    (Samples.jpeg, .jpeg, 16, 16), (Samples.jpegProgressive, .jpeg, 16, 16),
    (Samples.gifAnimated, .gif, 16, 16),
  ])
  func `format and size`(
    bytes: [UInt8], format: ImageHeader.Format, width: Int, height: Int
  ) throws {
    let header = try ImageHeader(bytes)
    #expect(header.format == format && header.width == width && header.height == height)
  }

  @Test func `65,535 by 65,535 pixels are refused from the header`() throws {
    var png = Samples.png
    png.replaceSubrange(16..<24, with: [0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff])
    var gif = Samples.gif
    gif.replaceSubrange(6..<10, with: [0xff, 0xff, 0xff, 0xff])
    var jpeg = Samples.jpeg
    let frame = try #require(jpeg.firstRange(of: [0xff, 0xc0]))
    jpeg.replaceSubrange(
      frame.lowerBound + 5..<frame.lowerBound + 9, with: [0xff, 0xff, 0xff, 0xff])
    for bytes in [png, gif, jpeg] {
      #expect(throws: ImageProblem.tooManyPixels) { try ImageHeader(bytes) }
      #expect(throws: ImageProblem.tooManyPixels) { try ImageDecoder.decode(bytes) }
    }
    png.replaceSubrange(16..<24, with: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
    #expect(throws: ImageProblem.tooManyPixels) { try ImageHeader(png) }
    png.replaceSubrange(16..<20, with: [0, 0, 0, 0])
    #expect(throws: ImageProblem.damaged) { try ImageHeader(png) }
  }

  @Test func `other files are no images, and a large one is not looked at`() {
    for text in ["", "GIF", "<svg></svg>", "%PDF-1.4", "RIFF\0\0\0\0WEBP"] {
      #expect(throws: ImageProblem.unknownFormat) { try ImageHeader(Array(text.utf8)) }
    }
    let long = Samples.png + [UInt8](repeating: 0, count: ImageHeader.Limit.bytes)
    #expect(throws: ImageProblem.tooManyBytes) { try ImageHeader(long) }
  }

  @Test(arguments: [Samples.png, Samples.jpeg, Samples.jpegProgressive, Samples.gif])
  func `a header that is cut off is damaged or no image`(bytes: [UInt8]) {
    for count in 0..<bytes.count {
      _ = try? ImageHeader(Array(bytes.prefix(count)))
    }
    #expect(throws: ImageProblem.self) { try ImageHeader(Array(bytes.prefix(9))) }
  }
}
