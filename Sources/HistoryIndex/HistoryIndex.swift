import ConcurrentMap
import Documents
import EditorialChecks
public import EditorialHistory
import JSONTree
public import ObjectModel
import ThreeWayMerge

/// What a computer remembers of a history, so that looking back need not read it: which commits there are, what each
/// changed, and every word that was ever written.
///
/// A cache. It is built from git's objects, oldest first, and brought up to date by whoever asks; where it is gone or
/// damaged it is made again, and where it can't be written it is kept in memory. A text it finds is looked up in git
/// before anybody sees it.
///
/// Words are compared as `WordSearch` compares them; the table of words holds none of the texts. Source: SQLite, FTS5
/// Extension, section 4.4.1, "Contentless Tables".
public final class HistoryIndex: HistoryMemory {
  /// The name says what is kept and how words are compared: another one for every change of either, so that two versions
  /// of Ligne don't take turns in making it again.
  public static let fileName = "history-1.sqlite"

  let database: Database
  private(set) var table: CommitTable
  private var pathNumbers: [WorkspacePath: Int64] = [:]
  /// Where it is kept; `nil` for memory.
  private let path: String?
  /// Whether it is gone when this process ends.
  public var isInMemory: Bool { path == nil }

  /// Opens the index, or begins one.
  ///
  /// - Parameter path: Where it is kept; `nil` for memory, which is also where it goes if that place can't be used.
  public init(at path: String?) throws {
    // A place that can't be used is no trouble of anybody who looks back.
    let kept = path.flatMap { try? Self.opened($0) }
    self.path = kept.flatMap { _ in path }
    (database, table) = try kept ?? Self.opened(nil)
  }

  /// Opens the index where it is kept, or not at all.
  private init(keptAt path: String) throws {
    self.path = path
    (database, table) = try Self.opened(path)
  }

  private static let schema = """
    CREATE TABLE block (number INTEGER PRIMARY KEY, commits BLOB NOT NULL);
    CREATE TABLE path (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE);
    CREATE TABLE held (document BLOB NOT NULL, path INTEGER NOT NULL, PRIMARY KEY (document, path)) WITHOUT ROWID;
    CREATE INDEX held_by_path ON held (path);
    CREATE TABLE change (path INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (path, version)) WITHOUT ROWID;
    CREATE TABLE text (
      id INTEGER PRIMARY KEY, version INTEGER NOT NULL, path INTEGER NOT NULL, document BLOB, pointer BLOB NOT NULL,
      file BLOB NOT NULL);
    CREATE VIRTUAL TABLE word USING fts5 (words, content = '', columnsize = 0, tokenize = "ascii tokenchars '_'");
    """

  private static func opened(_ path: String?) throws -> (Database, CommitTable) {
    let database = try Database(at: path)
    do {
      return (database, try readCommits(of: database))
    } catch let failure as Database.Failure where failure.isDamage {
      try database.reset()
      return (database, try readCommits(of: database))
    }
  }

  /// What a database says of commits; it is given its tables where it has none.
  private static func readCommits(of database: Database) throws -> CommitTable {
    let isEmpty = { try database.read("SELECT count(*) FROM sqlite_schema", row: { $0.number(0) }) == [0] }
    if try isEmpty() { try database.transaction { if try isEmpty() { try database.execute(schema) } } }
    // What we made has tables alone; a view may be a question without an end.
    let foreign = try database.read(
      "SELECT count(*) FROM sqlite_schema WHERE type NOT IN ('table', 'index')", row: { $0.number(0) })
    if foreign != [0] { throw Database.Failure.damage("a schema of somebody else") }
    var commits = CommitTable()
    let blocks = try database.read(
      "SELECT number, commits FROM block ORDER BY number",
      row: { $0.number(0) < CommitTable.mostBlocks ? (number: Int($0.number(0)), bytes: $0.bytes(1)) : nil })
    commits.reserveCapacity(forBytes: blocks.map(\.bytes.count).reduce(0, +))
    for (place, block) in blocks.enumerated() where block.number != place || !commits.read(block.bytes) {
      throw Database.Failure.damage("a block of commits")
    }
    return commits
  }

  // MARK: - What is remembered

  public var commits: RememberedCommits { table.commits }

  public func number(of id: ObjectID) -> Int? { table.number(of: id) }

  public func commits(changing path: WorkspacePath) -> Set<Int>? {
    do {
      var found: Set<Int> = []
      for path in try paths(ofDocumentsAt: path) {
        for name in [path, try? path.conflictRecord].compactMap({ $0 }) {
          let numbers = try database.read(
            "SELECT version FROM change JOIN path ON path.id = change.path WHERE path.name = ?",
            .bytes(Array(name.text.utf8)), row: { Int($0.number(0)) })
          for number in numbers {
            guard 0..<table.count ~= number else {
              throw Database.Failure.damage("a version without a commit")
            }
            found.insert(number)
          }
        }
      }
      return found
    } catch {
      // Reading the history answers as well.
      return nil
    }
  }

  /// Where documents stood that ever stood at a path, and the path itself.
  func paths(ofDocumentsAt path: WorkspacePath) throws -> Set<WorkspacePath> {
    let names = try database.read(
      """
      SELECT DISTINCT other.name FROM path JOIN held AS here ON here.path = path.id
      JOIN held AS there ON there.document = here.document JOIN path AS other ON other.id = there.path
      WHERE path.name = ?
      """, .bytes(Array(path.text.utf8)), row: { try? WorkspacePath($0.text(0)) })
    return Set(names).union([path])
  }

  // MARK: - Bringing it up to date

