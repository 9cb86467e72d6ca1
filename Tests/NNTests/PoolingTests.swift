import TestSupport
import Tensors
import Testing

struct PoolingTests {
  private let x = wave([1, 4, 5, 2], 0)

  // def first(x): return x.permute(0, 3, 1, 2)
  // def last(x): return x.permute(0, 2, 3, 1)
  // x = wave((1, 4, 5, 2), 0.)
  // y, i = F.max_pool2d(first(x), 2, return_indices=True)
  // print(last(y), last(i), last(F.max_unpool2d(y, i, 2, output_size=(4, 5)))[:, :2])
  // y, i = F.max_pool2d(first(x), 3, stride=2, padding=1, return_indices=True)
  // print(last(y), last(i))
  @Test func `the largest numbers and their places equal PyTorch's`() {
    let (values, places) = maxPool(x, size: 2)
    expectClose(
      values.scalars,
      [
        0.9854497, 0.9881682, 0.3349881, -0.3507832, 0.9906074, 0.8457468, 0.06720807, 0.6941647,
      ], tolerance: 1e-6)
    #expect(places.values == [1, 5, 2, 2, 10, 10, 18, 18])
    let unpooled = maxUnpool(values, places, height: 4, width: 5)
    expectClose(
      unpooled.slice(axis: 1, 0..<2).scalars,
      [
        0, 0, 0.9854497, 0, 0.3349881, -0.3507832, 0, 0, 0, 0, 0, 0.9881682, 0, 0, 0, 0, 0, 0, 0, 0,
      ], tolerance: 1e-6)
    let (overlapping, first) = maxPool(x, size: 3, stride: 2, padding: 1)
    expectClose(
      overlapping.scalars,
      [
        0.9854497, 0.9881682, 0.9854497, 0.8632094, 0.03362305, 0.6695698, 0.9906074, 0.9881682,
        0.8545989, 0.6941647, 0.9946448, 0.9927664,
      ], tolerance: 1e-6)
    #expect(first.values == [1, 5, 1, 1, 9, 9, 10, 5, 6, 18, 19, 14])
  }

  // print(last(F.avg_pool2d(first(x), 3, stride=2, padding=1)))
  @Test func `means equal PyTorch's`() {
    expectClose(
      averagePool(x, size: 3, stride: 2, padding: 1).scalars,
      [
        0.2774483, 0.3127437, -0.004688422, -0.1831957, -0.2720441, -0.1015785, 0.3604901,
        0.1292008, -0.3313873, -0.3642655, 0.0214921, 0.2906794,
      ], tolerance: 1e-6)
  }
}
