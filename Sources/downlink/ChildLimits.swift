import DemoKit
import Glibc

/// What a child of the reader may use of the machine (R42).
///
/// The child sets its own limits before it reads a parameter. No files can be written: the size
/// limit of 0 leaves pipes alone.
struct ChildLimits {
  /// Seconds of the processor.
  var time: rlim_t
  /// Bytes of address space.
  var memory: rlim_t

  /// Those of a demo.
  init(preset: DemoPreset) {
    time = preset == .thorough ? 1800 : 120
    memory = 2 << 30
  }

  private init(time: rlim_t, memory: rlim_t) {
    self.time = time
    self.memory = memory
  }

  /// Those of an image (R38).
  static let image = ChildLimits(time: 5, memory: 512 << 20)

  func apply() {
    let limits: [(resource: __rlimit_resource, soft: rlim_t, hard: rlim_t)] = [
      (RLIMIT_AS, memory, memory),
      // At the soft limit comes SIGXCPU, which says why; at the hard one SIGKILL, which does not.
      (RLIMIT_CPU, time, time + 5),
      (RLIMIT_NOFILE, 64, 64), (RLIMIT_CORE, 0, 0), (RLIMIT_FSIZE, 0, 0),
    ]
    for (resource, soft, hard) in limits {
      var limit = rlimit(rlim_cur: soft, rlim_max: hard)
      // A limit that is stricter already cannot be raised, and need not be.
      _ = setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
  }
}
