import NN
import Tensors

/// Row (f): single operations, in calls per second.
var operationBenchmarks: [Benchmark] {
  [scalarChain]
    + elementwise(1_000, label: "1k", bound: .atLeast(2.5, target: 4))
    + elementwise(1_000_000, label: "1M", bound: .atLeast(0.9, target: 1.2))
    + products + rows + convolutions
}

/// An operation with a twin in `ops.py` that has its name.
private func operation(
  _ name: String, bound: Bound? = nil, prepare: @escaping () -> () -> Void
) -> Benchmark {
  Benchmark(name, unit: "calls/s", twin: "ops.py " + name, bound: bound) {
    let call = prepare()
    return {
      call()
      return nil
    }
  }
}

private var scalarChain: Benchmark {
  operation("scalar chain 1000 fwd+bwd", bound: .atLeast(12, target: 18)) {
    let tape = Tape()
    let constant = Tensor(1.0001)
    let x = Tensor.variable(Tensor(1), on: tape)
    return {
      var y = x
      for _ in 0..<500 {
        y = y * constant
        y = y + constant
      }
      y.backward()
    }
  }
}

private func elementwise(_ count: Int, label: String, bound: Bound) -> [Benchmark] {
  func row(
    _ name: String, bound: Bound = bound, _ call: @escaping (Tensor, Tensor) -> Void
  ) -> Benchmark {
    operation("\(name) \(label)", bound: bound) {
      var random = RandomSource(seed: 1)
      let (p, q) = (random.normal([count]), random.normal([count]))
      return { call(p, q) }
    }
  }
  return [
    row("add") { p, q in _ = p + q },
    row("exp") { p, _ in _ = exp(p) },
    row("silu") { p, _ in _ = silu(p) },
    // MKL's tanh of long rows is hard to beat.
    row("tanh", bound: count < 10_000 ? bound : .atLeast(0.75, target: 1.2)) { p, _ in
      _ = tanh(p)
    },
    row("gelu(tanh)") { p, _ in _ = gelu(p) },
    row("sum") { p, _ in _ = p.sum() },
    operation("normal \(label)", bound: .atLeast(2.5, target: count < 10_000 ? 4 : 3.5)) {
      var random = RandomSource(seed: 1)
      return { _ = random.normal([count]) }
    },
    operation("silu+sum fwd+bwd \(label)", bound: bound) {
      var random = RandomSource(seed: 1)
      let x = Tensor.variable(random.normal([count]), on: Tape())
      return { silu(x).sum().backward() }
    },
  ]
}

private var products: [Benchmark] {
  func row(_ name: String, _ rows: Int, _ inner: Int, _ columns: Int, _ bound: Bound) -> Benchmark {
    operation(name, bound: bound) {
      var random = RandomSource(seed: 1)
      let (a, b) = (random.normal([rows, inner]), random.normal([inner, columns]))
      return { _ = matmul(a, b) }
    }
  }
  return [
    row("matmul 128", 128, 128, 128, .atLeast(0.92, target: 1)),
    row("matmul 512", 512, 512, 512, .atLeast(0.92, target: 1)),
    row("matmul 1024", 1_024, 1_024, 1_024, .atLeast(0.85, target: 0.95)),
    row("matmul 256x128x128", 256, 128, 128, .atLeast(0.92, target: 1)),
    Benchmark(
      "matmul 256x128x128 transposed B", unit: "calls/s", against: "matmul 256x128x128",
      bound: .atLeast(0.9, target: 1)
    ) {
      var random = RandomSource(seed: 1)
      let (a, b) = (random.normal([256, 128]), random.normal([128, 128]))
      return {
        _ = matmul(a, b, transposingRight: true)
        return nil
      }
    },
  ]
}

private var rows: [Benchmark] {
  func row(
    _ name: String, _ bound: Bound, _ prepare: @escaping (Tensor) -> () -> Void
  ) -> Benchmark {
    operation(name, bound: bound) {
      var random = RandomSource(seed: 1)
      return prepare(random.normal([1_024, 128]))
    }
  }
  return [
    row("softmax 1024x128", .atLeast(1, target: 1.3)) { x in { _ = softmax(x) } },
    row("layernorm 1024x128", .atLeast(1.3, target: 2.2)) { x in
      let (gain, bias) = (Tensor.ones([128]), Tensor.zeros([128]))
      return { _ = layerNorm(x, gain: gain, bias: bias) }
    },
    row("layernorm 1024x128 fwd+bwd", .atLeast(1, target: 1.5)) { x in
      let tape = Tape()
      let leaves = [x, .ones([128]), .zeros([128])].map { Tensor.variable($0, on: tape) }
      return { layerNorm(leaves[0], gain: leaves[1], bias: leaves[2]).sum().backward() }
    },
  ]
}

private var convolutions: [Benchmark] {
  [
    operation("conv2d 64x1x28x28->32 fwd", bound: .atLeast(2, target: 4)) {
      var random = RandomSource(seed: 1)
      let images = random.normal([64, 28, 28, 1])
      let weight = random.normal([3, 3, 1, 32])
      return { _ = convolution(images, weight, padding: 1) }
    },
    operation("conv2d 64x1x28x28->32 fwd+bwd") {
      var random = RandomSource(seed: 1)
      let images = random.normal([64, 28, 28, 1])
      let weight = Tensor.variable(random.normal([3, 3, 1, 32]), on: Tape())
      return { convolution(images, weight, padding: 1).sum().backward() }
    },
    operation("conv2d 64x32x14x14->64 fwd+bwd") {
      var random = RandomSource(seed: 1)
      let tape = Tape()
      let maps = Tensor.variable(random.normal([64, 14, 14, 32]), on: tape)
      let weight = Tensor.variable(random.normal([3, 3, 32, 64]), on: tape)
      return { convolution(maps, weight, padding: 1).sum().backward() }
    },
  ]
}
