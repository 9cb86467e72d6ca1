import Canvas

/// Text of a post as its author wrote it, to be copied, saved or handed to another program.
package struct Excerpt: Hashable, Sendable {
  /// What it is, in a word.
  package var name: Message
  package var text: String
  /// The file name that is offered for it, made from the post's slug and never from its text.
  package var file: String

  package init(_ name: Message, _ text: String, file: String) {
    self.name = name
    self.text = text
    self.file = file
  }

  /// Bytes that a clipboard takes: many terminals drop a sequence of more than 100,000 bytes, and
  /// base64 makes four of three.
  private static let clipboardLimit = 74_000

  /// What copies the text, with a word on what was sent.
  func copied(_ messages: Messages) -> [Effect] {
    guard text.utf8.count <= Excerpt.clipboardLimit else {
      return [.tell(.failed(messages(.copyTooLong)))]
    }
    let sent = messages(.copied, messages(name).string, "\(text.utf8.count)")
    return [.copy(text), .tell(.noticed(sent))]
  }
}
