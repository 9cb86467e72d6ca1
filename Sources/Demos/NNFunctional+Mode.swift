import DemoKit
import NN
import Tensors

/// What training and evaluation change, and what it costs to forget which of them it is.
extension NNFunctional {
  func modeClaims(
    _ modules: ModuleRun, _ functions: FunctionRun, _ task: DigitsTask,
    _ emit: (DemoEvent) -> Void
  ) throws -> [Claim] {
    try passClaims(modules, functions, task, emit) + [
      meanClaim(task.random.split("mean")), forgottenFlagClaim(functions, task, emit),
      companionsClaim(functions, task),
    ]
  }

  /// Two passes with different masks, by module and function, in training and in evaluation.
  private func passClaims(
    _ modules: ModuleRun, _ functions: FunctionRun, _ task: DigitsTask,
    _ emit: (DemoEvent) -> Void
  ) throws -> [Claim] {
    // region: passes
    func difference(_ logits: (RandomSource) -> Tensor) -> Double {
      largestDifference(logits(task.masks("passes", 0)), logits(task.masks("passes", 1)))
    }
    let copy = ModuleRun(self, task.random)  // training mode moves the running statistics
    try copy.parameters.load(modules.parameters.state())
    let weights = functions.weights
    let inTraining = difference { heldOutLogits(copy, task, $0) }
    try copy.parameters.load(modules.parameters.state())
    copy.parameters.isTraining = false
    let inEvaluation = difference { heldOutLogits(copy, task, $0) }
    let told = difference { heldOutLogits(weights, .evaluation, task, $0) }
    let forgotten = difference { heldOutLogits(weights, .forgetful, task, $0) }
    // endregion: passes
    emit(
      .table(
        Table(
          title: "同一批图前向两次，掩码不同", header: ["写法", "输出的最大差"],
          rows: [
            ["模块，训练模式", inTraining.significant()], ["模块，评估模式", inEvaluation.significant()],
            ["函数，说明是评估", told.significant()], ["函数，忘了说明", forgotten.significant()],
          ])))
    return [
      Claim(
        "Dropout 模块随模式而变：两次前向的最大差（训练，评估）", expected: "> 0，0",
        measured: "\(inTraining.significant())，\(inEvaluation.significant())",
        holds: inTraining > 0 && inEvaluation == 0),
      Claim(
        "dropout 函数不知道模式：评估时忘了说明，两次前向的最大差", expected: "> 0",
        measured: forgotten.significant(), holds: forgotten > 0),
    ]
  }

  // region: mean
  /// Dropout keeps the mean: what is left over is scaled by 1 / (1 - p).
  private func meanClaim(_ random: RandomSource) -> Claim {
    var random = random
    let count = 1_000_000
    let mean = Double(
      Tensors.dropout(.ones([count]), probability: Float(dropout), &random).mean().item)
    let error = (dropout / (1 - dropout) / Double(count)).squareRoot()
    return Claim(
      "dropout 不改变均值：一百万个 1 的均值离 1 几个标准误", expected: "≤ 3",
      measured: (abs(mean - 1) / error).fixed(2), holds: abs(mean - 1) <= 3 * error)
  }
  // endregion: mean

  /// Many passes with dropout left on, beside the one with it off.
  private func forgottenFlagClaim(
    _ functions: FunctionRun, _ task: DigitsTask, _ emit: (DemoEvent) -> Void
  ) throws -> Claim {
    let labels = task.heldOut.labels
    let right = Score(
      heldOutLogits(functions.weights, .evaluation, task, task.masks("forgotten", 0)), labels)
    var scores: [Score] = []
    var probabilities = Tensor.zeros([labels.count, Digits.classCount])
    for pass in 0..<passes {
      try Task.checkCancellation()
      let logits = heldOutLogits(
        functions.weights, .forgetful, task, task.masks("forgotten", pass))
      scores.append(Score(logits, labels))
      probabilities = probabilities + softmax(logits) / Float(passes)
    }
    let average = Score(log(probabilities), labels)
    let loss = MeanEstimate(scores.map(\.loss))
    let accuracy = MeanEstimate(scores.map(\.accuracy))
    emit(
      .table(
        Table(
          title: "留出的 \(labels.count) 张图，同一组权重", header: ["dropout", "损失", "准确率"],
          rows: [
            ["关（评估模式）", right.loss.fixed(4), right.percent],
            [
              "开着，一次前向（\(passes) 次平均）", loss.mean.fixed(4),
              (100 * accuracy.mean).fixed(1) + "%",
            ],
            ["开着，\(passes) 次的概率取平均", average.loss.fixed(4), average.percent],
          ])))
    let rise = loss.mean - right.loss
    let interval = 1.96 * loss.standardError
    return Claim(
      "评估时忘了关 dropout，留出损失上升（95% 区间）", expected: "区间下端 > 0",
      measured: "\(rise.fixed(4)) ± \(interval.fixed(4))", holds: rise - interval > 0)
  }

  /// One image among two sets of others: training sees the whole batch, evaluation each alone.
  private func companionsClaim(_ functions: FunctionRun, _ task: DigitsTask) -> Claim {
    // region: companions
    let weights = functions.weights.map { Tensor($0.scalars, shape: $0.shape) }
    let images = task.heldOut.images
    func firstLogits(_ others: Range<Int>, normalisesByBatch: Bool) -> Tensor {
      var masks = task.random
      let batch = concatenated([images.rows(0..<1), images.rows(others)], axis: 0)
      let mode = Mode(normalisesByBatch: normalisesByBatch, drops: false)
      return logits(batch, weights, mode, &masks).rows(0..<1)
    }
    let changes = [true, false].map { isTraining in
      largestDifference(
        firstLogits(1..<64, normalisesByBatch: isTraining),
        firstLogits(64..<127, normalisesByBatch: isTraining))
    }
    // endregion: companions
    return Claim(
      "换掉同批的另外 63 张图，第一张图的输出变了多少（训练，评估）", expected: "> 0，0",
      measured: changes.map { $0.significant() }.joined(separator: "，"),
      holds: changes[0] > 0 && changes[1] == 0)
  }
}
