import EditorialChecks
import Foundation
import HistoryIndex
import JSONTree
import ObjectModel
import TestSupport
import Testing
import ThreeWayMerge

@testable import EditorialHistory

/// What is remembered is what reading says, whatever happens to the file it is kept in.
@Suite struct HistoryIndexTests {
  static let seeds: Range<UInt64> = 0..<80

  private func story(_ seed: UInt64) throws -> (story: Story, middle: ObjectID, head: ObjectID) {
    var story = try Story(seed: seed, joins: !seed.isMultiple(of: 3), settles: true)
    try story.live(steps: 14)
    let middle = story.heads[0]
    try story.live(steps: 12)
    return (story, middle, try story.joinAll())
  }

  private func remembered(
    _ newsroom: Newsroom, from head: ObjectID, at path: String? = nil
  ) throws -> RememberedHistory {
    try RememberedHistory(at: path, of: { try newsroom.history(from: head, remembering: $0) })
  }

  /// Where documents ever stood.
  private func paths(_ story: Story) throws -> [WorkspacePath] {
    var paths: Set<WorkspacePath> = []
    for commit in story.commits {
      paths.formUnion(
        try story.newsroom.store.files(in: story.newsroom.tree(of: commit), under: WorkspacePath("posts"))
          .map(\.path))
    }
    return paths.sorted()
  }

