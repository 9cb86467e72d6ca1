package import DemoKit

/// Turns the loss of every step into a curve of about a hundred points, and into progress.
package struct LossCurve {
  private let name: String
  private let every: Int
  private let before: Int
  private let total: Int
  private var sum = 0.0
  private var count = 0

  /// A curve for a training of `steps` steps, each a unit of work of the `total` of the run, which
  /// begins when `before` of them are done.
  package init(_ name: String = "loss", steps: Int, after before: Int = 0, of total: Int) {
    self.name = name
    self.before = before
    self.total = total
    every = max(1, steps / 100)
  }

  /// Takes in the loss of a step, counted from 1.
  package mutating func report(_ step: Int, _ loss: Float, emit: (DemoEvent) -> Void) {
    sum += Double(loss)
    count += 1
    guard step.isMultiple(of: every) else { return }
    emit(.metric(name: name, step: step, value: sum / Double(count)))
    emit(.progress(completed: before + step, total: total))
    sum = 0
    count = 0
  }
}
