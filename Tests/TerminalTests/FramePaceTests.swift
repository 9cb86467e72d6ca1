import Terminal
import TestSupport
import Testing

struct FramePaceTests {
  private let start = ContinuousClock.now

  /// The times of the frames, in milliseconds, where something is to be drawn at these times.
  private func frames(_ events: [Int]) -> [Int] {
    var pace = FramePace(now: start)
    var last = -1
    return events.map { event in
      let due = max(
        event, last, Int((start.duration(to: pace.next) / .milliseconds(1)).rounded(.up)))
      pace.drew(at: start + .milliseconds(due))
      last = due
      return due
    }
  }

  @Test func `a few frames after a pause are drawn at once`() {
    #expect(frames([1000, 1001, 1002, 1003]) == [1000, 1001, 1002, 1003])
  }

  @Test func `no second has more than thirty frames`() {
    let seed: UInt64 = 3
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      var time = 0
      let events = (0..<200).map { _ in
        time +=
          Int.random(in: 0..<10, using: &generator) == 0
          ? Int.random(in: 0..<500, using: &generator) : Int.random(in: 0..<8, using: &generator)
        return time
      }
      let frames = frames(events)
      for (index, frame) in frames.enumerated() {
        let within = frames[index...].prefix { $0 < frame + 1000 }.count
        #expect(within <= 30, "seed \(seed)")
      }
    }
  }
}
