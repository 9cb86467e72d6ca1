import CImages

/// Decodes PNG, JPEG and GIF: the only file that knows the libraries that do it.
///
/// These are libpng, libjpeg-turbo and giflib, the decoders of browsers and desktops. They are
/// small, decode from memory, are fuzzed without end, and get security updates from the
/// distribution. The single libraries for all formats bring dozens of others with them (libgd 23
/// packages, gdk-pixbuf 29, imlib2 70, SDL_image 81, libvips 146); stb_image brings none, but its
/// authors advise against untrusted files; chafa draws, and leaves decoding to these.
///
/// An image is content, so this runs in a child process with limits alone (R38, R42).
package enum ImageDecoder {
  /// The image, or the first picture of an animation, as large as a window can show it.
  ///
  /// What is transparent becomes white, the paper of the web.
  package static func decode(_ bytes: [UInt8]) throws(ImageProblem) -> Raster {
    let header = try ImageHeader(bytes)
    let raster =
      switch header.format {
      case .png: try png(bytes, header)
      case .jpeg: try jpeg(bytes)
      case .gif: try gif(bytes, header)
      }
    return raster.fitted(width: Raster.largestSide, height: Raster.largestSide)
  }

  // MARK: PNG

  private static func png(
    _ bytes: [UInt8], _ header: ImageHeader
  ) throws(ImageProblem) -> Raster {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    guard png_image_begin_read_from_memory(&image, bytes, bytes.count) != 0,
      image.width == header.width, image.height == header.height
    else { throw .damaged }
    image.format = png_uint_32(PNG_FORMAT_RGB)
    var paper = png_color(red: 255, green: 255, blue: 255)
    var pixels = [UInt8](repeating: 0, count: 3 * header.width * header.height)
    guard png_image_finish_read(&image, &paper, &pixels, 0, nil) != 0 else { throw .damaged }
    return Raster(width: header.width, height: header.height, pixels: pixels)
  }

  // MARK: JPEG

  /// What libjpeg-turbo only warns of, such as a missing end, is shown as far as it goes.
  private static func jpeg(_ bytes: [UInt8]) throws(ImageProblem) -> Raster {
    guard let handle = tjInitDecompress() else { throw .tooCostly }
    defer { tjDestroy(handle) }
    var (width, height, sampling, colors) = (CInt(0), CInt(0), CInt(0), CInt(0))
    guard
      tjDecompressHeader3(
        handle, bytes, UInt(bytes.count), &width, &height, &sampling, &colors) == 0,
      width > 0, height > 0
    else { throw .damaged }
    guard Int(width) <= ImageHeader.Limit.pixels / Int(height) else { throw .tooManyPixels }
    var pixels = [UInt8](repeating: 0, count: 3 * Int(width) * Int(height))
    let result = tjDecompress2(
      handle, bytes, UInt(bytes.count), &pixels, width, 0, height, CInt(TJPF_RGB.rawValue),
      TJFLAG_LIMITSCANS)
    guard result == 0 || tjGetErrorCode(handle) == CInt(TJERR_WARNING.rawValue) else {
      throw .damaged
    }
    return Raster(width: Int(width), height: Int(height), pixels: pixels)
  }
}

// MARK: - GIF

extension ImageDecoder {
  /// Bytes in memory as giflib reads them.
  private struct Tape {
    var rest: ArraySlice<UInt8>

    mutating func read(into target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
      let part = rest.prefix(count)
      for (index, byte) in part.enumerated() { target[index] = byte }
      rest = rest.dropFirst(count)
      return part.count
    }
  }

  private static func gif(
    _ bytes: [UInt8], _ header: ImageHeader
  ) throws(ImageProblem) -> Raster {
    var tape = Tape(rest: bytes[...])
    let result: Result<Raster, ImageProblem> = withUnsafeMutablePointer(to: &tape) { tape in
      let file = DGifOpen(
        tape,
        { file, target, count in
          guard let target, let tape = file?.pointee.UserData else { return 0 }
          return CInt(
            tape.assumingMemoryBound(to: Tape.self).pointee.read(into: target, Int(count)))
        }, nil)
      guard let file else { return .failure(.damaged) }
      defer { DGifCloseFile(file, nil) }
      do throws(ImageProblem) {
        return .success(try firstPicture(of: file, header))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Reads up to the first picture, and what is said of it before.
  private static func firstPicture(
    of file: UnsafeMutablePointer<GifFileType>, _ header: ImageHeader
  ) throws(ImageProblem) -> Raster {
    var control = GraphicsControlBlock()
    control.TransparentColor = NO_TRANSPARENT_COLOR
    while true {
      var kind = UNDEFINED_RECORD_TYPE
      guard DGifGetRecordType(file, &kind) == GIF_OK else { throw .damaged }
      switch kind {
      case IMAGE_DESC_RECORD_TYPE:
        return try picture(of: file, header, transparent: Int(control.TransparentColor))
      case EXTENSION_RECORD_TYPE:
        var code = CInt(0)
        var block: UnsafeMutablePointer<GifByteType>?
        guard DGifGetExtension(file, &code, &block) == GIF_OK else { throw .damaged }
        while let data = block {
          if code == GRAPHICS_EXT_FUNC_CODE {
            DGifExtensionToGCB(Int(data[0]), data + 1, &control)
          }
          guard DGifGetExtensionNext(file, &block) == GIF_OK else { throw .damaged }
        }
      default: throw .damaged
      }
    }
  }

  /// A picture on the logical screen, of which it may cover a part only.
  private static func picture(
    of file: UnsafeMutablePointer<GifFileType>, _ header: ImageHeader, transparent: Int
  ) throws(ImageProblem) -> Raster {
    guard DGifGetImageDesc(file) == GIF_OK else { throw .damaged }
    let image = file.pointee.Image
    let (width, height) = (Int(image.Width), Int(image.Height))
    guard let map = image.ColorMap ?? file.pointee.SColorMap, let colors = map.pointee.Colors,
      width > 0, height > 0
    else { throw .damaged }
    guard width <= ImageHeader.Limit.pixels / height else { throw .tooManyPixels }
    var pixels = [UInt8](repeating: 255, count: 3 * header.width * header.height)
    var line = [GifPixelType](repeating: 0, count: width)
    for row in rows(height, isInterlaced: image.Interlace) {
      guard DGifGetLine(file, &line, CInt(width)) == GIF_OK else { throw .damaged }
      let y = Int(image.Top) + row
      guard y < header.height else { continue }
      for (column, index) in line.enumerated() where Int(image.Left) + column < header.width {
        guard index != transparent, index < map.pointee.ColorCount else { continue }
        let place = 3 * (y * header.width + Int(image.Left) + column)
        let color = colors[Int(index)]
        (pixels[place], pixels[place + 1], pixels[place + 2]) = (color.Red, color.Green, color.Blue)
      }
    }
    return Raster(width: header.width, height: header.height, pixels: pixels)
  }

  /// The order in which rows come: an interlaced picture has every eighth first.
  private static func rows(_ height: Int, isInterlaced: Bool) -> [Int] {
    guard isInterlaced else { return Array(0..<height) }
    return [(0, 8), (4, 8), (2, 4), (1, 2)].flatMap { start, step in
      Array(stride(from: start, to: height, by: step))
    }
  }
}
