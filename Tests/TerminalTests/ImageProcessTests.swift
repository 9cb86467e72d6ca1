import Foundation
import Images
import Terminal
import Testing

/// A shell script stands for the program, so that it can misbehave in every way.
struct ImageProcessTests {
  private func answer(_ script: String, time: Duration = .seconds(20)) async throws
    -> Result<Raster, ImageProblem>
  {
    let path = FileManager.default.temporaryDirectory.appending(path: "image-\(UUID()).sh").path
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return await ImageProcess(executable: path, time: time).raster(of: Array("file".utf8))
  }

  private let pixel = Raster(width: 1, height: 1, pixels: [65, 66, 67])

  @Test func `the file goes in and the picture comes out`() async throws {
    let script = #"[ "$*:$(cat):$HOME" = "decode-image:file:" ] && printf 'P6\n1 1\n255\nABC'"#
    #expect(try await answer(script) == .success(pixel))
  }

  @Test(arguments: [
    ("echo too-many-pixels", ImageProblem.tooManyPixels),
    ("exit 3", .damaged), ("echo nonsense", .damaged), ("kill -SEGV $$", .damaged),
    ("kill -ILL $$", .tooCostly),
    ("exec yes", .damaged), (#"printf 'P6\n1 1\n255\nAB'"#, .damaged),
  ])
  func `whatever goes wrong has a name`(script: String, problem: ImageProblem) async throws {
    #expect(try await answer("cat >/dev/null; " + script) == .failure(problem))
  }

  @Test func `a child that hangs is ended`() async throws {
    // Were it not, this would take an hour.
    #expect(
      try await answer("exec sleep 3600", time: .milliseconds(100)) == .failure(.tooCostly))
  }

  @Test func `a program that is not there is a problem too`() async {
    let process = ImageProcess(executable: "/nowhere/downlink")
    #expect(await process.raster(of: []) == .failure(.damaged))
  }
}
