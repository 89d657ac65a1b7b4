import JSONTree
import Testing
import ThreeWayMerge

/// How values merge by their rules (ARCHITECTURE.md). Each case is also run with the sides exchanged.
@Suite struct JSONMergeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var rule: MergeRule
    var base: String
    var ours: String
    var theirs: String
    /// What the document shows.
    var merged: String
    /// The places in conflict, with their kinds.
    var conflicts: [String]

    init(
      _ name: String, _ rule: MergeRule, _ base: String, _ ours: String, _ theirs: String,
      _ merged: String, conflicts: String...
    ) {
      (testDescription, self.rule) = (name, rule)
      (self.base, self.ours, self.theirs) = (base, ours, theirs)
      (self.merged, self.conflicts) = (merged, conflicts)
    }
  }

  static let thread = MergeRule.list(key: "id", element: .object(members: ["body": .text], others: .byShape))

  static let cases = [
    Case(
      "different fields", .byShape, #"{"a":1,"b":1}"#, #"{"a":2,"b":1}"#, #"{"a":1,"b":2}"#, #"{"a":2,"b":2}"#
    ),
    Case(
      "the same field: the last by bytes is shown", .byShape, #"{"a":1}"#, #"{"a":2}"#, #"{"a":3}"#,
      #"{"a":3}"#, conflicts: "/a value"),
    Case("both made the same change", .byShape, #"{"a":1}"#, #"{"a":2}"#, #"{"a":2}"#, #"{"a":2}"#),
    Case("number text is a change", .byShape, #"{"a":1}"#, #"{"a":1.0}"#, #"{"a":1}"#, #"{"a":1.0}"#),
    Case(
      "absent is not null", .byShape, #"{"a":1}"#, #"{}"#, #"{"a":null}"#, #"{"a":null}"#,
      conflicts: "/a delete-edit"),
    Case(
      "one removed a field, the other changed it: it stays", .byShape, #"{"a":1,"b":1}"#, #"{"b":1}"#,
      #"{"a":2,"b":1}"#, #"{"a":2,"b":1}"#, conflicts: "/a delete-edit"),
    Case("both removed a field", .byShape, #"{"a":1}"#, "{}", "{}", "{}"),
    Case(
      "both added the same field differently", .byShape, "{}", #"{"a":1}"#, #"{"a":2}"#, #"{"a":2}"#,
      conflicts: "/a value"),
    Case(
      "both added objects: united", .byShape, "{}", #"{"v":{"a":1}}"#, #"{"v":{"b":2}}"#,
      #"{"v":{"a":1,"b":2}}"#),
    Case(
      "another shape on each side", .byShape, #"{"a":1}"#, #"{"a":[1]}"#, #"{"a":{"b":1}}"#,
      #"{"a":{"b":1}}"#, conflicts: "/a type"),
    Case(
      "a set: additions and removals", .set, #"["a","b"]"#, #"["b","c"]"#, #"["a","b","d"]"#,
      #"["b","c","d"]"#),
    Case("a set: both added the same", .set, #"["a"]"#, #"["a","x"]"#, #"["x","a"]"#, #"["x","a"]"#),
    Case(
      "a list: edit and move of one element", thread,
      #"[{"id":"1","body":"un"},{"id":"2","body":"deux"},{"id":"3","body":"trois"}]"#,
      #"[{"id":"3","body":"trois"},{"id":"1","body":"un"},{"id":"2","body":"deux"}]"#,
      #"[{"id":"1","body":"un"},{"id":"2","body":"deux"},{"id":"3","body":"trois et plus"}]"#,
      #"[{"id":"3","body":"trois et plus"},{"id":"1","body":"un"},{"id":"2","body":"deux"}]"#),
    Case(
      "a list: both moved the same element", thread, #"[{"id":"1"},{"id":"2"},{"id":"3"},{"id":"4"}]"#,
      #"[{"id":"4"},{"id":"1"},{"id":"2"},{"id":"3"}]"#, #"[{"id":"1"},{"id":"4"},{"id":"2"},{"id":"3"}]"#,
      #"[{"id":"4"},{"id":"1"},{"id":"2"},{"id":"3"}]"#),
    Case(
      "a list: removed and edited: it stays", thread, #"[{"id":"1","body":"un"},{"id":"2","body":"deux"}]"#,
      #"[{"id":"1","body":"un"}]"#, #"[{"id":"1","body":"un"},{"id":"2","body":"dos"}]"#,
      #"[{"id":"1","body":"un"},{"id":"2","body":"dos"}]"#, conflicts: "/@2 delete-edit"),
    Case(
      "a list: removed and moved: it stays", thread, #"[{"id":"1"},{"id":"2"},{"id":"3"},{"id":"4"}]"#,
      #"[{"id":"1"},{"id":"2"},{"id":"3"}]"#, #"[{"id":"4"},{"id":"1"},{"id":"2"},{"id":"3"}]"#,
      #"[{"id":"4"},{"id":"1"},{"id":"2"},{"id":"3"}]"#, conflicts: "/@4 delete-edit"),
    Case(
      "a list: the same key added on both sides is one element", thread, "[]",
      #"[{"id":"1","a":1}]"#, #"[{"id":"1","b":2}]"#, #"[{"id":"1","a":1,"b":2}]"#),
    Case(
      "a list: reorder and edit", thread, #"[{"id":"1","body":"un"},{"id":"2","body":"deux"}]"#,
      #"[{"id":"2","body":"deux"},{"id":"1","body":"un"}]"#,
      #"[{"id":"1","body":"un"},{"id":"2","body":"dos"}]"#,
      #"[{"id":"2","body":"dos"},{"id":"1","body":"un"}]"#),
    Case(
      "a list: both added at one place, whole runs", thread, #"[{"id":"m"}]"#,
      #"[{"id":"m"},{"id":"x"},{"id":"y"}]"#, #"[{"id":"m"},{"id":"a"}]"#,
      #"[{"id":"m"},{"id":"a"},{"id":"x"},{"id":"y"}]"#),
    Case(
      "a list with one key twice is one value", thread, #"[{"id":"1"}]"#,
      #"[{"id":"1"},{"id":"1"}]"#, #"[{"id":"2"}]"#, #"[{"id":"2"}]"#, conflicts: " value"),
    Case(
      "a list without identity: both added at one place", .byShape, #"[1,2]"#, #"[1,8,2]"#, #"[1,9,2]"#,
      #"[1,8,9,2]"#),
    Case("a list without identity: the same added once", .byShape, #"[1]"#, #"[1,5]"#, #"[1,5]"#, #"[1,5]"#),
    Case(
      "a list without identity: different changes of one element", .byShape, #"[1,2,3]"#, #"[1,7,3]"#,
      #"[1,8,3]"#, #"[1,8,3]"#, conflicts: " order"),
    Case(
      "equal lengths are no identity", .byShape, #"["a","b","m"]"#, #"["x","a","b","m"]"#, #"["a","b","c"]"#,
      #"["x","a","b","c"]"#),
    Case(
      "an insertion beside a removal: both hold", .byShape, #"["a","b"]"#, #"["x","a","b"]"#,
      #"["b","c"]"#, #"["x","b","c"]"#),
    Case(
      "neighbouring elements without names, each changed by one side: both hold", .byShape,
      #"[{"n":1},{"n":2}]"#, #"[{"n":9},{"n":2}]"#, #"[{"n":1},{"n":8}]"#, #"[{"n":9},{"n":8}]"#),
    Case(
      "elements with a name no schema knows: moved by one side, changed by the other", .byShape,
      #"[{"slug":"a","n":1},{"slug":"b","n":2},{"slug":"c","n":3}]"#,
      #"[{"slug":"c","n":3},{"slug":"a","n":1},{"slug":"b","n":2}]"#,
      #"[{"slug":"a","n":1},{"slug":"b","n":2},{"slug":"c","n":9}]"#,
      #"[{"slug":"c","n":9},{"slug":"a","n":1},{"slug":"b","n":2}]"#),
    Case(
      "elements whose usual name was given anew are known by the one that stayed", .byShape,
      #"[{"uuid":"1","slug":"a","n":1},{"uuid":"2","slug":"b","n":2}]"#,
      #"[{"uuid":"7","slug":"a","n":1},{"uuid":"8","slug":"b","n":2}]"#,
      #"[{"uuid":"1","slug":"a","n":5},{"uuid":"2","slug":"b","n":6}]"#,
      #"[{"uuid":"7","slug":"a","n":5},{"uuid":"8","slug":"b","n":6}]"#),
    Case(
      "one element with a name no schema knows, changed twice: the list is in question", .byShape,
      #"[{"slug":"a","n":1},{"slug":"b","n":2}]"#, #"[{"slug":"a","n":5},{"slug":"b","n":2}]"#,
      #"[{"slug":"a","n":6},{"slug":"b","n":3}]"#, #"[{"slug":"a","n":6},{"slug":"b","n":3}]"#,
      conflicts: " order"),
    Case(
      "steps: the safer wins",
      .object(members: ["state": .ordered(["draft", "cancelled"])], others: .byShape),
      #"{"state":"idea"}"#, #"{"state":"draft"}"#, #"{"state":"cancelled"}"#, #"{"state":"cancelled"}"#),
    Case(
      "moments: the earlier holds, wherever the clocks stand",
      .object(members: ["at": .earliest], others: .byShape), #"{}"#,
      #"{"at":"2026-11-20T10:00:00-05:00"}"#, #"{"at":"2026-11-20T15:30:00+01:00"}"#,
      #"{"at":"2026-11-20T15:30:00+01:00"}"#),
    Case(
      "moments: one instant written twice is the first by bytes",
      .object(members: ["at": .earliest], others: .byShape), #"{"at":"2026-11-01T00:00:00Z"}"#,
      #"{"at":"2026-11-20T15:00:00Z"}"#, #"{"at":"2026-11-20T10:00:00-05:00"}"#,
      #"{"at":"2026-11-20T10:00:00-05:00"}"#),
    Case(
      "moments: what is none is for a person",
      .object(members: ["at": .earliest], others: .byShape), #"{"at":"2026-11-01T00:00:00Z"}"#,
      #"{"at":"2026-11-20T15:00:00Z"}"#, #"{"at":"demain"}"#, #"{"at":"demain"}"#, conflicts: "/at value"),
    Case(
      "derived values are nobody's conflict", .object(members: ["n": .derived], others: .byShape),
      #"{"n":1}"#, #"{"n":2}"#, #"{"n":3}"#, #"{"n":3}"#),
    Case(
      "words merge where the rule says text", .text, #""le chat. Fin.""#, #""le chien. Fin.""#,
      #""le chat. Suite.""#, #""le chien. Suite.""#),
    Case(
      "strings are one value by default", .byShape, #""le chat. Fin.""#, #""le chien. Fin.""#,
      #""le chat. Suite.""#, #""le chien. Fin.""#, conflicts: " value"),
  ]

  func outcome(_ c: Case, swapped: Bool) throws -> JSONMergeOutcome {
    let parsed = try [c.base, c.ours, c.theirs].map {
      DocumentState(value: try JSONValue(parsing: Array($0.utf8)))
    }
    let versions = Versions(base: parsed[0], ours: parsed[1], theirs: parsed[2])
    return mergeJSON(swapped ? versions.swapped : versions, rule: c.rule)
  }

  @Test(arguments: cases) func merges(_ c: Case) throws {
    let state = try outcome(c, swapped: false).state
    #expect(state.value == (try JSONValue(parsing: Array(c.merged.utf8))))
    #expect(state.conflicts.list.map { "\($0.pointer) \($0.conflict.kind.rawValue)" } == c.conflicts)
  }

  @Test(arguments: cases) func doesNotDependOnTheSide(_ c: Case) throws {
    let (one, other) = (try outcome(c, swapped: false), try outcome(c, swapped: true))
    #expect(one == other)
    #expect(one.state.value?.canonicalForm == other.state.value?.canonicalForm)
  }

  @Test func threePeopleMakeOneConflictWithThreeCandidates() {
    let first = mergeJSON(
      Versions(
        base: DocumentState(value: "a"), ours: DocumentState(value: "b"), theirs: DocumentState(value: "c")),
      rule: .atomic)
    let second = mergeJSON(
      Versions(base: DocumentState(value: "a"), ours: first.state, theirs: DocumentState(value: "d")),
      rule: .atomic)
    #expect(second.state.conflicts.here?.values == ["b", "c", "d"])
    #expect(second.state.value == "d")
  }

  /// Two people answer one question at once, or one does while it grows.
  @Test(
    arguments: [
      ("both for one of two", ["a"], ["b"], ["a", "b"]),
      ("one for a candidate, one for other words", ["a"], ["d"], ["a", "d"]),
      ("both for other words", ["c"], ["d"], ["c", "d"]), ("both for the same", ["a"], ["a"], ["a"]),
      ("one settles, one has not looked", ["a"], ["a", "b"], ["a"]),
      ("one settles, one has brought another", ["a"], ["a", "b", "d"], ["a", "d"]),
      ("one finds other words, one has brought another", ["c"], ["a", "b", "d"], ["c", "d"]),
    ] as [(String, [JSONValue], [JSONValue], [JSONValue])])
  func whatIsLeftOfAQuestion(
    _ what: String, ours: [JSONValue], theirs: [JSONValue], left: [JSONValue]
  ) {
    func state(_ values: [JSONValue]) -> DocumentState {
      if values.count == 1 { return DocumentState(value: values[0]) }
      let open = Conflict(kind: .value, base: "0", candidates: values.map(Candidate.value))
      return DocumentState(document: values.last, recorded: OpenConflicts(here: open), rule: .atomic)
    }
    for sides in [(ours, theirs), (theirs, ours)] {
      let merged = mergeJSON(
        Versions(base: state(["a", "b"]), ours: state(sides.0), theirs: state(sides.1)), rule: .atomic
      ).state
      #expect(merged.conflicts.here?.values ?? [merged.value].compactMap(\.self) == left, "\(what)")
    }
  }

  @Test func aDeletedDocumentThatTheOtherEditedStays() {
    let outcome = mergeJSON(
      Versions(base: DocumentState(value: ["a": 1]), ours: .absent, theirs: DocumentState(value: ["a": 2])),
      rule: .byShape)
    #expect(outcome.state.value == ["a": 2])
    #expect(outcome.state.conflicts.here?.candidates == [.deleted, .kept])
  }

  @Test func anEditOfADocumentWhoseDeletionIsOpenKeepsTheQuestion() {
    let open = mergeJSON(
      Versions(base: DocumentState(value: ["a": 1]), ours: .absent, theirs: DocumentState(value: ["a": 2])),
      rule: .byShape
    ).state
    let edited = DocumentState(document: ["a": 3], recorded: open.conflicts, rule: .byShape)
    #expect(edited.conflicts.here?.candidates == [.deleted, .kept])
  }
}

/// What a person's edit does to a recorded conflict.
@Suite struct ConflictReadingTests {
  let rule = MergeRule.object(members: ["body": .text], others: .byShape)

  func open(_ pointer: JSONPointer, _ kind: Conflict.Kind, _ values: JSONValue...) -> OpenConflicts {
    OpenConflicts([(pointer, Conflict(kind: kind, base: nil, candidates: values.map(Candidate.value)))])
  }

  @Test func anUntouchedValueStaysInConflict() {
    let recorded = open("/at", .value, "9", "10")
    #expect(DocumentState(document: ["at": "9"], recorded: recorded, rule: rule).conflicts == recorded)
  }

  @Test func anotherValueSettlesIt() {
    let recorded = open("/at", .value, "9", "10")
    #expect(DocumentState(document: ["at": "11"], recorded: recorded, rule: rule).conflicts.isEmpty)
    #expect(DocumentState(document: ["at": "10"], recorded: recorded, rule: rule).conflicts.isEmpty)
    #expect(DocumentState(document: [:], recorded: recorded, rule: rule).conflicts.isEmpty)
  }

  @Test func anEditOutsideTheContestedWordsReachesEveryCandidate() {
    let recorded = open("/body", .text, "Le chien dort. Fin.", "Le lion dort. Fin.")
    let state = DocumentState(document: ["body": "Le lion dort. Suite."], recorded: recorded, rule: rule)
    #expect(state.conflicts["/body"]?.values == ["Le chien dort. Suite.", "Le lion dort. Suite."])
  }

  @Test func anEditOfTheContestedWordsSettlesThem() {
    let recorded = open("/body", .text, "Le chien dort. Fin.", "Le lion dort. Fin.")
    #expect(
      DocumentState(document: ["body": "Le loup dort. Fin."], recorded: recorded, rule: rule).conflicts
        .isEmpty)
  }

  @Test func theRecordReadsBackAsItWasWritten() throws {
    var recorded = open("/body", .text, "a", "b")
    recorded["/thread/@1"] = Conflict(kind: .deleteEdit, base: nil, candidates: [.deleted, .kept])
    recorded[.root] = Conflict(kind: .deleteEdit, base: ["x": 1], candidates: [.kept, .deleted])
    let bytes = ConflictRecord(recorded).value.canonicalForm
    #expect(ConflictRecord(try JSONValue(parsing: bytes))?.conflicts == recorded)
  }
}
