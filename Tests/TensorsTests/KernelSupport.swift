import CKernels
import TestSupport
import Testing

/// The kernels of every flavour that this processor has.
var flavours: [KernelTable] {
  [KernelFlavour.baseline, .avx2, .avx512].compactMap { kernelTableOfFlavour($0)?.pointee }
}

/// Those with fused multiply-add, which agree bit for bit.
var fusedFlavours: [KernelTable] {
  [KernelFlavour.avx2, .avx512].compactMap { kernelTableOfFlavour($0)?.pointee }
}

extension KernelTable {
  var label: String { String(cString: name) }
}

/// Every tail of a vector of 16, after none to four whole ones.
let lengths = 0...67

/// Numbers spread evenly over a range, the same on every run.
func spread(_ count: Int, _ range: ClosedRange<Float> = -3...3, seed: UInt64 = 1) -> [Float] {
  var generator = SeededGenerator(seed: seed)
  return (0..<count).map { _ in Float.random(in: range, using: &generator) }
}

/// What a kernel writes to `count` numbers, and that it writes nothing around them.
///
/// The place is one float off any alignment.
func written(_ count: Int, by kernel: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
  let guardWord: Float = -77
  var buffer = [Float](repeating: guardWord, count: count + 2)
  buffer.withUnsafeMutableBufferPointer { buffer in
    if let start = buffer.baseAddress { kernel(start + 1) }
  }
  #expect(buffer.first == guardWord && buffer.last == guardWord, "wrote beyond \(count)")
  return Array(buffer.dropFirst().dropLast())
}

/// Distance to the truth in units of the last place of the truth.
func ulps(_ measured: Float, _ truth: Double) -> Double {
  let nearest = Float(truth)
  if measured == nearest || (measured.isNaN && nearest.isNaN) { return 0 }
  return abs(Double(measured) - truth) / Double(nearest.ulp)
}
