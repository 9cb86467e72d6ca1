import Demos
import NN
import TestSupport
import Tensors
import Testing

/// Bijections: each can be run backwards, and its log-determinant is that of its Jacobian.
struct FlowTests {
  private static func random(_ name: String) -> RandomSource {
    RandomSource(seed: 5).split(name)
  }

  /// Every kind of bijection with parameters away from their first values, and a batch for it.
  private static func samples() -> [(name: String, map: any Bijection, x: Tensor, tape: Tape)] {
    func sample(
      _ name: String, _ shape: Shape, _ make: (Parameters) -> any Bijection
    ) -> (name: String, map: any Bijection, x: Tensor, tape: Tape) {
      var random = random(name)
      let parameters = Parameters(random.split("weights"))
      let map = make(parameters)
      if parameters.count > 0 {
        parameters.values.add(random.normal([parameters.count]), scale: 0.1)
      }
      let x = name == "logit" ? random.uniform(shape) * 17 : random.normal(shape)
      return (name, map, x, parameters.tape)
    }
    return [
      sample("logit", [2, 6]) { _ in Logit(levels: 17) },
      sample("scaling", [2, 6]) { Scaling(6, in: $0) },
      sample("NICE", [2, 8]) {
        NICE.bijection(dimension: 8, width: 5, couplings: 3, in: $0)
      },
      sample("additive coupling", [2, 6]) { parameters in
        let layer = Linear(3, 3, activation: .tanh, in: parameters)
        return AdditiveCoupling(movesFirst: true) { layer($0) }
      },
      sample("affine coupling", [2, 6]) { parameters in
        let layer = Linear(3, 6, activation: .tanh, in: parameters.scope("network"))
        return AffineCoupling(3, in: parameters) { layer($0) }
      },
      sample("actnorm", [2, 2, 2, 3]) { ActNorm(3, in: $0) },
    ]
      + Glow.Mixing.allCases.map { mixing in
        sample("mixing, \(mixing)", [2, 2, 1, 4]) {
          ChannelMixing(4, mixing, in: $0, random("mixing"))
        }
      }
      + Glow.Mixing.allCases.map { mixing in
        sample("glow, \(mixing)", [2, 16]) {
          Glow(side: 4, depth: 2, width: 4, mixing: mixing, in: $0, random("mixing"))
        }
      }
  }

  @Test func `every bijection comes back to where it began`() {
    for sample in Self.samples() {
      let y = sample.map(sample.x).y
      let back = sample.map.inverse(y)
      #expect(back.shape == sample.x.shape, "\(sample.name)")
      expectClose(back.scalars, sample.x.scalars, tolerance: 2e-5)
    }
  }

  @Test func `every log-determinant is that of the Jacobian`() {
    for sample in Self.samples() {
      let count = sample.x.count / 2
      let claimed = noGrad { sample.map(sample.x).logDeterminant.broadcasted(to: [2]) }
      for example in 0..<2 {
        let one = sample.x.rows(example..<example + 1).reshaped([count])
        let copies = Tensor.variable(
          one.broadcasted(to: [count, count])
            .reshaped(sample.x.shape.replacingFirst(with: count)),
          on: sample.tape)
        let y = sample.map(copies).y
        y.backward(
          with: oneHot(Indices(Array(0..<count)), width: count).reshaped(y.shape))
        let jacobian = copies.gradient?.reshaped([count, count]) ?? Tensor.zeros([1, 1])
        expectClose(
          signAndLogDeterminant(jacobian).logarithm.item, claimed.scalars[example],
          tolerance: 2e-4)
      }
    }
  }

  @Test func `actnorm gives its first batch mean 0 and variance 1`() {
    var random = Self.random("batch")
    let norm = ActNorm(3, in: Parameters(random))
    let y = norm.prepared(on: random.normal([50, 2, 2, 3]) * Tensor([0.5, 2, 9]) + 4)
    let rows = y.reshaped([200, 3])
    expectClose(rows.mean(axis: 0).scalars, [0, 0, 0], tolerance: 1e-4)
    expectClose(rows.variance(axis: 0).scalars, [1, 1, 1], tolerance: 1e-4)
  }

  @Test func `a couple of numbers has a density that integrates to 1`() throws {
    let model = FlowModel(
      levels: 17, dimension: 2, prior: .logistic, Self.random("density")
    ) {
      NICE.bijection(dimension: 2, width: 8, couplings: 4, in: $0)
    }
    var random = Self.random("noise")
    let images = random.integers([100, 2], below: 17).floats
    try model.train(
      on: images, steps: 30, batch: 20, learningRate: 0.01, random.split("training")
    ) { _, _ in }
    // The logit's margin leaves 17 / 18 of a level beyond either end.
    let (start, width, cells) = (-17.0 / 18, 17 + 17.0 / 9, 300)
    let centres = (0..<cells).map { Float(start + width * (Double($0) + 0.5) / Double(cells)) }
    let points = centres.flatMap { first in centres.flatMap { [first, $0] } }
    let density = noGrad {
      exp(model.logDensity(Tensor(points, shape: [cells * cells, 2]))).sum().item
    }
    let cell = width / Double(cells)
    expectClose(Double(density) * cell * cell, 1, tolerance: 0.02)
  }

  @Test func `samples are whole images within the logit's margins`() {
    let model = FlowModel(
      levels: 17, dimension: 16, prior: .normal, Self.random("samples")
    ) {
      Glow(side: 4, depth: 1, width: 4, mixing: .shuffle, in: $0, Self.random("mixing"))
    }
    var random = Self.random("draws")
    let images = model.samples(20, &random)
    #expect(images.shape == [20, 16])
    #expect(images.scalars.allSatisfy { -1 < $0 && $0 < 18 })
  }
}

extension Shape {
  /// The shape with another number of examples.
  fileprivate func replacingFirst(with count: Int) -> Shape {
    Shape([count] + dimensions.dropFirst())
  }
}
