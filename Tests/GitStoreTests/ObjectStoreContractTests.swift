import GitStore
import ObjectModel
import Testing

/// What every object store promises, in memory and on disk: the one can stand for the other in all other tests.
@Suite struct ObjectStoreContractTests {
  typealias Kind = StoreUnderTest.Kind

  static let objects = [
    RawObject(kind: .blob, bytes: []),
    RawObject(kind: .blob, bytes: Array("{\"titre\": \"Été\"}\n".utf8)),
    RawObject(kind: .blob, bytes: Array(0...255)),
    RawObject(kind: .blob, bytes: (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }),
    RawObject(kind: .tree, bytes: []),
    RawObject(
      kind: .commit,
      bytes: Array("tree \(ObjectID.emptyTree)\nauthor A <> 1 +0000\ncommitter A <> 1 +0000\n\n".utf8)),
    RawObject(kind: .tag, bytes: Array("object \(ObjectID.emptyTree)\ntype tree\ntag x\n\n".utf8)),
  ]

  @Test(arguments: Kind.allCases) func givesBackWhatWasWritten(_ kind: Kind) throws {
    let test = try StoreUnderTest(kind)
    for object in Self.objects {
      #expect(!(try test.store.contains(ObjectID(hashing: object))))
      let id = try test.store.write(object)
      #expect(id == ObjectID(hashing: object))
      #expect(try test.store.write(object) == id)
      #expect(try test.store.contains(id))
      #expect(try test.store.object(id) == object)
      #expect(try test.store.header(of: id) == ObjectHeader(kind: object.kind, size: object.bytes.count))
    }
  }

