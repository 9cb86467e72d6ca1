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
  let positions = Indices((0..<x.shape[1]).map { firstPosition + $0 })
  return rotary(x, positions: positions, base: base)
}

/// The same at given positions, such as those of packed sequences, each of which begins at 0.
///
/// - Shape: `x` and `y` are `[B, T, H, K]`, `positions` are `[T]` or `[B, T]`.
package func rotary(_ x: Tensor, positions: Indices, base: Float = 10_000) -> Tensor {
  rotated(x, by: rotationAngles(positions, count: x.shape[3] / 2, base: base))
}

/// Rotary embedding in two dimensions, for the patches of an image.
///
/// The first half of the pairs of channels turns with the row and the second half with the column,
/// each as in one dimension with K/2 channels, so products depend on both distances.
///
/// - Shape: `x` and `y` are `[B, T, H, K]` with K a multiple of 4, `rows` and `columns` are `[T]` or
///   `[B, T]`.
/// - Source: the layout is that of Wang et al., "Qwen2-VL", 2024, arXiv:2409.12191.
package func rotary(
  _ x: Tensor, rows: Indices, columns: Indices, base: Float = 10_000
) -> Tensor {
  require(
    x.rank == 4 && x.shape[3] % 4 == 0 && rows.shape == columns.shape,
    "rotary: \(x.shape), rows of \(rows.shape) and columns of \(columns.shape) do not fit")
  let angles = [rows, columns].map { rotationAngles($0, count: x.shape[3] / 4, base: base) }
  return rotated(x, by: concatenated(angles))
}

/// One angle for each position and each pair of channels.
///
/// - Shape: `[T, count]` or `[B * T, count]`.
private func rotationAngles(_ positions: Indices, count: Int, base: Float) -> Tensor {
  let steps = (0..<count).map { -logarithm(base) * Float($0) / Float(count) }
  return positions.floats.reshaped([positions.count, 1]) * exp(Tensor(steps, shape: [1, count]))
}

private func rotated(_ x: Tensor, by angles: Tensor) -> Tensor {
  let (rows, pairs) = (angles.shape[0], angles.shape[1])
  require(
    x.rank == 4 && x.shape[3] == 2 * pairs
      && (rows == x.shape[1] || rows == x.shape[0] * x.shape[1]),
    "rotary: \(x.shape) at \(rows) positions with \(pairs) angles")
  return rotated(x, cosine: cos(angles), sine: sin(angles))
}

/// The rotation by given angles; its adjoint is the rotation back.
private func rotated(_ x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor {
  let y = Tensor(uninitialized: x.shape)
  let positions = cosine.shape[0]
  let batch = Int64(x.shape[0] * x.shape[1] / max(positions, 1))
  let (heads, half) = (Int64(x.shape[2]), Int64(x.shape[3] / 2))
  withPointers(x, y, cosine, sine) { x, y, cosine, sine in
    kernels.pointee.rotate(batch, Int64(positions), heads, half, x, cosine, sine, y)
  }
  let input = x.node
  return y.recorded("rotary", x) { dy in
    input?.receive(rotated(dy, cosine: cosine, sine: -sine))
  }
}

private func logarithm(_ x: Float) -> Float { log(Tensor(x)).item }
