import Foundation
import Testing

/// The child that decodes images, as the reader starts it.
struct ImageCommandTests {
  /// Runs `decode-image` on a file.
  private func decoded(_ bytes: Data) throws -> (Int32, Data) {
    try Program.withHome { program in
      let process = program.process(["decode-image"])
      let file = program.home.appending(path: "image")
      try bytes.write(to: file)
      // Into a file it could not write: its limit on those is 0.
      let output = Pipe()
      process.standardInput = try FileHandle(forReadingFrom: file)
      process.standardOutput = output
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, data)
    }
  }

  /// One black pixel, as GIF89a.
  private let pixel =
    Data(
      base64Encoded: "R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=") ?? Data()

  @Test func `an image comes out as PPM`() throws {
    let (status, output) = try decoded(pixel)
    #expect(status == 0)
    #expect(output == Data("P6\n1 1\n255\n\0\0\0".utf8))
  }

  @Test func `a bomb and a text come out as the name of the problem`() throws {
    var bomb = pixel
    bomb.replaceSubrange(6..<10, with: [0xff, 0xff, 0xff, 0xff])
    #expect(try decoded(bomb) == (0, Data("too-many-pixels\n".utf8)))
    #expect(try decoded(Data("<svg/>".utf8)) == (0, Data("unknown-format\n".utf8)))
    #expect(try decoded(Data()) == (0, Data("unknown-format\n".utf8)))
    #expect(try decoded(Data(count: 9 << 20)) == (0, Data("too-many-bytes\n".utf8)))
  }

  /// Forty megapixels need 120 MB; the child may have 512.
  @Test func `the largest image that is allowed fits into the child`() throws {
    var large = pixel
    large.replaceSubrange(6..<10, with: [0x70, 0x17, 0x70, 0x17])  // 6000 by 6000
    let (status, output) = try decoded(large)
    #expect(status == 0 && output.starts(with: Data("P6\n480 480\n255\n".utf8)))
  }
}
