import DemoKit
import Foundation
import NN
import Tensors

/// Training on digits: Adam without decay beside AdamW without decay, then the grid.
extension AdamWDemo {
  func digitsClaims(_ random: RandomSource, _ emit: (DemoEvent) -> Void) throws -> [Claim] {
    let task = try DigitsTask(self, random)
    let same = try equalityClaim(task, emit)
    let total = 2 * gridSize * gridSize
    var grids: [Kind: Grid] = [:]
    for (number, kind) in Kind.allCases.enumerated() {
      grids[kind] = try grid(kind, task, done: number * gridSize * gridSize, total: total, emit)
    }
    let best = grids[.decoupled]?.bestAccuracy ?? 0
    return [
      same,
      Claim(
        "AdamW 网格中最好的一格，留出集准确率", expected: "≥ 0.85", measured: best.fixed(3),
        holds: best >= 0.85),
    ]
  }

  /// Trains the same network twice without decay and compares all weights after every step.
  private func equalityClaim(_ task: DigitsTask, _ emit: (DemoEvent) -> Void) throws -> Claim {
    var runs = Kind.allCases.map { kind in
      TrainingRun(task) { optimizer(kind, $0, learningRate: learningRate, lambda: 0) }
    }
    var largest = 0.0
    for step in 0..<steps {
      try Task.checkCancellation()
      let losses = runs.indices.map { runs[$0].step() }
      emit(.metric(name: "训练损失（无衰减）", step: step, value: losses[0]))
      let weights = runs.map(\.weights)
      largest = zip(weights[0], weights[1]).reduce(largest) { max($0, abs(Double($1.0 - $1.1))) }
    }
    return Claim(
      "λ = 0 时 Adam 与 AdamW 在手写数字上的权重（\(steps) 步的最大差）", expected: "0",
      measured: largest.significant(2), holds: largest == 0)
  }
}

// MARK: - The grid

extension AdamWDemo {
  /// Held-out results, a row for each λ and a column for each learning rate.
  private struct Grid {
    let kind: Kind
    let rates: [Double]
    let lambdas: [Double]
    var losses: [[Double]]
    var accuracies: [[Double]]

    var bestAccuracy: Double { accuracies.joined().max() ?? 0 }

    var table: Table {
      Table(
        title: "\(kind.name)：留出损失（准确率）",
        header: ["λ \\ η"] + rates.map { $0.significant(2) },
        rows: lambdas.indices.map { row in
          [lambdas[row].significant(2)]
            + rates.indices.map { column in
              let (loss, accuracy) = (losses[row][column], accuracies[row][column])
              return loss.isNaN ? "" : "\(loss.fixed(3))（\((100 * accuracy).fixed(1))%）"
            }
        })
    }

    /// Brighter is better; cells that have not been run are black.
    var picture: Image {
      let known = losses.joined().filter { $0.isFinite }
      let (least, greatest) = (known.min() ?? 0, known.max() ?? 1)
      let span = max(greatest - least, .leastNormalMagnitude)
      return Image(
        title: "\(kind.name)：留出损失，越亮越低", width: rates.count, height: lambdas.count,
        pixels: losses.joined().map { loss in
          loss.isFinite ? Float(1 - 0.9 * (loss - least) / span) : 0
        })
    }
  }

  private func grid(
    _ kind: Kind, _ task: DigitsTask, done: Int, total: Int, _ emit: (DemoEvent) -> Void
  ) throws -> Grid {
    let factors = (0..<gridSize).map { pow(10, Double($0 - gridSize / 2) / 2) }
    let blank = [[Double]](repeating: .init(repeating: .nan, count: gridSize), count: gridSize)
    var grid = Grid(
      kind: kind, rates: factors.map { $0 * learningRate },
      lambdas: factors.map { $0 * (kind == .coupled ? penalty : decay) },
      losses: blank, accuracies: blank)
    for row in 0..<gridSize {
      for column in 0..<gridSize {
        let (rate, lambda) = (grid.rates[column], grid.lambdas[row])
        var run = TrainingRun(task) { optimizer(kind, $0, learningRate: rate, lambda: lambda) }
        for _ in 0..<steps {
          try Task.checkCancellation()
          _ = run.step()
        }
        (grid.losses[row][column], grid.accuracies[row][column]) = run.heldOutResult()
        emit(.image(grid.picture))
        emit(.progress(completed: done + row * gridSize + column + 1, total: total))
      }
    }
    emit(.table(grid.table))
    return grid
  }
}

// MARK: - Training

extension AdamWDemo {
  /// What every run of the grid has in common: data, first weights, order of batches.
  private struct DigitsTask {
    let demo: AdamWDemo
    let random: RandomSource
    let digits: Digits
    let training: [Int]

    init(_ demo: AdamWDemo, _ random: RandomSource) throws {
      self.demo = demo
      self.random = random
      digits = try Digits.shipped()
      var order = random.split("subset")
      training = Array(order.shuffled(digits.training).prefix(demo.trainingImages))
    }

    func images(_ positions: [Int]) -> Tensor {
      Tensor(digits.pixels(at: positions), shape: [positions.count, Digits.pixelCount])
    }

    func labels(_ positions: [Int]) -> Indices { Indices(positions.map { digits.labels[$0] }) }
  }

  /// A network in training.
  private struct TrainingRun {
    private let task: DigitsTask
    private let parameters: Parameters
    private let network: MLP
    private let optimizer: any Optimizer
    private var order: RandomSource
    private var waiting: [Int] = []

    init(_ task: DigitsTask, _ makeOptimizer: (Parameters) -> any Optimizer) {
      self.task = task
      parameters = Parameters(task.random.split("weights"))
      network = MLP([Digits.pixelCount, task.demo.width, Digits.classCount], in: parameters)
      optimizer = makeOptimizer(parameters)
      order = task.random.split("order")
    }

    var weights: [Float] { parameters.values.scalars }

    // region: train
    /// One step on the next batch; gives the loss before it, in nats.
    mutating func step() -> Double {
      if waiting.count < task.demo.batch { waiting += order.shuffled(task.training) }
      let batch = Array(waiting.prefix(task.demo.batch))
      waiting.removeFirst(batch.count)
      let loss = crossEntropy(logits: network(task.images(batch)), targets: task.labels(batch))
      loss.backward()
      optimizer.step()
      return Double(loss.item)
    }
    // endregion: train

    /// Mean loss and accuracy on the images held out.
    func heldOutResult() -> (loss: Double, accuracy: Double) {
      let positions = task.digits.heldOut
      let targets = task.labels(positions)
      return noGrad {
        let logits = network(task.images(positions))
        let hits = zip(logits.argmax().values, targets.values).count { $0 == $1 }
        return (
          Double(crossEntropy(logits: logits, targets: targets).item),
          Double(hits) / Double(positions.count)
        )
      }
    }
  }
}
