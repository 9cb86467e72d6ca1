#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One row of the table: a name, and a step that is repeated and timed.
struct Benchmark {
  let name: String
  let unit: String
  /// How many threads the step computes on.
  let threads: Int
  /// Makes what the step needs, and gives the step, which returns a loss where there is one.
  let prepare: () -> () -> Float?

  init(
    _ name: String, unit: String = "steps/s", threads: Int = 1,
    prepare: @escaping () -> () -> Float?
  ) {
    self.name = name
    self.unit = unit
    self.threads = threads
    self.prepare = prepare
  }

  /// Runs windows of many steps and reports the middle one.
  func run(windows: Int, seconds: Double) -> Measurement {
    let step = prepare()
    let count = Self.warmUp(step, seconds: seconds)
    var rates: [(wall: Double, processor: Double)] = []
    var loss: Float?
    for _ in 0..<windows {
      let (wall, processor) = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
      for _ in 0..<count { loss = step() }
      rates.append(
        (
          Double(count) / (now(CLOCK_MONOTONIC) - wall),
          Double(count) / (now(CLOCK_PROCESS_CPUTIME_ID) - processor)
        ))
    }
    return Measurement(
      name: name, unit: unit, threads: threads, wall: rates.map(\.wall).sorted(),
      processor: rates.map(\.processor).sorted(), loss: loss)
  }

  /// Steps until the caches and free lists are warm; gives the number of steps in a window.
  private static func warmUp(_ step: () -> Float?, seconds: Double) -> Int {
    let start = now(CLOCK_MONOTONIC)
    var done = 0
    while done < 3 || (done < 10_000 && now(CLOCK_MONOTONIC) - start < seconds) {
      _ = step()
      done += 1
    }
    return max(1, Int(seconds * Double(done) / (now(CLOCK_MONOTONIC) - start)))
  }
}

/// The rates of one benchmark, each sorted.
struct Measurement {
  let name: String
  let unit: String
  let threads: Int
  let wall: [Double]
  let processor: [Double]
  let loss: Float?

  /// One line in the form that the baselines print.
  var line: String {
    let spread = 100 * ((wall.last ?? 0) - (wall.first ?? 0)) / wall[wall.count / 2]
    let tail = loss.map { " loss=\(fixed(Double($0), 4))" } ?? ""
    return padded(name, 34) + " threads=\(threads) median="
      + fixed(wall[wall.count / 2], 1, width: 11) + " \(unit) best="
      + fixed(wall.last ?? 0, 1, width: 11) + " spread="
      + fixed(spread, 0, width: 4) + "%  per-CPU-second="
      + fixed(processor[processor.count / 2], 1, width: 11)
      + " (best \(fixed(processor.last ?? 0, 1)))" + tail
  }
}

/// Seconds on one of the system's clocks.
private func now(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

private func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// A number with a fixed count of decimals, right-aligned.
private func fixed(_ value: Double, _ decimals: Int, width: Int = 0) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let whole = Int64((abs(value) * scale).rounded())
  var digits = String(whole)
  while digits.count <= decimals { digits = "0" + digits }
  if decimals > 0 { digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals)) }
  let text = (value < 0 ? "-" : "") + digits
  return String(repeating: " ", count: max(0, width - text.count)) + text
}
