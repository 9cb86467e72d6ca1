import Foundation
import Tensors

/// Power by spatial frequency of small square images, by the discrete cosine transform.
///
///     F[u, v] = Σ_ij c_u[i] c_v[j] X[i, j],  c_u[i] = √((u ? 2 : 1) / n) cos(π (i + ½) u / n)
///
/// The transform is orthonormal: the power of all frequencies is the sum of the squared pixels. On
/// images of 8 x 8 it is one product of matrices, and no fast transform is needed.
///
/// - Source: Ahmed, Natarajan, Rao, "Discrete cosine transform", 1974.
package struct ImageSpectrum {
  private let side: Int
  /// The images of all frequencies as rows, `[side², side²]`.
  private let basis: Tensor

  package init(side: Int = 8) {
    self.side = side
    let waves = (0..<side).map { Self.wave($0, side: side) }
    var values: [Float] = []
    for vertical in waves {
      for horizontal in waves {
        for height in vertical { values += horizontal.map { Float(height * $0) } }
      }
    }
    basis = Tensor(values, shape: [side * side, side * side])
  }

  /// c_u, a wave of `side` numbers and length 1.
  private static func wave(_ u: Int, side: Int) -> [Double] {
    let scale = (Double(u == 0 ? 1 : 2) / Double(side)).squareRoot()
    let step = Double.pi * Double(u) / Double(side)
    return (0..<side).map { scale * cos((Double($0) + 0.5) * step) }
  }

  /// The mean power of each frequency over a set of images, row by row from the lowest.
  package func power(of images: SampleSet) -> [Double] {
    precondition(
      images.dimension == side * side, "spectrum: images of \(images.dimension) pixels")
    let amplitudes = matmul(images.tensor, basis, transposingRight: true)  // [images, frequencies]
    return square(amplitudes).mean(axis: 0).scalars.map { Double($0) }
  }

  /// The share of the power beyond the mean brightness that lies in the high half of the frequencies,
  /// where `u + v` is at least the side.
  package func highFrequencyShare(of images: SampleSet) -> Double {
    let power = power(of: images)
    let high = power.indices.filter { $0 / side + $0 % side >= side }
    return high.reduce(0) { $0 + power[$1] } / power.dropFirst().reduce(0, +)
  }
}
