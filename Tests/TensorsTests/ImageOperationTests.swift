import TestSupport
import Tensors
import Testing

struct ImageOperationTests {
  @Test(arguments: [1, 2, 3], [0, 1])
  func `a transposed convolution is the adjoint of the convolution`(stride: Int, padding: Int) {
    var random = RandomSource(seed: 4)
    for size in 1...4 {
      let (a, weight) = (random.normal([2, 7, 8, 3]), random.normal([size, size, 3, 5]))
      let y = convolution(a, weight, stride: stride, padding: padding)
      let x = random.normal(y.shape)
      // Rows and columns that the strides leave out come back where they are asked for.
      let left = (7 + 2 * padding - size) % stride
      guard left == (8 + 2 * padding - size) % stride else { continue }
      let back = transposedConvolution(
        x, weight, stride: stride, padding: padding, outputPadding: left)
      #expect(back.shape == a.shape)
      expectClose((y * x).sum().item, (a * back).sum().item, tolerance: 1e-4)
    }
  }

  @Test func `large images are convolved block by block`() {
    var random = RandomSource(seed: 5)
    let (x, weight) = (random.normal([3, 20, 21, 9]), random.normal([3, 3, 9, 40]) * 0.1)
    let y = convolution(x, weight, padding: 1)
    expectClose(y.scalars, composedConvolution(x, weight, padding: 1).scalars, tolerance: 1e-5)
  }

  @Test func `blocks of pixels become channels and come back`() {
    let x = Tensor((0..<32).map { Float($0) }, shape: [1, 4, 4, 2])
    let deep = spaceToDepth(x)
    #expect(deep.shape == [1, 2, 2, 8])
    #expect(deep.scalars.prefix(16) == [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15])
    #expect(depthToSpace(deep).scalars == x.scalars)
  }

  @Test func `unpooled numbers stand where the largest were`() {
    var random = RandomSource(seed: 6)
    let x = random.normal([2, 4, 6, 3])
    let (values, places) = maxPool(x, size: 2)
    let y = maxUnpool(values, places, height: 4, width: 6)
    #expect(takePixels(y, places).scalars == values.scalars)
    #expect(y.scalars.count { $0 != 0 } == values.count)
    #expect(zip(y.scalars, x.scalars).allSatisfy { $0 == 0 || $0 == $1 })
  }

  @Test func `an image at its own size is itself under every rule`() {
    var random = RandomSource(seed: 7)
    let x = random.normal([2, 3, 5, 2])
    for rule in [
      Interpolation.nearest, .bilinear(alignsCorners: false), .bilinear(alignsCorners: true),
    ] {
      #expect(resized(x, height: 3, width: 5, rule).scalars == x.scalars)
      #expect(resized(x, height: 1, width: 1, rule).shape == [2, 1, 1, 2])
    }
  }

  @Test func `a matrix times its inverse is the unit, and determinants multiply`() {
    var random = RandomSource(seed: 8)
    for size in 1...8 {
      let (a, b) = (random.normal([size, size]), random.normal([size, size]))
      let unit = (0..<size * size).map { $0 % (size + 1) == 0 ? 1 as Float : 0 }
      expectClose(matmul(a, inverse(a)).scalars, unit, tolerance: 2e-5)
      let parts = [a, b].map { signAndLogDeterminant($0) }
      let whole = signAndLogDeterminant(matmul(a, b))
      #expect(whole.sign == parts[0].sign * parts[1].sign)
      expectClose(
        whole.logarithm.item, parts[0].logarithm.item + parts[1].logarithm.item, tolerance: 1e-5)
    }
    let singular = signAndLogDeterminant(Tensor([1, 2, 2, 4], shape: [2, 2]))
    #expect(singular.sign == 0 && singular.logarithm.item == -.infinity)
  }
}
