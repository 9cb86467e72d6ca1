import CKernels

/// Normalises rows to mean 0 and variance 1, then scales and shifts them.
///
///     y = (x - mean(x)) / sqrt(variance(x) + epsilon) * gain + bias
///
/// - Shape: `x` and `y` are `[..., C]`, `gain` and `bias` are `[C]`.
/// - Source: Ba, Kiros, Hinton, "Layer normalization", 2016, arXiv:1607.06450.
package func layerNorm(
  _ x: Tensor, gain: Tensor, bias: Tensor, epsilon: Float = 1e-5
) -> Tensor {
  require(
    gain.shape == [x.shape[-1]] && bias.shape == gain.shape,
    "layerNorm: \(x.shape), \(gain.shape) and \(bias.shape) do not fit")
  let (rows, columns) = x.rowsAndColumns
  let y = Tensor(uninitialized: x.shape)
  let mean = Tensor(uninitialized: [Int(rows)])
  let rate = Tensor(uninitialized: [Int(rows)])
  withPointers(x, gain, bias, y) { x, gain, bias, y in
    withPointers(mean, rate) { mean, rate in
      kernels.pointee.layerNorm(rows, columns, epsilon, x, gain, bias, y, mean, rate)
    }
  }
  let inputs = [x, gain, bias]
  return y.recorded("layerNorm", inputs) { dy in
    guard !isRecordingWalk(inputs) else {
      replay(inputs, dy) { composedLayerNorm($0[0], gain: $0[1], bias: $0[2], epsilon: epsilon) }
      return
    }
    let dx = Tensor(uninitialized: x.shape)
    let (dGain, dBias) = (Tensor.zeros(gain.shape), Tensor.zeros(gain.shape))
    withPointers(x, gain, dy, dx) { x, gain, dy, dx in
      withPointers(mean, rate, dGain, dBias) { mean, rate, dGain, dBias in
        kernels.pointee.layerNormGradient(
          rows, columns, x, gain, mean, rate, dy, dx, dGain, dBias)
      }
    }
    x.node?.receive(dx)
    gain.node?.receive(dGain)
    bias.node?.receive(dBias)
  }
}

/// The same made of primitives: the twin that the fused form is tested against.
package func composedLayerNorm(
  _ x: Tensor, gain: Tensor, bias: Tensor, epsilon: Float = 1e-5
) -> Tensor {
  let centred = x - x.mean(axis: -1, keepsAxis: true)
  let variance = square(centred).mean(axis: -1, keepsAxis: true)
  return centred / sqrt(variance + epsilon) * gain + bias
}

/// Normalises rows by their root mean square, then scales them.
///
///     y = x / sqrt(mean(x²) + epsilon) * gain
///
/// - Shape: `x` and `y` are `[..., C]`, `gain` is `[C]`.
/// - Source: Zhang, Sennrich, "Root mean square layer normalization", 2019, arXiv:1910.07467.
package func rmsNorm(_ x: Tensor, gain: Tensor, epsilon: Float = 1e-5) -> Tensor {
  require(
    gain.shape == [x.shape[-1]], "rmsNorm: \(x.shape) and \(gain.shape) do not fit")
  let (rows, columns) = x.rowsAndColumns
  let y = Tensor(uninitialized: x.shape)
  let rate = Tensor(uninitialized: [Int(rows)])
  withPointers(x, gain, y, rate) { x, gain, y, rate in
    kernels.pointee.rmsNorm(rows, columns, epsilon, x, gain, y, rate)
  }
  let inputs = [x, gain]
  return y.recorded("rmsNorm", inputs) { dy in
    guard !isRecordingWalk(inputs) else {
      replay(inputs, dy) { composedRMSNorm($0[0], gain: $0[1], epsilon: epsilon) }
      return
    }
    let dx = Tensor(uninitialized: x.shape)
    let dGain = Tensor.zeros(gain.shape)
    withPointers(x, gain, dy, dx) { x, gain, dy, dx in
      withPointers(rate, dGain) { rate, dGain in
        kernels.pointee.rmsNormGradient(rows, columns, x, gain, rate, dy, dx, dGain)
      }
    }
    x.node?.receive(dx)
    gain.node?.receive(dGain)
  }
}

/// The same made of primitives: the twin that the fused form is tested against.
package func composedRMSNorm(_ x: Tensor, gain: Tensor, epsilon: Float = 1e-5) -> Tensor {
  x / sqrt(square(x).mean(axis: -1, keepsAxis: true) + epsilon) * gain
}
