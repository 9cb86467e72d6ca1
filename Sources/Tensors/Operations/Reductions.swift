import CKernels

extension Tensor {
  /// The sum of all numbers.
  package func sum() -> Tensor {
    let y = Tensor(uninitialized: .scalar)
    withPointers(self, y) { x, y in y[0] = kernels.pointee.sum(Int64(count), x) }
    let (input, from) = (node, shape)
    return y.recorded("sum", self) { dy in
      input?.receive(dy.repeated(to: from))
    }
  }

  /// The sums along an axis.
  ///
  /// With `keepsAxis` the axis stays, with length 1, ready for broadcasting.
  package func sum(axis: Int, keepsAxis: Bool = false) -> Tensor {
    let (outer, middle, inner) = shape.around(axis: axis)
    let kept = shape.replacing(axis: axis, with: 1)
    let y = Tensor(uninitialized: keepsAxis ? kept : shape.removing(axis: axis))
    withPointers(self, y) { x, y in
      kernels.pointee.sumAxis(Int64(outer), Int64(middle), Int64(inner), x, y)
    }
    let (input, from) = (node, shape)
    return y.recorded("sum", self) { dy in
      input?.receive(dy.reshaped(kept).repeated(to: from))
    }
  }

  package func mean() -> Tensor { sum() / Float(count) }

  /// The means along an axis.
  package func mean(axis: Int, keepsAxis: Bool = false) -> Tensor {
    sum(axis: axis, keepsAxis: keepsAxis) / Float(shape[axis])
  }

  /// The variances along an axis, divided by the length, not by one less.
  package func variance(axis: Int, keepsAxis: Bool = false) -> Tensor {
    square(self - mean(axis: axis, keepsAxis: true)).mean(axis: axis, keepsAxis: keepsAxis)
  }

  /// The largest numbers along an axis.
  ///
  /// Ties share the gradient.
  package func max(axis: Int, keepsAxis: Bool = false) -> Tensor {
    let (outer, middle, inner) = shape.around(axis: axis)
    require(middle > 0, "max: axis \(axis) of \(shape) is empty")
    let kept = shape.replacing(axis: axis, with: 1)
    let y = Tensor(uninitialized: kept)
    withPointers(self, y) { x, y in
      kernels.pointee.maximumAxis(Int64(outer), Int64(middle), Int64(inner), x, y)
    }
    let recorded = y.recorded("max", self) { dy in
      let winners = isEqual(self.detached(), y)
      self.node?.receive(dy * (winners / winners.sum(axis: axis, keepsAxis: true)))
    }
    return keepsAxis ? recorded : recorded.reshaped(shape.removing(axis: axis))
  }

  /// log of the sum of exponentials along an axis, without overflow.
  package func logSumExp(axis: Int, keepsAxis: Bool = false) -> Tensor {
    let top = detached().max(axis: axis, keepsAxis: true)
    let sums = log(exp(self - top).sum(axis: axis, keepsAxis: true)) + top
    return keepsAxis ? sums : sums.reshaped(shape.removing(axis: axis))
  }

  /// The running sums along the last axis, each with its own number; from the end backwards if so
  /// asked, which is also the adjoint.
  package func cumulativeSum(fromEnd: Bool = false) -> Tensor {
    let (rows, columns) = rowsAndColumns
    let y = Tensor(uninitialized: shape)
    withPointers(self, y) { x, y in
      for row in 0..<Int(rows) {
        var sum = 0.0
        for step in 0..<Int(columns) {
          let place = row * Int(columns) + (fromEnd ? Int(columns) - 1 - step : step)
          sum += Double(x[place])
          y[place] = Float(sum)
        }
      }
    }
    let input = node
    return y.recorded("cumulativeSum", self) { dy in
      input?.receive(dy.cumulativeSum(fromEnd: !fromEnd))
    }
  }

  /// The place of the largest number along the last axis; the first of equal ones.
  ///
  /// - Shape: `[..., C]` gives `[...]`.
  package func argmax() -> Indices {
    let width = shape[-1]
    let numbers = scalars
    let places = stride(from: 0, to: numbers.count, by: width).map { start in
      Int32((0..<width).reduce(0) { numbers[start + $1] > numbers[start + $0] ? $1 : $0 })
    }
    return Indices(places, shape: shape.removing(axis: -1))
  }

  /// The place of the smallest number along the last axis; the first of equal ones.
  ///
  /// - Shape: `[..., C]` gives `[...]`.
  package func argmin() -> Indices { (-detached()).argmax() }

  /// Repeats this tensor, whose axes are those of `target` or of length 1, or a single number.
  func repeated(to target: Shape) -> Tensor {
    if shape == target { return self }
    if node == nil, count == 1 { return Tensor.full(target, item) }
    return self + Tensor.zeros(target)
  }
}
