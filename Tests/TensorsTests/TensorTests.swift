import TestSupport
import Tensors
import Testing

struct TensorTests {
  private let grid = Tensor((0..<24).map { Float($0) }, shape: [2, 3, 4])

  /// The number at a place, in row-major order.
  private func at(_ x: Tensor, _ place: [Int]) -> Float {
    var offset = 0
    for (axis, index) in place.enumerated() { offset = offset * x.shape[axis] + index }
    return x.scalars[offset]
  }

  /// Where the number at `flat` of a result comes from in an operand of another shape.
  private func source(of flat: Int, _ result: Shape, _ operand: Shape) -> Int {
    var (rest, offset, span) = (flat, 0, 1)
    for axis in 1...result.rank where axis <= operand.rank {
      let place = rest % result[-axis]
      rest /= result[-axis]
      if operand[-axis] > 1 { offset += place * span }
      span *= operand[-axis]
    }
    return offset
  }

  @Test func `slices, reshapes and permutations move numbers where they belong`() {
    #expect(grid[1].scalars == (12..<24).map { Float($0) })
    #expect(
      grid.slice(axis: 1, 1..<3).scalars == [
        4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23,
      ])
    #expect(grid.slice(axis: -1, 2..<3).scalars == [2, 6, 10, 14, 18, 22])
    #expect(grid.reshaped([4, 6])[1].scalars == [6, 7, 8, 9, 10, 11])
    let permuted = grid.permuted(2, 0, 1)
    #expect(permuted.shape == [4, 2, 3])
    for i in 0..<2 {
      for j in 0..<3 {
        for k in 0..<4 { #expect(at(permuted, [k, i, j]) == at(grid, [i, j, k])) }
      }
    }
    #expect(grid.transposed().shape == [2, 4, 3])
    #expect(Tensor([1, 2]).padded(axis: 0, before: 1, after: 2).scalars == [0, 1, 2, 0, 0])
  }

  @Test func `joined parts can be cut apart again`() {
    let parts = [grid.slice(axis: 2, 0..<1), grid.slice(axis: 2, 1..<4)]
    #expect(concatenated(parts).scalars == grid.scalars)
    #expect(stacked([grid[0], grid[1]]).scalars == grid.scalars)
    let rows = [grid.slice(axis: 1, 0..<2), grid.slice(axis: 1, 2..<3)]
    #expect(concatenated(rows, axis: 1).scalars == grid.scalars)
  }

  @Test func `broadcasting repeats suffixes and axes of length 1`() {
    let shapes: [(left: Shape, right: Shape, result: Shape)] = [
      ([2, 3, 4], [4], [2, 3, 4]), ([2, 3, 4], [3, 4], [2, 3, 4]), ([2, 3, 4], [], [2, 3, 4]),
      ([2, 3, 4], [2, 1, 4], [2, 3, 4]), ([2, 3, 4], [1, 3, 1], [2, 3, 4]),
      ([2, 3, 1], [2, 1, 4], [2, 3, 4]), ([2, 3, 4, 5], [2, 1, 4, 1], [2, 3, 4, 5]),
      ([1], [4], [4]), ([3, 1], [3, 4], [3, 4]), ([2, 0], [2, 1], [2, 0]),
    ]
    for (left, right, result) in shapes {
      var random = RandomSource(seed: 1)
      let (a, b) = (random.normal(left), random.normal(right))
      let sum = a + b
      #expect(sum.shape == result)
      let expected = (0..<result.count).map { flat in
        a.scalars[source(of: flat, result, left)] + b.scalars[source(of: flat, result, right)]
      }
      #expect(sum.scalars == expected)
      #expect((b + a).scalars == sum.scalars)
    }
  }

