package import Tensors

/// Sums written out in tokens, whose answers a rule can check: `07+15=` asks for `22` and an end.
///
/// Operands have leading zeros, so that all prompts are equally long; answers have none, and their
/// tokens after the end are ends too. One task in seven is held out.
package struct ArithmeticTasks: Hashable, Sendable {
  package enum Operation: String, CaseIterable, Sendable {
    case addition = "+"
    case subtraction = "-"
    case multiplication = "×"

    fileprivate func result(_ a: Int, _ b: Int) -> Int {
      switch self {
      case .addition: a + b
      case .subtraction: a - b
      case .multiplication: a * b
      }
    }
  }

  package enum Part: Sendable { case training, heldOut }

  /// The digits, the operations, the sign of equality and the end.
  package static let vocabulary =
    (0...9).map { "\($0)" } + Operation.allCases.map(\.rawValue) + ["=", "。"]
  package static let equals = Int32(10 + Operation.allCases.count)
  package static let end = equals + 1

  /// Digits of an operand.
  package let digits: Int
  package let operations: [Operation]

  package init(digits: Int = 2, operations: [Operation] = [.addition]) {
    precondition((1...4).contains(digits) && !operations.isEmpty, "arithmetic: \(digits) digits")
    self.digits = digits
    self.operations = operations
  }

  /// Tokens of a prompt: two operands, the operation, `=`.
  package var promptLength: Int { 2 * digits + 2 }
  /// Tokens of the longest answer and its end.
  package var answerLength: Int { (operations.contains(.multiplication) ? 2 : 1) * digits + 2 }

  /// Draws tasks of one part.
  ///
  /// - Shape: prompts are `[count, promptLength]`, answers are `[count, answerLength]`.
  package func samples(
    _ count: Int, of part: Part, _ random: inout RandomSource
  ) -> (prompts: Indices, answers: Indices) {
    var prompts: [Int32] = []
    var answers: [Int32] = []
    while prompts.count < count * promptLength {
      let operation = random.integer(below: operations.count)
      var (a, b) = (random.integer(below: limit), random.integer(below: limit))
      if operations[operation] == .subtraction, a < b { swap(&a, &b) }
      let number = (operation * limit + a) * limit + b
      guard (number % 7 == 6) == (part == .heldOut) else { continue }
      let prompt = prompt(a, operations[operation], b)
      prompts += prompt
      answers += answer(to: prompt)
    }
    return (
      Indices(prompts, shape: [count, promptLength]),
      Indices(answers, shape: [count, answerLength])
    )
  }

  /// The right answer to a prompt, with as many ends as fill its length.
  package func answer(to prompt: some Collection<Int32>) -> [Int32] {
    let tokens = prompt.map { Int($0) }
    func number(_ range: Range<Int>) -> Int { tokens[range].reduce(0) { 10 * $0 + $1 } }
    let operation = Operation.allCases[tokens[digits] - 10]
    let result = operation.result(number(0..<digits), number(digits + 1..<2 * digits + 1))
    let written = "\(result)".utf8.map { Int32($0 - UInt8(ascii: "0")) }
    return written + [Int32](repeating: Self.end, count: answerLength - written.count)
  }

  // region: reward
  /// 1 if the tokens up to the first end are the right answer, 0 otherwise.
  package func reward(of completion: some Collection<Int32>, to prompt: some Collection<Int32>)
    -> Double
  {
    let given = completion.prefix { $0 != Self.end }
    let isEnded = given.count < completion.count
    return isEnded && given.elementsEqual(answer(to: prompt).prefix { $0 != Self.end }) ? 1 : 0
  }
  // endregion: reward

  /// The tokens as a reader reads them.
  package static func text(_ tokens: some Sequence<Int32>) -> String {
    tokens.map { vocabulary[Int($0)] }.joined()
  }

  private var limit: Int { (0..<digits).reduce(1) { power, _ in 10 * power } }

  private func prompt(_ a: Int, _ operation: Operation, _ b: Int) -> [Int32] {
    let sign = Operation.allCases.firstIndex(of: operation) ?? 0
    return written(a) + [Int32(10 + sign)] + written(b) + [Self.equals]
  }

  /// All digits of an operand, leading zeros among them.
  private func written(_ number: Int) -> [Int32] {
    var (rest, tokens) = (number, [Int32](repeating: 0, count: digits))
    for place in tokens.indices.reversed() {
      tokens[place] = Int32(rest % 10)
      rest /= 10
    }
    return tokens
  }
}
