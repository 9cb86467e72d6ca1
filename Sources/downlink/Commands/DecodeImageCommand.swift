import ArgumentParser
import Images

/// `downlink decode-image`: what the reader starts for each image, with limits on all that a
/// decoder could do (R38); it is not for people, and no help names it.
struct DecodeImageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode-image", abstract: "Decode an image from standard input, as PPM.",
    shouldDisplay: false)

  func run() throws {
    guard !Settings.current().streams.outputIsTerminal else { throw CommandError.imageOnTerminal }
    ChildLimits.image.apply()
    let bytes = try StandardInput.bytes(limit: ImageHeader.Limit.bytes + 1)
    try Output.withStandardOutput { output in
      do {
        try output.write(try ImageDecoder.decode(bytes))
      } catch let problem as ImageProblem {
        try output.write(problem)
      }
    }
  }
}
