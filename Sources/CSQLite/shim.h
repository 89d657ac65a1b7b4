#ifndef LIGNE_CSQLITE_SHIM_H
#define LIGNE_CSQLITE_SHIM_H

#include <sqlite3.h>

/* sqlite3_db_config takes variadic arguments, which Swift does not import. */
static inline int ligne_sqlite3_set_flag(sqlite3 *database, int option, int value) {
  return sqlite3_db_config(database, option, value, (int *)0);
}

/* SQLITE_TRANSIENT is a cast, which Swift does not import either: SQLite makes a copy of what is bound. */
static inline int ligne_sqlite3_bind_bytes(sqlite3_stmt *statement, int place, const void *bytes, int count) {
  return sqlite3_bind_blob(statement, place, count > 0 ? bytes : "", count, SQLITE_TRANSIENT);
}
static inline int ligne_sqlite3_bind_text(sqlite3_stmt *statement, int place, const char *text, int count) {
  return sqlite3_bind_text(statement, place, count > 0 ? text : "", count, SQLITE_TRANSIENT);
}

#endif
