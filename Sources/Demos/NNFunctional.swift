package import DemoKit
import NN
import Tensors

/// One convolutional network for digits, written as modules and as functions: the same outputs and
/// the same training, and then what only modules have: a list, a mode, a state by name.
///
/// - Source: the PyTorch documentation of `torch.nn` and `torch.nn.functional`.
package struct NNFunctional: Demo {
  package static let id = DemoID("nn-functional")
  package static let summary = "同一个卷积网络写成模块与函数：输出与训练逐位相同，再看参数表、模式与状态"

  package var channels = 8
  package var hidden = 64
  package var dropout = 0.5
  package var learningRate = 0.003
  package var batch = 64
  package var steps = 600
  /// Passes over the held-out digits with dropout left on.
  package var passes = 50
  package var seed = 1

  package static let parameters: [Parameter<NNFunctional>] = [
    Parameter("channels", \.channels, in: 2...32),
    Parameter("hidden", \.hidden, in: 10...256),
    Parameter("dropout", \.dropout, in: 0.1...0.9),
    Parameter("learning-rate", \.learningRate, in: 1e-5...0.03),
    Parameter("batch", \.batch, in: 8...256),
    Parameter("steps", \.steps, in: 10...5_000),
    Parameter("passes", \.passes, in: 5...500),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  package static var quick: NNFunctional {
    var demo = NNFunctional()
    demo.steps = 100
    demo.passes = 10
    return demo
  }

  package static var thorough: NNFunctional {
    var demo = NNFunctional()
    demo.channels = 32
    demo.hidden = 128
    demo.steps = 3_000
    demo.passes = 200
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let task = try DigitsTask(self)
    let modules = ModuleRun(self, task.random.split("weights"))
    let functions = FunctionRun(self, copying: modules)
    emit(.text("同一个网络写两遍：模块自己记着权重，函数由调用者递进去。先比输出，再比训练。"))
    let outputs = outputClaims(modules, functions, task)
    let training = try trainingClaims(modules, functions, task, emit)
    emit(.text("模块有一张参数表，函数没有。"))
    let list = try listClaims(modules, functions, task, emit)
    emit(.text("模块有训练与评估两种模式，函数要靠调用者说明。"))
    let mode = try modeClaims(modules, functions, task, emit)
    emit(.text("模块的状态按路径存取，函数的权重只有位置。"))
    let state = try stateClaims(modules, functions, task, emit)
    let time = try timeClaim(modules, functions, task)
    for claim in outputs + training + list + mode + state + [time] { emit(.claim(claim)) }
  }
}

// MARK: - The data

extension NNFunctional {
  /// The digits, and which of them each step sees.
  struct DigitsTask {
    let random: RandomSource
    let heldOut: (images: Tensor, labels: Indices)
    private let digits: Digits
    private let training: [Int]
    private let batch: Int

    init(_ demo: NNFunctional) throws {
      random = RandomSource(seed: demo.seed)
      digits = try Digits.shipped()
      training = digits.training
      batch = demo.batch
      heldOut = Self.images(at: digits.heldOut, of: digits)
    }

    /// The batch of a step, which depends on nothing but its number.
    func batch(_ step: Int) -> (images: Tensor, labels: Indices) {
      var random = random.split("batch").split(step)
      let chosen = random.integers([batch], below: training.count).values
      return Self.images(at: chosen.map { training[Int($0)] }, of: digits)
    }

    /// The masks of a step or pass, as a source of its own.
    func masks(_ name: String, _ number: Int) -> RandomSource {
      random.split(name).split(number)
    }

    private static func images(
      at positions: [Int], of digits: Digits
    ) -> (images: Tensor, labels: Indices) {
      let pixels = digits.pixels(at: positions, in: -1...1)
      return (
        Tensor(pixels, shape: [positions.count, Digits.width, Digits.width, 1]),  // [B, H, W, C]
        Indices(positions.map { digits.labels[$0] })
      )
    }
  }

  /// Logits as loss and accuracy on the held-out digits.
  struct Score {
    let loss: Double
    let accuracy: Double

    init(_ logits: Tensor, _ labels: Indices) {
      loss = Double(crossEntropy(logits: logits, targets: labels).item)
      let hits = zip(logits.argmax().values, labels.values).count { $0 == $1 }
      accuracy = Double(hits) / Double(labels.count)
    }

    var percent: String { (100 * accuracy).fixed(1) + "%" }
  }
}

/// How many numbers of two equally long rows differ in any bit.
func differingBits(_ left: [Float], _ right: [Float]) -> Int {
  zip(left, right).count { $0.bitPattern != $1.bitPattern } + abs(left.count - right.count)
}

/// The largest difference between the numbers of two tensors.
func largestDifference(_ left: Tensor, _ right: Tensor) -> Double {
  zip(left.scalars, right.scalars).reduce(0) { max($0, abs(Double($1.0) - Double($1.1))) }
}
