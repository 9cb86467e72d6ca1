import CKernels

/// The product of two matrices, either of them transposed on request.
///
///     y = a b,  with aᵀ for a or bᵀ for b where asked
///
/// The flags cost no copy: kernels read along either axis.
///
/// - Shape: `[M, K]` and `[K, N]` give `[M, N]`. Tensors of higher rank are batches of matrices:
///   `[..., M, K]` and `[..., K, N]` with equal leading axes, or a matrix on the right for all.
package func matmul(
  _ a: Tensor, _ b: Tensor, transposingLeft: Bool = false, transposingRight: Bool = false
) -> Tensor {
  require(a.rank >= 2 && b.rank >= 2, "matmul: \(a.shape) and \(b.shape) are not matrices")
  if a.rank > 2, b.rank == 2, !transposingLeft {
    let columns = transposingRight ? b.shape[0] : b.shape[1]
    let flat = a.reshaped([a.count / a.shape[-1], a.shape[-1]])
    return matmul(flat, b, transposingRight: transposingRight)
      .reshaped(a.shape.replacing(axis: -1, with: columns))
  }
  let plan = ProductPlan(a.shape, b.shape, transposingLeft, transposingRight)
  let y = Tensor(uninitialized: plan.result)
  withPointers(a, b, y) { plan.run($0, $1, $2, accumulates: false) }
  return y.recorded("matmul", a, b) { dy in
    // The four cases of dA = dY Bᵀ and dB = Aᵀ dY.
    if let node = a.node {
      node.receive(
        transposingLeft
          ? matmul(b, dy, transposingLeft: transposingRight, transposingRight: true)
          : matmul(dy, b, transposingRight: !transposingRight))
    }
    if let node = b.node {
      node.receive(
        transposingRight
          ? matmul(dy, a, transposingLeft: true, transposingRight: transposingLeft)
          : matmul(a, dy, transposingLeft: !transposingLeft))
    }
  }
}

/// The loops of one product: how many matrices, their sizes and steps.
private struct ProductPlan {
  let result: Shape
  private let matrices: Int
  private let rows: Int
  private let columns: Int
  private let inner: Int
  private let aSteps: (row: Int, column: Int)
  private let bSteps: (row: Int, column: Int)

  init(_ a: Shape, _ b: Shape, _ transposingLeft: Bool, _ transposingRight: Bool) {
    let leading = a.dimensions.dropLast(2)
    let (aRows, aColumns, bRows, bColumns) = (a[-2], a[-1], b[-2], b[-1])
    rows = transposingLeft ? aColumns : aRows
    inner = transposingLeft ? aRows : aColumns
    columns = transposingRight ? bRows : bColumns
    require(
      leading == b.dimensions.dropLast(2) && inner == (transposingRight ? bColumns : bRows),
      "matmul: \(a)\(transposingLeft ? "ᵀ" : "") and \(b)\(transposingRight ? "ᵀ" : "") do not fit")
    matrices = leading.reduce(1, *)
    aSteps = transposingLeft ? (1, aColumns) : (aColumns, 1)
    bSteps = transposingRight ? (1, bColumns) : (bColumns, 1)
    result = Shape(leading + [rows, columns])
  }

  func run(
    _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>,
    _ c: UnsafeMutablePointer<Float>, accumulates: Bool
  ) {
    var product = Product(
      rows: rows, columns: columns, inner: inner, a: a, aStep: aSteps, b: b, bStep: bSteps, c: c,
      cRow: columns, accumulates: accumulates)
    product.withScratch { product, scratch in
      for matrix in 0..<matrices {
        product.pointee.a = UnsafePointer(a + matrix * rows * inner)
        product.pointee.b = UnsafePointer(b + matrix * inner * columns)
        product.pointee.c = c + matrix * rows * columns
        kernels.pointee.product(product, scratch)
      }
    }
  }
}

extension Product {
  init(
    rows: Int, columns: Int, inner: Int, a: UnsafePointer<Float>, aStep: (row: Int, column: Int),
    b: UnsafePointer<Float>, bStep: (row: Int, column: Int), c: UnsafeMutablePointer<Float>,
    cRow: Int, accumulates: Bool
  ) {
    self.init(
      rows: Int64(rows), columns: Int64(columns), inner: Int64(inner), a: a,
      aRow: Int64(aStep.row), aColumn: Int64(aStep.column), b: b, bRow: Int64(bStep.row),
      bColumn: Int64(bStep.column), c: c, cRow: Int64(cRow), accumulates: accumulates ? 1 : 0)
  }

  /// Calls `body` with the scratch memory that this shape needs, from the free lists.
  @inline(__always)
  mutating func withScratch(
    _ body: (UnsafeMutablePointer<Product>, UnsafeMutablePointer<Float>?) -> Void
  ) {
    let count = kernels.pointee.productScratch(&self)
    guard count > 0 else {
      body(&self, nil)
      return
    }
    let scratch = poolTake(count)
    body(&self, scratch)
    poolGive(scratch)
  }

  /// Runs this product alone.
  mutating func run() {
    withScratch { product, scratch in kernels.pointee.product(product, scratch) }
  }
}
