import Foundation
import Tensors
import Testing

/// The kernels are chosen once, so each choice needs a process of its own.
struct KernelChoiceTests {
  @Test func `the kernels that are named are those that run`() async {
    await #expect(processExitsWith: .success) {
      setenv("DOWNLINK_KERNELS", "baseline", 1)
      #expect(kernelFlavour == "baseline")
    }
  }

  @Test func `without a name the fastest run that the processor has`() async {
    await #expect(processExitsWith: .success) {
      unsetenv("DOWNLINK_KERNELS")
      #expect(kernelFlavour == kernelFlavours.last)
    }
  }

  @Test func `kernels of an unknown name are refused with a sentence`() async {
    let result = await #expect(
      processExitsWith: .exitCode(64), observing: [\.standardErrorContent]
    ) {
      setenv("DOWNLINK_KERNELS", "fastest", 1)
      _ = kernelFlavour
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("kernels are called baseline, avx2 and avx512"))
  }
}
