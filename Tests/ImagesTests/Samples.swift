import Foundation

/// Small files of every kind.
///
/// Made once with Pillow 13 by this script:
///
///     picture = Image.new("RGB", (16, 16))
///     for y in range(16):
///         for x in range(16):
///             picture.putpixel((x, y), [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]
///                 [x // 8 + y // 8 * 2])
///     clear = picture.convert("RGBA")        # its white quarter made transparent
///     other = Image.new("P", (16, 16), 0)
///     flat = picture.quantize(4)
///     png              picture "PNG"                    pngPalette  flat "PNG", bits=2
///     pngClear         clear "PNG"                      pngGrey16   Image.new("I;16", (3, 2), 0x8000)
///     jpeg             picture "JPEG", quality=90, subsampling=0
///     jpegProgressive  the same, progressive=True       jpegGrey    picture.convert("L")
///     gif              flat "GIF", interlace=0          gifClear    clear "GIF", interlaced
///     gifAnimated      flat, then other, interlaced, loop=0
enum Samples {
  static let png = bytes(
    """
    iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAI0lEQVR42mP8z4AdMOKQYGIgEYxqIAYwMjBgD/D/
    o/FATw0Akq4FG6wXrAgAAAAASUVORK5CYII=
    """)
  static let pngPalette = bytes(
    """
    iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAgMAAABinRfyAAAADFBMVEX///8A/wD/AAAAAP8XAUDqAAAAHUlEQVR4
    nGNcxbCagYmBgYEAwfD/PyElTAwMDAwAuZgDccdWlBQAAAAASUVORK5CYII=
    """)
  static let pngClear = bytes(
    """
    iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAALElEQVR42mP8z8DwnwEPYMQry8DAxEAhGDVgMBjA
    yMDwn0BMMzKOBuKwNwAATZ4FHe4NU1QAAAAASUVORK5CYII=
    """)
  static let pngGrey16 = bytes(
    """
    iVBORw0KGgoAAAANSUhEUgAAAAMAAAACEAAAAADoj+WFAAAAFklEQVR4nGNsYGBgYGBgYmBgYGBgAAAGqgCEGRSF
    NQAAAABJRU5ErkJggg==
    """)
  static let jpeg = bytes(
    """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4R
    DgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU
    FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAQABADAREAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAA
    CAkK/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABgBAAMBAQAAAAAAAAAAAAAAAAcJCgYI/8QAFBEBAAAAAAAAAAAA
    AAAAAAAAAP/aAAwDAQACEQMRAD8AOgGGpmMCSY9LxRm7laWyrG4f/9k=
    """)
  static let jpegProgressive = bytes(
    """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4R
    DgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU
    FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wgARCAAQABADAREAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAA
    BwgJ/8QAGAEAAwEBAAAAAAAAAAAAAAAABggJBQf/2gAMAwEAAhADEAAAATkFaljCZjy9Rnuelqrbn//EABQQAQAA
    AAAAAAAAAAAAAAAAACD/2gAIAQEAAQUCH//EABQRAQAAAAAAAAAAAAAAAAAAACD/2gAIAQMBAT8BH//EABQRAQAA
    AAAAAAAAAAAAAAAAACD/2gAIAQIBAT8BH//EABQQAQAAAAAAAAAAAAAAAAAAACD/2gAIAQEABj8CH//EABQQAQAA
    AAAAAAAAAAAAAAAAACD/2gAIAQEAAT8hH//aAAwDAQACAAMAAAAQ9U//xAAUEQEAAAAAAAAAAAAAAAAAAAAg/9oA
    CAEDAQE/EB//xAAUEQEAAAAAAAAAAAAAAAAAAAAg/9oACAECAQE/EB//xAAUEAEAAAAAAAAAAAAAAAAAAAAg/9oA
    CAEBAAE/EB//2Q==
    """)
  static let jpegGrey = bytes(
    """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4R
    DgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCAAQABABAREA/8QAFgABAQEAAAAAAAAAAAAAAAAACAkK/8QAFBAB
    AAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAAPwA6GMl40tv/2Q==
    """)
  static let gif = bytes(
    """
    R0lGODdhEAAQAIEAAP///wD/AP8AAAAA/ywAAAAAEAAQAAAIRgAFCBwoMIDBgwYJEkSIUOFAhgcdFoQYQKIAihUl
    YrS4USPFASBDggRAsiRJkSJNmkQZUmVJliNdAoA5QOZMmDZp5sQpMyAAOw==
    """)
  static let gifAnimated = bytes(
    """
    R0lGODlhEAAQAIEAAP///wD/AP8AAAAA/yH/C05FVFNDQVBFMi4wAwEAAAAh+QQABQAAACwAAAAAEAAQAAAIRgAF
    CBwoMIDBgwYJEkSIUOFAhgcdFoQYQKIAihUlYrS4USPFASBDggRAsiRJkSJNmkQZUmVJliNdAoA5QOZMmDZp5sQp
    MyAAIfkEAQUAAAAsAAAAABAAEAAACB0AAQgcSLCgwYMIEypcyLChw4cQI0qcSLGixYEBAQA7
    """)
  static let gifClear = bytes(
    """
    R0lGODlhEAAQAIEAAAAAAAAA/wD/AP8AACH5BAEAAAAALAAAAAAQABAAQAhGAAcIHChQgMGDBgMoXKgQgMOHDgkS
    RIiQIUOIECUOpHhQY0GOAiwuxPhQZEOSADwOAClAJUuXIGFyNBkAJQCaNnGi1EkyIAA7
    """)

  private static func bytes(_ base64: String) -> [UInt8] {
    Array(Data(base64Encoded: base64, options: .ignoreUnknownCharacters) ?? Data())
  }
}