  /// An index that remembers all of a history: the one at a path, or where that can't be, one in memory.
  ///
  /// - Parameter limit: If more versions than these are missing, it is left as it is.
  static func upToDate(
    at path: String?, with history: (any HistoryMemory) throws -> History, readingAtMost limit: Int,
    progress: (_ done: Int, _ total: Int) -> Void
  ) throws -> (HistoryIndex, History) {
    // A second time, because another command may have added to it, or what is damaged is empty now.
    for _ in 0..<2 {
      let index = try HistoryIndex(at: path)
      do {
        return (index, try index.update(history, limit, progress))
      } catch is Overtaken {
      } catch let failure as Database.Failure {
        if failure.isDamage { try? index.database.reset() }
      }
    }
    let index = try HistoryIndex(at: nil)
    return (index, try index.update(history, limit, progress))
  }

  private func update(
    _ history: (any HistoryMemory) throws -> History, _ limit: Int,
    _ progress: (_ done: Int, _ total: Int) -> Void
  ) throws -> History {
    let known = try history(self)
    guard 1...limit ~= known.countUnremembered else { return known }
    try add(from: known, progress: progress)
    return try history(self)
  }

  /// Reads what a history has that is not remembered yet, and writes it down meanwhile.
  ///
  /// - Parameter progress: Called now and then with how many of how many versions are read.
  /// - Throws: `Database.Failure` where it can't be kept; an interrupted build goes on from where it was.
  func add(from history: History, progress: (_ done: Int, _ total: Int) -> Void) throws {
    let total = history.countUnremembered
    func read(_ handOver: ([CommitRecord]) throws -> Void) throws {
      var waiting: [CommitRecord] = []
      var done = 0
      try history.records { record in
        waiting.append(record)
        done += 1
        if waiting.count == Self.commitsAtOnce || done == total {
          try handOver(waiting)
          waiting = []
        }
        if done.isMultiple(of: 64) { progress(done, total) }
      }
    }
    guard let path else { return try read(keep) }
    let known = table.commits
    try whileMaking(read) { next in
      // A connection belongs to one thread.
      let writer = try HistoryIndex(keptAt: path)
      guard writer.commits == known else { throw Overtaken() }
      while let records = next() { try writer.keep(records) }
    }
    table = try Self.readCommits(of: database)
    // Somebody may have taken the file away, or begun it again.
    guard table.count >= known.count + total else { throw Overtaken() }
  }

  /// A build that is interrupted loses no more than three times so many: those that are read, that wait, and that are
  /// written.
  private static let commitsAtOnce = 256

  private func keep(_ records: [CommitRecord]) throws {
    let count = table.count
    do {
      try database.transaction {
        guard try isAsRead() else { throw Overtaken() }
        for record in records { try keep(record) }
        for block in table.blocks(from: count) {
          try database.run(
            "INSERT OR REPLACE INTO block (number, commits) VALUES (?, ?)", .number(Int64(block.number)),
            .bytes(block.bytes))
        }
      }
    } catch {
      table.removeAll(from: count)
      pathNumbers = [:]
      throw error
    }
  }

  /// Another command brought it up to date at the same time.
  struct Overtaken: Error {}

  /// Whether the database has the commits this index has, and no others: another process may have added some, or begun
  /// it again.
  private func isAsRead() throws -> Bool {
    let last = try database.read(
      "SELECT number, commits FROM block ORDER BY number DESC LIMIT 1",
      row: { (number: Int($0.number(0)), bytes: $0.bytes(1)) }
    ).first
    let own = table.count == 0 ? nil : table.blocks(from: table.count - 1).last
    return last?.number == own?.number && last?.bytes == own?.bytes
  }

  private func keep(_ record: CommitRecord) throws {
    let version = Int64(table.count)
    let commit = record.commit
    guard commit.parents.count <= CommitTable.mostParents else { throw Database.Failure.tooBig }
    table.add(
      record.id, tree: commit.tree,
      parents: commit.parents.compactMap { parent in table.number(of: parent).map { UInt32($0) } },
      time: commit.committer.time, isJoint: record.isJoint)
    for change in record.changes {
      let path = try number(of: change.path)
      try database.run("INSERT INTO change (path, version) VALUES (?, ?)", .number(path), .number(version))
      guard let document = change.document else { continue }
      try database.run(
        "INSERT OR IGNORE INTO held (document, path) VALUES (?, ?)", .bytes(Array(document.text.utf8)),
        .number(path))
    }
    for writing in record.writings where !writing.path.isSchema {
      let path = try number(of: writing.path)
      for written in writing.texts {
        let words = WordSearch.words(of: written.text.text)
        if words.isEmpty { continue }
        try database.run(
          "INSERT INTO text (version, path, document, pointer, file) VALUES (?, ?, ?, ?, ?)",
          .number(version), .number(path),
          writing.document.map { .bytes(Array($0.text.utf8)) } ?? .null,
          .bytes(Array(written.pointer.description.utf8)), .bytes(writing.file.id.bytes))
        try database.run(
          "INSERT INTO word (rowid, words) VALUES (?, ?)", .number(database.lastRow),
          .text(words.joined(separator: " ")))
      }
    }
  }

  private func number(of path: WorkspacePath) throws -> Int64 {
    if let known = pathNumbers[path] { return known }
    let name = Array(path.text.utf8)
    if let found = try database.read(
      "SELECT id FROM path WHERE name = ?", .bytes(name), row: { $0.number(0) }
    )
    .first {
      pathNumbers[path] = found
      return found
    }
    try database.run("INSERT INTO path (name) VALUES (?)", .bytes(name))
    pathNumbers[path] = database.lastRow
    return database.lastRow
  }
}
