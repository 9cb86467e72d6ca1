import NN
import Tensors

/// Row (f): single operations, in calls per second.
var operationBenchmarks: [Benchmark] {
  [
    Benchmark("scalar chain 1000 fwd+bwd", unit: "calls/s") {
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
        return nil
      }
    }
  ] + [(1_000, "1k"), (1_000_000, "1M")].flatMap { elementwise($0, label: $1) }
    + [(128, 128, 128), (512, 512, 512), (1_024, 1_024, 1_024), (256, 128, 128)].map(product)
    + rows + convolutions
}

private func operation(_ name: String, _ call: @escaping () -> Void) -> Benchmark {
  Benchmark(name, unit: "calls/s") {
    {
      call()
      return nil
    }
  }
}

private func elementwise(_ count: Int, label: String) -> [Benchmark] {
  var random = RandomSource(seed: 1)
  let (p, q) = (random.normal([count]), random.normal([count]))
  let tape = Tape()
  let g = Tensor.variable(p, on: tape)
  return [
    operation("add \(label)") { _ = p + q },
    operation("exp \(label)") { _ = exp(p) },
    operation("silu \(label)") { _ = silu(p) },
    operation("tanh \(label)") { _ = tanh(p) },
    operation("gelu(tanh) \(label)") { _ = gelu(p) },
    operation("normal \(label)") { _ = random.normal([count]) },
    operation("sum \(label)") { _ = p.sum() },
    operation("silu+sum fwd+bwd \(label)") { silu(g).sum().backward() },
  ]
}

private func product(_ rows: Int, _ inner: Int, _ columns: Int) -> Benchmark {
  var random = RandomSource(seed: 1)
  let (a, b) = (random.normal([rows, inner]), random.normal([inner, columns]))
  let name = rows == columns ? "matmul \(rows)" : "matmul \(rows)x\(inner)x\(columns)"
  return operation(name) { _ = matmul(a, b) }
}

private var rows: [Benchmark] {
  var random = RandomSource(seed: 1)
  let p = random.normal([1_024, 128])
  let (gain, bias) = (Tensor.ones([128]), Tensor.zeros([128]))
  let tape = Tape()
  let variables = [p, gain, bias].map { Tensor.variable($0, on: tape) }
  return [
    operation("softmax 1024x128") { _ = softmax(p) },
    operation("layernorm 1024x128") { _ = layerNorm(p, gain: gain, bias: bias) },
    operation("layernorm fwd+bwd 1024x128") {
      layerNorm(variables[0], gain: variables[1], bias: variables[2]).sum().backward()
    },
  ]
}

private var convolutions: [Benchmark] {
  var random = RandomSource(seed: 1)
  let images = random.normal([64, 28, 28, 1])
  let tape = Tape()
  let first = Tensor.variable(random.normal([3, 3, 1, 32]), on: tape)
  let maps = Tensor.variable(random.normal([64, 14, 14, 32]), on: tape)
  let second = Tensor.variable(random.normal([3, 3, 32, 64]), on: tape)
  return [
    operation("conv2d 64x1x28x28->32 fwd") {
      _ = convolution(images, first.detached(), padding: 1)
    },
    operation("conv2d 64x1x28x28->32 fwd+bwd") {
      convolution(images, first, padding: 1).sum().backward()
    },
    operation("conv2d 64x32x14x14->64 fwd+bwd") {
      convolution(maps, second, padding: 1).sum().backward()
    },
  ]
}
