import Tensors
import Testing

struct MemoryUseTests {
  @Test func `buffers keep the tag they were taken under, and are counted once more in all`() {
    let all = MemoryUse.current.liveBytes
    let before = MemoryTag.allCases.map { MemoryUse.current($0).liveBytes }
    let x = MemoryUse.tagged(.activations) { Tensor.zeros([100]) }
    let y = Tensor.zeros([10])
    let now = MemoryTag.allCases.map { MemoryUse.current($0).liveBytes }
    #expect(zip(now, before).map { $0 - $1 } == [40, 0, 0, 0, 400])
    #expect(MemoryUse.current.liveBytes - all == x.count * 4 + y.count * 4)
  }

  @Test func `a tag ends with its body, even by an error`() {
    struct Stop: Error {}
    let before = MemoryUse.current(.activations).liveBytes
    #expect(throws: Stop.self) { try MemoryUse.tagged(.activations) { throw Stop() } }
    let x = Tensor.zeros([100])
    #expect(MemoryUse.current(.activations).liveBytes == before && x.count == 100)
  }

  @Test func `peaks are counted by tag too`() {
    let before = MemoryUse.current(.activations).liveBytes
    MemoryUse.resetPeak()
    MemoryUse.tagged(.activations) {
      _ = Tensor.zeros([1_000])
      _ = Tensor.zeros([500])
    }
    #expect(MemoryUse.current(.activations).liveBytes == before)
    #expect(MemoryUse.current(.activations).peakBytes == before + 4_000)
    #expect(MemoryUse.peakBytes { _ = [Tensor.zeros([10]), Tensor.zeros([20])].count } == 120)
  }

  @Test func `the system is asked once for a size, and again when the lists were emptied`() {
    _ = Tensor.zeros([12_345])
    let before = MemoryUse.current
    _ = Tensor.zeros([12_345])
    #expect(MemoryUse.current.systemBytes == before.systemBytes)
    releaseFreeBuffers()
    _ = Tensor.zeros([12_345])
    #expect(MemoryUse.current.systemAllocations == before.systemAllocations + 1)
    let asked = MemoryUse.current.systemBytes - before.systemBytes
    #expect((12_345 * 4..<12_345 * 5 + 256).contains(asked))
  }
}
