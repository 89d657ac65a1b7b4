import JSONTree
import ObjectModel
import Testing
import ThreeWayMerge

/// A document that one side left so that nobody can read it is contested as a whole, by the names of its bytes.
@Suite struct WholeFileConflictTests {
  static let orders: [[String]] = {
    func orders(_ words: [String]) -> [[String]] {
      if words.count < 2 { return [words] }
      return words.indices.flatMap { place in
        var rest = words
        let first = rest.remove(at: place)
        return orders(rest).map { [first] + $0 }
      }
    }
    return orders(["first", "second", "third", "broken"])
  }()

  /// Three edits that agree, and a file cut off in the middle: whichever comes when, nothing of any is lost. Where the file
  /// that is shown can be read, merging it by what it says would forget the others.
  @Test(arguments: orders) func keepsEveryVersionInEveryOrder(_ order: [String]) throws {
    let store = InMemoryObjectStore()
    let path = try WorkspacePath("posts/p.json")
    func tree(_ bytes: [UInt8]) throws -> ObjectID {
      try store.tree(applying: [(path, TreeFile(id: store.write(blob: bytes)))], to: nil)
    }
    func version(_ word: String) throws -> ObjectID {
      if word == "broken" { return try tree(Array("{\"title\": \"broken\", ".utf8)) }
      let value: JSONValue = ["id": "p", "first": "", "second": "", "third": ""]
      var object = value.object ?? JSONObject()
      object[JSONString(word)] = JSONValue(word)
      return try tree(JSONValue.object(object).canonicalForm)
    }
    let base = try tree((["id": "p", "first": "", "second": "", "third": ""] as JSONValue).canonicalForm)
    var state = try version(order[0])
    for word in order.dropFirst() {
      state = try mergeTrees(Versions(base: base, ours: state, theirs: version(word)), in: store) {
        _ throws(ObjectStoreError) in .byShape
      }.tree
    }

    let shown = try #require(try store.file(at: path, in: state))
    let record = try #require(try store.file(at: path.conflictRecord, in: state))
    let conflicts = try #require(ConflictRecord(JSONValue(parsing: store.blob(record.id)))).conflicts
    let candidates = try #require(conflicts[.root]).values.compactMap { ObjectID(hex: $0.text ?? "") }
    let held = try ([shown.id] + candidates).map { String(decoding: try store.blob($0), as: UTF8.self) }
    for word in order {
      #expect(held.contains { $0.contains(": \"\(word)\"") }, "\(word) is lost")
    }
  }

  private static let document: JSONValue = ["id": "p", "title": "Autre chose"]
  private static let documentID = ObjectID(blob: document.canonicalForm)

  private static func name(_ content: String) -> JSONValue {
    JSONValue(ObjectID(blob: Array(content.utf8)).hex)
  }

  /// The document, read with what was open in its place.
  private func read(_ recorded: OpenConflicts) throws -> DocumentState {
    #expect(recorded.isOfWholeFiles)
    let path = try WorkspacePath("posts/p.json")
    let content = FileContent(Self.document.canonicalForm, of: Self.documentID, at: path)
    return DocumentState(content, of: Self.documentID, recorded: recorded, rule: .byShape)
  }

