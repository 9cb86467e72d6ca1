import NN
import TestSupport
import Tensors
import Testing

struct MultiHeadAttentionTests {
  // m = torch.nn.MultiheadAttention(4, 2, batch_first=True)
  // w, b = ([wave(s, p) for p in (1., 2., 3., 4.)] for s in ((4, 4), (4,)))
  // with torch.no_grad():
  //     m.in_proj_weight.copy_(torch.cat([v.T for v in w[:3]]))
  //     m.in_proj_bias.copy_(torch.cat(b[:3]))
  //     m.out_proj.weight.copy_(w[3].T); m.out_proj.bias.copy_(b[3])
  // x, mask = wave((1, 3, 4), 0.), torch.triu(torch.ones(3, 3, dtype=torch.bool), 1)
  // print(m(x, x, x, need_weights=False)[0], m(x, x, x, attn_mask=mask, need_weights=False)[0])
  @Test func `the layer equals PyTorch's with each mask`() {
    let last: [Float] = [-0.8592803, -1.381092, -1.253355, -0.5361453]
    let golden: [(AttentionMask, [Float])] = [
      (
        .none,
        [
          -0.9299328, -1.479128, -1.332666, -0.5594305, -1.028191, -1.623927, -1.455905,
          -0.6031483,
        ] + last
      ),
      (
        .causal,
        [
          -0.685385, -1.061942, -0.9390517, -0.3745103, -0.9927613, -1.688438, -1.590016,
          -0.7437844,
        ] + last
      ),
    ]
    for (mask, expected) in golden {
      let layer = MultiHeadAttention(
        4, heads: 2, mask: mask, in: Parameters(RandomSource(seed: 1)))
      for (index, part) in [layer.query, layer.key, layer.value, layer.output].enumerated() {
        part.weight.assign(wave([4, 4], Double(index + 1)))
        part.bias?.assign(wave([4], Double(index + 1)))
      }
      expectClose(layer(wave([1, 3, 4], 0)).scalars, expected, tolerance: 3e-6)
    }
  }

  /// The layer of the golden numbers below: 4 heads of width 2 over 2 heads of keys.
  private func grouped(
    normalized: Bool, in parameters: Parameters = Parameters(RandomSource(seed: 1))
  ) -> MultiHeadAttention {
    let layer = MultiHeadAttention(
      8, heads: 4, keyHeads: 2, mask: .causal, rotaryBase: 10_000,
      normalizesQueriesAndKeys: normalized, bias: false, in: parameters)
    for (index, part) in [layer.query, layer.key, layer.value, layer.output].enumerated() {
      part.weight.assign(wave(part.weight.shape, Double(index + 1)))
    }
    return layer
  }

  // def turn(x):  # [B, T, H, K]
  //     h = x.shape[-1] // 2
  //     a = torch.arange(x.shape[1])[:, None] * 10000 ** (-torch.arange(0, 2 * h, 2) / (2 * h))
  //     a = torch.cat([a, a], 1)[:, None]
  //     return x * a.cos() + torch.cat([-x[..., h:], x[..., :h]], -1) * a.sin()
  // x = wave((1, 3, 8), 0.)
  // w = [wave(s, p) for s, p in [((8, 8), 1.), ((8, 4), 2.), ((8, 4), 3.), ((8, 8), 4.)]]
  // for norm in (False, True):
  //     q, k, v = (x @ m for m in w[:3])
  //     q, k, v = q.view(1, 3, 4, 2), k.view(1, 3, 2, 2), v.view(1, 3, 2, 2)
  //     if norm: q, k = F.rms_norm(q, (2,), eps=1e-5), F.rms_norm(k, (2,), eps=1e-5)
  //     q, k, v = turn(q).transpose(1, 2), turn(k).transpose(1, 2), v.transpose(1, 2)
  //     y = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
  //     print(y.transpose(1, 2).reshape(1, 3, 8) @ w[3])
  @Test func `groups, rotary positions and normalised queries equal PyTorch's`() {
    let first: [Float] = [
      0.8191690, 1.0027543, 0.7147286, 0.0905548, -0.5762084, -0.9719717, -0.9106016, -0.4209613,
    ]
    let plain: [Float] = [
      1.1293211, 1.2759112, 0.8224202, -0.0178678, -0.8497523, -1.2819850, -1.1112803, -0.4179231,
      1.1414638, 1.4721124, 1.1104039, 0.2264549, -0.7639993, -1.3951327, -1.3701134, -0.7007083,
    ]
    let normalized: [Float] = [
      1.0024412, 1.1523581, 0.7603029, 0.0106656, -0.7439879, -1.1487324, -1.0132101, -0.4011589,
      1.1579914, 1.4371483, 1.0403922, 0.1543232, -0.8043264, -1.3846887, -1.3138102, -0.6250263,
    ]
    let x = wave([1, 3, 8], 0)
    expectClose(grouped(normalized: false)(x).scalars, first + plain, tolerance: 3e-6)
    expectClose(grouped(normalized: true)(x).scalars, first + normalized, tolerance: 3e-6)
  }

  @Test(arguments: [[5], [1, 1, 1, 1, 1], [3, 2], [1, 4]], [false, true])
  func `reading in parts with a cache equals reading at once`(parts: [Int], normalized: Bool) {
    let layer = grouped(normalized: normalized)
    let x = wave([2, 5, 8], 0.3)
    var cache = KeyValueCache()
    var start = 0
    let pieces = parts.map { length in
      defer { start += length }
      return layer(x.slice(axis: 1, start..<(start + length)), mask: .causal, cache: &cache)
    }
    #expect(cache.length == 5)
    expectClose(concatenated(pieces, axis: 1).scalars, layer(x).scalars, tolerance: 1e-6)
  }

  @Test func `a draft that is forgotten leaves no trace`() {
    let layer = grouped(normalized: false)
    let (x, draft) = (wave([1, 4, 8], 0), wave([1, 2, 8], 9))
    var cache = KeyValueCache()
    _ = layer(x.slice(axis: 1, 0..<3), mask: .causal, cache: &cache)
    _ = layer(draft, mask: .causal, cache: &cache)
    cache.keep(first: 3)
    let y = layer(x.slice(axis: 1, 3..<4), mask: .causal, cache: &cache)
    expectClose(y.scalars, layer(x).slice(axis: 1, 3..<4).scalars, tolerance: 1e-6)
  }

  @Test func `another mask can be asked for`() {
    let layer = grouped(normalized: false)
    let x = wave([1, 4, 8], 0)
    let last = { (y: Tensor) in y.slice(axis: 1, 3..<4).scalars }
    #expect(layer(x, mask: .none).scalars != layer(x).scalars)
    #expect(last(layer(x, mask: .none)) == last(layer(x)))  // the last position sees all in both
  }

  @Test(arguments: [false, true])
  func `the gradient is that of differences`(normalized: Bool) {
    let parameters = Parameters(RandomSource(seed: 1))
    let layer = grouped(normalized: normalized, in: parameters)
    parameters.freeze()
    let check = GradientCheck(
      of: { layer($0[0]) }, at: [wave([2, 4, 8], 0.5)], RandomSource(seed: 3))
    #expect(check.relativeError < 1e-3)
  }
}
