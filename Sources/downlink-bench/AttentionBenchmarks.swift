import Tensors

/// The rows of `flash-attention`: 4 heads of 64 over 1,024 positions, in both forms.
var attentionBenchmarks: [Benchmark] {
  AttentionForm.allCases.flatMap { form in
    [AttentionMask.none, .causal].flatMap { mask in
      [false, true].map { backward in
        let name = "attention \(form) \(mask) 1024x4x64 " + (backward ? "fwd+bwd" : "fwd")
        return Benchmark(name, unit: "calls/s", twin: "attention.py " + name) {
          attentionStep(form, mask, backward: backward)
        }
      }
    }
  }
}

private func attentionStep(
  _ form: AttentionForm, _ mask: AttentionMask, backward: Bool
) -> () -> Float? {
  var random = RandomSource(seed: 1)
  let tape = Tape()
  let inputs = (0..<3).map { _ in Tensor.variable(random.normal([1, 1_024, 4, 64]), on: tape) }
  let slope = random.normal([1, 1_024, 4, 64])
  return {
    guard backward else {
      _ = noGrad { attention(inputs[0], inputs[1], inputs[2], mask: mask, form: form) }
      return nil
    }
    attention(inputs[0], inputs[1], inputs[2], mask: mask, form: form).backward(with: slope)
    return nil
  }
}