  /// Whoever saves it may not have seen any of them: an editor had another one open when they came.
  @Test(arguments: [false, true], ["un", "deux", "trois"])
  func whatIsWrittenOverTheOneThatIsShownComesToThem(_ offersDeletion: Bool, _ shown: String) throws {
    let names = ["un", "deux", "trois"]
    let deletion: [Candidate] = offersDeletion ? [.deleted] : []
    let conflict = Conflict(
      kind: .value, base: nil, candidates: names.map { .value(Self.name($0)) } + deletion,
      showing: .value(Self.name(shown)))
    #expect(conflict.candidates[conflict.shown] == .value(Self.name(shown)))
    // By way of the record, which says which of them is shown.
    let recorded = OpenConflicts(
      recordedIn: ConflictRecord(OpenConflicts(here: conflict)).value.canonicalForm)
    #expect(recorded == OpenConflicts(here: conflict))

    let state = try read(recorded)

    let written = Candidate.value(JSONValue(Self.documentID.hex))
    let others = names.map { Candidate.value(Self.name($0)) }
    #expect(state.value == JSONValue(Self.documentID.hex))
    #expect(
      state.conflicts.here
        == Conflict(kind: .value, base: nil, candidates: others + [written] + deletion, showing: written))
  }

  /// One of them may be put there by hand; which one is wanted is not said by that.
  @Test func oneOfThemInThePlaceOfAnotherSettlesNothing() throws {
    let document = Candidate.value(JSONValue(Self.documentID.hex))
    let other = Candidate.value(Self.name("un"))
    let recorded = OpenConflicts(
      here: Conflict(kind: .value, base: nil, candidates: [document, other], showing: other))
    #expect(
      try read(recorded).conflicts.here
        == Conflict(kind: .value, base: nil, candidates: [document, other], showing: document))
  }

  /// What stands in the file is read as what it says again where it was the only one, and is still asked whether it shall exist.
  @Test func whoWritesInTheOnlyOneWritesADocument() throws {
    let state = try read(
      OpenConflicts(
        here: Conflict(kind: .value, base: nil, candidates: [.deleted, .value(Self.name("un"))])))
    #expect(state.value == Self.document)
    #expect(
      state.conflicts.here == Conflict(kind: .deleteEdit, base: nil, candidates: [.deleted, .kept]))
  }

  /// What a stranger writes into a record: nothing is dropped for it.
  @Test(arguments: ["-1", "7", "0.5", "0"]) func aWrongPlaceInARecordIsTheLast(_ shown: String) throws {
    let conflict = Conflict(
      kind: .value, base: nil, candidates: [.deleted, .value(Self.name("un")), .value(Self.name("deux"))])
    var record = ConflictRecord(OpenConflicts(here: conflict)).value
    try record.set(
      .number(JSONNumber(unchecked: shown)), at: JSONPointer(parsing: "/conflicts/0/shown")
    ) { _ in "id" }
    #expect(OpenConflicts(recordedIn: record.canonicalForm) == OpenConflicts(here: conflict))
  }

  /// Two people wrote nothing and have the same files before them, each another one shown.
  @Test func whichIsShownDoesNotDependOnTheSide() throws {
    let store = InMemoryObjectStore()
    let path = try WorkspacePath("assets/a.png")
    let files = try ["\u{0}un", "\u{0}deux", "\u{0}trois"].map { try store.write(blob: Array($0.utf8)) }
    func tree(_ candidates: [Int], showing shown: Int) throws -> ObjectID {
      let candidates = candidates.map { Candidate.value(JSONValue(files[$0].hex)) }
      let conflict = Conflict(
        kind: .value, base: nil, candidates: candidates, showing: .value(JSONValue(files[shown].hex)))
      let record = ConflictRecord(OpenConflicts(here: conflict)).value.canonicalForm
      return try store.tree(
        applying: [
          (path, TreeFile(id: files[shown])), (path.conflictRecord, TreeFile(id: store.write(blob: record))),
        ], to: nil)
    }
    let versions = Versions<ObjectID?>(
      base: try tree([0, 1, 2], showing: 2), ours: try tree([0, 1, 2], showing: 0),
      theirs: try tree([0, 1, 2], showing: 1))
    let merged = try [versions, versions.swapped].map {
      try mergeTrees($0, in: store) { _ throws(ObjectStoreError) in .byShape }.tree
    }
    #expect(merged[0] == merged[1])
    let record = try #require(try store.file(at: path.conflictRecord, in: merged[0]))
    let left = OpenConflicts(recordedIn: try store.blob(record.id))
    #expect(left.here?.values.count == 3)
    let shown = try #require(try store.file(at: path, in: merged[0]))
    #expect(left.here.map { $0.candidates[$0.shown] } == .value(JSONValue(shown.id.hex)))
  }

  // MARK: - What is open inside

  private static let fork: [[String]] = [
    ["un", "deux", "broken"], ["un", "broken", "deux"], ["deux", "un", "broken"], ["deux", "broken", "un"],
    ["broken", "un", "deux"], ["broken", "deux", "un"],
  ]

  /// Two titles nobody has chosen between, and a file nobody can read: both titles are still there, whichever comes when.
  @Test(arguments: fork) func keepsTheCandidatesOfWhatIsOpenInside(_ order: [String]) throws {
    let store = InMemoryObjectStore()
    let path = try WorkspacePath("posts/p.json")
    func tree(_ title: String) throws -> ObjectID {
      let bytes =
        title == "broken"
        ? Array("{\"title\": ".utf8) : (["id": "p", "title": JSONValue(title)] as JSONValue).canonicalForm
      return try store.tree(applying: [(path, TreeFile(id: store.write(blob: bytes)))], to: nil)
    }
    let base = try tree("avant")
    var (state, swapped) = (try tree(order[0]), try tree(order[0]))
    for title in order.dropFirst() {
      let versions = Versions<ObjectID?>(base: base, ours: state, theirs: try tree(title))
      func merged(_ versions: Versions<ObjectID?>) throws -> ObjectID {
        try mergeTrees(versions, in: store) { _ throws(ObjectStoreError) in .byShape }.tree
      }
      (state, swapped) = (try merged(versions), try merged(versions.swapped))
      #expect(state == swapped)
    }
    let record = try #require(try store.file(at: path.conflictRecord, in: state))
    let open = OpenConflicts(recordedIn: try store.blob(record.id))
    #expect(open.isOfWholeFiles)
    let files = try #require(open.here).values.compactMap(\.namedFile)
    var held = try files.map { String(decoding: try store.blob($0), as: UTF8.self) }
    held += open.list.filter { !$0.pointer.steps.isEmpty }.flatMap {
      $0.conflict.values.map { "\"\($0.text ?? "")\"" }
    }
    for title in ["un", "deux"] { #expect(held.contains { $0.contains("\"\(title)\"") }, "\(title) is lost") }
  }

  /// Two edits that agree become one text that no version holds; whoever gets the result has it from the record.
  @Test func aTextThatTheMergeMadeIsInTheRecord() throws {
    let store = InMemoryObjectStore()
    let path = try WorkspacePath("posts/p.json")
    func tree(_ bytes: [UInt8]) throws -> ObjectID {
      try store.tree(applying: [(path, TreeFile(id: store.write(blob: bytes)))], to: nil)
    }
    func post(_ first: JSONValue, _ second: JSONValue) -> [UInt8] {
      (["id": "p", "first": first, "second": second] as JSONValue).canonicalForm
    }
    let broken = Array("{".utf8)
    var state = try tree(post("un", ""))
    for version in try [tree(post("", "deux")), tree(broken)] {
      state = try mergeTrees(Versions(base: tree(post("", "")), ours: state, theirs: version), in: store) {
        _ throws(ObjectStoreError) in .byShape
      }.tree
    }
    let file = try #require(try store.file(at: path.conflictRecord, in: state))
    let record = ConflictRecord(recordedIn: try store.blob(file.id))
    let (made, shown) = (post("un", "deux"), try #require(try store.file(at: path, in: state)))
    let names = try #require(record.conflicts.here).values.compactMap(\.namedFile)
    #expect(Set(names) == [ObjectID(blob: made), ObjectID(blob: broken)])
    // The one that is shown stands in the tree, and what nobody can read was made by nobody but people.
    #expect(record.files == (shown.id == ObjectID(blob: made) ? [:] : [ObjectID(blob: made): made]))
  }

  /// A record is what anybody writes into it.
  @Test func aRecordGivesAFileNoOtherContent() throws {
    let un = Array("un".utf8)
    let conflicts = OpenConflicts(
      here: Conflict(
        kind: .value, base: nil, candidates: [.value(Self.name("un")), .value(Self.name("deux"))],
        showing: .value(Self.name("deux"))))
    let record = ConflictRecord(conflicts, files: [ObjectID(blob: un): un, Self.documentID: un])
    #expect(record.files == [ObjectID(blob: un): un])
    #expect(ConflictRecord(recordedIn: record.value.canonicalForm) == record)

    var forged = record.value
    try forged.set("autre chose", at: JSONPointer([.key("files"), .key(JSONString(ObjectID(blob: un).hex))]))
    {
      _ in "id"
    }
    #expect(ConflictRecord(recordedIn: forged.canonicalForm).files.isEmpty)
    #expect(ConflictRecord(recordedIn: forged.canonicalForm).conflicts == conflicts)
  }

  private static let title = JSONPointer([.key("title")])

  private static func titles(_ titles: String...) -> OpenConflicts {
    OpenConflicts([
      (title, Conflict(kind: .value, base: "avant", candidates: titles.map { .value(JSONValue($0)) }))
    ])
  }

  /// Of the file that was chosen the last candidate is shown, as after every merge.
  @Test func whatWaitedIsAskedOfTheFileThatWasChosen() throws {
    let chosen = FileContent.document(["id": "p", "title": "deux"])
    let state = DocumentState(chosen: chosen, waiting: Self.titles("deux", "un"), rule: .byShape)
    #expect(state.conflicts == Self.titles("deux", "un"))
    #expect(state.value == ["id": "p", "title": "un"])
  }

  /// Whoever mended the file gave it another title, and that one was chosen with it.
  @Test func whatTheChosenFileSaysOtherwiseIsSettled() throws {
    let chosen = FileContent.document(["id": "p", "title": "trois"])
    let state = DocumentState(chosen: chosen, waiting: Self.titles("deux", "un"), rule: .byShape)
    #expect(state.conflicts.isEmpty)
    #expect(state.value == ["id": "p", "title": "trois"])
  }

  /// Also a text, in which an edit beside the contested words would be carried into the candidates.
  @Test func anotherTextIsNotMixedWithTheCandidates() throws {
    let waiting = OpenConflicts([
      (
        Self.title,
        Conflict(
          kind: .text, base: "un mot", candidates: [.value("un beau mot"), .value("un grand mot")])
      )
    ])
    let chosen = FileContent.document(["id": "p", "title": "un mot"])
    let state = DocumentState(chosen: chosen, waiting: waiting, rule: .byShape)
    #expect(state.conflicts.isEmpty)
    #expect(state.value == ["id": "p", "title": "un mot"])
  }

  /// The place itself is contested on one side and a place inside it on the other.
  @Test func whatIsOpenInsideAnotherPlaceIsShownAsItStands() throws {
    let outer = Conflict(kind: .type, base: nil, candidates: [.value(["x": 1]), .value("texte")])
    let inner = Conflict(kind: .value, base: nil, candidates: [.value(1), .value(3)])
    let waiting = try OpenConflicts([
      (JSONPointer(parsing: "/cta"), outer), (JSONPointer(parsing: "/cta/x"), inner),
    ])
    let state = DocumentState(
      chosen: .document(["id": "p", "cta": ["x": 1]]), waiting: waiting, rule: .byShape)
    #expect(state.conflicts.list.map(\.conflict) == [outer])
    let last = try #require(outer.values.last)
    #expect(state.value == ["id": "p", "cta": last])
  }

  /// A deletion settles nothing in the file, which may stay after all.
  @Test(arguments: [false, true]) func whoDeletesAFileSettlesNothingInIt(_ isSwapped: Bool) throws {
    let store = InMemoryObjectStore()
    let path = try WorkspacePath("posts/p.json")
    let record = TreeFile(
      id: try store.write(blob: ConflictRecord(Self.titles("deux", "un")).value.canonicalForm))
    func tree(_ bytes: [UInt8]?) throws -> ObjectID {
      guard let bytes else { return try store.tree(applying: [], to: nil) }
      let file = TreeFile(id: try store.write(blob: bytes))
      return try store.tree(applying: [(path, file), (path.conflictRecord, record)], to: nil)
    }
    let broken = Array("{\"title\": ".utf8)
    let versions = Versions<ObjectID?>(
      base: try tree((["id": "p", "title": "un"] as JSONValue).canonicalForm), ours: try tree(nil),
      theirs: try tree(broken))
    let merged = try mergeTrees(isSwapped ? versions.swapped : versions, in: store) {
      _ throws(ObjectStoreError) in .byShape
    }.tree
    let file = try #require(try store.file(at: path.conflictRecord, in: merged))
    let open = OpenConflicts(recordedIn: try store.blob(file.id))
    #expect(open.here?.candidates == [.deleted, .kept])
    #expect(open.withoutHere == Self.titles("deux", "un"))

    // What nobody can read can be deleted all the same, and nothing in it can be settled yet.
    let id = ObjectID(blob: broken)
    let state = DocumentState(.opaque(id), of: id, recorded: open, rule: .atomic)
    #expect(state.questions.map(\.pointer) == [.root])
    #expect(state.conflicts == open)
  }

  /// The same where two others made it unreadable, each in another way: what was chosen is beside both, whichever comes when.
  @Test(arguments: fork) func whatWasChosenIsBesideEachThatNobodyCanRead(_ order: [String]) throws {
    let store = InMemoryObjectStore()
    let path = try WorkspacePath("posts/p.json")
    let open = Self.titles("deux", "un")
    let record = TreeFile(id: try store.write(blob: ConflictRecord(open).value.canonicalForm))
    func tree(_ text: String, isOpen: Bool) throws -> ObjectID {
      let file = TreeFile(id: try store.write(blob: Array(text.utf8)))
      return try store.tree(
        applying: [(path, file), (path.conflictRecord, isOpen ? record : nil)], to: nil)
    }
    let asked = String(
      decoding: (["id": "p", "title": "un"] as JSONValue).canonicalForm, as: UTF8.self)
    let texts = ["un": asked, "deux": "{\"deux\": ", "broken": "{\"broken\": "]
    let base = try tree(asked, isOpen: true)
    var state = try tree(#require(texts[order[0]]), isOpen: order[0] != "un")
    for name in order.dropFirst() {
      let next = try tree(#require(texts[name]), isOpen: name != "un")
      let versions = Versions<ObjectID?>(base: base, ours: state, theirs: next)
      func merged(_ versions: Versions<ObjectID?>) throws -> ObjectID {
        try mergeTrees(versions, in: store) { _ throws(ObjectStoreError) in .byShape }.tree
      }
      state = try merged(versions)
      #expect(try merged(versions.swapped) == state)
    }
    let kept = try #require(try store.file(at: path.conflictRecord, in: state))
    let names = try #require(OpenConflicts(recordedIn: store.blob(kept.id)).here).values
    #expect(Set(names.compactMap(\.namedFile)) == Set(texts.values.map { ObjectID(blob: Array($0.utf8)) }))
  }

  /// A question that came into a file nobody can read is a change of it, which a deletion has not seen.
  @Test(arguments: [false, true], [false, true])
  func whoDeletesAFileHasNotSeenWhatCameToBeAsked(_ isAsked: Bool, _ isSwapped: Bool) throws {
    let store = InMemoryObjectStore()
    let path = try WorkspacePath("posts/p.json")
    let file = TreeFile(id: try store.write(blob: Array("{\"title\": ".utf8)))
    let record = TreeFile(
      id: try store.write(blob: ConflictRecord(Self.titles("deux", "un")).value.canonicalForm))
    let base = try store.tree(applying: [(path, file)], to: nil)
    let versions = Versions<ObjectID?>(
      base: base, ours: try store.tree(applying: [], to: nil),
      theirs: isAsked ? try store.tree(applying: [(path.conflictRecord, record)], to: base) : base)
    let merged = try mergeTrees(isSwapped ? versions.swapped : versions, in: store) {
      _ throws(ObjectStoreError) in .byShape
    }.tree
    #expect(try store.file(at: path, in: merged) == (isAsked ? file : nil))
    guard isAsked else { return }
    let kept = try #require(try store.file(at: path.conflictRecord, in: merged))
    let open = OpenConflicts(recordedIn: try store.blob(kept.id))
    #expect(open.here?.candidates == [.deleted, .kept])
    #expect(open.withoutHere == Self.titles("deux", "un"))
  }

  /// Who chooses the title that is shown leaves the file as it was, and has said all the same what it shall say.
  @Test(arguments: ["un", "deux"], [false, true])
  func whoSettlesWhatIsShownHasChangedTheFile(_ chosen: String, _ isSwapped: Bool) throws {
    let store = InMemoryObjectStore()
    let path = try WorkspacePath("posts/p.json")
    func tree(_ bytes: [UInt8], _ open: OpenConflicts) throws -> ObjectID {
      let record = try store.write(blob: ConflictRecord(open).value.canonicalForm)
      return try store.tree(
        applying: [
          (path, TreeFile(id: store.write(blob: bytes))),
          (path.conflictRecord, open.isEmpty ? nil : TreeFile(id: record)),
        ], to: nil)
    }
    func post(_ title: String) -> [UInt8] {
      (["id": "p", "title": JSONValue(title)] as JSONValue).canonicalForm
    }
    let open = Self.titles("deux", "un")
    let broken = Array("{\"title\": ".utf8)
    let versions = Versions<ObjectID?>(
      base: try tree(post("un"), open), ours: try tree(post(chosen), .none), theirs: try tree(broken, open))
    let merged = try mergeTrees(isSwapped ? versions.swapped : versions, in: store) {
      _ throws(ObjectStoreError) in .byShape
    }.tree
    let file = try #require(try store.file(at: path.conflictRecord, in: merged))
    let record = ConflictRecord(recordedIn: try store.blob(file.id))
    let names = try #require(record.conflicts.here).values.compactMap(\.namedFile)
    #expect(Set(names) == [ObjectID(blob: post(chosen)), ObjectID(blob: broken)])
    #expect(record.conflicts.withoutHere.isEmpty)
    let shown = try #require(try store.file(at: path, in: merged))
    #expect(names.contains(shown.id))

    // Who has only seen the question has settled nothing: the file nobody can read took its place.
    let seen = Versions<ObjectID?>(base: versions.base, ours: versions.base, theirs: versions.theirs)
    #expect(
      try mergeTrees(seen, in: store) { _ throws(ObjectStoreError) in .byShape }.tree == versions.theirs)
  }

  @Test func whatNobodyCanReadHoldsNoQuestions() throws {
    let id = ObjectID(blob: Array("{".utf8))
    let state = DocumentState(chosen: .opaque(id), waiting: Self.titles("deux", "un"), rule: .byShape)
    #expect(state.value == JSONValue(id.hex))
    #expect(state.conflicts == Self.titles("deux", "un"))
    #expect(state.questions.isEmpty)
  }
}
