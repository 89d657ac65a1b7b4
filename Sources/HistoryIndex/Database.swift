import CSQLite

/// A connection to one SQLite database: what the index needs of it, and no more.
///
/// Values are numbers, texts and bytes; every statement is prepared once. Source: SQLite, C-language Interface
/// Specification.
final class Database {
  /// An answer of SQLite that is no success.
  struct Failure: Error, Hashable {
    /// A primary result code.
    var code: Int32
    var detail: String

    /// Whether the file is no database, one that contradicts itself, or one of somebody else: without our tables.
    var isDamage: Bool { [SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR].contains(code) }

    /// Of what has no place in the tables; the index is kept in memory then.
    static let tooBig = Failure(code: SQLITE_TOOBIG, detail: "a commit with too many parents")

    /// Of what was read from a database that says what nobody wrote.
    static func damage(_ detail: String) -> Failure { Failure(code: SQLITE_CORRUPT, detail: detail) }
  }

  private let handle: OpaquePointer
  private var prepared: [String: Statement] = [:]

  /// - Parameter path: Made if it is not there; `nil` for one in memory.
  init(at path: String?) throws(Failure) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW
    let code = sqlite3_open_v2(path ?? ":memory:", &opened, flags, nil)
    guard let opened else { throw Failure(code: code, detail: "out of memory") }
    handle = opened
    guard code == SQLITE_OK else { throw failure(code) }
    sqlite3_busy_timeout(handle, 1_000)
    // The file may have come with a folder from anywhere: nothing in its schema runs code. (Whatever it says of texts is
    // looked up in git.)
    _ = ligne_sqlite3_set_flag(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
    _ = ligne_sqlite3_set_flag(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
  }

  deinit {
    prepared = [:]
    sqlite3_close_v2(handle)
  }

  /// Makes it empty, however damaged it is, without disturbing those who read it.
  func reset() throws(Failure) {
    prepared = [:]
    _ = ligne_sqlite3_set_flag(handle, SQLITE_DBCONFIG_RESET_DATABASE, 1)
    defer { _ = ligne_sqlite3_set_flag(handle, SQLITE_DBCONFIG_RESET_DATABASE, 0) }
    try execute("VACUUM")
  }

  /// Runs statements that answer nothing and take no values.
  func execute(_ sql: String) throws(Failure) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// A statement, ready for its values.
  func statement(_ sql: String) throws(Failure) -> Statement {
    if let known = prepared[sql] { return known }
    var made: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
    guard code == SQLITE_OK, let made else { throw failure(code) }
    let statement = Statement(made)
    prepared[sql] = statement
    return statement
  }

  /// Runs a statement and reads each of its rows.
  func read<Row>(
    _ sql: String, _ values: Value..., row: (Statement) -> Row?
  ) throws(Failure) -> [Row] {
    let statement = try statement(sql)
    defer { statement.reset() }
    try bind(values, to: statement)
    var rows: [Row] = []
    while try step(statement) {
      guard let read = row(statement) else { throw .damage("a row of \(sql)") }
      rows.append(read)
    }
    return rows
  }

  /// Runs a statement that answers nothing.
  func run(_ sql: String, _ values: Value...) throws(Failure) {
    let statement = try statement(sql)
    defer { statement.reset() }
    try bind(values, to: statement)
    while try step(statement) {}
  }

  /// The number the last inserted row has.
  var lastRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Runs changes of which all are made or none, while nobody else makes any.
  func transaction(_ changes: () throws -> Void) throws {
    try execute("BEGIN IMMEDIATE")
    do {
      try changes()
      try execute("COMMIT")
    } catch {
      // Some failures have ended it already, and then there is nothing to take back.
      if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }

  private func bind(_ values: [Value], to statement: Statement) throws(Failure) {
    for (index, value) in values.enumerated() {
      let code = statement.bind(value, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code) }
    }
  }

  private func step(_ statement: Statement) throws(Failure) -> Bool {
    switch sqlite3_step(statement.handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw failure(code)
    }
  }

  private func failure(_ code: Int32) -> Failure {
    Failure(code: code & 0xFF, detail: String(cString: sqlite3_errmsg(handle)))
  }

  enum Value {
    case number(Int64)
    case text(String)
    case bytes([UInt8])
    case null
  }

  /// A prepared statement, and the row it stands at. Columns are counted from 0.
  final class Statement {
    fileprivate let handle: OpaquePointer

    fileprivate init(_ handle: OpaquePointer) { self.handle = handle }
    deinit { sqlite3_finalize(handle) }

    fileprivate func reset() {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }

    fileprivate func bind(_ value: Value, at place: Int32) -> Int32 {
      switch value {
      case .number(let number): sqlite3_bind_int64(handle, place, number)
      case .text(var text):
        text.withUTF8 { utf8 in
          utf8.withMemoryRebound(to: CChar.self) {
            ligne_sqlite3_bind_text(handle, place, $0.baseAddress, Int32($0.count))
          }
        }
      case .bytes(let bytes):
        bytes.withUnsafeBytes { ligne_sqlite3_bind_bytes(handle, place, $0.baseAddress, Int32($0.count)) }
      case .null: sqlite3_bind_null(handle, place)
      }
    }

    func number(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func bytes(_ column: Int32) -> [UInt8] {
      guard let start = sqlite3_column_blob(handle, column) else { return [] }
      return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
  }
}
