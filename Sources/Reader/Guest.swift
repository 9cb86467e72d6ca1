/// Another program that gets the terminal for a while.
///
/// It is started by its words and never by a shell, and content is never one of them but for an
/// address that was shown before (R39, R40).
package enum Guest: Hashable, Sendable {
  /// A command that the user typed, which reads the text.
  case command([String], input: String)
  /// The user's editor with a copy of the text in a file of this name, or else the pager.
  case viewer(String, file: String)
  /// The user's browser.
  case browser(WebAddress)

  /// Whether what it printed would be gone at once without a key.
  package var leavesOutput: Bool {
    if case .command = self { true } else { false }
  }
}
