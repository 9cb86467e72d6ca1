package import Tensors

/// Which of two samples lies farther from held-out data, and how sure that is.
///
/// The difference of their energy distances is resampled as a whole, the held-out points with it,
/// since both are measured against the same ones.
package struct DistanceComparison {
  private let heldOut: SampleSet
  private let bootstrap = Bootstrap()
  private let random: RandomSource
  /// Weights of the held-out points in each resample.
  private let heldOutWeights: Tensor
  private let baseline: Distances
  private let baselineResampled: [Double]

  /// What the distance of a sample to the held-out data is made of, but for what it does not change.
  private struct Distances {
    let between: DistanceMatrix
    let within: DistanceMatrix

    init(_ sample: SampleSet, heldOut: SampleSet) {
      between = DistanceMatrix(sample, heldOut)
      within = DistanceMatrix(sample)
    }

    var value: Double { 2 * between.mean() - within.mean() }

    func resampled(_ weights: Tensor, heldOut: Tensor) -> [Double] {
      zip(
        between.means(rowWeights: weights, columnWeights: heldOut),
        within.means(rowWeights: weights, columnWeights: weights)
      ).map { 2 * $0 - $1 }
    }
  }

  /// A difference with its bootstrap interval.
  package struct Difference: Hashable, Sendable {
    package var value: Double
    package var interval: ClosedRange<Double>
  }

  /// The energy distance of the baseline to the held-out data.
  package let baselineDistance: Double

  /// Prepares comparisons with the sample `baseline`.
  package init(baseline sample: SampleSet, heldOut: SampleSet, _ random: RandomSource) {
    var random = random
    heldOutWeights = bootstrap.weights(heldOut.count, &random)
    let weights = bootstrap.weights(sample.count, &random)
    baseline = Distances(sample, heldOut: heldOut)
    baselineResampled = baseline.resampled(weights, heldOut: heldOutWeights)
    baselineDistance = baseline.value - DistanceMatrix(heldOut).mean()
    self.heldOut = heldOut
    self.random = random
  }

  // region: difference
  /// D(sample, held out) - D(baseline, held out); the distances among held-out points cancel.
  package func difference(of sample: SampleSet) -> Difference {
    var random = random
    let weights = bootstrap.weights(sample.count, &random)
    let compared = Distances(sample, heldOut: heldOut)
    let resampled = compared.resampled(weights, heldOut: heldOutWeights)
    return Difference(
      value: compared.value - baseline.value,
      interval: bootstrap.interval(of: zip(resampled, baselineResampled).map { $0 - $1 }))
  }
  // endregion: difference
}
