#ifndef CSQLITE_H
#define CSQLITE_H

struct sqlite3;

/// Forbids statements that could damage the file on purpose: writes to shadow tables and to the
/// schema itself. `sqlite3_db_config` is variadic, which Swift cannot call.
///
/// Returns SQLite's result code.
int csqlite_make_defensive(struct sqlite3 *connection);

#endif
