import DemoKit
import NN
import Tensors

/// The same training twice: by an optimiser that knows the list, and by a function that is told all.
extension NNFunctional {
  // region: module-step
  /// The modules in training: the optimiser finds all weights in the list.
  struct ModuleRun {
    let parameters: Parameters
    let network: ModuleNetwork
    private let optimizer: AdamW

    init(_ demo: NNFunctional, _ random: RandomSource) {
      parameters = Parameters(random)
      network = ModuleNetwork(demo, in: parameters)
      optimizer = AdamW(parameters, learningRate: Float(demo.learningRate))
    }

    func step(_ images: Tensor, _ labels: Indices, _ masks: RandomSource) -> Float {
      var masks = masks
      let loss = crossEntropy(logits: network(images, &masks), targets: labels)
      loss.backward()
      optimizer.step()
      return loss.item
    }
  }
  // endregion: module-step

  // region: function-step
  /// The functions in training: weights, gradients and moments go by hand.
  struct FunctionRun {
    private let demo: NNFunctional
    private let tape = Tape()
    let weights: [Tensor]
    private let trained: [Int]
    private let means: [Tensor]
    private let squares: [Tensor]
    private var steps = 0

    /// Begins with the weights of modules; those at `forgotten` are not trained.
    init(_ demo: NNFunctional, copying modules: ModuleRun, forgetting forgotten: Set<Int> = []) {
      self.demo = demo
      let entries = modules.parameters.state().entries
      let learned = entries.indices.filter {
        !entries[$0].name.contains("running") && !forgotten.contains($0)
      }
      weights = entries.indices.map { [tape] index in
        let value = Tensor(entries[index].values, shape: entries[index].shape)
        return learned.contains(index) ? Tensor.variable(value, on: tape) : value
      }
      means = learned.map { .zeros(entries[$0].shape) }
      squares = learned.map { .zeros(entries[$0].shape) }
      trained = learned
    }

    mutating func step(_ images: Tensor, _ labels: Indices, _ masks: RandomSource) -> Float {
      var masks = masks
      let logits = demo.logits(images, weights, .training, &masks)
      let loss = crossEntropy(logits: logits, targets: labels)
      let gradients = gradient(of: loss, for: trained.map { weights[$0] })
      tape.clear()
      steps += 1
      let settings = AdamSettings(
        learningRate: Float(demo.learningRate), beta1: 0.9, beta2: 0.999, epsilon: 1e-8,
        decay: 0.01, penalty: 0)
      for (place, index) in trained.enumerated() {
        weights[index].adamStep(
          settings, step: steps, gradient: gradients[place], mean: means[place],
          square: squares[place])
      }
      return loss.item
    }
  }
  // endregion: function-step

  /// Logits of the held-out digits by the modules, in the mode they are in.
  func heldOutLogits(_ modules: ModuleRun, _ task: DigitsTask, _ masks: RandomSource) -> Tensor {
    var masks = masks
    return noGrad { modules.network(task.heldOut.images, &masks) }
  }

  /// Logits of the held-out digits by the functions, in the mode they are told.
  func heldOutLogits(
    _ weights: [Tensor], _ mode: Mode, _ task: DigitsTask, _ masks: RandomSource
  ) -> Tensor {
    var masks = masks
    return noGrad { logits(task.heldOut.images, weights, mode, &masks) }
  }

  /// The outputs of both before any training, in both modes.
  ///
  /// The running statistics that training mode moves are moved in both alike.
  func outputClaims(
    _ modules: ModuleRun, _ functions: FunctionRun, _ task: DigitsTask
  ) -> [Claim] {
    [(true, Mode.training, "训练模式，同样的掩码"), (false, .evaluation, "评估模式")].map {
      isTraining, mode, name in
      let masks = task.masks("output", 0)
      modules.parameters.isTraining = isTraining
      let ours = heldOutLogits(modules, task, masks)
      let theirs = heldOutLogits(functions.weights, mode, task, masks)
      modules.parameters.isTraining = true
      let differing = differingBits(ours.scalars, theirs.scalars)
      return Claim(
        "模块与函数在留出图上的输出（\(name)），\(ours.count) 个数中不同的", expected: "0",
        measured: "\(differing)", holds: differing == 0)
    }
  }

  /// Trains both side by side and compares every loss and all weights.
  func trainingClaims(
    _ modules: ModuleRun, _ functions: FunctionRun, _ task: DigitsTask,
    _ emit: (DemoEvent) -> Void
  ) throws -> [Claim] {
    var functions = functions
    var losses: (modules: [Float], functions: [Float]) = ([], [])
    var curve = LossCurve("训练损失", steps: steps, of: 2 * steps)
    for step in 0..<steps {
      try Task.checkCancellation()
      let (images, labels) = task.batch(step)
      losses.modules.append(modules.step(images, labels, task.masks("training", step)))
      losses.functions.append(functions.step(images, labels, task.masks("training", step)))
      curve.report(step + 1, losses.modules[step], emit: emit)
    }
    emit(
      .table(
        Table(
          title: "训练损失，九位有效数字", header: ["步", "模块", "函数"],
          rows: [0, steps / 4, steps / 2, steps - 1].map { step in
            let pair = [losses.modules[step], losses.functions[step]]
            return ["\(step + 1)"] + pair.map { Double($0).significant(9) }
          })))
    let unequal = differingBits(losses.modules, losses.functions)
    let moved = differingBits(
      modules.parameters.values.scalars, functions.weights.flatMap(\.scalars))
    return [
      Claim(
        "训练 \(steps) 步，两边不同的损失", expected: "0", measured: "\(unequal)",
        holds: unequal == 0),
      Claim(
        "训练之后，\(modules.parameters.count) 个权重与统计量中不同的", expected: "0",
        measured: "\(moved)", holds: moved == 0),
    ]
  }
}
