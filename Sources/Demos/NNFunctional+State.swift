import DemoKit
import NN
import Tensors

/// What a list of parameters with names is good for.
extension NNFunctional {
  /// The list itself, and a weight that was left out of a list kept by hand.
  func listClaims(
    _ modules: ModuleRun, _ functions: FunctionRun, _ task: DigitsTask,
    _ emit: (DemoEvent) -> Void
  ) throws -> [Claim] {
    let parameters = modules.parameters
    let entries = parameters.state().entries
    emit(
      .table(
        Table(
          title: "模块的参数表", header: ["路径", "形状", "个数", "学习"],
          rows: entries.map { entry in
            [
              entry.name, "\(entry.shape)", "\(entry.values.count)",
              parameters[entry.name].requiresGradient ? "是" : "否",
            ]
          })))
    let learned = parameters.trainableRanges.map(\.count).reduce(0, +)
    let (C, H) = (channels, hidden)
    let formula = (9 * C + C) + 2 * C + 2 * (9 * C * C + C) + (16 * C * H + H) + (10 * H + 10)
    return [
      Claim(
        "参数表里要学的数，与按形状算出的一致", expected: "\(formula)", measured: "\(learned)",
        holds: learned == formula),
      try forgottenWeightClaim(functions, task, emit),
    ]
  }

  /// The same training, but the optimiser was not told of one of the weights.
  private func forgottenWeightClaim(
    _ functions: FunctionRun, _ task: DigitsTask, _ emit: (DemoEvent) -> Void
  ) throws -> Claim {
    // region: forgotten
    let start = ModuleRun(self, task.random.split("weights"))
    let forgotten = 8  // the weight of the third convolution
    var run = FunctionRun(self, copying: start, forgetting: [forgotten])
    let before = run.weights.map(\.scalars)
    for step in 0..<steps {
      try Task.checkCancellation()
      let (images, labels) = task.batch(step)
      _ = run.step(images, labels, task.masks("training", step))
      if step.isMultiple(of: 10) { emit(.progress(completed: steps + step, total: 2 * steps)) }
    }
    let moved = run.weights.indices.filter { run.weights[$0].scalars != before[$0] }
    // endregion: forgotten
    let scores = [functions.weights, run.weights].map {
      Score(
        heldOutLogits($0, .evaluation, task, task.masks("forgotten weight", 0)), task.heldOut.labels
      )
    }
    emit(
      .table(
        Table(
          title: "手工列表里漏了一个权重", header: ["交给优化器的", "留出损失", "留出准确率"],
          rows: zip(["全部", "缺 third.weight"], scores).map { name, score in
            [name, score.loss.fixed(4), score.percent]
          })))
    return Claim(
      "漏掉 third.weight，训练之后不动的张量", expected: "只有它",
      measured: moved.contains(forgotten)
        ? "没有" : moved.count == run.weights.count - 1 ? "只有它" : "还有别的",
      holds: !moved.contains(forgotten) && moved.count == run.weights.count - 1)
  }

  /// Saving and loading by path, and by position.
  func stateClaims(
    _ modules: ModuleRun, _ functions: FunctionRun, _ task: DigitsTask,
    _ emit: (DemoEvent) -> Void
  ) throws -> [Claim] {
    let other = ModuleRun(self, task.random.split("other weights"))
    let refusals = refusals(of: modules.parameters.state(), by: other.parameters)
    emit(.table(Table(title: "按路径载入时的错误", header: ["改动", "回答"], rows: refusals)))
    try other.parameters.load(modules.parameters.state())
    let masks = task.masks("state", 0)
    for run in [modules, other] { run.parameters.isTraining = false }
    let logits = [modules, other].map { heldOutLogits($0, task, masks).scalars }
    let unequal = differingBits(logits[0], logits[1])
    return [
      Claim(
        "状态载入另一个种子的网络，\(logits[0].count) 个输出中不同的", expected: "0",
        measured: "\(unequal)", holds: unequal == 0),
      Claim(
        "缺一项、多一项、形状不对的状态被拒绝", expected: "3 / 3",
        measured: "\(refusals.count { !$0[1].isEmpty }) / \(refusals.count)",
        holds: refusals.allSatisfy { !$0[1].isEmpty }),
      positionClaim(functions, task, emit),
    ]
  }

