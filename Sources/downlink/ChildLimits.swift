import DemoKit
import Glibc

/// What a demo that runs for the reader may use of the machine (R42).
///
/// The child sets its own limits before it reads a parameter. No files can be written: the size
/// limit of 0 leaves pipes alone.
struct ChildLimits {
  let preset: DemoPreset

  func apply() {
    let limits: [(__rlimit_resource, rlim_t)] = [
      (RLIMIT_AS, 2 << 30), (RLIMIT_CPU, preset == .thorough ? 1800 : 120), (RLIMIT_NOFILE, 64),
      (RLIMIT_CORE, 0), (RLIMIT_FSIZE, 0),
    ]
    for (resource, value) in limits {
      var limit = rlimit(rlim_cur: value, rlim_max: value)
      // A limit that is stricter already cannot be raised, and need not be.
      _ = setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
  }
}
