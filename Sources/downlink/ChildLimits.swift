import DemoKit
import Glibc

/// What a demo that runs for the reader may use of the machine (R42).
///
/// The child sets its own limits before it reads a parameter. No files can be written: the size
/// limit of 0 leaves pipes alone.
struct ChildLimits {
  let preset: DemoPreset

  func apply() {
    let seconds: rlim_t = preset == .thorough ? 1800 : 120
    let limits: [(resource: __rlimit_resource, soft: rlim_t, hard: rlim_t)] = [
      (RLIMIT_AS, 2 << 30, 2 << 30),
      // At the soft limit comes SIGXCPU, which says why; at the hard one SIGKILL, which does not.
      (RLIMIT_CPU, seconds, seconds + 5),
      (RLIMIT_NOFILE, 64, 64), (RLIMIT_CORE, 0, 0), (RLIMIT_FSIZE, 0, 0),
    ]
    for (resource, soft, hard) in limits {
      var limit = rlimit(rlim_cur: soft, rlim_max: hard)
      // A limit that is stricter already cannot be raised, and need not be.
      _ = setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
  }
}
