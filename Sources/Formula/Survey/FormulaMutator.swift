/// Makes hostile formulas from good ones: pieces cut out, doubled, exchanged, put in from another.
package struct FormulaMutator {
  private let samples: [[Character]]

  /// - Precondition: there is a sample.
  package init(_ samples: [String]) {
    precondition(!samples.isEmpty, "a mutator needs a sample")
    self.samples = samples.map(Array.init)
  }

  package func mutation(_ generator: inout some RandomNumberGenerator) -> String {
    var text = sample(&generator)
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let start = Int.random(in: 0...text.count, using: &generator)
      let end = min(text.count, start + Int.random(in: 0...6, using: &generator))
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: text.removeSubrange(start..<end)
      case 1: text.insert(contentsOf: text[start..<end], at: end)
      case 2: text.insert(contentsOf: sample(&generator).prefix(20), at: start)
      default:
        text.insert(
          contentsOf: "{}\\^_&$%[]'\u{301}国".shuffled(using: &generator).prefix(2), at: start)
      }
    }
    return String(text)
  }

  private func sample(_ generator: inout some RandomNumberGenerator) -> [Character] {
    samples[Int.random(in: 0..<samples.count, using: &generator)]
  }
}
