/// A piece of text in one style.
package struct Span: Hashable, Sendable {
  package var text: SafeText
  package var style: Style

  package init(_ text: SafeText, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// One row of styled text.
package struct Line: Hashable, Sendable {
  package var spans: [Span]

  package init(_ spans: [Span] = []) {
    self.spans = spans
  }

  package init(_ text: SafeText, _ style: Style = .plain) {
    spans = [Span(text, style)]
  }

  /// The text without its styles.
  package var text: String {
    spans.map(\.text.string).joined()
  }

  /// The columns that the row takes.
  package func width(_ displayWidth: DisplayWidth = .standard) -> Int {
    spans.reduce(0) { $0 + displayWidth.columns(of: $1.text) }
  }
}
