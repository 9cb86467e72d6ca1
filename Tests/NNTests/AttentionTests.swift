import TestSupport
import Tensors
import Testing

// q, k, v = wave((1, 4, 2, 2), 0.), wave((1, 4, 1, 2), 1.), wave((1, 4, 1, 2), 2.)
// i, j, s = torch.arange(4)[:, None], torch.arange(4), torch.tensor([0, 1, 1, 1])
// same = s[:, None] == s
// for m in (i == i + 0 * j, j <= i, j // 3 <= i // 3, same, same & (j <= i)):
//     a = [x.transpose(1, 2).requires_grad_() for x in (q, k, v)]
//     y = F.scaled_dot_product_attention(*a, attn_mask=m, enable_gqa=True).transpose(1, 2)
//     print(y)
// y.backward(wave((1, 4, 2, 2), 3.))
// print([x.grad.transpose(1, 2) for x in a])
struct AttentionTests {
  private let q = wave([1, 4, 2, 2], 0)
  private let k = wave([1, 4, 1, 2], 1)
  private let v = wave([1, 4, 1, 2], 2)

  @Test(arguments: AttentionForm.allCases)
  func `attention equals PyTorch's with each mask`(form: AttentionForm) {
    let last: [Float] = [0.1932041, -0.09225275, -0.4188701, -0.2173754]
    let golden: [(AttentionMask, [Float])] = [
      (
        .none,
        [
          0.1128698, -0.03108176, 0.3808915, 0.01021395, -0.146318, -0.1960677, -0.4862746,
          -0.1871816, -0.2312483, -0.08803231, 0.3627758, 0.02620432,
        ] + last
      ),
      (
        .causal,
        [
          0.9092974, 0.4273799, 0.9092974, 0.4273799, 0.2698858, -0.2563953, 0.1150407,
          -0.4219837, -0.3112816, -0.4480505, 0.4107784, -0.03325029,
        ] + last
      ),
      (
        .blockCausal(size: 3),
        [
          0.1640252, -0.190198, 0.4185821, -0.03594478, -0.1638034, -0.4102512, -0.7224691,
          -0.6356989, -0.3112816, -0.4480505, 0.4107784, -0.03325029,
        ] + last
      ),
      (
        .packed(lengths: [1, 3], causal: false),
        [
          0.9092974, 0.4273799, 0.9092974, 0.4273799, -0.4657612, -0.3847311, -0.558818,
          -0.2191272, -0.456717, -0.1899215, -0.3396406, -0.4894062, -0.3771228, -0.50611,
          -0.5453389, -0.2787693,
        ]
      ),
      (
        .packed(lengths: [1, 3], causal: true),
        [
          0.9092974, 0.4273799, 0.9092974, 0.4273799, -0.2555411, -0.8182771, -0.2555411,
          -0.8182771, -0.7273427, -0.7464601, -0.4128976, -0.7943245, -0.3771228, -0.50611,
          -0.5453389, -0.2787693,
        ]
      ),
    ]
    for (mask, expected) in golden {
      expectClose(
        attention(q, k, v, mask: mask, form: form).scalars, expected, tolerance: 3e-6)
    }
  }

  @Test(arguments: AttentionForm.allCases)
  func `its gradients equal PyTorch's`(form: AttentionForm) {
    let tape = Tape()
    let inputs = [q, k, v].map { Tensor.variable($0, on: tape) }
    attention(
      inputs[0], inputs[1], inputs[2], mask: .packed(lengths: [1, 3], causal: true), form: form
    ).backward(with: wave([1, 4, 2, 2], 3))
    let golden: [[Float]] = [
      [
        0, 0, 0, 0, 0, 0, 0, 0, 0.1115269, 0.08829049, -0.04494166, -0.0355782, 0.04517313,
        -0.05479043, -0.1131173, 0.07087652,
      ],
      [
        0, 0, -0.05052914, 0.01163906, 0.2168714, 0.1960422, -0.1663422, -0.2076812,
      ],
      [
        -0.8104821, -1.455651, -0.3257615, 0.3887025, 0.2665095, 0.1602784, -0.1091249, 0.187037,
      ],
    ]
    for (input, expected) in zip(inputs, golden) {
      expectClose(input.gradient?.scalars ?? [], expected, tolerance: 3e-6)
    }
  }

  @Test func `memory of tiles grows with the length, that of the whole matrix with its square`() {
    let peaks = AttentionForm.allCases.map { form in
      [512, 1_024].map { peakBytes(of: form, length: $0) }
    }
    #expect(Double(peaks[0][1]) < 2.1 * Double(peaks[0][0]))
    #expect(Double(peaks[1][1]) > 3 * Double(peaks[1][0]))
  }

  /// Bytes beyond the inputs during a forward and a backward pass.
  private func peakBytes(of form: AttentionForm, length: Int) -> Int {
    var random = RandomSource(seed: 1)
    let tape = Tape()
    let inputs = (0..<3).map { _ in Tensor.variable(random.normal([1, length, 1, 16]), on: tape) }
    MemoryUse.resetPeak()
    let before = MemoryUse.current.liveBytes
    attention(inputs[0], inputs[1], inputs[2], form: form).sum().backward()
    return MemoryUse.current.peakBytes - before
  }
}
