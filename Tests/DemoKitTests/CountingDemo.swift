import DemoKit

/// A demo whose every parameter has another kind, for tests of the contract.
struct CountingDemo: Demo {
  static let id = DemoID("counting")
  static let summary = "数到 steps"
  static var parameters: [Parameter<CountingDemo>] {
    [
      Parameter("steps", \.steps, in: 0...1000),
      Parameter("rate", \.rate, in: 0...1),
      Parameter("claims", \.claims),
      Parameter("mood", \.mood),
      Parameter("seed", \.seed, in: 0...Int.max),
    ]
  }
  static var quick: CountingDemo {
    var demo = CountingDemo()
    demo.steps = 2
    return demo
  }
  static var thorough: CountingDemo {
    var demo = CountingDemo()
    demo.steps = 1000
    return demo
  }

  var steps = 10
  var rate = 0.5
  var claims = true
  var mood = Mood.calm
  var seed = 1

  enum Mood: String, CaseIterable { case calm, angry }

  struct Anger: Error, CustomStringConvertible {
    var description: String { "It was too much." }
  }

  func run(emit: (DemoEvent) -> Void) throws {
    let stopwatch = Stopwatch()
    for step in 0..<steps {
      try Task.checkCancellation()
      emit(.metric(name: "count", step: step, value: Double(step + seed) * rate))
    }
    if mood == .angry { throw Anger() }
    guard claims else { return }
    emit(.claim(Claim("counted", expected: "\(steps)", measured: "\(steps)", holds: true)))
    emit(
      .claim(
        Claim(
          "in time", expected: "soon", measured: "\(stopwatch.seconds) s", holds: true,
          isTimed: true)))
  }
}
