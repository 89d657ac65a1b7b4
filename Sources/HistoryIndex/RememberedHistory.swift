public import EditorialChecks
public import EditorialHistory
public import JSONTree
public import ObjectModel
import Wording

/// A history, and the index that remembers all of it.
public struct RememberedHistory {
  public let history: History
  private let index: HistoryIndex
  private let make: (any HistoryMemory) throws -> History
  /// Whether all of it is remembered, or too much was missing.
  public var isComplete: Bool { history.countUnremembered == 0 }

  /// Brings an index up to date with a history.
  ///
  /// - Parameters:
  ///   - path: Where the index is kept; where that can't be, all of it is read into memory.
  ///   - make: Makes the history, with what is remembered.
  ///   - limit: If more versions than these are missing, they are left out of it; looking back reads them itself.
  ///   - progress: Called now and then with how many of how many versions are read.
  /// - Throws: What reading the history throws.
  public init(
    at path: String?, of make: @escaping (any HistoryMemory) throws -> History,
    readingAtMost limit: Int = .max,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    self.make = make
    (index, history) = try HistoryIndex.upToDate(
      at: path, with: make, readingAtMost: limit, progress: progress)
  }
}

/// A text of some version that has all the words that were looked for.
public struct FoundText: Hashable, Sendable {
  /// Where the document was.
  public var path: WorkspacePath
  public var document: JSONValue
  public var pointer: JSONPointer
  public var text: JSONString
  public var commit: ObjectID
  /// `nil` for a text that only a join has, whose words are by several people.
  public var origin: Origin?
}

extension RememberedHistory {
  /// Where documents ever stood that ever held what is looked for; those first in which it came to this computer last.
  public func paths(with search: WordSearch) throws -> [WorkspacePath] {
    try believing { remembered in try remembered.index.paths(with: search) }
  }

  /// Where the documents ever stood that ever stood at some paths, and these paths.
  public func paths(ofDocumentsAt paths: Set<WorkspacePath>) throws -> Set<WorkspacePath> {
    try believing { remembered in
      try paths.reduce(into: []) { try $0.formUnion(remembered.index.paths(ofDocumentsAt: $1)) }
    }
  }

  /// An answer from the index; where it contradicts itself or git, from one that is read anew, and the next command
  /// begins the one on the disk again.
  private func believing<Answer>(_ answer: (Self) throws -> Answer) throws -> Answer {
    do {
      return try answer(self)
    } catch let failure as Database.Failure where !index.isInMemory {
      if failure.isDamage { try? index.database.reset() }
      return try answer(Self(at: nil, of: make))
    }
  }

  /// Who first wrote what is looked for into each field of each document; texts of people before those of joins, then
  /// by the clocks, then by the ids of the versions.
  ///
  /// - Returns: Sorted by path, pointer and document. As written in git: an index that says something else is not believed.
  public func texts(with search: WordSearch) throws -> [FoundText] {
    try newestTexts(with: search, atMost: .max).texts
  }

  /// The same of the fields in which it was written last.
  ///
  /// - Returns: And how many fields there are, as the index says.
  public func newestTexts(
    with search: WordSearch, atMost limit: Int
  ) throws -> (texts: [FoundText], count: Int) {
    try believing { remembered in try remembered.foundTexts(with: search, atMost: limit) }
  }