  @Test func `reductions agree with plain sums`() {
    #expect(grid.sum().item == 276)
    #expect(grid.sum(axis: 0).scalars == (0..<12).map { Float(12 + 2 * $0) })
    #expect(grid.sum(axis: 1, keepsAxis: true).shape == [2, 1, 4])
    #expect(grid.mean(axis: -1).scalars == [1.5, 5.5, 9.5, 13.5, 17.5, 21.5])
    #expect(grid.max(axis: 1).scalars == [8, 9, 10, 11, 20, 21, 22, 23])
    expectClose(
      grid.variance(axis: -1).scalars, [1.25, 1.25, 1.25, 1.25, 1.25, 1.25], tolerance: 1e-6)
    #expect(Tensor([3, 5, 5, 1], shape: [2, 2]).argmax().values == [1, 0])
    expectClose(Tensor([1_000, 1_000]).logSumExp(axis: 0).item, 1_000.693_1, tolerance: 1e-6)
  }

  @Test func `matrices multiply in every form`() {
    let a = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
    let b = Tensor([1, 0, 2, 0, 1, 1], shape: [3, 2])
    let expected: [Float] = [8, 3, 20, 6]
    #expect(matmul(a, b).scalars == expected)
    #expect(matmul(a.transposed(), b, transposingLeft: true).scalars == expected)
    #expect(matmul(a, b.transposed(), transposingRight: true).scalars == expected)
    let batch = matmul(stacked([a, 2 * a]), stacked([b, b]))
    #expect(batch.shape == [2, 2, 2])
    #expect(batch.scalars == expected + expected.map { 2 * $0 })
    #expect(matmul(stacked([a, 2 * a]), b).scalars == batch.scalars)
  }

