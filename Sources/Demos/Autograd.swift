package import DemoKit
import Tensors

/// Automatic differentiation, watched at work: the tutorial's example on a graph walked node by
/// node, the switches that stop recording, vector-Jacobian products, and a check of every operation.
///
/// - Source: "A gentle introduction to torch.autograd", the PyTorch tutorials.
package struct Autograd: Demo {
  package static let id = DemoID("autograd")
  package static let summary = "自动求导：建图、逐节点反传、detach、no_grad、VJP，并用有限差分检验每个运算"

  /// Every element of the tutorial's input.
  package var x = 1.0
  package var addend = 2.0
  package var factor = 3.0
  /// The tutorial's input is a square matrix of this side.
  package var side = 2
  /// Random directions in which each operation's gradient is checked.
  package var directions = 5
  package var seed = 1

  package static let parameters: [Parameter<Autograd>] = [
    Parameter("x", \.x, in: -10...10),
    Parameter("addend", \.addend, in: -10...10),
    Parameter("factor", \.factor, in: -10...10),
    Parameter("side", \.side, in: 1...16),
    Parameter("directions", \.directions, in: 1...200),
    Parameter("seed", \.seed, in: 0...1_000_000),
  ]

  package static var quick: Autograd {
    var demo = Autograd()
    demo.directions = 1
    return demo
  }

  package static var thorough: Autograd {
    var demo = Autograd()
    demo.directions = 100
    return demo
  }

  package init() {}

  package func run(emit: (DemoEvent) -> Void) throws {
    let random = RandomSource(seed: seed)
    emit(.text("教程的例子：`y = x + 2`，`z = 3y²`，`out = mean(z)`，逐个节点往回走。"))
    let tutorial = try tutorialClaims(emit)
    let switches = switchClaims()
    emit(.text("雅可比矩阵与它的转置乘向量：一次反传得到 `vᵀJ`，不必写出 `J`。"))
    let products = try productClaims(random.split("products"), emit)
    emit(.text("用有限差分检验计算核心的每一个运算，每个运算取 \(directions) 个随机方向。"))
    let check = try operationsClaim(random.split("operations"), emit)
    for claim in tutorial + switches + products + [check] { emit(.claim(claim)) }
  }
}

// MARK: - The tutorial's example

extension Autograd {
  /// A tensor of the example and the name it has in the post.
  private struct Step {
    let formula: String
    let tensor: Tensor

    init(_ formula: String, _ tensor: Tensor) {
      self.formula = formula
      self.tensor = tensor
    }
  }

  /// The tutorial's input: a leaf on a tape of its own.
  private func makeInput() -> Tensor {
    Tensor.variable(.full([side, side], Float(x)), on: Tape(), name: "x")
  }

  /// The tutorial's computation, one recorded node a line.
  private func tutorialSteps(_ x: Tensor) -> [Step] {
    // region: tutorial
    let y = x + Float(addend)
    let q = y * y
    let z = q * Float(factor)
    let s = z.sum()
    let out = s / Float(x.count)
    // endregion: tutorial
    return [
      Step("x", x), Step("y = x + \(addend.significant())", y), Step("q = y · y", q),
      Step("z = \(factor.significant()) q", z), Step("s = Σ z", s),
      Step("out = s / \(x.count)", out),
    ]
  }

  private func tutorialClaims(_ emit: (DemoEvent) -> Void) throws -> [Claim] {
    let x = makeInput()
    let steps = tutorialSteps(x)
    let out = steps[steps.count - 1].tensor
    emit(.table(Self.drawing(of: out)))
    try walk(steps, emit)

    // region: backward
    let value = out.item
    out.backward()
    let once = x.gradient?.scalars ?? []

    // The walk took the graph apart, so the forward pass runs again; the leaf is the same.
    tutorialSteps(x).last?.tensor.backward(accumulating: true)
    let twice = x.gradient?.scalars ?? []
    // endregion: backward

    let expected = factor * (self.x + addend) * (self.x + addend)
    let slope = 2 * factor * (self.x + addend) / Double(x.count)
    return [
      Self.claim("教程例子的值 out", [value], equals: expected),
      Self.claim("教程例子的梯度 ∂out/∂x，每个元素", once, equals: slope),
      Self.claim("重算一遍并累加之后的梯度", twice, equals: 2 * slope),
    ]
  }

