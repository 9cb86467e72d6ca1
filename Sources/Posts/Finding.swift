/// Something that a check found, with what to do about it.
package struct Finding: Hashable, Sendable, CustomStringConvertible {
  /// The file or the post concerned.
  package var subject: String
  package var problem: String
  package var advice: String
  /// Whether reading goes wrong, rather than being worth knowing.
  package var isError: Bool

  package init(subject: String, problem: String, advice: String, isError: Bool = true) {
    self.subject = subject
    self.problem = problem
    self.advice = advice
    self.isError = isError
  }

  package var description: String { "\(subject): \(problem); \(advice)." }
}
