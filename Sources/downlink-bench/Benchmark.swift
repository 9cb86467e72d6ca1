/// One row of the table: what is measured, what it is measured against, and what it must reach.
///
///     Benchmark("train adamw digits w64 b50", twin: "adamw.py") {
///       let model = …
///       return { … }  // one training step, which returns its loss
///     }
struct Benchmark {
  let name: String
  /// Of rates more is better, of seconds (`s`) less.
  let unit: String
  let threads: Int
  /// Whether other processes keep all cores busy meanwhile.
  let isCrowded: Bool
  let clock: Clock
  let rival: Rival?
  let bound: Bound?
  /// Variables of both programs, set before anything is measured.
  let environment: [String: String]
  let measure: (Effort) async throws -> Measurement

  /// What counts as time: one thread is measured by processor time, which a busy machine leaves
  /// alone; several threads and other processes by the clock on the wall.
  enum Clock {
    case processor, wall
  }

  /// What a row is measured against, in turn with it.
  enum Rival {
    /// A program in `Tests/Baselines` with its arguments: the same step in PyTorch.
    case twin(String)
    /// Another row of ours.
    case row(String)
  }

  /// A step that is repeated; `prepare` makes what it needs and gives the step, which returns a
  /// loss where there is one.
  ///
  /// A training step with a twin must be as fast as its twin, unless another bound is given.
  init(
    _ name: String, unit: String = "steps/s", threads: Int = 1, isCrowded: Bool = false,
    twin: String? = nil, against row: String? = nil, bound: Bound? = nil,
    environment: [String: String] = [:],
    prepare: @escaping () throws -> () -> Float?
  ) {
    self.name = name
    self.unit = unit
    self.threads = threads
    self.isCrowded = isCrowded
    clock = threads == 1 ? .processor : .wall
    rival = twin.map(Rival.twin) ?? row.map(Rival.row)
    self.bound = bound ?? twin.map { _ in .training }
    self.environment = environment
    measure = { effort in Measurement(of: try prepare(), effort, unit: unit) }
  }

  /// Something that takes time as a whole and is measured in seconds.
  init(
    seconds name: String, by clock: Clock, bound: Bound? = nil,
    measure: @escaping (Effort) async throws -> Measurement
  ) {
    self.name = name
    unit = "s"
    threads = 1
    isCrowded = false
    self.clock = clock
    rival = nil
    self.bound = bound
    environment = [:]
    self.measure = measure
  }
}

/// What a row must reach and what it aims at.
enum Bound {
  /// Rates as multiples of the rival's.
  case atLeast(Double, target: Double)
  /// Seconds.
  case atMost(Double, target: Double)

  /// Every training step of a demo beside its twin.
  static let training = Bound.atLeast(1, target: 1.5)

  enum Grade: String {
    case target
    case must
    case missed = "MISSED"
  }

  func grade(of figure: Double) -> Grade {
    let (reachesMust, reachesTarget) =
      switch self {
      case .atLeast(let must, let target): (figure >= must, figure >= target)
      case .atMost(let must, let target): (figure <= must, figure <= target)
      }
    return reachesTarget ? .target : reachesMust ? .must : .missed
  }
}

/// How long a row is measured: so many windows of so many seconds.
struct Effort {
  let seconds: Double
  let windows: Int
}
