import ArgumentParser
import Canvas
import DemoKit
import Demos
import Glibc

/// `downlink run`: runs a demo, shows what it says, and asserts its claims.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a demo and check its claims.",
    discussion: """
      The exit status is 0 if the run ends and every claim holds, 2 if a claim does not hold, 1 \
      if the run fails or is stopped. “downlink demos ID” lists a demo's parameters.
      """)

  @Argument(help: "The demo.", completion: .list(Catalogue.demos.map { $0.id.string }))
  var id: String

  @Option(name: .customLong("set"), help: "Set a parameter; may be given more than once.")
  var assignments: [Assignment] = []

  @Option(help: "The parameters to begin with.")
  var preset: DemoPreset = .standard

  @Option(help: "The seed of all randomness: the same as --set seed=N.")
  var seed: Int?

  @Flag(help: "Write one JSON object a line, without times: equal seeds give equal lines.")
  var json = false

  @Flag(help: "Write the wire form for the reader, until standard input ends.")
  var events = false

  @OptionGroup var appearance: AppearanceOptions

  func run() throws {
    let settings = Settings.current()
    let streams = settings.streams
    if events {
      guard !streams.outputIsTerminal else { throw CommandError.eventsOnTerminal }
      if streams.inputIsPipe { ChildLimits(preset: preset).apply() }
    }
    let demo = try Catalogue.demo(DemoID(id))
    let request = try request(for: demo.description)
    let interruption = Interruption(
      heedsInput: events && streams.inputIsPipe, grace: .milliseconds(100))
    let outcome = interruption.run {
      Result { try perform(demo, request, settings) }
    }
    guard let outcome else {
      // The demo has not come to its end, so its line is still there.
      if streams.allowLiveLine { Output.overwriteLine(with: SafeText("")) }
      throw CommandError.stopped("run")
    }
    try conclude(try outcome.get())
  }

  private func request(for description: DemoDescription) throws -> DemoRequest {
    var request = DemoRequest(id: description.id, preset: preset)
    let seeds = seed.map { [Assignment(name: "seed", text: "\($0)")] } ?? []
    do throws(DemoKitError) {
      for assignment in assignments + seeds {
        request.settings.append(try description.setting(assignment.name, text: assignment.text))
      }
    } catch {
      throw CommandError.wrongRequest(error)
    }
    return request
  }

  private func perform(
    _ demo: any Demo.Type, _ request: DemoRequest, _ settings: Settings
  ) throws -> RunOutcome {
    let colors = settings.streams.colors(appearance.color)
    return try Output.withStandardOutput(colors: colors) { output in
      var printer = DemoPrinter(settings, colors: colors)
      var failure: (any Error)?
      let outcome = try demo.perform(request) { message in
        guard failure == nil else { return }
        do {
          if events || json {
            try output.write(SafeText(json ? message.timelessLine : message.wireLine))
            try output.flush()
          } else {
            try printer.show(message, on: &output)
          }
        } catch {
          // Nobody is left to see the rest: the run is not worth going on with.
          failure = error
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
      if let failure { throw failure }
      return outcome
    }
  }

  private func conclude(_ outcome: RunOutcome) throws {
    switch outcome {
    case .failed(let reason): throw CommandError.failed(reason)
    case .finished where !outcome.holds: throw ExitCode(ExitStatus.doesNotHold)
    case .finished: break
    }
  }
}

/// `name=value` on the command line.
struct Assignment: ExpressibleByArgument {
  var name: String
  var text: String

  init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "="), sign != argument.startIndex else { return nil }
    name = String(argument[..<sign])
    text = String(argument[argument.index(after: sign)...])
  }
}

extension DemoPreset: ExpressibleByArgument {}
extension ColorWish: ExpressibleByArgument {}
