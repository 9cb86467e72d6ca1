import CKernels

/// A run of floats from the free lists, given back when nothing refers to it any more.
///
/// Reuse is the point: a buffer just given back is still in the cache when the next operation asks
/// for one of its size. Pointers live only between a storage and a kernel; other targets see whole
/// tensors.
final class Storage {
  private(set) var base: UnsafeMutablePointer<Float>
  private(set) var count: Int

  /// Storage with undefined content.
  init(count: Int) {
    base = poolTake(Int64(count))
    self.count = count
  }

  deinit {
    poolGive(base)
  }

  /// Makes room for more numbers and keeps those there are; the new ones are zero.
  ///
  /// Tensors that are slices of this storage stay valid, since they hold offsets, not addresses.
  func grow(to newCount: Int) {
    guard newCount > count else { return }
    let larger = poolTake(Int64(newCount))
    larger.update(from: base, count: count)
    (larger + count).update(repeating: 0, count: newCount - count)
    poolGive(base)
    base = larger
    count = newCount
  }

  /// Exchanges the numbers of two storages of one length without copying them.
  func exchange(with other: Storage) {
    require(count == other.count, "exchange: \(count) and \(other.count) numbers")
    let mine = base
    base = other.base
    other.base = mine
  }
}

/// The kernels in use: "avx512", "avx2" or "baseline".
package var kernelFlavour: String { String(cString: kernels.pointee.name) }

/// The kernels that this processor can run, the slowest first; `DOWNLINK_KERNELS` takes one of them.
package var kernelFlavours: [String] {
  [KernelFlavour.baseline, .avx2, .avx512].compactMap { flavour in
    kernelTableOfFlavour(flavour).map { String(cString: $0.pointee.name) }
  }
}
