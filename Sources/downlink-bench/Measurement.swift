import Demos
import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The figures of one row, window by window.
struct Measurement {
  let unit: String
  /// By the clock on the wall and by processor time, each sorted.
  private(set) var wall: [Double] = []
  private(set) var processor: [Double] = []
  /// Tensor buffers that the system's allocator was asked for, for each step.
  private(set) var allocations: Double?
  private(set) var loss: Float?

  /// Figures that were taken elsewhere.
  init(unit: String, wall: [Double], processor: [Double]) {
    self.unit = unit
    self.wall = wall.sorted()
    self.processor = processor.sorted()
  }

  /// Repeats a step in windows once the caches and free lists are warm.
  init(of step: () -> Float?, _ effort: Effort, unit: String) {
    self.unit = unit
    let count = Self.warmUp(step, seconds: effort.seconds)
    let before = MemoryUse.current.systemAllocations
    for _ in 0..<effort.windows {
      let start = Moment()
      for _ in 0..<count { loss = step() }
      let spent = Moment.since(start)
      wall.append(Double(count) / spent.wall)
      processor.append(Double(count) / spent.processor)
    }
    let asked = MemoryUse.current.systemAllocations - before
    allocations = Double(asked) / Double(count * effort.windows)
    wall.sort()
    processor.sort()
  }

  /// Steps for as long as a window takes; gives the number of steps in one.
  private static func warmUp(_ step: () -> Float?, seconds: Double) -> Int {
    let start = Moment()
    var done = 0
    while done < 3 || (done < 10_000 && Moment.since(start).wall < seconds) {
      _ = step()
      done += 1
    }
    return max(1, Int(seconds * Double(done) / Moment.since(start).wall))
  }

  /// What stands before the figure by that clock in a line.
  ///
  /// Of what always does the same, the least of many times is what others disturbed least.
  static func label(_ clock: Benchmark.Clock, unit: String) -> String {
    switch clock {
    case .wall: unit == "s" ? "best" : "median"
    case .processor: unit == "s" ? "CPU-seconds" : "per-CPU-second"
    }
  }

  /// One line in the form that the baselines print.
  func line(_ name: String, threads: Int) -> String {
    func figure(_ value: Double) -> String { value.fixed(unit == "s" ? 4 : 1) }
    func best(_ figures: [Double]) -> Double { (unit == "s" ? figures.first : figures.last) ?? 0 }
    let (median, label) = (wall[wall.count / 2], Self.label(.processor, unit: unit))
    let spread = 100 * ((wall.last ?? 0) - (wall.first ?? 0)) / median
    return name.padded(34) + " threads=\(threads) median=" + figure(median).padded(-11) + " \(unit)"
      + " best=" + figure(best(wall)).padded(-11) + " spread=" + spread.fixed(0).padded(-4)
      + "%  \(label)=" + figure(processor[processor.count / 2]).padded(-11)
      + " (best \(figure(best(processor))))"
      + (allocations.map { " malloc=\($0.fixed(2))" } ?? "")
      + (loss.map { " loss=\(Double($0).fixed(4))" } ?? "")
  }
}

/// A reading of the clock on the wall and of the processor time of this process.
struct Moment {
  let wall = seconds(CLOCK_MONOTONIC)
  let processor = seconds(CLOCK_PROCESS_CPUTIME_ID)

  static func since(_ start: Moment) -> (wall: Double, processor: Double) {
    let now = Moment()
    return (now.wall - start.wall, now.processor - start.processor)
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

extension String {
  /// Filled up with blanks: on the right, or on the left where the width is negative.
  func padded(_ width: Int) -> String {
    let blanks = String(repeating: " ", count: max(0, abs(width) - count))
    return width < 0 ? blanks + self : self + blanks
  }
}
