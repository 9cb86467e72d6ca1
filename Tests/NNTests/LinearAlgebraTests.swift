import TestSupport
import Tensors
import Testing

struct LinearAlgebraTests {
  // a = wave((3, 3), 0.) + torch.eye(3)
  // print(torch.linalg.inv(a), torch.linalg.slogdet(a), torch.linalg.slogdet(a[[1, 0, 2]]))
  @Test func `inverse and determinant equal PyTorch's`() {
    let a = wave([3, 3], 0) + Tensor([1, 0, 0, 0, 1, 0, 0, 0, 1], shape: [3, 3])
    expectClose(
      inverse(a).scalars,
      [
        0.3277491, -2.676803, -3.422414, -0.02788456, 2.72548, 2.667325, 0.7004057, 0.9345996,
        1.729237,
      ], tolerance: 5e-6)
    let (sign, logarithm) = signAndLogDeterminant(a)
    #expect(sign == 1)
    expectClose(logarithm.item, -0.7976, tolerance: 5e-5)
    #expect(signAndLogDeterminant(gatherRows(a, Indices([1, 0, 2]))).sign == -1)
  }
}