  /// Shows the gradient that reaches each node, from the result back to the input.
  private func walk(_ steps: [Step], _ emit: (DemoEvent) -> Void) throws {
    var rows: [[String]] = []
    // region: walk
    let out = steps[steps.count - 1].tensor
    for step in steps.reversed() {
      try Task.checkCancellation()
      let arriving = gradient(of: out, for: [step.tensor])[0]
      rows.append([
        step.formula, step.tensor.recordedNode?.operation ?? "",
        Self.text(step.tensor.scalars), Self.text(arriving.scalars),
      ])
      emit(.table(Table(title: "反向传播", header: ["节点", "运算", "值", "到达的梯度"], rows: rows)))
    }
    // endregion: walk
  }

  /// The recorded graph as a tree from the result down to the leaves.
  private static func drawing(of out: Tensor) -> Table {
    var lines: [[String]] = []
    var known: Set<ObjectIdentifier> = []
    // region: drawing
    func draw(_ node: Node, depth: Int) {
      let isNew = known.insert(ObjectIdentifier(node)).inserted
      let guides = String(repeating: "┆ ", count: depth)
      lines.append(["\(guides)└ \(node.operation) \(node.shape)\(isNew ? "" : "（同上）")"])
      guard isNew else { return }
      for input in node.inputs { draw(input, depth: depth + 1) }
    }
    if let node = out.recordedNode { draw(node, depth: 0) }
    // endregion: drawing
    return Table(title: "计算图", header: ["从结果到叶子"], rows: lines)
  }

  private static func claim(
    _ statement: String, _ measured: [Float], equals expected: Double
  ) -> Claim {
    let error = measured.map { abs(Double($0) - expected) }.max() ?? .infinity
    return Claim(
      statement, expected: expected.significant(6), measured: text(measured),
      holds: error <= 1e-5 * max(1, abs(expected)))
  }

  /// The number that all elements share, or else the first few of them.
  private static func text(_ scalars: [Float]) -> String {
    let texts = scalars.map { Double($0).significant(6) }
    if let first = texts.first, texts.allSatisfy({ $0 == first }) { return first }
    return texts.prefix(4).joined(separator: ", ") + (texts.count > 4 ? ", …" : "")
  }
}

// MARK: - Switches

extension Autograd {
  /// What is recorded and what is not.
  private func switchClaims() -> [Claim] {
    // region: switches
    let tape = Tape()
    let x = Tensor.variable(Tensor([1, 2, 3]), on: tape, name: "x")
    let constant = Tensor([4, 5, 6])
    let product = x * constant  // one input asks for a gradient, so the result does
    let unrelated = constant * constant  // nobody asks

    let recorded = tape.nodes.count
    let quiet = noGrad { x * x + constant }
    let recordedQuietly = tape.nodes.count - recorded

    (x * x.detached()).sum().backward()  // the second factor counts as a constant
    // endregion: switches
    let flags = [product, unrelated, quiet].map { $0.requiresGradient ? "是" : "否" }
    let slope = x.gradient?.scalars ?? []
    return [
      Claim(
        "要求梯度：x·c，c·c，no_grad 中的 x·x+c", expected: "是、否、否",
        measured: flags.joined(separator: "、"), holds: flags == ["是", "否", "否"]),
      Claim(
        "no_grad 中记录的节点数", expected: "0", measured: "\(recordedQuietly)",
        holds: recordedQuietly == 0),
      Claim(
        "x·detach(x) 在 (1, 2, 3) 处的梯度", expected: "1, 2, 3", measured: Self.text(slope),
        holds: slope == [1, 2, 3]),
    ]
  }
}