  /// Logs, places, blame, candidates and lost documents of random histories with joins, moves, deletions and returns.
  @Test(arguments: seeds) func lookingBackGivesTheSame(seed: UInt64) throws {
    let (story, middle, head) = try story(seed)
    let newsroom = story.newsroom
    let folder = try TemporaryFolder()
    let file = folder.path + "/history.sqlite"
    // In two steps, from the file in the second, as a workspace does over the days.
    _ = try remembered(newsroom, from: middle, at: file)
    let history = try remembered(newsroom, from: head, at: file).history
    let read = try newsroom.history(from: head)
    for path in try paths(story) {
      #expect(try history.versions(of: path) == read.versions(of: path), "seed \(seed): log \(path)")
      #expect(
        try history.path(of: path, in: middle) == read.path(of: path, in: middle),
        "seed \(seed): place of \(path)")
      if let document = try newsroom.document(path.text, at: head) {
        #expect(
          try history.blame(of: path, as: document) == read.blame(of: path, as: document),
          "seed \(seed): blame \(path)")
      }
      let open = try newsroom.openConflicts(path.text, at: head)
      if !open.isEmpty {
        #expect(
          try history.candidateOrigins(of: open, in: path) == read.candidateOrigins(of: open, in: path),
          "seed \(seed): candidates of \(path)")
      }
    }
    #expect(try history.versions() == read.versions(), "seed \(seed)")
    #expect(try history.lostDocuments() == read.lostDocuments(), "seed \(seed)")
  }

  /// For each word that somebody wrote: who first had it in which field, found by looking at everything.
  @Test(arguments: seeds) func wordsAreFoundAsByReadingEverything(seed: UInt64) throws {
    let (story, middle, head) = try story(seed)
    let newsroom = story.newsroom
    let folder = try TemporaryFolder()
    let file = folder.path + "/history.sqlite"
    _ = try remembered(newsroom, from: middle, at: file)
    let indices = [
      try remembered(newsroom, from: head, at: file), try remembered(newsroom, from: head, at: file),
      try remembered(newsroom, from: head),
    ]
    let texts = try Self.allTexts(newsroom, from: head)
    for word in story.writers.keys.sorted() + ["titre", "marché", "rien"] {
      let search = try #require(WordSearch(word))
      let wanted = Self.first(of: texts.filter { search.places(in: $0.text.text) != nil })
      for index in indices {
        #expect(try index.texts(with: search).map(Row.init) == wanted, "seed \(seed): \(word)")
      }
    }
  }

  /// Enough to compare.
  private struct Row: Hashable {
    var document: String
    var path: WorkspacePath
    var pointer: String
    var text: JSONString
    var commit: ObjectID

    init(_ found: FoundText) {
      document = found.document["id"]?.text ?? found.path.text
      (path, pointer) = (found.path, found.pointer.description)
      (text, commit) = (found.text, found.commit)
    }

    init(_ document: JSONValue, _ path: WorkspacePath, _ written: WrittenText, _ commit: ObjectID) {
      self.document = document["id"]?.text ?? path.text
      (self.path, pointer) = (path, written.pointer.description)
      (text, self.commit) = (written.text, commit)
    }
  }

  /// Every text of every commit that none of its parents has at the same path and place, oldest first.
  private static func allTexts(_ newsroom: Newsroom, from head: ObjectID) throws -> [Row] {
    var rows: [Row] = []
    let ids = try newsroom.history(from: head).commits.map(\.id)
    let order = try ids.map { (id: $0, commit: try newsroom.store.commit($0)) }.sorted {
      (newsroom.joints.contains($0.id) ? 1 : 0, $0.commit.committer.time, $0.id)
        < (newsroom.joints.contains($1.id) ? 1 : 0, $1.commit.committer.time, $1.id)
    }
    for (id, commit) in order {
      for (path, file) in try newsroom.store.files(in: commit.tree, under: WorkspacePath("posts")) {
        let parents = try commit.parents.map {
          try newsroom.store.file(at: path, in: newsroom.tree(of: $0))
        }
        // One of several parents has the very file.
        if parents.contains(file) { continue }
        let texts = { (file: TreeFile) throws -> (JSONValue, [WrittenText]) in
          let value = try JSONValue(parsing: newsroom.store.blob(file.id))
          return (value, writtenTexts(in: value, rule: Newsroom.rules.rule(for: value)))
        }
        let known = Set(try parents.compactMap { try $0.map { try texts($0).1 } }.joined())
        let (document, written) = try texts(file)
        rows += written.filter { !known.contains($0) }.map { Row(document, path, $0, id) }
      }
    }
    return rows
  }

  private static func first(of rows: [Row]) -> [Row] {
    var seen: Set<[String]> = []
    return rows.filter { seen.insert([$0.document, $0.pointer]).inserted }
      .sorted { ($0.path, $0.pointer, $0.document) < ($1.path, $1.pointer, $1.document) }
  }

  // MARK: - What happens to the file

  /// How a file may be when the next command comes.
  enum Damage: String, CaseIterable {
    case gone, empty, otherBytes, cutOff, brokenInside, wrongRows, emptyBlocks, endlessView, foreignDatabase,
      folder
    case link
  }

  @Test(arguments: Damage.allCases) func whateverIsThereIsReplacedOrLeftAlone(_ damage: Damage) throws {
    let (story, _, head) = try story(5)
    let folder = try TemporaryFolder()
    let file = folder.path + "/history.sqlite"
    let search = try #require(WordSearch("mot3"))
    let wanted = try remembered(story.newsroom, from: head, at: file).texts(with: search)
    #expect(!wanted.isEmpty)
    let manager = FileManager.default
    let bytes = try Data(contentsOf: URL(filePath: file))
    try manager.removeItem(atPath: file)
    switch damage {
    case .gone: break
    case .empty: try Data().write(to: URL(filePath: file))
    case .otherBytes: try Data("Ceci n’est pas une base de données. ".utf8).write(to: URL(filePath: file))
    case .cutOff: try bytes.prefix(bytes.count / 2).write(to: URL(filePath: file))
    case .brokenInside:
      var bytes = bytes
      for place in stride(from: 4_096, to: bytes.count, by: 3) { bytes[place] ^= 0x5A }
      try bytes.write(to: URL(filePath: file))
    case .wrongRows:
      try bytes.write(to: URL(filePath: file))
      let script =
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(\"UPDATE text SET pointer = X'2F78'\"); c.commit()"
      _ = try Program.run("python3", ["-c", script, file])
    case .emptyBlocks:
      try bytes.write(to: URL(filePath: file))
      let script = """
        import sqlite3, sys; c = sqlite3.connect(sys.argv[1])
        c.executemany("INSERT INTO block VALUES (?, x'')", ((n,) for n in range(100, 200000))); c.commit()
        """
      _ = try Program.run("python3", ["-c", script, file])
    case .endlessView:
      try bytes.write(to: URL(filePath: file))
      let script = """
        import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute("DROP TABLE block")
        c.execute("CREATE VIEW block AS WITH RECURSIVE n(number, commits) AS (VALUES (0, x'00') UNION ALL "
          "SELECT number + 1, commits FROM n) SELECT * FROM n"); c.commit()
        """
      _ = try Program.run("python3", ["-c", script, file])
    case .foreignDatabase:
      let script =
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(\"CREATE TABLE x (y)\"); c.commit()"
      _ = try Program.run("python3", ["-c", script, file])
    case .folder: try manager.createDirectory(atPath: file, withIntermediateDirectories: false)
    case .link:
      try Data("à quelqu’un d’autre".utf8).write(to: URL(filePath: folder.path + "/other"))
      try manager.createSymbolicLink(atPath: file, withDestinationPath: folder.path + "/other")
    }
    #expect(try remembered(story.newsroom, from: head, at: file).texts(with: search) == wanted)
    #expect(try remembered(story.newsroom, from: head, at: file).texts(with: search) == wanted)
    switch damage {
    case .folder, .link:
      #expect(try HistoryIndex(at: file).isInMemory)
      if damage == .link {
        #expect(try String(contentsOfFile: folder.path + "/other", encoding: .utf8) == "à quelqu’un d’autre")
      }
    default: #expect(try !HistoryIndex(at: file).isInMemory)
    }
  }

  @Test func aPlaceThatCannotBeWrittenIsNoTrouble() throws {
    let (story, _, head) = try story(5)
    let search = try #require(WordSearch("mot3"))
    let found = try remembered(story.newsroom, from: head, at: "/proc/nowhere/history.sqlite").texts(
      with: search)
    #expect(try found == remembered(story.newsroom, from: head).texts(with: search))
  }

  /// History may be rewritten by somebody's git: what nobody has any more is not shown.
  @Test func whatIsNotBehindTheHeadIsNotFound() throws {
    var newsroom = Newsroom()
    let start = try newsroom.commit(["posts/a.json": post("a", #""body":"un""#)])
    let left = try newsroom.commit(["posts/a.json": post("a", #""body":"deux""#)], after: start)
    let right = try newsroom.commit(["posts/a.json": post("a", #""body":"trois""#)], after: start)
    let folder = try TemporaryFolder()
    let file = folder.path + "/history.sqlite"
    let two = try #require(WordSearch("deux"))
    #expect(try remembered(newsroom, from: left, at: file).texts(with: two).count == 1)
    let history = try remembered(newsroom, from: right, at: file)
    #expect(try history.texts(with: two) == [])
    #expect(try history.history.versions(of: WorkspacePath("posts/a.json")).map(\.id) == [right, start])
  }

  /// Where the memory ends, somebody moved the document to a path it has never heard of.
  @Test func aMoveThatIsNotRememberedKeepsThePast() throws {
    var newsroom = Newsroom()
    let start = try newsroom.commit(["posts/z.json": post("z")])
    let made = try newsroom.commit(["posts/q.json": post("d", #""body":"un""#)], after: start)
    let edited = try newsroom.commit(["posts/q.json": post("d", #""body":"deux""#)], after: made)
    let other = try newsroom.commit(["posts/z.json": post("z", #""body":"x""#)], after: edited)
    let folder = try TemporaryFolder()
    let file = folder.path + "/history.sqlite"
    _ = try remembered(newsroom, from: other, at: file)
    let moved = try newsroom.commit(
      ["posts/q.json": nil, "posts/r.json": post("d", #""body":"deux""#)], after: other)
    let head = try newsroom.commit(["posts/z.json": post("z", #""body":"y""#)], after: moved)
    let room = newsroom
    let history = try RememberedHistory(
      at: file, of: { try room.history(from: head, remembering: $0) }, readingAtMost: 1)
    #expect(!history.isComplete)
    #expect(
      try history.history.versions(of: WorkspacePath("posts/r.json")).map(\.id) == [moved, edited, made])
  }

  /// Two documents had one path, one after the other on lines of their own: the path is that of the one in the newest commit.
  @Test func aPathThatTwoLinesUsedIsThatOfTheNewest() throws {
    var newsroom = Newsroom()
    let start = try newsroom.commit(["posts/z.json": post("z")], at: "2026-11-01T08:00:00Z")
    let left = try newsroom.commit(
      ["posts/p.json": post("a", #""body":"un""#)], after: start, at: "2026-11-01T09:00:00Z")
    let right = try newsroom.commit(
      ["posts/p.json": post("b", #""body":"deux""#)], after: start, at: "2026-11-01T13:00:00Z")
    let onLeft = try newsroom.commit(
      ["posts/z.json": post("z", #""n":1"#)], after: left, at: "2026-11-01T18:00:00Z")
    let goneLeft = try newsroom.commit(["posts/p.json": nil], after: onLeft, at: "2026-11-01T19:00:00Z")
    let goneRight = try newsroom.commit(["posts/p.json": nil], after: right, at: "2026-11-01T20:00:00Z")
    let head = try newsroom.join(goneLeft, goneRight)
    let path = try WorkspacePath("posts/p.json")
    let read = try newsroom.history(from: head).versions(of: path)
    #expect(try remembered(newsroom, from: head).history.versions(of: path) == read)
    #expect(read.map(\.id).contains(left) && !read.map(\.id).contains(right))
  }

  /// Two commands that look back at once: one of them is overtaken, and both answer.
  @Test func twoAtOnceAnswerBoth() async throws {
    let (story, _, head) = try story(7)
    let folder = try TemporaryFolder()
    let file = folder.path + "/history.sqlite"
    let first = try HistoryIndex(at: file)
    let search = try #require(WordSearch("mot2"))
    // Made by another one after this one has read that nothing is there.
    let other = try remembered(story.newsroom, from: head, at: file).texts(with: search)
    #expect(first.number(of: head) == nil)
    #expect(try remembered(story.newsroom, from: head, at: file).texts(with: search) == other)
  }

  /// Who only wants to see one document does not wait for an index of everything.
  @Test func tooMuchIsLeftToWhoNeedsIt() throws {
    let (story, middle, head) = try story(9)
    let newsroom = story.newsroom
    let folder = try TemporaryFolder()
    let file = folder.path + "/history.sqlite"
    _ = try remembered(newsroom, from: middle, at: file)
    let some = try HistoryIndex(at: file).commits.count
    let history = try RememberedHistory(
      at: file, of: { try newsroom.history(from: head, remembering: $0) }, readingAtMost: 1)
    #expect(!history.isComplete)
    #expect(try HistoryIndex(at: file).commits.count == some)
    let path = try WorkspacePath("posts/a.json")
    #expect(try history.history.versions(of: path) == newsroom.history(from: head).versions(of: path))
    #expect(try remembered(newsroom, from: head, at: file).isComplete)
  }

  /// More parents than a byte can count.
  @Test func anOctopusIsRememberedWhole() throws {
    var newsroom = Newsroom()
    let start = try newsroom.commit(["posts/a.json": post("a")])
    var arms: [ObjectID] = []
    for arm in 0..<300 {
      arms.append(
        try newsroom.commit(["posts/\(arm).json": post("\(arm)", #""body":"bras\#(arm)""#)], after: start))
    }
    let commit = try newsroom.store.commit(start)
    let head = try newsroom.store.write(
      Commit(
        tree: newsroom.tree(of: arms[299]), parents: arms, author: commit.author, committer: commit.committer,
        message: "pieuvre\n"))
    let folder = try TemporaryFolder()
    let file = folder.path + "/history.sqlite"
    let isJoint = { (id: ObjectID, _: Commit) throws(ObjectStoreError) in id == head }
    let make = { (memory: any HistoryMemory) in
      try History(
        head: head, in: newsroom.store, remembering: memory, isJoint: isJoint,
        before: { commit throws(ObjectStoreError) in try newsroom.store.commit(commit.parents[0]).tree },
        rules: { _ throws(ObjectStoreError) in Newsroom.rules })
    }
    for _ in 0..<2 {
      let history = try RememberedHistory(at: file, of: make)
      #expect(history.history.commits.count == 302)
      let found = try history.texts(with: #require(WordSearch("bras299")))
      #expect(found.map(\.commit) == [arms[299]])
    }
  }

  /// What a document that is left alone costs does not grow with what others do.
  @Test func onlyVersionsThatChangedADocumentAreRead() throws {
    var newsroom = Newsroom()
    var head = try newsroom.commit([
      "posts/a.json": post("a", #""body":"un""#), "posts/b.json": post("b", #""body":"rien""#),
    ])
    for turn in 0..<300 {
      let name = turn.isMultiple(of: 100) ? "a" : "b"
      head = try newsroom.commit(
        ["posts/\(name).json": post(name, #""body":"tour \#(turn)""#)], after: head)
    }
    let folder = try TemporaryFolder()
    let history = try remembered(newsroom, from: head, at: folder.path + "/history.sqlite").history
    newsroom.store.forgetCounts()
    #expect(try history.versions(of: WorkspacePath("posts/a.json")).count == 4)
    #expect(newsroom.store.blobsRead.count <= 12)
    #expect(newsroom.store.countOfReads <= 60)
  }
}
