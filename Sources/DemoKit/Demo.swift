/// A small program attached to a post.
///
/// Its stored properties are its parameters. Equal parameters, the seed among them, give equal
/// events on any number of cores.
package protocol Demo: Sendable {
  static var id: DemoID { get }
  /// One line of purpose, in Chinese.
  static var summary: String { get }
  static var parameters: [Parameter<Self>] { get }
  /// A second or so: what tests run.
  static var quick: Self { get }
  /// Minutes: `--preset thorough`.
  static var thorough: Self { get }
  /// The default: within 20 s on two cores.
  init()
  /// Runs to the end, or throws; calls `try Task.checkCancellation()` once per step.
  func run(emit: (DemoEvent) -> Void) throws
}
