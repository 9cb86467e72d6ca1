/// An address outside the blog that a browser may be given (R39): http, https or mailto, in
/// printable ASCII, short enough to be shown whole before it is opened.
package struct WebAddress: Hashable, Sendable {
  package let string: String

  private static let schemes = ["http://", "https://", "mailto:"]
  private static let limit = 2000

  /// Nil if the destination of a link is nothing for a browser.
  package init?(_ destination: String) {
    // Whatever is not ASCII is percent-encoded, as browsers do.
    let encoded = destination.utf8.map { byte in
      byte < 0x80 ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
    }.joined()
    guard encoded.utf8.count <= WebAddress.limit,
      encoded.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      WebAddress.schemes.contains(where: { encoded.lowercased().hasPrefix($0) })
    else { return nil }
    string = encoded
  }
}
