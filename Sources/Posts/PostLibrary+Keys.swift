import GRDB

extension PostLibrary {
  /// Keys of front matter that this program does not read, each with the number of posts that have
  /// it: worth knowing where a post lacks what its author wrote.
  package func unreadKeys() throws(PostError) -> [String: Int] {
    try read { database in
      var counts: [String: Int] = [:]
      let rows = try Row.fetchCursor(
        database, sql: "SELECT unknown_keys FROM post WHERE unknown_keys <> ''")
      while let row = try rows.next() {
        for key in row.list("unknown_keys") { counts[key, default: 0] += 1 }
      }
      return counts
    }
  }
}
