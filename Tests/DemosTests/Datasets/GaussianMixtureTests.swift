import Demos
import Foundation
import TestSupport
import Tensors
import Testing

struct GaussianMixtureTests {
  private let mixture = GaussianMixture(
    weights: [1, 4], means: SampleSet(dimension: 2, values: [-5, -5, 5, 5]), deviations: [1, 0.5])

  // from scipy.stats import multivariate_normal as n
  // for x in ([-4, -5.5], [4.8, 5.2], [0, 1]):
  //   print(np.log(.2 * n([-5, -5], 1).pdf(x) + .8 * n([5, 5], .25).pdf(x)))
  @Test func `the density equals SciPy's`() {
    let x = Tensor([-4, -5.5, 4.8, 5.2, 0, 1], shape: [3, 2])
    expectClose(
      mixture.logDensity(x).scalars, [-4.072315, -0.83472626, -33.947315], tolerance: 1e-5)
  }

  @Test func `the score is the slope of the log-density`() {
    let tape = Tape()
    let x = Tensor.variable(Tensor([-4, -5.5, 4.8, 5.2, 0, 1], shape: [3, 2]), on: tape)
    let slope = gradient(of: mixture.logDensity(x).sum(), for: [x])[0]
    expectClose(mixture.score(x.detached()).scalars, slope.scalars, tolerance: 1e-5)
  }

  @Test func `points come from each part as often as its weight says`() {
    var random = RandomSource(seed: 1)
    let points = mixture.samples(4_000, &random)
    let upper = points.column(0).filter { $0 > 0 }
    expectClose(Double(upper.count) / 4_000, 0.8, tolerance: 0.02)
    expectClose(MeanEstimate(upper).mean, 5, tolerance: 0.03)
    expectClose(
      MeanEstimate(upper).standardError * Double(upper.count).squareRoot(), 0.5, tolerance: 0.02)
    var again = RandomSource(seed: 1)
    #expect(mixture.samples(4_000, &again) == points)
  }

  @Test func `noise makes a mixture of wider parts`() {
    let noised = mixture.noised(scale: 0.6, deviation: 0.8)
    #expect(noised.means.values == [-3, -3, 3, 3])
    expectClose(noised.deviations, [1, (0.09 + 0.64).squareRoot()], tolerance: 1e-12)
    #expect(noised.weights == mixture.weights)
  }
}
