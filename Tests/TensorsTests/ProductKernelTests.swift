import CKernels
import TestSupport
import Testing

/// One product with its operands, either of them transposed in memory.
private struct Case {
  let rows: Int
  let columns: Int
  let inner: Int
  let transposesLeft: Bool
  let transposesRight: Bool
  let a: [Float]
  let b: [Float]

  init(_ rows: Int, _ columns: Int, _ inner: Int, _ transposesLeft: Bool, _ transposesRight: Bool) {
    self.rows = rows
    self.columns = columns
    self.inner = inner
    self.transposesLeft = transposesLeft
    self.transposesRight = transposesRight
    a = spread(rows * inner, seed: 1)
    b = spread(inner * columns, seed: 2)
  }

  /// The result of a kernel that adds to ones where asked.
  func result(_ kernels: KernelTable, accumulates: Bool) -> [Float] {
    written(rows * columns) { c in
      c.update(repeating: 1, count: rows * columns)
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return }
          var product = Product(
            rows: Int64(rows), columns: Int64(columns), inner: Int64(inner), a: a,
            aRow: Int64(transposesLeft ? 1 : inner), aColumn: Int64(transposesLeft ? rows : 1),
            b: b, bRow: Int64(transposesRight ? 1 : columns),
            bColumn: Int64(transposesRight ? inner : 1), c: c, cRow: Int64(columns),
            accumulates: accumulates ? 1 : 0)
          var scratch = [Float](repeating: 0, count: Int(kernels.productScratch(&product)))
          kernels.product(&product, &scratch)
        }
      }
    }
  }

  /// The same in Double.
  func expected(accumulates: Bool) -> [Double] {
    (0..<rows).flatMap { i in
      (0..<columns).map { j in
        (0..<inner).reduce(accumulates ? 1 : 0) { sum, k in
          let left = a[transposesLeft ? k * rows + i : i * inner + k]
          let right = b[transposesRight ? j * inner + k : k * columns + j]
          return sum + Double(left) * Double(right)
        }
      }
    }
  }
}

struct ProductKernelTests {
  private let flags = [false, true]

  private func forms(_ rows: Int, _ columns: Int, _ inner: Int) -> [Case] {
    flags.flatMap { left in flags.map { right in Case(rows, columns, inner, left, right) } }
  }

  @Test func `all edges of the tiles agree with Double`() {
    let heights = Array(1...14) + [23, 24, 25, 49]
    let widths = [1, 2, 3, 4, 5, 8, 15, 16, 17, 31, 32, 33, 47, 64, 67]
    for kernels in flavours {
      for rows in heights {
        for columns in widths {
          for form in forms(rows, columns, 1 + (rows * 7 + columns) % 19) {
            check(form, kernels, accumulates: rows % 2 == 0)
          }
        }
      }
    }
  }

  @Test func `long inner axes agree with Double`() {
    for kernels in flavours {
      for inner in [255, 256, 257, 600] {
        for form in forms(13, 35, inner) + forms(17, 3, inner) {
          for accumulates in flags { check(form, kernels, accumulates: accumulates) }
        }
      }
    }
  }

  @Test func `an empty inner axis gives zeros`() {
    for kernels in flavours {
      #expect(
        Case(3, 5, 0, false, false).result(kernels, accumulates: false)
          == Array(repeating: 0, count: 15))
    }
  }

  @Test func `flavours with fused multiply-add agree bit for bit`() {
    for form in forms(50, 70, 300) + forms(50, 2, 300) + forms(3, 70, 129) {
      let results = fusedFlavours.map { $0.result(form) }
      #expect(results.allSatisfy { $0 == results.first })
    }
  }

  private func check(_ form: Case, _ kernels: KernelTable, accumulates: Bool) {
    let got = form.result(kernels, accumulates: accumulates)
    let want = form.expected(accumulates: accumulates)
    let matches = zip(got, want).allSatisfy {
      abs(Double($0) - $1) <= 2e-6 * Double(form.inner + 1)
    }
    #expect(
      matches,
      """
      \(form.rows)x\(form.inner)x\(form.columns), transposed \(form.transposesLeft) \
      \(form.transposesRight), \(kernels.label)
      """)
  }
}

extension KernelTable {
  fileprivate func result(_ form: Case) -> [UInt32] {
    form.result(self, accumulates: false).map(\.bitPattern)
  }
}
