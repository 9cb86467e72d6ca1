import NN
import TestSupport
import Tensors
import Testing

struct MultiHeadAttentionTests {
  // q, k, v = [wave((1, 3, 2, 4), p).transpose(1, 2) for p in (0., 1., 2.)]
  // for c in (False, True):
  //     print(F.scaled_dot_product_attention(q, k, v, is_causal=c).transpose(1, 2))
  @Test func `attention equals PyTorch's with each mask`() {
    let shape: Shape = [1, 3, 2, 4]
    let last: [Float] = [
      0.7577463, 0.8562685, 0.5520741, -0.01176933, -0.5598, -0.8603525, -0.7562679, -0.2964987,
    ]
    let golden: [(AttentionMask, [Float])] = [
      (
        .none,
        [
          0.8205509, 0.8013229, 0.4052202, -0.1814639, -0.6877597, -0.8612527, -0.629685,
          -0.1019666, 0.7802357, 0.8443562, 0.5113627, -0.06213263, -0.6027671, -0.8648059,
          -0.720113, -0.2367396,
        ] + last
      ),
      (
        .causal,
        [
          0.9092974, 0.4273799, -0.2555411, -0.8182771, -0.9961646, -0.7055403, -0.0830894,
          0.5784398, 0.946827, 0.7313389, 0.1718906, -0.4684005, -0.8887628, -0.8899336,
          -0.4725548, 0.1670739,
        ] + last
      ),
    ]
    for (mask, expected) in golden {
      let y = attention(wave(shape, 0), wave(shape, 1), wave(shape, 2), mask: mask)
      expectClose(y.scalars, expected, tolerance: 3e-6)
    }
  }

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
}
