import EditorialHistory
import JSONTree
import ObjectModel
import Testing
import Wording

/// What a person may call a version, and what they are told when nothing is called so.
@Suite struct VersionNameTests {
  var newsroom = Newsroom()
  /// Oldest first; the first and the third are of the document.
  var commits: [ObjectID] = []
  let path: WorkspacePath
  static let eastern = clock(UTCOffset(minutes: -300))

  /// At noon of the day after the last of the versions.
  static func clock(_ offset: UTCOffset) -> ZonedClock {
    ZonedClock(
      rules: TimeZoneRules(fixed: offset),
      now: Instant(rfc3339: "2026-11-06T17:00:00Z") ?? Instant(secondsSince1970: 0))
  }

  init() throws {
    path = try WorkspacePath("posts/a.json")
    let versions = [
      ("posts/a.json", post("a", #""at":1"#), "2026-11-01T10:00:00-05:00"),
      ("posts/b.json", post("b"), "2026-11-02T10:00:00-05:00"),
      // Half past eleven in the evening; already the next day in UTC.
      ("posts/a.json", post("a", #""at":2"#), "2026-11-03T23:30:00-05:00"),
      ("posts/c.json", post("c"), "2026-11-05T10:00:00-05:00"),
    ]
    for (file, text, date) in versions {
      if let last = commits.last {
        commits.append(try newsroom.commit([file: text], after: last, at: date))
      } else {
        commits.append(try newsroom.commit([file: text], at: date))
      }
    }
  }

  func find(_ name: String, of document: WorkspacePath? = nil, clock: ZonedClock = eastern) throws -> ObjectID
  {
    let state = try newsroom.history(from: commits.last).state(named: name, of: document, clock: clock)
    guard case .version(let id) = state.place else { throw Unexpected(state: state) }
    return id
  }

  struct Unexpected: Error { var state: NamedState }

  /// What the document says in the state a name stands for.
  func content(_ name: String, in newsroom: Newsroom, head: ObjectID, isGone: Bool = false) throws -> String?
  {
    let state = try newsroom.history(from: head).state(
      named: name, of: path, isGone: isGone, clock: Self.eastern)
    guard let path = state.path, let file = try newsroom.store.file(at: path, in: state.tree) else {
      return nil
    }
    return String(decoding: try newsroom.store.blob(file.id), as: UTF8.self)
  }

  /// One's own words, made on top of a join, do not take the colleague's with them when they are taken back.
  @Test func countsBackThroughAJoin() throws {
    var newsroom = Newsroom()
    let start = try newsroom.commit([path.text: post("a", #""body":"Un. Deux. Trois.""#)])
    let mine = try newsroom.commit([path.text: post("a", #""body":"Un. Deux. Trois, Ana.""#)], after: start)
    let theirs = try newsroom.commit(
      [path.text: post("a", #""body":"Un, Léo. Deux. Trois.""#)], after: start, by: "Léo",
      at: "2020-01-01T10:00:00-05:00")
    let joined = try newsroom.join(mine, theirs)
    let head = try newsroom.commit(
      [path.text: post("a", #""body":"Un, Léo. Deux bis. Trois, Ana.""#)], after: joined)
    #expect(try content("-0", in: newsroom, head: head)?.contains("Deux bis") == true)
    #expect(try content("-1", in: newsroom, head: head)?.contains("Un, Léo. Deux. Trois, Ana.") == true)
    // Ana's first words go, Léo's stay: no commit holds exactly this after the join.
    #expect(try content("-2", in: newsroom, head: head)?.contains("Un, Léo. Deux. Trois.") == true)
    #expect(try content("-3", in: newsroom, head: head)?.contains("Un. Deux. Trois.") == true)
    #expect(throws: VersionNameError.tooFarBack(name: "-4", versions: 4)) {
      try content("-4", in: newsroom, head: head)
    }
    let before = try newsroom.history(from: head).state(named: "-1", of: path, clock: Self.clock(.utc))
    #expect(before.place == .before(head))
  }

  /// A day is what the team had by then, whichever line it came by and whenever the lines were joined.
  @Test func aDayIsWhatAllLinesGiveTogether() throws {
    var newsroom = Newsroom()
    let start = try newsroom.commit(
      [path.text: post("a", #""one":0,"two":0"#)], at: "2026-11-01T10:00:00-05:00")
    let mine = try newsroom.commit(
      [path.text: post("a", #""one":1,"two":0"#)], after: start, at: "2026-11-02T10:00:00-05:00")
    let theirs = try newsroom.commit(
      [path.text: post("a", #""one":0,"two":2"#)], after: start, by: "Léo", at: "2026-11-03T10:00:00-05:00")
    let later = try newsroom.commit(
      [path.text: post("a", #""one":0,"two":3"#)], after: theirs, by: "Léo", at: "2026-11-05T10:00:00-05:00")
    let head = try newsroom.join(mine, later)
    for (day, one, two) in [
      ("2026-11-01", 0, 0), ("2026-11-02", 1, 0), ("2026-11-03", 1, 2), ("2026-11-04", 1, 2), ("hier", 1, 3),
    ] {
      let text = try #require(try content(day, in: newsroom, head: head))
      #expect(text.contains(#""one": \#(one)"#) && text.contains(#""two": \#(two)"#), "\(day): \(text)")
    }
    // What is done to a version is done to one.
    let history = try newsroom.history(from: head)
    #expect(try history.version(named: "2026-11-03", clock: Self.eastern) == theirs)
    #expect(try history.state(named: "2026-11-03", of: path, clock: Self.eastern).place == .before(later))
    #expect(try history.state(named: "2026-11-02", of: path, clock: Self.eastern).place == .version(mine))
  }

  @Test func aStateThatNoCommitHolds() throws {
    var newsroom = Newsroom()
    let start = try newsroom.commit([path.text: post("a", #""one":0,"three":0,"two":0"#)])
    let mine = try newsroom.commit([path.text: post("a", #""one":1,"three":0,"two":0"#)], after: start)
    let theirs = try newsroom.commit([path.text: post("a", #""one":0,"three":0,"two":2"#)], after: start)
    // Somebody joined with plain git and wrote on.
    let head = try newsroom.commit(
      [path.text: post("a", #""one":1,"three":3,"two":2"#)], after: mine, theirs)
    let text = try content("-1", in: newsroom, head: head)
    #expect(text?.contains(#""one": 1"#) == true && text?.contains(#""two": 2"#) == true, "\(text ?? "")")
    #expect(text?.contains(#""three": 0"#) == true)
  }

  @Test func aDeletionIsAVersionToo() throws {
    var newsroom = newsroom
    let head = try newsroom.commit([path.text: nil], after: try #require(commits.last))
    #expect(try content("-0", in: newsroom, head: head) == nil)
    #expect(try content("-1", in: newsroom, head: head)?.contains(#""at": 2"#) == true)
    let lost = try newsroom.history(from: head).lostDocuments()
    #expect(lost.map(\.path) == [path] && lost.map(\.id) == ["a"])
    // Deleted in the folder only: that counts as the newest.
    let last = try #require(commits.last)
    #expect(try content("-1", in: newsroom, head: last, isGone: true)?.contains(#""at": 2"#) == true)
    #expect(try content("-2", in: newsroom, head: last, isGone: true)?.contains(#""at": 1"#) == true)
  }

  @Test func aMovedDocumentIsNotLost() throws {
    var newsroom = newsroom
    let head = try newsroom.commit(
      [path.text: nil, "posts/z.json": post("a", #""at":2"#)], after: try #require(commits.last))
    #expect(try newsroom.history(from: head).lostDocuments().isEmpty)
    let moved = try WorkspacePath("posts/z.json")
    let state = try newsroom.history(from: head).state(named: "-1", of: moved, clock: Self.clock(.utc))
    #expect(state.path == path)
  }

  /// Deleted where it had moved to and brought back there: what came before the move is its past as well.
  @Test func whatCameBackKeepsItsWholePast() throws {
    var newsroom = newsroom
    let moved = try WorkspacePath("posts/z.json")
    let value = post("a", #""at":2"#)
    let there = try newsroom.commit(
      [path.text: nil, moved.text: value], after: try #require(commits.last))
    let gone = try newsroom.commit([moved.text: nil], after: there)
    let head = try newsroom.commit([moved.text: value], after: gone)
    let versions = try newsroom.history(from: head).versions(of: moved)
    let before = try newsroom.history(from: commits.last).versions(of: path)
    #expect(versions.map(\.id) == [head, gone, there] + before.map(\.id))
    let state = try newsroom.history(from: head).state(named: "-4", of: moved, clock: Self.clock(.utc))
    #expect(state.path == path)
  }

  /// One moves it while another deletes it where it was: both places are names of it, and where it was last is known.
  @Test func aDocumentThatWasMovedAndDeletedHasTwoNames() throws {
    var newsroom = newsroom
    let base = try #require(commits.last)
    let value = post("a", #""at":2"#)
    let there = try newsroom.commit([path.text: nil, "posts/z.json": value], after: base)
    let gone = try newsroom.commit([path.text: nil], after: base)
    let head = try newsroom.commit([path.text: nil, "posts/z.json": nil], after: there, gone)
    let lost = try newsroom.history(from: head).lostDocuments()
    #expect(lost.map(\.id) == ["a", "a"])
    #expect(lost.min { $0.place < $1.place }?.path.text == "posts/z.json")
  }

  @Test func byItsId() throws {
    for id in commits {
      #expect(try find(id.hex) == id)
      #expect(try find(String(id.hex.prefix(8))) == id)
      #expect(try find(String(id.hex.prefix(8)).uppercased()) == id)
    }
  }

  @Test func byHowManyAreAfterIt() throws {
    #expect(try find("-0") == commits[3])
    #expect(try find("-1") == commits[2])
    #expect(try find("-3") == commits[0])
    #expect(try find("-1", of: path) == commits[0])
    #expect(throws: VersionNameError.tooFarBack(name: "-4", versions: 4)) { try find("-4") }
    #expect(throws: VersionNameError.tooFarBack(name: "-2", versions: 2)) { try find("-2", of: path) }
    let endless = "-" + String(repeating: "9", count: 30)
    #expect(throws: VersionNameError.tooFarBack(name: endless, versions: 4)) { try find(endless) }
  }

  @Test func byADay() throws {
    #expect(try find("2026-11-02") == commits[1])
    #expect(try find("2026-11-04") == commits[2])
    #expect(try find("2030-01-01") == commits[3])
    #expect(try find("2026-11-02", of: path) == commits[0])
    for name in ["hier", "yesterday", "5 novembre"] { #expect(try find(name) == commits[3]) }
    for name in ["mardi", "last tuesday", "nov 4 at 8 am"] { #expect(try find(name) == commits[2]) }
    #expect(try find("mardi à midi") == commits[1])
    #expect(throws: VersionNameError.unknown(name: "dec1")) { try find("dec1") }
    // A day ends later in the west.
    #expect(try find("2026-11-03") == commits[2])
    #expect(try find("2026-11-03", clock: Self.clock(.utc)) == commits[1])
    #expect(throws: VersionNameError.self) { try find("2026-10-31") }
    #expect(throws: VersionNameError.unknown(name: "2026-02-30")) { try find("2026-02-30") }
  }

  @Test func byAMoment() throws {
    #expect(try find("2026-11-03T23:30:00-05:00") == commits[2])
    #expect(try find("2026-11-04T04:29:59Z") == commits[1])
  }

  @Test func byATag() throws {
    let store = newsroom.store
    try store.moveReference("refs/tags/lancement", from: nil, to: commits[1], reason: "test")
    #expect(try find("lancement") == commits[1])
    // A tag with a message is an object of its own; here a tag of a tag.
    var target = commits[2]
    for kind in ["commit", "tag"] {
      let text = "object \(target.hex)\ntype \(kind)\ntag v\ntagger A <a@b> 1 +0000\n\nmot\n"
      target = store.write(RawObject(kind: .tag, bytes: Array(text.utf8)))
    }
    try store.moveReference("refs/tags/été/2026", from: nil, to: target, reason: "test")
    #expect(try find("été/2026") == commits[2])
    // A name somebody gave stands before a day.
    try store.moveReference("refs/tags/2026-11-02", from: nil, to: commits[0], reason: "test")
    #expect(try find("2026-11-02") == commits[0])
    let file = try #require(try store.file(at: path, in: newsroom.tree(of: commits[0])))
    try store.moveReference("refs/tags/fichier", from: nil, to: file.id, reason: "test")
    #expect(throws: VersionNameError.unknown(name: "fichier")) { try find("fichier") }
  }

  @Test(arguments: [
    "", "-", "bientôt", "abc", "zzzz", "a b", "../x", "refs/heads/main", "-1x", "12345678901",
  ])
  func nothingIsCalledSo(name: String) throws {
    #expect(throws: VersionNameError.unknown(name: name)) { try find(name) }
  }

  @Test func anIdOfSomethingElse() throws {
    let tree = try newsroom.tree(of: commits[0]).hex
    #expect(throws: VersionNameError.unknown(name: tree)) { try find(tree) }
    let nothing = String(repeating: "0", count: 40)
    #expect(throws: VersionNameError.unknown(name: nothing)) { try find(nothing) }
  }

  @Test func theBeginningOfSeveralIds() throws {
    var newsroom = Newsroom()
    var ids = [try newsroom.commit(["n.json": "0"])]
    // Two ids share four digits after some hundred commits.
    var shared: String?
    var beginnings: [String: ObjectID] = [:]
    while shared == nil, ids.count < 5000 {
      let id = try newsroom.commit(["n.json": "\(ids.count)"], after: ids[ids.count - 1])
      ids.append(id)
      let beginning = String(id.hex.prefix(4))
      if beginnings.updateValue(id, forKey: beginning) != nil { shared = beginning }
    }
    let name = try #require(shared)
    let matches = ids.filter { $0.hex.hasPrefix(name) }.sorted()
    let history = try newsroom.history(from: ids.last)
    #expect(throws: VersionNameError.ambiguous(name: name, matches: matches)) {
      try history.state(named: name, clock: Self.clock(.utc))
    }
  }

  @Test func aWorkspaceWithoutVersions() throws {
    let history = try Newsroom().history(from: nil)
    #expect(throws: VersionNameError.tooEarly(name: "2026-11-03", oldest: nil)) {
      try history.state(named: "2026-11-03", clock: Self.clock(.utc))
    }
    #expect(throws: VersionNameError.tooFarBack(name: "-1", versions: 0)) {
      try history.state(named: "-1", clock: Self.clock(.utc))
    }
  }

  // MARK: - What is said

  static let sentences: [(error: VersionNameError, code: String, fr: String, en: String)] = [
    (
      .unknown(name: "bientôt"), "unknown-version", "Aucune version ne répond à «\u{A0}bientôt\u{A0}».",
      "No version answers to “bientôt”."
    ),
    (
      .tooFarBack(name: "-5", versions: 3), "unknown-version",
      "«\u{A0}-5\u{A0}» remonte trop loin\u{A0}: il y a 3\u{A0}versions.",
      "“-5” goes back too far: there are 3 versions."
    ),
    (
      .tooFarBack(name: "-1", versions: 1), "unknown-version",
      "«\u{A0}-1\u{A0}» remonte trop loin\u{A0}: il y a 1\u{A0}version.",
      "“-1” goes back too far: there is 1 version."
    ),
    (
      .tooEarly(
        name: "2020-01-01",
        oldest: Moment(instant: Instant(secondsSince1970: 1_793_700_000), offset: UTCOffset(minutes: -300))
      ),
      "unknown-version",
      "«\u{A0}2020-01-01\u{A0}» est avant la première version, enregistrée le 3\u{A0}novembre 2026.",
      "“2020-01-01” is before the first version, committed on November\u{A0}3, 2026."
    ),
    (
      .tooEarly(name: "2020-01-01", oldest: nil), "unknown-version", "Il n’y a encore aucune version.",
      "There is no version yet."
    ),
    (
      .ambiguous(name: "0000", matches: [.emptyTree, .emptyTree]), "ambiguous-version",
      "2\u{A0}versions répondent à «\u{A0}0000\u{A0}»\u{A0}: 4b825dc642cb, 4b825dc642cb",
      "2 versions answer to “0000”: 4b825dc642cb, 4b825dc642cb"
    ),
  ]

  @Test(arguments: sentences.indices) func saysWhatHappenedAndWhatToDo(index: Int) {
    let (error, code, fr, en) = Self.sentences[index]
    #expect(error.code == code)
    #expect(error.message == Sentence(fr: fr, en: en))
    #expect(error.hint != nil)
  }
}
