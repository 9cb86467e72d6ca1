import CKernels
import TestSupport
import Testing

struct BinaryKernelTests {
  private let kinds: [(BinaryKind, (Float, Float) -> Float)] = [
    (.add, { $0 + $1 }), (.subtract, { $0 - $1 }), (.multiply, { $0 * $1 }),
    (.divide, { $0 / $1 }), (.minimum, { min($0, $1) }), (.maximum, { max($0, $1) }),
    (.less, { $0 < $1 ? 1 : 0 }), (.equal, { $0 == $1 ? 1 : 0 }),
  ]

  @Test func `rows, repeated numbers and nested loops agree with plain Swift`() {
    for kernels in flavours {
      for (kind, function) in kinds {
        for count in lengths.dropFirst() {
          let (a, b) = (spread(count * 3, seed: 1), spread(count * 3, seed: 2))
          var loops = Broadcast(
            count: (1, 1, 3, Int64(count)), leftStep: (0, 0, Int64(count), 1),
            rightStep: (0, 0, 1, 0))
          let y = written(count * 3) { kernels.binary(kind, &loops, a, b, $0) }
          let expected = (0..<(count * 3)).map { function(a[$0], b[$0 / count]) }
          #expect(y == expected, "\(kind) of \(count), \(kernels.label)")
        }
      }
    }
  }

  @Test func `minimum and maximum keep NaN on either side`() {
    for kernels in flavours {
      var loops = Broadcast(
        count: (1, 1, 1, 2), leftStep: (0, 0, 0, 1), rightStep: (0, 0, 0, 1))
      for kind in [BinaryKind.minimum, .maximum] {
        let y = written(2) { kernels.binary(kind, &loops, [.nan, 1], [1, .nan], $0) }
        #expect(y.allSatisfy { $0.isNaN }, "\(kind), \(kernels.label)")
      }
    }
  }

  @Test func `affine, scaled add and select agree with plain Swift`() {
    for kernels in flavours {
      for count in lengths {
        let (x, y) = (spread(count, seed: 3), spread(count, seed: 4))
        let affine = written(count) { kernels.affine(Int64(count), x, 2, -0.5, $0) }
        expectClose(affine, x.map { $0 * 2 - 0.5 }, tolerance: 1e-6)
        let added = written(count) {
          $0.update(from: y, count: count)
          kernels.addScaled(Int64(count), x, -3, $0)
        }
        expectClose(added, zip(x, y).map { $1 - 3 * $0 }, tolerance: 2e-6)
        let condition = x.map { $0 > 0 ? 1 as Float : 0 }
        let chosen = written(count) { kernels.select(Int64(count), condition, x, y, $0) }
        #expect(chosen == zip(x, y).map { $0 > 0 ? $0 : $1 })
      }
    }
  }
}
