import GRDB
import GRDBSQLite

/// A row as SQLite has it, for queries of every post: GRDB's own rows cost several times more.
struct RawRow {
  fileprivate let statement: OpaquePointer

  func text(_ column: CInt) -> String {
    guard let bytes = sqlite3_column_text(statement, column) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  func integer(_ column: CInt) -> Int { Int(sqlite3_column_int64(statement, column)) }
}

extension Database {
  /// Calls `body` with each row of a query.
  func forEachRow(
    _ sql: String, arguments: StatementArguments = [], _ body: (RawRow) throws -> Void
  ) throws {
    let statement = try makeStatement(sql: sql)
    try statement.setArguments(arguments)
    try withExtendedLifetime(statement) {
      let row = RawRow(statement: statement.sqliteStatement)
      var code = sqlite3_step(row.statement)
      while code == SQLITE_ROW {
        try body(row)
        code = sqlite3_step(row.statement)
      }
      guard code == SQLITE_DONE else {
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: lastErrorMessage)
      }
    }
  }
}
