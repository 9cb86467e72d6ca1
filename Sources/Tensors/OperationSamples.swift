/// An operation with inputs at which its gradient can be checked.
package struct OperationSample {
  package let name: String
  package let inputs: [Tensor]
  package let function: ([Tensor]) -> Tensor

  /// The check of this sample's gradient.
  package func check(_ random: RandomSource) -> GradientCheck {
    GradientCheck(of: function, at: inputs, random)
  }
}

extension OperationSample {
  /// Every differentiable operation, the form of its arguments varied where that matters.
  ///
  /// Inputs stay 0.2 away from kinks and from where a function is not defined.
  package static func all(_ random: RandomSource) -> [OperationSample] {
    var samples = Samples(random: random)
    samples.addArithmetic()
    samples.addFunctions()
    samples.addShaping()
    samples.addReductions()
    samples.addProducts()
    samples.addRows()
    samples.addAttention()
    samples.addImages()
    samples.addLinearAlgebra()
    return samples.list
  }
}

/// Collects samples and draws their inputs.
private struct Samples {
  private var random: RandomSource
  private(set) var list: [OperationSample] = []

  init(random: RandomSource) {
    self.random = random
  }

  private mutating func add(
    _ name: String, _ inputs: [Tensor], _ function: @escaping ([Tensor]) -> Tensor
  ) {
    list.append(OperationSample(name: name, inputs: inputs, function: function))
  }

  /// Numbers of either sign with magnitudes from 0.4 to 1.4.
  private mutating func apart(_ shape: Shape) -> Tensor {
    let sign = isLess(random.uniform(shape), Tensor(0.5)) * 2 - 1
    return sign * random.uniform(shape, in: 0.4...1.4)
  }

  /// Numbers from 0.7 to 1.7.
  private mutating func positive(_ shape: Shape) -> Tensor {
    random.uniform(shape, in: 0.7...1.7)
  }

  private mutating func normal(_ shape: Shape) -> Tensor { random.normal(shape) }

  /// Distinct numbers a unit apart in random order, so that their ranks do not change.
  private mutating func ranked(_ shape: Shape) -> Tensor {
    Tensor(random.permutation(shape.count).map { Float($0) }, shape: shape)
  }

  mutating func addArithmetic() {
    add("add", [normal([3, 5]), normal([3, 5])]) { $0[0] + $0[1] }
    add("add a suffix", [normal([2, 3, 5]), normal([5])]) { $0[0] + $0[1] }
    add("subtract", [normal([3, 1]), normal([3, 5])]) { $0[0] - $0[1] }
    add("multiply", [normal([2, 3, 5]), normal([2, 1, 5])]) { $0[0] * $0[1] }
    add("divide", [normal([3, 5]), positive([3, 1])]) { $0[0] / $0[1] }
    add("affine", [normal([7])]) { 3 - 2 * $0[0] }
    let (a, gap) = (normal([3, 5]), apart([3, 5]))
    add("minimum", [a, a + gap]) { minimum($0[0], $0[1]) }
    add("maximum", [a, a + gap]) { maximum($0[0], $0[1]) }
    add("clamp", [apart([17]) * 2]) { clamp($0[0], -0.1...3.5) }
    let condition = isLess(normal([3, 5]), Tensor(0))
    add("select", [normal([3, 5]), normal([3, 5])]) { select(condition, $0[0], $0[1]) }
  }

  mutating func addFunctions() {
    add("exp", [normal([19])]) { exp($0[0]) }
    add("log", [positive([19])]) { log($0[0]) }
    add("sqrt", [positive([19])]) { sqrt($0[0]) }
    add("reciprocal", [positive([19])]) { reciprocal($0[0]) }
    add("square", [normal([19])]) { square($0[0]) }
    add("abs", [apart([19])]) { abs($0[0]) }
    add("sin", [normal([19])]) { sin($0[0]) }
    add("cos", [normal([19])]) { cos($0[0]) }
    add("tanh", [normal([19])]) { tanh($0[0]) }
    add("sigmoid", [normal([19])]) { sigmoid($0[0]) }
    add("relu", [apart([19])]) { relu($0[0]) }
    add("leakyRelu", [apart([19])]) { leakyRelu($0[0], slope: 0.2) }
    add("silu", [normal([19])]) { silu($0[0]) }
    add("gelu", [normal([19])]) { gelu($0[0]) }
    add("softplus", [normal([19])]) { softplus($0[0]) }
    add("logSigmoid", [normal([19])]) { logSigmoid($0[0]) }
    add("power 3", [normal([19])]) { power($0[0], 3) }
    add("power 1.5", [positive([19])]) { power($0[0], 1.5) }
    add("sinusoidalEmbedding", [normal([3])]) { sinusoidalEmbedding($0[0], width: 6) }
    let seed = random
    add("dropout", [normal([19])]) { inputs in
      var random = seed
      return dropout(inputs[0], probability: 0.3, &random)
    }
  }