  @Test func `rows are gathered, scattered, picked and placed by number`() {
    let table = Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2])
    let indices = Indices([2, 0, 2])
    #expect(gatherRows(table, indices).scalars == [5, 6, 1, 2, 5, 6])
    #expect(
      scatterRows(gatherRows(table, indices), indices, count: 3).scalars == [1, 2, 0, 0, 10, 12])
    #expect(pick(table, Indices([1, 0, 1])).scalars == [2, 3, 6])
    #expect(oneHot(Indices([1, 0]), width: 3).scalars == [0, 1, 0, 1, 0, 0])
  }

  @Test func `powers, clamps and choices`() {
    expectClose(power(Tensor([-2, 3]), 5).scalars, [-32, 243], tolerance: 1e-6)
    expectClose(power(Tensor([2, 4]), -2).scalars, [0.25, 0.0625], tolerance: 1e-6)
    expectClose(power(Tensor([4, 9]), 0.5).scalars, [2, 3], tolerance: 1e-6)
    #expect(clamp(Tensor([-2, 0.5, 2]), 0...1).scalars == [0, 0.5, 1])
    #expect(select(Tensor([1, 0]), Tensor([2, 3]), Tensor([4, 5])).scalars == [2, 5])
    #expect(leakyRelu(Tensor([-2, 3]), slope: 0.5).scalars == [-1, 3])
  }

  // x = torch.sin(0.7 * torch.arange(10.)).reshape(2, 5)
  // print(x.cumsum(-1), x.topk(3), x.argsort(-1), x.argmin(-1))
  @Test func `sums so far, sorted places and the largest equal PyTorch's`() {
    let x = sin(Tensor((0..<10).map { 0.7 * Float($0) }, shape: [2, 5]))
    expectClose(
      x.cumulativeSum().scalars,
      [
        0, 0.6442177, 1.629667, 2.492877, 2.827865, -0.3507832, -1.222359, -2.204812, -2.836078,
        -2.819264,
      ], tolerance: 1e-6)
    expectClose(
      x.cumulativeSum(fromEnd: true).slice(axis: 1, 0..<1).scalars, [2.827865, -2.819264],
      tolerance: 1e-6)
    let top = x.top(3)
    #expect(top.places == Indices([2, 3, 1, 4, 0, 3], shape: [2, 3]))
    expectClose(
      top.values.scalars,
      [0.9854497, 0.8632094, 0.6442177, 0.0168139, -0.3507832, -0.6312667], tolerance: 1e-6)
    #expect(x.argsort() == Indices([0, 4, 1, 3, 2, 2, 1, 3, 0, 4], shape: [2, 5]))
    #expect(x.argmin().values == [0, 2])
  }

  @Test func `equal numbers keep their order, and NaN counts as the largest`() {
    let x = Tensor([2, .nan, 1, 2, -.infinity])
    #expect(x.argsort().values == [4, 2, 0, 3, 1])
    #expect(x.top(4).places.values == [1, 0, 3, 2])
    #expect(x.cumulativeSum().scalars.map(\.isNaN) == [false, true, true, true, true])
  }

  @Test func `places of a row are gathered and added up again`() {
    let x = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
    let places = Indices([2, 0, 2, 1, 1, 0, 0, 0], shape: [2, 4])
    let gathered = gatherLast(x, places)
    #expect(gathered.scalars == [3, 1, 3, 2, 5, 4, 4, 4])
    #expect(scatterLast(gathered, places, width: 3).scalars == [1, 2, 6, 12, 5, 0])
  }

  @Test func `tensors are split, tiled and repeated along an axis`() {
    let parts = grid.split(axis: 1, [1, 2])
    #expect(parts.map(\.shape) == [[2, 1, 4], [2, 2, 4]])
    #expect(concatenated(parts, axis: 1).scalars == grid.scalars)
    let x = Tensor([1, 2, 3, 4], shape: [2, 2])
    #expect(x.tiled(axis: 1, count: 2).scalars == [1, 2, 1, 2, 3, 4, 3, 4])
    #expect(x.tiled(axis: 0, count: 2).scalars == [1, 2, 3, 4, 1, 2, 3, 4])
    #expect(x.repeated(axis: 1, count: 2).scalars == [1, 1, 2, 2, 3, 3, 4, 4])
    #expect(x.repeated(axis: 0, count: 2).scalars == [1, 2, 1, 2, 3, 4, 3, 4])
    #expect(grid.tiled(axis: 2, count: 3).shape == [2, 3, 12])
  }

  @Test func `straight through a step go its numbers one way, the gradient the other`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor([0.2, 1.7]), on: tape)
    let rounded = straightThrough(Tensor([0, 2]), gradientOf: x)
    #expect(rounded.scalars == [0, 2])
    (rounded * Tensor([3, 5])).sum().backward()
    #expect(x.gradient?.scalars == [3, 5])
  }

  @Test func `a Jacobian has a row for each number of the result`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor([1, 2]), on: tape)
    let y = concatenated([square(x), (x * Tensor([3, 4])).sum().reshaped([1])])
    let rows = jacobian(of: y, for: x)
    #expect(rows.shape == [3, 2])
    #expect(rows.scalars == [2, 0, 0, 4, 3, 4])
    let second = gradient(of: jacobian(of: y, for: x, differentiable: true).sum(), for: [x])[0]
    #expect(second.scalars == [2, 2])
  }

  @Test func `dropout keeps the mean and zeros the given share`() {
    var random = RandomSource(seed: 1)
    let y = dropout(Tensor.ones([100_000]), probability: 0.25, &random).scalars
    #expect(abs(Double(y.count { $0 == 0 }) / 100_000 - 0.25) < 0.01)
    expectClose(y.reduce(0, +) / 100_000, 1, tolerance: 0.01)
  }

  @Test func `buffers come back to the free lists and are counted as asked for`() {
    let before = MemoryUse.current.liveBytes
    do {
      let x = Tensor.zeros([1_000])
      #expect(MemoryUse.current.liveBytes - before == 4_000)
      _ = x.count
    }
    #expect(MemoryUse.current.liveBytes == before)
    let allocations = MemoryUse.current.systemAllocations
    for _ in 0..<10 { _ = Tensor.zeros([1_000]) }
    #expect(MemoryUse.current.systemAllocations == allocations)
  }
}
