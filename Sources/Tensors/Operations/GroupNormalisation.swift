import CKernels

/// Normalises groups of channels of each image to mean 0 and variance 1, then scales and shifts.
///
///     y = (x - mean(group)) / sqrt(variance(group) + epsilon) * gain + bias
///
/// Mean and variance are over all pixels and the channels of the group.
///
/// - Shape: `x` and `y` are `[B, ..., C]`, `gain` and `bias` are `[C]`.
/// - Source: Wu, He, "Group normalization", 2018, arXiv:1803.08494.
package func groupNorm(
  _ x: Tensor, groups: Int, gain: Tensor, bias: Tensor, epsilon: Float = 1e-5
) -> Tensor {
  require(
    x.rank >= 2 && gain.shape == [x.shape[-1]] && bias.shape == gain.shape && groups > 0
      && gain.count % groups == 0,
    "groupNorm: \(groups) groups of \(x.shape), \(gain.shape) and \(bias.shape) do not fit")
  let (images, channels) = (x.shape[0], x.shape[-1])
  let pixels = Int64(x.count / Swift.max(images * channels, 1))
  let width = Int64(channels / groups)
  let y = Tensor(uninitialized: x.shape)
  let mean = Tensor(uninitialized: [images, channels])
  let rate = Tensor(uninitialized: [images, channels])
  withPointers(x, gain, bias, y) { x, gain, bias, y in
    withPointers(mean, rate) { mean, rate in
      kernels.pointee.groupNorm(
        Int64(images), pixels, Int64(channels), width, epsilon, x, gain, bias, y, mean, rate)
    }
  }
  let inputs = [x, gain, bias]
  return y.recorded("groupNorm", inputs) { dy in
    guard !isRecordingWalk(inputs) else {
      replay(inputs, dy) {
        composedGroupNorm($0[0], groups: groups, gain: $0[1], bias: $0[2], epsilon: epsilon)
      }
      return
    }
    let dx = Tensor(uninitialized: x.shape)
    let (dGain, dBias) = (Tensor.zeros(gain.shape), Tensor.zeros(gain.shape))
    let scratch = Tensor(uninitialized: [2, channels])
    withPointers(x, gain, dy, dx) { x, gain, dy, dx in
      withPointers(mean, rate) { mean, rate in
        withPointers(dGain, dBias, scratch) { dGain, dBias, scratch in
          kernels.pointee.groupNormGradient(
            Int64(images), pixels, Int64(channels), width, x, gain, mean, rate, dy, dx, dGain,
            dBias, scratch)
        }
      }
    }
    x.node?.receive(dx)
    gain.node?.receive(dGain)
    bias.node?.receive(dBias)
  }
}

/// The same made of primitives: the twin that the fused form is tested against.
package func composedGroupNorm(
  _ x: Tensor, groups: Int, gain: Tensor, bias: Tensor, epsilon: Float = 1e-5
) -> Tensor {
  let (images, channels) = (x.shape[0], x.shape[-1])
  let width = channels / groups
  func groupMean(_ x: Tensor) -> Tensor {
    x.mean(axis: 1, keepsAxis: true).mean(axis: 3, keepsAxis: true)  // [B, 1, G, 1]
  }
  let grouped = x.reshaped([images, x.count / (images * channels), groups, width])
  let centred = grouped - groupMean(grouped)
  let normal = centred / sqrt(groupMean(square(centred)) + epsilon)
  return normal.reshaped(x.shape) * gain + bias
}
