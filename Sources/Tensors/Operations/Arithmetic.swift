import CKernels

// Sums, differences, products and quotients of two tensors, with broadcasting in two forms: a
// trailing suffix, as in `[B, T, C] + [C]`, and kept axes of length 1, as in `[B, C] * [B, 1]`.

extension Tensor {
  package static func + (a: Tensor, b: Tensor) -> Tensor {
    combined("add", .add, a, b).recorded("add", a.node, b.node) { dy, sum in
      sum.first?.receive(dy)
      sum.second?.receive(dy)
    }
  }

  package static func - (a: Tensor, b: Tensor) -> Tensor {
    combined("subtract", .subtract, a, b).recorded("subtract", a.node, b.node) { dy, difference in
      difference.first?.receive(dy)
      difference.second?.receive(-dy)
    }
  }

  package static func * (a: Tensor, b: Tensor) -> Tensor {
    let y = combined("multiply", .multiply, a, b)
    let (first, second) = (a.node, b.node)
    guard first != nil || second != nil else { return y }
    // Each factor is kept for the other's gradient alone.
    if second == nil {
      return y.recorded("multiply", first, second) { dy, product in
        product.first?.receive(dy * b)
      }
    }
    if first == nil {
      return y.recorded("multiply", first, second) { dy, product in
        product.second?.receive(dy * a)
      }
    }
    return y.recorded("multiply", first, second) { dy, product in
      product.first?.receive(dy * b)
      product.second?.receive(dy * a)
    }
  }

  package static func / (a: Tensor, b: Tensor) -> Tensor {
    combined("divide", .divide, a, b).recorded("divide", a, b) { dy in
      a.node?.receive(dy / b)
      b.node?.receive(-(dy * a) / (b * b))
    }
  }

  package static prefix func - (x: Tensor) -> Tensor { x.scaled(by: -1, plus: 0) }

  package static func + (x: Tensor, c: Float) -> Tensor { x.scaled(by: 1, plus: c) }
  package static func + (c: Float, x: Tensor) -> Tensor { x.scaled(by: 1, plus: c) }
  package static func - (x: Tensor, c: Float) -> Tensor { x.scaled(by: 1, plus: -c) }
  package static func - (c: Float, x: Tensor) -> Tensor { x.scaled(by: -1, plus: c) }
  package static func * (x: Tensor, c: Float) -> Tensor { x.scaled(by: c, plus: 0) }
  package static func * (c: Float, x: Tensor) -> Tensor { x.scaled(by: c, plus: 0) }
  package static func / (x: Tensor, c: Float) -> Tensor { x.scaled(by: 1 / c, plus: 0) }
  package static func / (c: Float, x: Tensor) -> Tensor { reciprocal(x) * c }

  /// `x * scale + offset`.
  func scaled(by scale: Float, plus offset: Float) -> Tensor {
    let y = Tensor(uninitialized: shape)
    withPointers(self, y) { x, y in kernels.pointee.affine(Int64(count), x, scale, offset, y) }
    let input = node
    return y.recorded("affine", self) { dy in
      input?.receive(scale == 1 ? dy : dy.scaled(by: scale, plus: 0))
    }
  }
}

/// The smaller of two numbers, element by element.
///
/// At a tie the gradient goes to `b`.
package func minimum(_ a: Tensor, _ b: Tensor) -> Tensor {
  combined("minimum", .minimum, a, b).recorded("minimum", a, b) { dy in
    let chosen = isLess(a, b)
    a.node?.receive(dy * chosen)
    b.node?.receive(dy * (1 - chosen))
  }
}

/// The larger of two numbers, element by element.
///
/// At a tie the gradient goes to `b`.
package func maximum(_ a: Tensor, _ b: Tensor) -> Tensor {
  combined("maximum", .maximum, a, b).recorded("maximum", a, b) { dy in
    let chosen = isLess(b, a)
    a.node?.receive(dy * chosen)
    b.node?.receive(dy * (1 - chosen))
  }
}

/// Keeps numbers within bounds; outside them the gradient is zero.
package func clamp(_ x: Tensor, _ bounds: ClosedRange<Float>) -> Tensor {
  minimum(maximum(x, Tensor(bounds.lowerBound)), Tensor(bounds.upperBound))
}

/// 1 where `a < b` and 0 elsewhere.
///
/// It has no gradient.
package func isLess(_ a: Tensor, _ b: Tensor) -> Tensor { combined("isLess", .less, a, b) }

/// 1 where `a == b` and 0 elsewhere.
///
/// It has no gradient.
package func isEqual(_ a: Tensor, _ b: Tensor) -> Tensor { combined("isEqual", .equal, a, b) }

/// `a` where `condition` is not zero, and `b` elsewhere; all three have one shape.
package func select(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
  require(
    condition.shape == a.shape && a.shape == b.shape,
    "select: \(condition.shape), \(a.shape) and \(b.shape) do not fit")
  let y = Tensor(uninitialized: a.shape)
  withPointers(condition, a, b, y) { condition, a, b, target in
    kernels.pointee.select(Int64(y.count), condition, a, b, target)
  }
  let (first, second) = (a.node, b.node)
  return y.recorded("select", a, b) { dy in
    let zeros = Tensor.zeros(dy.shape)
    first?.receive(select(condition, dy, zeros))
    second?.receive(select(condition, zeros, dy))
  }
}

/// Applies a kernel of two operands with broadcasting.
private func combined(
  _ operation: String, _ kind: BinaryKind, _ a: Tensor, _ b: Tensor
) -> Tensor {
  let y: Tensor
  var loops: Broadcast
  if a.shape == b.shape {
    y = Tensor(uninitialized: a.shape)
    loops = Broadcast(contiguous: a.count)
  } else {
    y = Tensor(uninitialized: broadcastShape(operation, a.shape, b.shape))
    loops = Broadcast(a.shape, b.shape, to: y.shape)
  }
  if y.count > 0 {
    withPointers(a, b, y) { a, b, y in kernels.pointee.binary(kind, &loops, a, b, y) }
  }
  return y
}
