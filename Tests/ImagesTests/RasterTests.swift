import Images
import Testing

/// Pixels made fewer, and sent through a pipe.
struct RasterTests {
  private let checks = Raster(
    width: 4, height: 2, pixels: [0, 200, 0, 200, 200, 0, 200, 0].flatMap { [$0, 0, 255 - $0] })

  @Test func `a smaller picture has the means of the larger one`() {
    let half = checks.resized(width: 2, height: 1)
    #expect(half.pixels == [100, 0, 155, 100, 0, 155])
    #expect(checks.resized(width: 8, height: 4)[x: 3, y: 1] == checks[x: 1, y: 0])
    #expect(checks.resized(width: 4, height: 2) == checks)
  }

  @Test(arguments: [(4, 2, 4, 2), (100, 100, 4, 2), (2, 9, 2, 1), (9, 1, 2, 1), (1, 1, 1, 1)])
  func `a picture is made to fit in its proportions`(
    width: Int, height: Int, fittedWidth: Int, fittedHeight: Int
  ) {
    let fitted = checks.fitted(width: width, height: height)
    #expect(fitted.width == fittedWidth && fitted.height == fittedHeight)
  }

  @Test func `PPM says the same, and nothing else is taken for it`() {
    #expect(Raster(ppm: checks.ppm) == checks)
    #expect(checks.ppm.starts(with: Array("P6\n4 2\n255\n".utf8)))
    for text in ["", "P6", "P6\n4 2\n255\n", "P6\n0 0\n255\n", "P6\n-4 -2\n255\n", "damaged\n"] {
      #expect(Raster(ppm: Array(text.utf8)) == nil)
    }
    #expect(Raster(ppm: checks.ppm + [0]) == nil)
    let wide = Array("P6\n481 1\n255\n".utf8) + [UInt8](repeating: 0, count: 3 * 481)
    #expect(Raster(ppm: wide) == nil)
    let largest = Raster(
      width: 480, height: 480, pixels: [UInt8](repeating: 10, count: 3 * 480 * 480))
    #expect(largest.ppm.count <= Raster.mostPPMBytes && Raster(ppm: largest.ppm) == largest)
  }
}
