// Operations that move numbers without changing them. Reshapes and slices of the leading axis are
// views; everything else copies.

extension Tensor {
  /// The same numbers under another shape, a view.
  package func reshaped(_ lengths: Shape) -> Tensor {
    require(lengths.count == count, "reshaped: \(shape) into \(lengths)")
    let input = node
    let from = shape
    return Tensor(storage, offset: offset, shape: lengths).recorded("reshape", self) { dy in
      input?.receive(dy.reshaped(from))
    }
  }

  /// Rows `range` of the leading axis, a view.
  package func rows(_ range: Range<Int>) -> Tensor {
    slice(axis: 0, range)
  }

  /// One row of the leading axis, without that axis.
  package subscript(row: Int) -> Tensor {
    slice(axis: 0, row..<(row + 1)).reshaped(shape.removing(axis: 0))
  }

  /// The part `range` of an axis.
  package func slice(axis: Int, _ range: Range<Int>) -> Tensor {
    let (outer, middle, inner) = shape.around(axis: axis)
    require(
      range.lowerBound >= 0 && range.upperBound <= middle,
      "slice: \(range) of axis \(axis) of \(shape)")
    let result = shape.replacing(axis: axis, with: range.count)
    let y: Tensor
    if outer == 1 {
      y = Tensor(storage, offset: offset + range.lowerBound * inner, shape: result)
    } else {
      y = Tensor(uninitialized: result)
      copyBlocks(
        outer, range.count * inner, from: self, start: range.lowerBound * inner,
        step: middle * inner, to: y, start: 0, step: range.count * inner)
    }
    let input = node
    return y.recorded("slice", self) { dy in
      input?.receive(
        dy.padded(axis: axis, before: range.lowerBound, after: middle - range.upperBound))
    }
  }

  /// Zeros before and after an axis; the adjoint of a slice.
  package func padded(axis: Int, before: Int, after: Int) -> Tensor {
    let (outer, middle, inner) = shape.around(axis: axis)
    let wider = before + middle + after
    let y = Tensor.zeros(shape.replacing(axis: axis, with: wider))
    copyBlocks(
      outer, middle * inner, from: self, start: 0, step: middle * inner, to: y,
      start: before * inner, step: wider * inner)
    let input = node
    return y.recorded("pad", self) { dy in
      input?.receive(dy.slice(axis: axis, before..<(before + middle)))
    }
  }

  /// Neighbouring parts of an axis, which together are all of it.
  package func split(axis: Int = -1, _ lengths: [Int]) -> [Tensor] {
    require(
      lengths.reduce(0, +) == shape[axis], "split: \(lengths) of axis \(axis) of \(shape)")
    var start = 0
    return lengths.map { length in
      defer { start += length }
      return slice(axis: axis, start..<(start + length))
    }
  }

  /// The whole tensor `count` times along an axis: `[a, b]` becomes `[a, b, a, b]`.
  package func tiled(axis: Int, count: Int) -> Tensor {
    let (outer, middle, inner) = shape.around(axis: axis)
    return reshaped([outer, 1, middle * inner])
      .broadcasted(to: [outer, count, middle * inner])
      .reshaped(shape.replacing(axis: axis, with: count * middle))
  }

  /// Each place of an axis `count` times: `[a, b]` becomes `[a, a, b, b]`.
  package func repeated(axis: Int, count: Int) -> Tensor {
    let (outer, middle, inner) = shape.around(axis: axis)
    return reshaped([outer * middle, 1, inner])
      .broadcasted(to: [outer * middle, count, inner])
      .reshaped(shape.replacing(axis: axis, with: count * middle))
  }

  /// The axes in another order: `permuted(0, 2, 1)` of `[B, T, C]` is `[B, C, T]`.
  package func permuted(_ order: Int...) -> Tensor { permuted(order) }

  /// The axes in another order.
  package func permuted(_ order: [Int]) -> Tensor {
    require(order.sorted() == Array(0..<rank), "permuted: \(order) of \(shape)")
    let y = Tensor(uninitialized: Shape(order.map { shape[$0] }))
    copyPermuted(self, order, to: y)
    let input = node
    return y.recorded("permute", self) { dy in
      input?.receive(dy.permuted(order.indices.map { axis in order.firstIndex(of: axis) ?? 0 }))
    }
  }

  /// The last two axes exchanged.
  package func transposed() -> Tensor {
    require(rank >= 2, "transposed: \(shape) has fewer than two axes")
    return permuted(Array(0..<(rank - 2)) + [rank - 1, rank - 2])
  }
}

/// Joins tensors along an axis; their other axes agree.
///
/// - Shape: `[B, C]` and `[B, D]` give `[B, C + D]`.
package func concatenated(_ parts: [Tensor], axis: Int = -1) -> Tensor {
  guard let first = parts.first else { stop("concatenated: nothing to join") }
  let index = first.shape.index(ofAxis: axis)
  for part in parts {
    require(
      part.rank == first.rank
        && part.shape.replacing(axis: index, with: 0)
          == first.shape.replacing(axis: index, with: 0),
      "concatenated: \(first.shape) and \(part.shape) do not fit along axis \(axis)")
  }
  let lengths = parts.map { $0.shape[index] }
  let total = lengths.reduce(0, +)
  let y = Tensor(uninitialized: first.shape.replacing(axis: index, with: total))
  let inner = y.shape.around(axis: index).inner
  var start = 0
  for (part, length) in zip(parts, lengths) {
    let outer = part.shape.around(axis: index).outer
    copyBlocks(
      outer, length * inner, from: part, start: 0, step: length * inner, to: y,
      start: start * inner, step: total * inner)
    start += length
  }
  let inputs = parts.map(\.node)
  return y.recorded("concatenate", parts) { dy in
    var start = 0
    for (input, length) in zip(inputs, lengths) {
      input?.receive(dy.slice(axis: index, start..<(start + length)))
      start += length
    }
  }
}

/// Joins tensors of one shape along a new leading axis.
package func stacked(_ parts: [Tensor]) -> Tensor {
  concatenated(parts.map { $0.reshaped(Shape([1] + $0.shape.dimensions)) }, axis: 0)
}

/// Copies `count` blocks of `length` numbers between two regular grids.
private func copyBlocks(
  _ count: Int, _ length: Int, from source: Tensor, start: Int, step: Int, to target: Tensor,
  start targetStart: Int, step targetStep: Int
) {
  withPointers(source, target) { source, target in
    for block in 0..<count {
      (target + targetStart + block * targetStep)
        .update(from: source + start + block * step, count: length)
    }
  }
}

/// Copies with the axes in another order, whole runs at a time where the last axis stays last.
private func copyPermuted(_ source: Tensor, _ order: [Int], to target: Tensor) {
  guard source.count > 0 else { return }
  var steps = [Int](repeating: 1, count: source.rank)
  for axis in stride(from: source.rank - 2, through: 0, by: -1) {
    steps[axis] = steps[axis + 1] * source.shape[axis + 1]
  }
  let padding = 4 - order.count
  let lengths = [Int](repeating: 1, count: padding) + target.shape.dimensions
  let from = [Int](repeating: 0, count: padding) + order.map { steps[$0] }
  withPointers(source, target) { source, target in
    var next = target
    for i in 0..<lengths[0] {
      for j in 0..<lengths[1] {
        for k in 0..<lengths[2] {
          let row = source + i * from[0] + j * from[1] + k * from[2]
          if from[3] == 1 {
            next.update(from: row, count: lengths[3])
          } else {
            for l in 0..<lengths[3] { next[l] = row[l * from[3]] }
          }
          next += lengths[3]
        }
      }
    }
  }
}
