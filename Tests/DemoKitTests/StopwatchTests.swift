import DemoKit
import Testing

struct StopwatchTests {
  @Test func `the machine's clock moves forward`() {
    let stopwatch = Stopwatch()
    let first = stopwatch.seconds
    #expect(first >= 0)
    #expect(stopwatch.seconds >= first)
  }

  @Test func `who waits has a clock of their own`() async throws {
    let (stopwatch, wall) = (Stopwatch(), Stopwatch.wall())
    try await Task.sleep(for: .milliseconds(50))
    #expect(wall.seconds >= 0.05)
    #expect(stopwatch.seconds >= 0)
  }

  @Test func `a ticking clock moves by readings alone`() {
    func readings(_ tick: Double) -> [Double] {
      Stopwatch.$clock.withValue(.ticking(by: tick)) {
        let stopwatch = Stopwatch()
        return (0..<3).map { _ in stopwatch.seconds }
      }
    }
    #expect(readings(1) == readings(1))
    #expect(readings(1)[1] > readings(1)[0])
    let ratios = [1.0, 2.0].map { readings($0)[2] / readings($0)[0] }
    #expect(ratios[0] != ratios[1])
  }
}
