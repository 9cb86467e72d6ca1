import NN
import Tensors

/// The network twice: three convolutions with one normalisation, pooling, two linear layers.
extension NNFunctional {
  // region: modules
  /// The network as modules: layers keep their weights, the rest are functions.
  struct ModuleNetwork {
    private let first: Conv2D
    private let norm: BatchNorm
    private let second: Conv2D
    private let third: Conv2D
    private let hidden: Linear
    private let output: Linear
    private let dropout: Dropout

    init(_ demo: NNFunctional, in parameters: Parameters) {
      let C = demo.channels
      first = Conv2D(1, C, size: 3, padding: 1, in: parameters.scope("first"))
      norm = BatchNorm(C, in: parameters.scope("norm"))
      second = Conv2D(C, C, size: 3, padding: 1, in: parameters.scope("second"))
      third = Conv2D(C, C, size: 3, padding: 1, in: parameters.scope("third"))
      hidden = Linear(16 * C, demo.hidden, in: parameters.scope("hidden"))
      output = Linear(demo.hidden, Digits.classCount, in: parameters.scope("output"))
      dropout = Dropout(Float(demo.dropout), in: parameters)
    }

    func callAsFunction(_ x: Tensor, _ random: inout RandomSource) -> Tensor {
      var y = relu(norm(first(x)))  // [B, 8, 8, C]
      y = relu(second(y))
      y = relu(third(y))
      y = maxPool(y, size: 2).values  // [B, 4, 4, C]
      y = dropout(y.reshaped([y.shape[0], y.count / y.shape[0]]), &random)  // [B, 16 C]
      y = dropout(relu(hidden(y)), &random)
      return output(y)  // [B, 10]
    }
  }
  // endregion: modules

  /// What modules look up and functions must be told.
  struct Mode {
    let normalisesByBatch: Bool
    let drops: Bool

    static let training = Mode(normalisesByBatch: true, drops: true)
    static let evaluation = Mode(normalisesByBatch: false, drops: false)
    /// Evaluation by somebody who forgot to tell dropout.
    static let forgetful = Mode(normalisesByBatch: false, drops: true)
  }

  // region: functions
  /// The network as functions: weights come by position, mode and masks as well.
  func logits(
    _ x: Tensor, _ w: [Tensor], _ mode: Mode, _ random: inout RandomSource
  ) -> Tensor {
    var y = convolution(x, w[0], w[1], padding: 1)  // [B, 8, 8, C]
    y = batchNorm(
      y, runningMean: w[4], runningVariance: w[5], gain: w[2], bias: w[3],
      isTraining: mode.normalisesByBatch)
    y = relu(convolution(relu(y), w[6], w[7], padding: 1))
    y = relu(convolution(y, w[8], w[9], padding: 1))
    y = maxPool(y, size: 2).values  // [B, 4, 4, C]
    y = y.reshaped([y.shape[0], y.count / y.shape[0]])  // [B, 16 C]
    if mode.drops { y = Tensors.dropout(y, probability: Float(dropout), &random) }
    y = relu(linear(y, w[10], w[11]))
    if mode.drops { y = Tensors.dropout(y, probability: Float(dropout), &random) }
    return linear(y, w[12], w[13])  // [B, 10]
  }
  // endregion: functions
}
