import CKernels

/// Rows of a table by number, as in an embedding.
///
/// - Shape: `table` is `[V, C]`, `indices` is `[...]`, the result is `[..., C]`.
package func gatherRows(_ table: Tensor, _ indices: Indices) -> Tensor {
  let (rows, width) = (table.shape[0], table.count / max(table.shape[0], 1))
  require(indices.shape.rank < 4, "gatherRows: indices of \(indices.shape)")
  let y = Tensor(
    uninitialized: Shape(indices.shape.dimensions + table.shape.dimensions.dropFirst()))
  withPointers(table, y) { table, y in
    for (position, index) in indices.values.enumerated() {
      require(index >= 0 && index < rows, "gatherRows: row \(index) of \(rows)")
      (y + position * width).update(from: table + Int(index) * width, count: width)
    }
  }
  return y.recorded("gatherRows", table) { dy in
    table.node?.receive(scatterRows(dy, indices, count: rows))
  }
}

/// Adds rows into a table of zeros by number; the adjoint of `gatherRows`.
///
/// - Shape: `rows` is `[..., C]`, `indices` is `[...]`, the result is `[count, C]`.
package func scatterRows(_ rows: Tensor, _ indices: Indices, count: Int) -> Tensor {
  let rest = rows.shape.dimensions.dropFirst(indices.shape.rank)
  require(
    rows.shape.dimensions.prefix(indices.shape.rank) == indices.shape.dimensions[...],
    "scatterRows: \(rows.shape) and indices of \(indices.shape) do not fit")
  let width = rest.reduce(1, *)
  let y = Tensor.zeros(Shape([count] + rest))
  withPointers(rows, y) { rows, y in
    for (position, index) in indices.values.enumerated() {
      require(index >= 0 && index < count, "scatterRows: row \(index) of \(count)")
      kernels.pointee.addScaled(
        Int64(width), rows + position * width, 1, y + Int(index) * width)
    }
  }
  let input = rows.node
  return y.recorded("scatterRows", rows) { dy in input?.receive(gatherRows(dy, indices)) }
}

/// One number of each row, as the log-probability of the token that came.
///
/// - Shape: `x` is `[..., V]`, `indices` is `[...]`, the result is `[...]`.
package func pick(_ x: Tensor, _ indices: Indices) -> Tensor {
  require(
    x.rank == indices.shape.rank + 1 && x.shape.removing(axis: -1) == indices.shape,
    "pick: \(x.shape) and indices of \(indices.shape) do not fit")
  let width = x.shape[-1]
  let y = Tensor(uninitialized: indices.shape)
  withPointers(x, y) { x, y in
    for (row, index) in indices.values.enumerated() {
      require(index >= 0 && index < width, "pick: column \(index) of \(width)")
      y[row] = x[row * width + Int(index)]
    }
  }
  let input = x.node
  return y.recorded("pick", x) { dy in input?.receive(place(dy, indices, width: width)) }
}

/// Puts one number in each row of zeros; the adjoint of `pick`.
///
/// - Shape: `x` and `indices` are `[...]`, the result is `[..., width]`.
package func place(_ x: Tensor, _ indices: Indices, width: Int) -> Tensor {
  require(x.shape == indices.shape, "place: \(x.shape) and indices of \(indices.shape)")
  let y = Tensor.zeros(Shape(x.shape.dimensions + [width]))
  withPointers(x, y) { x, y in
    for (row, index) in indices.values.enumerated() { y[row * width + Int(index)] = x[row] }
  }
  let input = x.node
  return y.recorded("place", x) { dy in input?.receive(pick(dy, indices)) }
}

/// Several numbers of each row by their places, as those that a router chose.
///
/// - Shape: `x` is `[..., V]`, `indices` and the result are `[..., K]`.
package func gatherLast(_ x: Tensor, _ indices: Indices) -> Tensor {
  let (width, kept) = (x.shape[-1], indices.shape[-1])
  require(
    x.shape.removing(axis: -1) == indices.shape.removing(axis: -1),
    "gatherLast: \(x.shape) and indices of \(indices.shape)")
  let y = Tensor(uninitialized: indices.shape)
  withPointers(x, y) { x, y in
    for (place, index) in indices.values.enumerated() {
      require(index >= 0 && index < width, "gatherLast: place \(index) of \(width)")
      y[place] = x[place / kept * width + Int(index)]
    }
  }
  let input = x.node
  return y.recorded("gatherLast", x) { dy in
    input?.receive(scatterLast(dy, indices, width: width))
  }
}

/// Adds several numbers into each row of zeros by their places; the adjoint of `gatherLast`.
///
/// - Shape: `x` and `indices` are `[..., K]`, the result is `[..., width]`.
package func scatterLast(_ x: Tensor, _ indices: Indices, width: Int) -> Tensor {
  require(x.shape == indices.shape, "scatterLast: \(x.shape) and indices of \(indices.shape)")
  let kept = x.shape[-1]
  let y = Tensor.zeros(x.shape.replacing(axis: -1, with: width))
  withPointers(x, y) { x, y in
    for (place, index) in indices.values.enumerated() {
      require(index >= 0 && index < width, "scatterLast: place \(index) of \(width)")
      y[place / kept * width + Int(index)] += x[place]
    }
  }
  let input = x.node
  return y.recorded("scatterLast", x) { dy in input?.receive(gatherLast(dy, indices)) }
}

/// A row of zeros with a single one for each index.
///
/// - Shape: `[...]` gives `[..., width]`.
package func oneHot(_ indices: Indices, width: Int) -> Tensor {
  place(Tensor.ones(indices.shape), indices, width: width)
}
