import DemoKit
import Tensors

/// The memory that matrices lie in, which counts what is read from it and written to it.
struct SlowMemory {
  private(set) var numbersRead = 0
  private(set) var numbersWritten = 0

  var count: Int { numbersRead + numbersWritten }
  var bytes: Double { 4 * Double(count) }

  /// A copy of some rows in fast memory.
  mutating func read(_ x: Tensor, _ rows: Range<Int>) -> Tensor {
    let block = x.rows(rows)
    numbersRead += block.count
    return block
  }

  mutating func write(_ block: Tensor, to x: Tensor, _ rows: Range<Int>) {
    numbersWritten += block.count
    x.rows(rows).assign(block)
  }

  /// Reads rows, adds to them and writes them back.
  mutating func add(_ block: Tensor, to x: Tensor, _ rows: Range<Int>) {
    write(read(x, rows) + block, to: x, rows)
  }
}

/// Attention of one head in tiles, in plain tensors: what the kernels do, in the same order.
///
/// A block of queries stays in fast memory while the blocks of keys and values pass by.
struct TiledAttention {
  let forwardTiles: TileSizes
  let backwardTiles: TileSizes
  let isCausal: Bool

  init(fastMemory: Int, width: Int, isCausal: Bool) {
    // Rows of q and o stay, rows of k and v pass, and there is one tile of scores.
    forwardTiles = TileSizes(fastMemory, width: width, staying: 2, passing: 2, tiles: 1)
    // Rows of q, do and dq stay, rows of k, v, dk and dv pass, and there are the tiles p and ds.
    backwardTiles = TileSizes(fastMemory, width: width, staying: 3, passing: 4, tiles: 2)
    self.isCausal = isCausal
  }

  // region: forward
  /// The output `[N, d]` and each query's log-sum-exp `[N, 1]`.
  func forward(
    _ q: Tensor, _ k: Tensor, _ v: Tensor, _ memory: inout SlowMemory
  ) -> (output: Tensor, logSumExp: Tensor) {
    let (length, width) = (q.shape[0], q.shape[1])
    let (output, logSumExp) = (Tensor.zeros([length, width]), Tensor.zeros([length, 1]))
    let scale = 1 / Float(width).squareRoot()
    for queries in forwardTiles.queries(of: length) {
      let query = memory.read(q, queries) * scale  // [Br, d]
      var m = Tensor.full([queries.count, 1], -.infinity)
      var l = Tensor.zeros([queries.count, 1])
      var o = Tensor.zeros([queries.count, width])
      for keys in forwardTiles.keys(of: length, for: queries, isCausal) {
        let (key, value) = (memory.read(k, keys), memory.read(v, keys))  // [Bc, d]
        let s = masked(matmul(query, key, transposingRight: true), queries, keys)  // [Br, Bc]
        let before = m
        m = maximum(m, s.max(axis: 1, keepsAxis: true))
        let shrinkage = exp(before - m)
        let p = exp(s - m)
        l = l * shrinkage + p.sum(axis: 1, keepsAxis: true)
        o = o * shrinkage + matmul(p, value)
      }
      memory.write(o / l, to: output, queries)
      memory.write(m + log(l), to: logSumExp, queries)
    }
    return (output, logSumExp)
  }
  // endregion: forward

  // region: backward
  /// The gradients of q, k and v; the probabilities are computed again, tile by tile.
  func backward(
    _ q: Tensor, _ k: Tensor, _ v: Tensor, output: Tensor, logSumExp: Tensor, slope: Tensor,
    _ memory: inout SlowMemory
  ) -> [Tensor] {
    let (length, width) = (q.shape[0], q.shape[1])
    let (dq, dk, dv) = (Tensor.zeros(q.shape), Tensor.zeros(k.shape), Tensor.zeros(v.shape))
    let scale = 1 / Float(width).squareRoot()
    for queries in backwardTiles.queries(of: length) {
      let (query, dO) = (memory.read(q, queries), memory.read(slope, queries))  // [Br, d]
      let (o, l) = (memory.read(output, queries), memory.read(logSumExp, queries))
      let delta = (dO * o).sum(axis: 1, keepsAxis: true)  // [Br, 1]
      var sum = Tensor.zeros([queries.count, width])
      for keys in backwardTiles.keys(of: length, for: queries, isCausal) {
        let (key, value) = (memory.read(k, keys), memory.read(v, keys))  // [Bc, d]
        let s = masked(matmul(query, key, transposingRight: true) * scale, queries, keys)
        let p = exp(s - l)  // [Br, Bc]
        let dP = matmul(dO, value, transposingRight: true)
        let dS = p * (dP - delta) * scale
        memory.add(matmul(p, dO, transposingLeft: true), to: dv, keys)
        memory.add(matmul(dS, query, transposingLeft: true), to: dk, keys)
        sum = sum + matmul(dS, key)
      }
      memory.write(sum, to: dq, queries)
    }
    return [dq, dk, dv]
  }
  // endregion: backward

