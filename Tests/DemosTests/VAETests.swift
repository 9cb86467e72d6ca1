import DemoKit
import Demos
import TestSupport
import Tensors
import Testing

struct VAETests {
  private static func events(_ change: (inout VAE) -> Void) throws -> [DemoEvent] {
    var demo = VAE.quick
    change(&demo)
    var events: [DemoEvent] = []
    try demo.run { events.append($0) }
    return events
  }

  @Test(arguments: [1, 2, 3]) func `every claim holds for several seeds`(seed: Int) throws {
    let claims = try Self.events { $0.seed = seed }.compactMap { event in
      if case .claim(let claim) = event { claim } else { nil }
    }
    #expect(claims.count == 6)
    #expect(claims.filter { !$0.holds } == [])
  }

  @Test func `the plane is drawn again and again, and a code of one number is a row`() throws {
    let images = try Self.events {
      $0.latent = 1
      $0.steps = 100
      $0.linearSteps = 500
    }.compactMap { event in
      if case .image(let image) = event, image.title.contains("z₁") { image } else { nil }
    }
    #expect(images.count > 10)
    #expect(images.allSatisfy { $0.width == 89 && $0.height == 8 })
  }

  @Test func `a cancelled run ends at once`() async {
    let task = Task { try VAE.thorough.run { _ in } }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  /// Points of a plane in space, with noise all around it.
  private func plane(_ random: inout RandomSource) -> SampleSet {
    let weights = Tensor([2, 0, 1, -1, 0, 1, 0, 0.5], shape: [2, 4])
    let codes = random.normal([500, 2])
    return SampleSet(matmul(codes, weights) + 0.3 * random.normal([500, 4]) + 1)
  }

  @Test func `the likelihood by eigenvalues is the mean of the density`() throws {
    var random = RandomSource(seed: 1)
    let points = plane(&random)
    for components in 1...3 {
      let model = try ProbabilisticPCA(points, latent: components)
      expectClose(model.logLikelihood, model.law.meanLogDensity(of: points), tolerance: 1e-12)
    }
  }

  @Test func `the plane and the noise around it are found`() throws {
    var random = RandomSource(seed: 1)
    let model = try ProbabilisticPCA(plane(&random), latent: 2)
    expectClose(model.variance, 0.09, tolerance: 0.01)
    let weights = Matrix([[2, 0], [0, 1], [1, 0], [-1, 0.5]])
    #expect(model.leastCosine(with: weights) > 0.999)
    #expect(model.leastCosine(with: Matrix([[0, 0], [0, 1], [1, 0], [1, 0]])) < 0.9)
    let moments = model.samples(20_000, &random).moments
    let noiseless = model.law.covariance + -model.variance * Matrix.identity(4)
    expectClose(moments.covariance.values, noiseless.values, tolerance: 0.1)
    expectClose(moments.mean, model.mean, tolerance: 0.05)
  }
}
