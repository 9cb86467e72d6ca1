import CKernels

/// The shape of a result of two operands, or a stop that names both shapes.
func broadcastShape(_ operation: String, _ a: Shape, _ b: Shape) -> Shape {
  let (longer, shorter) = a.rank >= b.rank ? (a, b) : (b, a)
  var lengths = longer.dimensions
  for position in 0..<shorter.rank {
    let long = longer.length(fromLast: position)
    let short = shorter.length(fromLast: position)
    let fits = long == short || (a.rank == b.rank && (long == 1 || short == 1))
    require(fits, "\(operation): \(a) and \(b) do not fit")
    lengths[longer.rank - 1 - position] = long == 1 ? short : long
  }
  return Shape(lengths)
}

extension Broadcast {
  /// One loop over operands of equal shape.
  init(contiguous count: Int) {
    self.init(
      count: (1, 1, 1, Int64(count)), leftStep: (0, 0, 0, 1), rightStep: (0, 0, 0, 1))
  }

  /// Loops over `result`, neighbours merged where both operands allow, so that the innermost loop
  /// is as long as it can be.
  init(_ left: Shape, _ right: Shape, to result: Shape) {
    var loops: [(count: Int, left: Int, right: Int)] = []  // innermost first
    var leftSpan = 1
    var rightSpan = 1
    for position in 0..<result.rank {
      let count = result.length(fromLast: position)
      let leftLength = left.length(fromLast: position)
      let rightLength = right.length(fromLast: position)
      let next = (
        count: count, left: leftLength == 1 ? 0 : leftSpan, right: rightLength == 1 ? 0 : rightSpan
      )
      leftSpan *= leftLength
      rightSpan *= rightLength
      guard count != 1 else { continue }
      if let last = loops.last, next.left == last.left * last.count,
        next.right == last.right * last.count
      {
        loops[loops.count - 1].count *= count
      } else {
        loops.append(next)
      }
    }
    while loops.count < 4 { loops.append((count: 1, left: 0, right: 0)) }
    func reversed(_ value: (Int) -> Int) -> (Int64, Int64, Int64, Int64) {
      (Int64(value(3)), Int64(value(2)), Int64(value(1)), Int64(value(0)))
    }
    self.init(
      count: reversed { loops[$0].count }, leftStep: reversed { loops[$0].left },
      rightStep: reversed { loops[$0].right })
  }
}

extension Tensor {
  /// The adjoint of broadcasting: sums over every axis along which `target` was repeated.
  func summed(to target: Shape) -> Tensor {
    if shape == target { return self }
    var result = self
    if rank > target.rank {
      let kept = target.count
      let flat = result.reshaped([result.count / Swift.max(kept, 1), kept])
      return flat.sum(axis: 0).reshaped(target)
    }
    for axis in 0..<rank where target[axis] == 1 && shape[axis] != 1 {
      result = result.sum(axis: axis, keepsAxis: true)
    }
    return result
  }

  /// Repeats axes of length 1, or all of a shorter shape, until the tensor has `target`'s shape.
  package func broadcasted(to target: Shape) -> Tensor {
    shape == target ? self : self + Tensor.zeros(target)
  }
}