  mutating func addShaping() {
    add("reshape", [normal([3, 4])]) { $0[0].reshaped([2, 6]) }
    add("slice rows", [normal([5, 3])]) { $0[0].rows(1..<4) }
    add("slice columns", [normal([3, 5])]) { $0[0].slice(axis: -1, 1..<4) }
    add("pad", [normal([2, 3, 2])]) { $0[0].padded(axis: 1, before: 1, after: 2) }
    add("permute", [normal([2, 3, 4, 5])]) { $0[0].permuted(2, 0, 3, 1) }
    add("concatenate", [normal([2, 3]), normal([2, 4])]) { concatenated($0) }
    add("stack", [normal([2, 3]), normal([2, 3])]) { stacked($0) }
    add("split", [normal([2, 5])]) { inputs in
      let parts = inputs[0].split([2, 3])
      return concatenated([parts[1], 2 * parts[0]])
    }
    add("tiled", [normal([2, 3, 2])]) { $0[0].tiled(axis: 1, count: 2) }
    add("repeated", [normal([2, 3, 2])]) { $0[0].repeated(axis: 1, count: 2) }
    let indices = Indices([2, 0, 2, 1], shape: [2, 2])
    add("gatherRows", [normal([3, 5])]) { gatherRows($0[0], indices) }
    add("scatterRows", [normal([2, 2, 3])]) { scatterRows($0[0], indices, count: 4) }
    add("pick", [normal([2, 2, 3])]) { pick($0[0], indices) }
    add("place", [normal([2, 2])]) { place($0[0], indices, width: 3) }
    add("gatherLast", [normal([2, 3])]) { gatherLast($0[0], indices) }
    add("scatterLast", [normal([2, 2])]) { scatterLast($0[0], indices, width: 3) }
    add("straightThrough", [normal([5])]) { straightThrough($0[0].detached(), gradientOf: $0[0]) }
    add("top", [ranked([2, 5])]) { $0[0].top(2).values }
  }

  mutating func addReductions() {
    add("sum", [normal([3, 5])]) { $0[0].sum() }
    add("sum over an axis", [normal([2, 3, 5])]) { $0[0].sum(axis: 1) }
    add("mean", [normal([2, 3, 5])]) { $0[0].mean(axis: -1, keepsAxis: true) }
    add("variance", [normal([4, 5])]) { $0[0].variance(axis: 0) }
    add("max", [ranked([3, 5])]) { $0[0].max(axis: -1) }
    add("cumulativeSum", [normal([3, 5])]) { $0[0].cumulativeSum() }
    add("cumulativeSum from the end", [normal([5])]) { $0[0].cumulativeSum(fromEnd: true) }
    add("logSumExp", [normal([3, 5])]) { $0[0].logSumExp(axis: 1) }
  }

  mutating func addProducts() {
    add("matmul", [normal([5, 3]), normal([3, 7])]) { matmul($0[0], $0[1]) }
    add("matmul, left transposed", [normal([3, 5]), normal([3, 7])]) {
      matmul($0[0], $0[1], transposingLeft: true)
    }
    add("matmul, right transposed", [normal([5, 3]), normal([7, 3])]) {
      matmul($0[0], $0[1], transposingRight: true)
    }
    add("matmul, both transposed", [normal([3, 5]), normal([7, 3])]) {
      matmul($0[0], $0[1], transposingLeft: true, transposingRight: true)
    }
    add("matmul of batches", [normal([2, 5, 3]), normal([2, 3, 4])]) { matmul($0[0], $0[1]) }
    add("matmul by one matrix", [normal([2, 5, 3]), normal([3, 4])]) { matmul($0[0], $0[1]) }
    for activation in Activation.allCases {
      let bias = activation == .relu ? Tensor.full([20], 8) : normal([20])
      // Small factors: a steep product bends the activation within one step of the differences.
      add("linear, \(activation)", [normal([9, 3]) * 0.5, normal([3, 20]) * 0.5, bias]) {
        linear($0[0], $0[1], $0[2], activation: activation)
      }
    }
    add("linear without bias", [normal([9, 3]), normal([3, 20])]) {
      linear($0[0], $0[1], nil, activation: .silu)
    }
  }

