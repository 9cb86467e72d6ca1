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
}
