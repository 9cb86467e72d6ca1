import Foundation

/// An address outside the blog that a browser may be given (R39): http, https or mailto, in
/// printable ASCII, short enough to be shown whole before it is opened.
///
/// A host of other letters is shown as punycode (R46), so that nothing looks like another host;
/// what else is not ASCII is percent-encoded, as browsers do.
package struct WebAddress: Hashable, Sendable {
  package let string: String

  private static let schemes = ["http://", "https://", "mailto:"]
  private static let limit = 2000

  /// Nil if the destination of a link is nothing for a browser.
  package init?(_ destination: String) {
    guard let encoded = URL(string: destination)?.absoluteString,
      encoded.utf8.count <= WebAddress.limit,
      encoded.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      WebAddress.schemes.contains(where: { encoded.lowercased().hasPrefix($0) })
    else { return nil }
    string = encoded
  }
}
