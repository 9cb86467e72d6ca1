import Canvas
import DemoKit
import Glibc
import Images

/// The only writer to standard output and standard error.
///
/// It takes clean text alone, pictures for programs aside, and checks every `write(2)`: a short one goes on, an interrupted one
/// is repeated, a closed pipe ends the program quietly, anything else is reported (R1, R5).
struct Output: ~Copyable {
  private let descriptor: CInt
  private let colors: ColorSupport
  private var buffer: [UInt8] = []

  /// Large enough for few calls, small enough for a pipe to stay fluent.
  private static let bufferSize = 32 * 1024

  private init(descriptor: CInt, colors: ColorSupport) {
    self.descriptor = descriptor
    self.colors = colors
  }

  /// Hands standard output to `body` and writes out what it left in the buffer.
  static func withStandardOutput<Value>(
    colors: ColorSupport = .none, _ body: (inout Output) throws -> Value
  ) throws -> Value {
    var output = Output(descriptor: STDOUT_FILENO, colors: colors)
    let value: Value
    do {
      value = try body(&output)
    } catch {
      // The first error is the one to report, unless nobody reads.
      try? output.flush()
      throw error
    }
    try output.flush()
    return value
  }

  /// One line to standard error; there is nobody to tell if that fails.
  static func complain(_ text: SafeText) {
    var output = Output(descriptor: STDERR_FILENO, colors: .none)
    try? output.write(text)
    try? output.flush()
  }

  mutating func write(_ text: SafeText) throws(OutputError) {
    try write(Line(text))
  }

  mutating func write(_ value: JSONValue) throws(OutputError) {
    try write(SafeText(value.text))
  }

  /// One line, in colours if they are wanted.
  mutating func write(_ line: Line) throws(OutputError) {
    buffer += line.bytes(colors)
    if buffer.count >= Output.bufferSize { try flush() }
  }

  /// A picture for the reader, which started this process to decode it.
  mutating func write(_ raster: Raster) throws(OutputError) {
    buffer += raster.ppm
    try flush()
  }

  /// Why there is no picture, for the same reader.
  mutating func write(_ problem: ImageProblem) throws(OutputError) {
    try write(SafeText(problem.rawValue))
  }

  /// Writes all that is in the buffer.
  mutating func flush() throws(OutputError) {
    let bytes = buffer
    buffer.removeAll(keepingCapacity: true)
    try Output.write(bytes, to: descriptor)
  }

  private static func write(_ bytes: [UInt8], to descriptor: CInt) throws(OutputError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
        continue
      }
      switch errno {
      case EINTR: continue
      case EPIPE: throw .closed
      default: throw .failed(reason: String(cString: strerror(errno)))
      }
    }
  }
}

extension Line {
  fileprivate func bytes(_ colors: ColorSupport) -> [UInt8] {
    var bytes: [UInt8] = []
    for span in spans {
      let escape = colors.escape(for: span.style)
      bytes += escape.utf8
      bytes += span.text.string.utf8
      if !escape.isEmpty { bytes += ColorSupport.reset.utf8 }
    }
    return bytes + [UInt8(ascii: "\n")]
  }
}

extension Output {
  /// What would be written of `lines`, for a pager to write it.
  static func bytes(of lines: [Line], colors: ColorSupport) -> [UInt8] {
    lines.flatMap { $0.bytes(colors) }
  }

  /// Replaces the line that the cursor stands in on standard error; without a line break.
  ///
  /// Only `LiveLine` calls it, and only on a terminal.
  static func overwriteLine(with text: SafeText) {
    try? write(Array("\r\u{1B}[K\(text.string)".utf8), to: STDERR_FILENO)
  }
}

/// Why text did not get out.
enum OutputError: Error, Equatable, CustomStringConvertible {
  /// The reader of the pipe has gone, which is its right.
  case closed
  case failed(reason: String)

  var description: String {
    switch self {
    case .closed: "The reader of the output has gone."
    case .failed(let reason): "Cannot write the output: \(reason)."
    }
  }
}