  private func foundTexts(
    with search: WordSearch, atMost limit: Int
  ) throws -> (texts: [FoundText], count: Int) {
    var rows: [Place: (first: TextRow, last: TextRow)] = [:]
    for row in try index.rows(with: search) where history.isBehind(remembered: row.version) {
      let last = rows[row.place].map { $0.last.isOlder(than: row) ? row : $0.last } ?? row
      rows[row.place, default: (row, row)].last = last
    }
    // By the clocks, so that everybody gets the same; what somebody brings from weeks apart is not new.
    let newest = rows.sorted { left, right in
      let (one, other) = (left.value.last, right.value.last)
      return (one.time, one.commit, left.key) > (other.time, other.commit, right.key)
    }.prefix(limit)
    var found: [Place: FoundText] = [:]
    for row in newest.map(\.value.first) {
      let commit = try history.store.commit(row.commit)
      guard try history.store.contains(row.file),
        let (document, texts) = try history.texts(of: row.file, at: row.path, in: commit),
        let written = texts.first(where: {
          Array($0.pointer.description.utf8) == row.place.pointer && search.places(in: $0.text.text) != nil
        })
      else { throw Database.Failure.damage("a text that is not there") }
      found[row.place] = FoundText(
        path: row.path, document: document, pointer: written.pointer, text: written.text, commit: row.commit,
        origin: row.isJoint
          ? nil : Origin(commit: row.commit, by: Author(commit.author), at: Moment(commit.author)))
    }
    // One path may have held one document after another.
    let texts = found.sorted { left, right in
      (left.value.path, left.key) < (right.value.path, right.key)
    }.map(\.value)
    return (texts, rows.count)
  }
}

/// A field of a document.
struct Place: Hashable, Comparable {
  /// The id of the document, or its path.
  var document: [UInt8]
  var pointer: [UInt8]

  /// By pointer first.
  static func < (left: Self, right: Self) -> Bool {
    left.pointer == right.pointer
      ? left.document.lexicographicallyPrecedes(right.document)
      : left.pointer.lexicographicallyPrecedes(right.pointer)
  }
}

/// What the index says of a text.
struct TextRow {
  /// The number of the commit.
  var version: Int
  var place: Place
  var path: WorkspacePath
  var file: ObjectID
  var commit: ObjectID
  var time: Int64
  var isJoint: Bool

  func isOlder(than other: Self) -> Bool { (time, commit) < (other.time, other.commit) }
}

extension HistoryIndex {
  /// What FTS5 is asked. Words are letters, digits and low lines: none is a sign of its language.
  private func query(for search: WordSearch) -> String {
    search.terms.map { "\"" + $0.joined(separator: " ") + "\"" }.joined(separator: " AND ")
  }

  /// Where documents ever stood that ever held all the words in one text; those first in which they were remembered last.
  func paths(with search: WordSearch) throws -> [WorkspacePath] {
    try database.read(
      """
      WITH found AS (
        SELECT max(text.id) AS last, path, document FROM word JOIN text ON text.id = word.rowid WHERE word MATCH ?
        GROUP BY path, document),
      place AS (
        SELECT path, last FROM found
        UNION ALL SELECT held.path, last FROM found JOIN held ON held.document = found.document)
      SELECT name FROM place JOIN path ON path.id = place.path GROUP BY path.id ORDER BY max(last) DESC, name
      """, .text(query(for: search)), row: { try? WorkspacePath($0.text(0)) })
  }

  /// The texts with all the words, the one to show first before others of its field.
  func rows(with search: WordSearch) throws -> [TextRow] {
    let table = table
    return try database.read(
      """
      SELECT text.version, path.name, text.document, text.pointer, text.file
      FROM word JOIN text ON text.id = word.rowid JOIN path ON path.id = text.path WHERE word MATCH ?
      """, .text(query(for: search))
    ) { row -> TextRow? in
      let (number, file) = (Int(row.number(0)), row.bytes(4))
      guard 0..<table.count ~= number, let path = try? WorkspacePath(row.text(1)),
        file.count == 20
      else { return nil }
      return TextRow(
        version: number,
        place: Place(document: row.isNull(2) ? row.bytes(1) : row.bytes(2), pointer: row.bytes(3)),
        path: path,
        file: ObjectID(bytes: file), commit: table.commits.ids[number], time: table.commits.times[number],
        isJoint: table.joints[number])
    }.sorted {
      ($0.isJoint ? 1 : 0, $0.time, $0.commit) < ($1.isJoint ? 1 : 0, $1.time, $1.commit)
    }
  }
}