  // region: refusals
  /// States with one mistake each, and what loading them by path says.
  private func refusals(of state: ParameterState, by parameters: Parameters) -> [[String]] {
    let entries = state.entries
    let last = entries[entries.count - 1]
    let mistakes: [(String, [ParameterState.Entry])] = [
      ("缺 norm.runningVariance", entries.filter { $0.name != "norm.runningVariance" }),
      ("多 extra.weight", entries + [.init(name: "extra.weight", shape: [1], values: [0])]),
      (
        "output.bias 少一个数",
        entries.dropLast()
          + [.init(name: last.name, shape: [9], values: Array(last.values.dropLast()))]
      ),
    ]
    return mistakes.map { name, entries in
      do throws(NNError) {
        try parameters.load(ParameterState(entries))
        return [name, ""]
      } catch {
        return [name, answer(error)]
      }
    }
  }
  // endregion: refusals

  private func answer(_ error: NNError) -> String {
    switch error {
    case .missingParameter(let path): "没有 \(path) 的值"
    case .unknownParameter(let path): "网络里没有 \(path)"
    case .misshapenParameter(let path, let expected, let found):
      "\(path) 要 \(expected)，给的是 \(found)"
    }
  }

  /// A list by position takes two weights in each other's place, and lets statistics be forgotten.
  private func positionClaim(
    _ functions: FunctionRun, _ task: DigitsTask, _ emit: (DemoEvent) -> Void
  ) -> Claim {
    // region: positions
    var swapped = functions.weights
    swapped.swapAt(6, 8)  // second and third convolution: one shape
    var reset = functions.weights
    reset[4] = .zeros([channels])  // the running mean and variance as a new network has them
    reset[5] = .ones([channels])
    let scores = [functions.weights, swapped, reset].map { weights in
      Score(
        heldOutLogits(weights, .evaluation, task, task.masks("positions", 0)), task.heldOut.labels)
    }
    // endregion: positions
    emit(
      .table(
        Table(
          title: "按位置载入，没有一处报错", header: ["权重列表", "留出损失", "留出准确率"],
          rows: zip(["原样", "w[6] 与 w[8] 对调", "漏了两个统计量"], scores).map { name, score in
            [name, score.loss.fixed(4), score.percent]
          })))
    let drop = scores[0].accuracy - scores[1].accuracy
    return Claim(
      "按位置载入时对调两个同形的权重：不报错，准确率下降", expected: "≥ 0.2",
      measured: "\(scores[0].percent) → \(scores[1].percent)", holds: drop >= 0.2)
  }

  /// A forward pass of one image by modules and by functions, in turn; the least time of each counts.
  func timeClaim(
    _ modules: ModuleRun, _ functions: FunctionRun, _ task: DigitsTask
  ) throws -> Claim {
    var masks = task.masks("time", 0)
    let image = task.heldOut.images.rows(0..<1)
    modules.parameters.isTraining = false
    var (ours, theirs) = (Double.infinity, Double.infinity)
    try noGrad {
      for _ in 0..<100 {
        try Task.checkCancellation()
        var stopwatch = Stopwatch()
        for _ in 0..<10 { _ = modules.network(image, &masks) }
        ours = min(ours, stopwatch.seconds)
        stopwatch = Stopwatch()
        for _ in 0..<10 { _ = logits(image, functions.weights, .evaluation, &masks) }
        theirs = min(theirs, stopwatch.seconds)
      }
    }
    let ratio = ours / theirs
    return Claim(
      "一张图的前向，模块与函数的时间之比", expected: "0.8 到 1.25", measured: ratio.fixed(2),
      holds: (0.8...1.25).contains(ratio), isTimed: true)
  }
}