  /// Takes away what lies after a query, in tiles on the diagonal.
  private func masked(_ s: Tensor, _ queries: Range<Int>, _ keys: Range<Int>) -> Tensor {
    guard isCausal, keys.upperBound > queries.lowerBound + 1 else { return s }
    let bias = queries.flatMap { query in keys.map { $0 > query ? -Float.infinity : 0 } }
    return s + Tensor(bias, shape: s.shape)
  }
}

/// How many queries and keys a tile has.
struct TileSizes: Equatable {
  let queries: Int
  let keys: Int

  // region: tile-sizes
  /// The largest tiles of a head of `width` that fit into fast memory of that many numbers.
  ///
  /// `staying` blocks of queries, `passing` blocks of keys, `tiles` tiles and two numbers a query:
  ///
  ///     staying Br d + passing Bc d + tiles Br Bc + 2 Br <= M,  Bc <= d
  init(_ fastMemory: Int, width: Int, staying: Int, passing: Int, tiles: Int) {
    let numbers = { (rows: Int, columns: Int) in
      staying * rows * width + passing * columns * width + tiles * rows * columns + 2 * rows
    }
    keys = (1...width).last { numbers($0, $0) <= fastMemory } ?? 1
    queries = max(1, (fastMemory - numbers(0, keys)) / (numbers(1, keys) - numbers(0, keys)))
  }
  // endregion: tile-sizes

  func queries(of length: Int) -> [Range<Int>] { Self.blocks(of: length, by: queries) }

  /// The blocks of keys that a block of queries sees anything of.
  func keys(of length: Int, for queries: Range<Int>, _ isCausal: Bool) -> [Range<Int>] {
    Self.blocks(of: isCausal ? queries.upperBound : length, by: keys)
  }

  private static func blocks(of length: Int, by size: Int) -> [Range<Int>] {
    stride(from: 0, to: length, by: size).map { $0..<min($0 + size, length) }
  }
}

/// Attention of one head with the whole matrix of scores, as a chain of operations that each read
/// their inputs from slow memory and write their result to it.
struct StandardAttention {
  let isCausal: Bool

  // region: standard
  func forward(
    _ q: Tensor, _ k: Tensor, _ v: Tensor, _ memory: inout SlowMemory
  ) -> (output: Tensor, weights: Tensor) {
    let length = q.shape[0]
    let all = 0..<length
    let (s, p) = (Tensor.zeros([length, length]), Tensor.zeros([length, length]))
    let output = Tensor.zeros(q.shape)
    let scale = 1 / Float(q.shape[1]).squareRoot()
    memory.write(
      matmul(memory.read(q, all), memory.read(k, all), transposingRight: true), to: s, all)
    memory.write(softmax(masked(memory.read(s, all) * scale)), to: p, all)
    memory.write(matmul(memory.read(p, all), memory.read(v, all)), to: output, all)
    return (output, p)
  }
  // endregion: standard

  func backward(
    _ q: Tensor, _ k: Tensor, _ v: Tensor, weights p: Tensor, slope: Tensor,
    _ memory: inout SlowMemory
  ) -> [Tensor] {
    let all = 0..<q.shape[0]
    let (dP, dS) = (Tensor.zeros(p.shape), Tensor.zeros(p.shape))
    let (dq, dk, dv) = (Tensor.zeros(q.shape), Tensor.zeros(k.shape), Tensor.zeros(v.shape))
    let scale = 1 / Float(q.shape[1]).squareRoot()
    memory.write(
      matmul(memory.read(p, all), memory.read(slope, all), transposingLeft: true), to: dv, all)
    memory.write(
      matmul(memory.read(slope, all), memory.read(v, all), transposingRight: true), to: dP, all)
    let (w, g) = (memory.read(p, all), memory.read(dP, all))
    memory.write(w * (g - (w * g).sum(axis: 1, keepsAxis: true)) * scale, to: dS, all)
    memory.write(matmul(memory.read(dS, all), memory.read(k, all)), to: dq, all)
    memory.write(
      matmul(memory.read(dS, all), memory.read(q, all), transposingLeft: true), to: dk, all)
    return [dq, dk, dv]
  }

  private func masked(_ s: Tensor) -> Tensor {
    guard isCausal else { return s }
    let length = s.shape[0]
    let bias = (0..<length).flatMap { query in
      Array(repeating: 0, count: query + 1)
        + Array(repeating: -Float.infinity, count: length - query - 1)
    }
    return s + Tensor(bias, shape: s.shape)
  }
}