  @Test(arguments: Kind.allCases) func givesBackWhatWasWrittenTogether(_ kind: Kind) throws {
    let test = try StoreUnderTest(kind)
    try test.store.write(Self.objects + Self.objects)
    for object in Self.objects { #expect(try test.store.object(ObjectID(hashing: object)) == object) }
  }

  @Test(arguments: Kind.allCases) func saysWhatIsMissing(_ kind: Kind) throws {
    let test = try StoreUnderTest(kind)
    let id = ObjectID(hashing: RawObject(kind: .blob, bytes: [1, 2, 3]))
    #expect(throws: ObjectStoreError.missing(id)) { try test.store.object(id) }
    #expect(throws: ObjectStoreError.missing(id)) { try test.store.blob(id) }
    #expect(throws: ObjectStoreError.missing(id)) { try test.store.tree(id) }
    #expect(throws: ObjectStoreError.missing(id)) { try test.store.commit(id) }
    #expect(try test.store.header(of: id) == nil)
  }

  @Test(arguments: Kind.allCases) func knowsTheEmptyTreeFromTheStart(_ kind: Kind) throws {
    let test = try StoreUnderTest(kind)
    #expect(try test.store.tree(.emptyTree).entries.isEmpty)
    #expect(try test.store.files(in: .emptyTree).isEmpty)
  }

  @Test(arguments: Kind.allCases) func refusesAnObjectOfAnotherKindOrShape(_ kind: Kind) throws {
    let test = try StoreUnderTest(kind)
    let blob = try test.store.write(blob: "x".utf8)
    #expect(throws: ObjectStoreError.malformed(blob, expected: .tree, reason: "it is a blob")) {
      try test.store.tree(blob)
    }
    #expect(throws: ObjectStoreError.malformed(blob, expected: .commit, reason: "it is a blob")) {
      try test.store.commit(blob)
    }
    let unsorted = Tree([]).encoded + ["b", "a"].flatMap { Array("100644 \($0)\0".utf8) + blob.bytes }
    let tree = try test.store.write(RawObject(kind: .tree, bytes: unsorted))
    #expect(throws: ObjectStoreError.malformed(tree, expected: .tree, reason: "unsorted(at: 29)")) {
      try test.store.tree(tree)
    }
    let commit = try test.store.write(RawObject(kind: .commit, bytes: Array("tree x\n".utf8)))
    #expect(throws: ObjectStoreError.self) { try test.store.commit(commit) }
    // Its bytes can be had all the same: for repair, and to show what is wrong.
    #expect(try test.store.object(tree).bytes == unsorted)
  }

  @Test(arguments: Kind.allCases) func movesAReferenceOnlyFromWhereItWasSeen(_ kind: Kind) throws {
    let test = try StoreUnderTest(kind)
    let store = test.store
    let one = try store.emptyCommit("one")
    let two = try store.emptyCommit("two")
    let name = "refs/heads/plan"
    #expect(try store.reference(name) == nil)

    #expect(throws: ObjectStoreError.referenceMoved(name: name, found: nil)) {
      try store.moveReference(name, from: one, to: two, reason: "x")
    }
    try store.moveReference(name, from: nil, to: one, reason: "create")
    #expect(try store.reference(name) == one)
    for wrong in [nil, two] {
      #expect(throws: ObjectStoreError.referenceMoved(name: name, found: one)) {
        try store.moveReference(name, from: wrong, to: two, reason: "x")
      }
      #expect(throws: ObjectStoreError.referenceMoved(name: name, found: one)) {
        try store.moveReference(name, from: wrong, to: nil, reason: "x")
      }
    }
    try store.moveReference(name, from: one, to: two, reason: "move")
    #expect(try store.reference(name) == two)
    try store.moveReference(name, from: two, to: two, reason: "stay")
    try store.moveReference(name, from: two, to: nil, reason: "delete")
    #expect(try store.reference(name) == nil)
    try store.moveReference(name, from: nil, to: nil, reason: "nothing")
    #expect(throws: ObjectStoreError.referenceMoved(name: name, found: nil)) {
      try store.moveReference(name, from: two, to: nil, reason: "x")
    }
  }

  @Test(arguments: Kind.allCases) func pointsAtNothingThatIsNotThere(_ kind: Kind) throws {
    let test = try StoreUnderTest(kind)
    let nowhere = ObjectID(hashing: RawObject(kind: .blob, bytes: [9]))
    #expect(throws: ObjectStoreError.missing(nowhere)) {
      try test.store.moveReference("refs/heads/x", from: nil, to: nowhere, reason: "x")
    }
    #expect(try test.store.reference("refs/heads/x") == nil)
  }

  @Test(arguments: Kind.allCases) func followsSymbolicReferences(_ kind: Kind) throws {
    let test = try StoreUnderTest(kind)
    let one = try test.store.emptyCommit("one")
    let two = try test.store.emptyCommit("two")
    #expect(try test.store.reference("HEAD") == nil)
    try test.store.moveReference("HEAD", from: nil, to: one, reason: "first")
    #expect(try test.store.reference("refs/heads/main") == one)
    #expect(try test.store.reference("HEAD") == one)
    try test.store.moveReference("refs/heads/main", from: one, to: two, reason: "second")
    #expect(try test.store.reference("HEAD") == two)
    #expect(throws: ObjectStoreError.referenceMoved(name: "HEAD", found: two)) {
      try test.store.moveReference("HEAD", from: one, to: one, reason: "x")
    }
    #expect(try test.store.references(withPrefix: "").map(\.name) == ["refs/heads/main"])
  }

  @Test(arguments: Kind.allCases) func listsReferencesInTheOrderOfTheirBytes(_ kind: Kind) throws {
    let test = try StoreUnderTest(kind)
    let id = try test.store.emptyCommit("x")
    let names = [
      "refs/heads/a", "refs/heads/a-b/c", "refs/heads/a.b", "refs/heads/a0", "refs/heads/b/c",
      "refs/heads/été",
      "refs/ligne/devices/01", "refs/ligne/devices/02", "refs/ligne/kept/1", "refs/tags/v1",
    ]
    for name in names.reversed() { try test.store.moveReference(name, from: nil, to: id, reason: "x") }
    func found(_ prefix: String) throws -> [String] {
      try test.store.references(withPrefix: prefix).map(\.name)
    }
    #expect(try found("") == names)
    #expect(try found("refs/") == names)
    #expect(try found("refs/heads/a") == Array(names[0..<4]))
    #expect(try found("refs/ligne/devices/") == ["refs/ligne/devices/01", "refs/ligne/devices/02"])
    #expect(try found("refs/ligne/devices/0") == ["refs/ligne/devices/01", "refs/ligne/devices/02"])
    #expect(try found("refs/tags/v1") == ["refs/tags/v1"])
    #expect(try found("refs/*") == [])
    #expect(try found("nothing") == [])
    #expect(try test.store.references(withPrefix: "").allSatisfy { $0.id == id })
  }

  @Test(arguments: Kind.allCases) func refusesNamesThatAreNone(_ kind: Kind) throws {
    let test = try StoreUnderTest(kind)
    let id = try test.store.emptyCommit("x")
    for name in [
      "", "main", "refs/heads/a..b", "refs/heads/.a", "refs/../config", "objects/aa/b", "refs/a.lock",
    ] {
      #expect(throws: ObjectStoreError.self) {
        try test.store.moveReference(name, from: nil, to: id, reason: "x")
      }
      #expect(try test.store.reference(name) == nil)
    }
    #expect(try test.store.references(withPrefix: "").isEmpty)
  }

  @Test(arguments: Kind.allCases) func refusesAReferenceInsideAnother(_ kind: Kind) throws {
    let test = try StoreUnderTest(kind)
    let id = try test.store.emptyCommit("x")
    try test.store.moveReference("refs/heads/a", from: nil, to: id, reason: "x")
    try test.store.moveReference("refs/heads/b/c", from: nil, to: id, reason: "x")
    for name in ["refs/heads/a/b", "refs/heads/a/b/c", "refs/heads/b"] {
      #expect(throws: ObjectStoreError.self) {
        try test.store.moveReference(name, from: nil, to: id, reason: "x")
      }
    }
    // Once it is gone, the place is free.
    try test.store.moveReference("refs/heads/b/c", from: id, to: nil, reason: "x")
    try test.store.moveReference("refs/heads/b", from: nil, to: id, reason: "x")
    #expect(try test.store.references(withPrefix: "").map(\.name) == ["refs/heads/a", "refs/heads/b"])
  }
}