  mutating func addRows() {
    add("softmax", [normal([3, 5])]) { softmax($0[0]) }
    add("logSoftmax", [normal([3, 5])]) { logSoftmax($0[0]) }
    let targets = Indices([1, 4, 0])
    let weights = Tensor([1, 0, 2])
    add("crossEntropy", [normal([3, 5])]) {
      crossEntropy(logits: $0[0], targets: targets, weights: weights)
    }
    let ignoring = Indices([1, -100, 0])
    add("crossEntropy with an ignored row", [normal([3, 5])]) {
      crossEntropy(logits: $0[0], targets: ignoring)
    }
    add("layerNorm", [normal([3, 20]), normal([20]), normal([20])]) {
      layerNorm($0[0], gain: $0[1], bias: $0[2])
    }
    add("rmsNorm", [normal([3, 20]), normal([20])]) { rmsNorm($0[0], gain: $0[1]) }
    add("rotary", [normal([2, 3, 2, 6])]) { rotary($0[0], firstPosition: 2) }
    let places = Indices([0, 3, 1, 2, 0, 5], shape: [2, 3])
    add("rotary at positions", [normal([2, 3, 2, 6])]) { rotary($0[0], positions: places) }
    add("rotary in two dimensions", [normal([2, 3, 2, 8])]) {
      rotary($0[0], rows: places, columns: Indices([4, 2, 2, 0, 1, 1], shape: [2, 3]))
    }
  }

  mutating func addAttention() {
    let masks: [AttentionMask] = [
      .none, .causal, .blockCausal(size: 2), .packed(lengths: [2, 3, 5], causal: false),
      .packed(lengths: [5, 4, 1], causal: true),
    ]
    let shape: Shape = [2, 5, 4, 4]
    for mask in masks {
      for form in AttentionForm.allCases {
        add("attention, \(mask), \(form)", [normal(shape), normal(shape), normal(shape)]) {
          attention($0[0], $0[1], $0[2], mask: mask, form: form)
        }
      }
    }
    let few: Shape = [2, 5, 2, 4]
    add("attention with shared heads", [normal(shape), normal(few), normal(few)]) {
      attention($0[0], $0[1], $0[2], mask: .causal)
    }
  }

  mutating func addImages() {
    let images: Shape = [2, 5, 4, 3]
    add("unfold", [normal(images)]) { unfold($0[0], size: 3, stride: 2, padding: 1) }
    add("fold", [normal([2, 3, 2, 27])]) { fold($0[0], to: images, size: 3, stride: 2, padding: 1) }
    add("spaceToDepth", [normal([2, 4, 6, 3])]) { spaceToDepth($0[0]) }
    add("depthToSpace", [normal([2, 2, 3, 12])]) { depthToSpace($0[0]) }
    let kernel = [normal(images) * 0.5, normal([3, 3, 3, 5]) * 0.3, normal([5])]
    for (stride, padding) in [(1, 1), (2, 0), (2, 1)] {
      add("convolution, stride \(stride), padding \(padding)", kernel) {
        convolution($0[0], $0[1], $0[2], stride: stride, padding: padding, activation: .silu)
      }
    }
    add("convolution of one pixel", [normal(images), normal([1, 1, 3, 5])]) {
      convolution($0[0], $0[1])
    }
    add("transposedConvolution", [normal([2, 2, 3, 4]), normal([3, 3, 2, 4]), normal([2])]) {
      transposedConvolution($0[0], $0[1], $0[2], stride: 2, padding: 1, outputPadding: 1)
    }
    add("maxPool", [ranked(images)]) { maxPool($0[0], size: 3, stride: 2, padding: 1).values }
    let places = Indices((0..<36).map { $0 * 7 % 20 }, shape: [2, 3, 2, 3])
    add("maxUnpool", [normal(places.shape)]) { maxUnpool($0[0], places, height: 5, width: 4) }
    add("takePixels", [normal(images)]) { takePixels($0[0], places) }
    add("averagePool", [normal(images)]) { averagePool($0[0], size: 3, stride: 2, padding: 1) }
    for rule in [Interpolation.nearest, .bilinear(alignsCorners: false)] {
      add("resized, \(rule)", [normal(images)]) { resized($0[0], height: 8, width: 3, rule) }
    }
    let lines = LineBlend(from: 3, to: 5, .bilinear(alignsCorners: true))
    add("addedBlend", [normal([2, 5, 4])]) { addedBlend($0[0], axis: 1, lines) }
    add("groupNorm", [normal([2, 3, 2, 6]), normal([6]), normal([6])]) {
      groupNorm($0[0], groups: 2, gain: $0[1], bias: $0[2])
    }
  }

  mutating func addLinearAlgebra() {
    let unit = Tensor([4, 0, 0, 0, -4, 0, 0, 0, 4], shape: [3, 3])
    let matrix = [normal([3, 3]) + unit]  // far from singular
    add("inverse", matrix) { inverse($0[0]) }
    add("logDeterminant", matrix) { signAndLogDeterminant($0[0]).logarithm }
  }
}
