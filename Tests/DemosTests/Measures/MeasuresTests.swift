import DemoKit
import Demos
import Foundation
import TestSupport
import Tensors
import Testing

/// Statistics and measures other than the distances between sample sets.
struct MeasuresTests {
  @Test func `a mean has the standard error of the textbook`() {
    let estimate = MeanEstimate([2, 4, 4, 4, 5, 5, 7, 9])
    expectClose(estimate.mean, 5, tolerance: 1e-14)
    // Σ (x - 5)² = 32, over 7, over 8.
    expectClose(estimate.standardError, (32.0 / 56).squareRoot(), tolerance: 1e-14)
    expectClose(estimate.deviation(from: 4), (56.0 / 32).squareRoot(), tolerance: 1e-14)
    #expect(estimate.text(2) == "5.00 ± 0.76")
  }

  @Test func `numbers fall into their bins, those outside into none`() {
    let histogram = Histogram([0, 0.4, 0.5, 1.9, 2, -1, 3], in: 0...2, bins: 4)
    #expect(histogram.counts == [2, 1, 0, 2])
    #expect(histogram.centres == [0.25, 0.75, 1.25, 1.75])
    expectClose(histogram.densities, [4.0 / 7, 2.0 / 7, 0, 4.0 / 7], tolerance: 1e-14)
    #expect(histogram.series("x").y == histogram.densities)
  }

  @Test func `perplexity is the number of equally likely outcomes`() {
    expectClose(perplexity(ofCounts: [5, 5, 0, 5]), 3, tolerance: 1e-14)
    expectClose(perplexity(ofCounts: [0, 9]), 1, tolerance: 1e-14)
    expectClose(perplexity(ofNats: log(7.0)), 7, tolerance: 1e-14)
  }

  @Test func `a mode counts if a point lies near its centre`() {
    let centres = SampleSet(dimension: 1, values: [0, 10, 20])
    let sample = SampleSet(dimension: 1, values: [0.2, -0.25, 10.35, 19.75, 15])
    let coverage = ModeCoverage(of: sample, centres: centres, deviation: 0.1)
    #expect(coverage.counts == [2, 0, 1])
    #expect(coverage.covered == 2)
    expectClose(coverage.highQualityShare, 0.6, tolerance: 1e-14)
  }

  @Test func `real points cover all eight Gaussians as often as their law says`() {
    var random = RandomSource(seed: 1)
    let points = EightGaussians.samples(4_000, &random)
    let coverage = ModeCoverage(
      of: points, centres: EightGaussians.centres, deviation: Double(EightGaussians.deviation))
    #expect(coverage.covered == 8)
    // In the plane 1 - exp(-9/2) = 0.9889 lie within three deviations.
    expectClose(coverage.highQualityShare, 0.9889, tolerance: 0.006)
  }

  // from scipy.fft import dctn
  // x = np.sin(0.7 * np.arange(64)).reshape(8, 8)
  // p = dctn(x, norm="ortho")**2; print(p[0, :3], p[7, 7])
  // h = np.add.outer(np.arange(8), np.arange(8)) >= 8
  // print(p[h].sum() / (p.sum() - p[0, 0]))
  @Test func `the spectrum equals SciPy's and keeps the power`() {
    let image = SampleSet(dimension: 64, values: (0..<64).map { Float(sin(0.7 * Double($0))) })
    let spectrum = ImageSpectrum()
    let power = spectrum.power(of: image)
    expectClose(Array(power[0..<3]), [7.2660613e-05, 0.69651082, 0.0020577571], tolerance: 1e-5)
    expectClose(power[63], 6.0007555e-09, tolerance: 1e-6)
    let squares = image.values.reduce(0.0) { $0 + Double($1) * Double($1) }
    expectClose(power.reduce(0, +), squares, tolerance: 1e-5)
    expectClose(spectrum.highFrequencyShare(of: image), 0.00033285713, tolerance: 1e-5)
  }

  @Test func `a checkerboard of pixels is all high frequency, a ramp is none`() {
    func image(_ level: (Int, Int) -> Float) -> SampleSet {
      SampleSet(dimension: 64, values: (0..<64).map { level($0 / 8, $0 % 8) })
    }
    let spectrum = ImageSpectrum()
    #expect(spectrum.highFrequencyShare(of: image { Float(($0 + $1) % 2) }) > 0.98)
    #expect(spectrum.highFrequencyShare(of: image { i, _ in Float(i) }) < 1e-6)
  }
}
