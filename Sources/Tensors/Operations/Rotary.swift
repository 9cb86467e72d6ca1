import CKernels

/// Rotates pairs of channels by an angle that grows with the position.
///
///     y[i] = x[i] cos θ - x[i + K/2] sin θ,  y[i + K/2] = x[i + K/2] cos θ + x[i] sin θ
///     θ = position * base^(-2 i / K)
///
/// Products of rotated queries and keys then depend on the distance of their positions alone.
///
/// - Shape: `x` and `y` are `[B, T, H, K]`.
/// - Source: Su et al., "RoFormer", 2021, arXiv:2104.09864.
package func rotary(_ x: Tensor, firstPosition: Int = 0, base: Float = 10_000) -> Tensor {
  require(x.rank == 4 && x.shape[3] % 2 == 0, "rotary: \(x.shape) is not [B, T, H, even K]")
  let half = x.shape[3] / 2
  let positions = (0..<x.shape[1]).map { Float(firstPosition + $0) }
  let steps = (0..<half).map { -logarithm(base) * Float($0) / Float(half) }
  let angles =
    Tensor(positions, shape: [positions.count, 1]) * exp(Tensor(steps, shape: [1, half]))
  return rotated(x, cosine: cos(angles), sine: sin(angles))
}

/// The rotation by given angles; its adjoint is the rotation back.
private func rotated(_ x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor {
  let y = Tensor(uninitialized: x.shape)
  let lengths = x.shape.dimensions.map { Int64($0) }
  withPointers(x, y, cosine, sine) { x, y, cosine, sine in
    kernels.pointee.rotate(
      lengths[0], lengths[1], lengths[2], lengths[3] / 2, x, cosine, sine, y)
  }
  let input = x.node
  return y.recorded("rotary", x) { dy in
    input?.receive(rotated(dy, cosine: cosine, sine: -sine))
  }
}

private func logarithm(_ x: Float) -> Float { log(Tensor(x)).item }
