import GRDB
import GRDBSQLite

/// `Tokenizer` as FTS5 calls it.
///
/// A query reaches FTS5 as tokens already, joined by blanks, and is only split again: the text
/// that a person typed is never read as FTS5's language.
final class IndexTokenizer: FTS5CustomTokenizer {
  static let name = "downlink"

  /// A text whose tokens are there already, while a statement has it indexed.
  @TaskLocal static var tokenized: TokenizedText?

  init(db: Database, arguments: [String]) {}

  func tokenize(
    context: UnsafeMutableRawPointer?, tokenization: FTS5Tokenization,
    pText: UnsafePointer<CChar>?, nText: CInt, tokenCallback: @escaping FTS5TokenCallback
  ) -> CInt {
    guard let pText, nText > 0 else { return SQLITE_OK }
    return pText.withMemoryRebound(to: UInt8.self, capacity: Int(nText)) { start in
      let utf8 = UnsafeBufferPointer(start: start, count: Int(nText))
      var result = SQLITE_OK
      let report = { (bytes: UnsafeBufferPointer<UInt8>, range: Range<Int>, isColocated: Bool) in
        bytes.withMemoryRebound(to: CChar.self) { token in
          result = tokenCallback(
            context, isColocated ? FTS5_TOKEN_COLOCATED : 0, token.baseAddress,
            CInt(token.count), CInt(range.lowerBound), CInt(range.upperBound))
        }
        return result == SQLITE_OK
      }
      if tokenization.contains(.query) {
        Self.split(utf8, report)
      } else if let tokenized = Self.tokenized, tokenized.isOf(utf8) {
        // The index keeps no offsets.
        tokenized.forEach { report($0, 0..<0, $1) }
      } else {
        Tokenizer.scan(utf8, report)
      }
      return result
    }
  }

  private static func split(
    _ utf8: UnsafeBufferPointer<UInt8>,
    _ report: (UnsafeBufferPointer<UInt8>, Range<Int>, Bool) -> Bool
  ) {
    var start = 0
    for i in 0...utf8.count where i == utf8.count || utf8[i] == 0x20 {
      if i > start, !report(UnsafeBufferPointer(rebasing: utf8[start..<i]), start..<i, false) {
        return
      }
      start = i + 1
    }
  }
}
