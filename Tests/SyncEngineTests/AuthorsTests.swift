import CommitJoin
import Documents
import EditorialReview
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

@testable import SyncEngine

/// Whose words a document holds: of whoever ever changed what it says, wherever it stood.
@Suite struct AuthorsTests {
  static let now = Instant(secondsSince1970: 1_790_500_000)
  static let people = ["ana", "leo", "mia"]
  static let settings: JSONValue = [
    "kind": "workspace", "id": "01m6pp5qb0wb7d3mnfvs9552fa", "formatVersion": 1, "mergeRulesVersion": 1,
    "workflow": ["preset": "optional", "fourEyes": true],
  ]
  static let team: JSONValue = [
    "kind": "team", "id": "01m6pp5qb0wb7d3mnfvs9552fb",
    "members": .array(
      people.map {
        ["id": JSONValue($0), "name": JSONValue($0), "email": JSONValue("\($0)@exemple.example")]
      }),
  ]

  static func pair() async throws -> Pair {
    try await Pair(people, files: [("ligne.json", settings), ("team.json", team), Pair.sample[1]])
  }

  static func authors(
    at name: String, of path: String, in pair: Pair
  ) throws -> Set<JSONString> {
    let workspace = try pair.workspace(name)
    let documents = try workspace.documentsOfFolder().collection
    let document = try #require(documents.all.first { $0.path.text == path })
    return try workspace.provenance(of: documents, at: workspace.head(), deciding: document).authors(document)
  }

  @Test func whoChangesALabelWritesNothing() async throws {
    let pair = try await Self.pair()
    try pair.change("leo", "/labels", ["hiver"])
    #expect(try Self.authors(at: "leo", of: "posts/marche.json", in: pair) == ["ana"])
    try pair.change("leo", "/body", "Un mot.")
    #expect(try Self.authors(at: "leo", of: "posts/marche.json", in: pair) == ["ana", "leo"])
    // Taken back, they were written all the same.
    try pair.change("leo", "/body", nil)
    #expect(try Self.authors(at: "leo", of: "posts/marche.json", in: pair) == ["ana", "leo"])
  }

  @Test func whoMovesADocumentWritesNothingAndWhoWroteItStaysItsAuthor() async throws {
    let pair = try await Self.pair()
    try pair.change("leo", "/body", "Un mot.")
    _ = try await pair.sync("leo")
    _ = try await pair.sync("mia")
    try pair.git("mia", "mv", "posts/marche.json", "posts/ailleurs.json")
    try pair.commit("mia")
    #expect(try Self.authors(at: "mia", of: "posts/ailleurs.json", in: pair) == ["ana", "leo"])
    // Another id in the same place makes nobody's words somebody else's.
    var value = try pair.read("mia", "posts/ailleurs.json")
    try value.set("01m6pp5qb0wb7d3mnfvs9552f9", at: "/id")
    try pair.save("mia", "posts/encore.json", value)
    try FileManager.default.removeItem(atPath: pair.path(of: "mia") + "/posts/ailleurs.json")
    try pair.commit("mia")
    #expect(
      try Self.authors(at: "mia", of: "posts/encore.json", in: pair) == ["ana", "mia"], "a new document")
  }

  @Test func anIDThatIsReplacedKeepsItsAuthors() async throws {
    let pair = try await Self.pair()
    try pair.change("leo", "/body", "Un mot.")
    let text = try pair.text("leo", "posts/marche.json").replacing("9552f1", with: "9552f9")
    try pair.save("leo", "posts/marche.json", text)
    try pair.git("leo", "commit", "--author", "mia <mia@exemple.example>", "-qam", "Un autre identifiant")
    #expect(try Self.authors(at: "leo", of: "posts/marche.json", in: pair) == ["ana", "leo", "mia"])
  }

  /// A move that is not committed writes as little as one that is.
  @Test func aMoveThatIsNotCommittedWritesNothing() async throws {
    let pair = try await Self.pair()
    try pair.git("mia", "config", "user.name", "mia")
    try pair.git("mia", "config", "user.email", "mia@exemple.example")
    try pair.git("mia", "mv", "posts/marche.json", "posts/ailleurs.json")
    #expect(try Self.authors(at: "mia", of: "posts/ailleurs.json", in: pair) == ["ana"])
    let text = try pair.text("mia", "posts/ailleurs.json").replacing("Marché", with: "Foire")
    try pair.save("mia", "posts/ailleurs.json", text)
    // A title of the post is not public.
    #expect(try Self.authors(at: "mia", of: "posts/ailleurs.json", in: pair) == ["ana"])
    var value = try pair.read("mia", "posts/ailleurs.json")
    try value.set("Un mot.", at: "/body")
    try pair.save("mia", "posts/ailleurs.json", value)
    #expect(try Self.authors(at: "mia", of: "posts/ailleurs.json", in: pair) == ["ana", "mia"])
  }

  /// Another id in its place and another place after that are no way to make one's own words somebody else's.
  @Test func anIDThatIsReplacedAndThenMovedKeepsItsAuthors() async throws {
    let pair = try await Self.pair()
    try pair.change("leo", "/body", "Un mot.")
    _ = try await pair.sync("leo")
    _ = try await pair.sync("mia")
    let text = try pair.text("mia", "posts/marche.json").replacing("9552f1", with: "9552f9")
    try pair.save("mia", "posts/marche.json", text)
    try pair.git("mia", "commit", "--author", "mia <mia@exemple.example>", "-qam", "id")
    _ = try await pair.sync("mia")
    _ = try await pair.sync("leo")
    try pair.git("leo", "mv", "posts/marche.json", "posts/ailleurs.json")
    try pair.commit("leo")
    let authors = try Self.authors(at: "leo", of: "posts/ailleurs.json", in: pair)
    #expect(authors.isSuperset(of: ["ana", "leo", "mia"]))
  }

  /// A schema that is taken away hides nothing that is written meanwhile.
  @Test func whatNoSchemaDescribesIsSomebodysToo() async throws {
    let pair = try await Self.pair()
    let schema: JSONValue = [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Note", "type": "object",
    ]
    func save(_ text: String) throws {
      try pair.save(
        "leo", "notes/x.json",
        ["kind": "note", "id": "01m6pp5qb0wb7d3mnfvs9552f7", "text": JSONValue(text), "createdBy": "ana"])
    }
    func commit() throws {
      try pair.git("leo", "add", "-A")
      try pair.git("leo", "commit", "--author", "leo <leo@exemple.example>", "-qm", "note")
    }
    try save("Des mots de Léo.")
    try commit()
    try pair.save("leo", "schemas/note.schema.json", schema)
    try commit()
    try pair.git("leo", "mv", "notes/x.json", "notes/y.json")
    try commit()
    #expect(try Self.authors(at: "leo", of: "notes/y.json", in: pair) == ["ana", "leo"])
  }

  /// Whoever goes back with git, or puts a version in the place of another, has what is remembered of that one.
  @Test func whatIsRememberedFollowsTheNewestVersion() async throws {
    let pair = try await Self.pair()
    let file = pair.path(of: "leo") + "/.git/ligne/provenance"
    func remembered() throws -> ObjectID? {
      _ = try Self.authors(at: "leo", of: "posts/marche.json", in: pair)
      // After the seal.
      return ProvenanceMemory(Array(try Data(contentsOf: URL(filePath: file)).dropFirst(20)))?.head
    }
    for number in 0..<12 { try pair.change("leo", "/body", JSONValue("Mot \(number).")) }
    let newest = try pair.workspace("leo").head()
    #expect(try remembered() == newest)
    try pair.git("leo", "reset", "-q", "--hard", "HEAD~6")
    #expect(try remembered() == pair.workspace("leo").head())
    try pair.git(
      "leo", "commit", "--author", "leo <leo@exemple.example>", "-q", "--amend", "-m",
      "autre")
    #expect(try remembered() == pair.workspace("leo").head())
    #expect(try Self.authors(at: "leo", of: "posts/marche.json", in: pair) == ["ana", "leo"])
  }

  /// What people did, seen by each of them: what is remembered changes no answer, and the answer is what they did.
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func whatIsRememberedChangesNoAnswer(seed: UInt64) async throws {
    let pair = try await Self.pair()
    var random = SeededRandom(seed: seed)
    var wrote: [String: Set<JSONString>] = ["01m6pp5qb0wb7d3mnfvs9552f1": ["ana"]]
    var told = 0
    for round in 0..<30 {
      let person = random.pick(Self.people)
      let posts = try FileManager.default.contentsOfDirectory(atPath: pair.path(of: person) + "/posts")
        .sorted()
      let file = "posts/" + random.pick(posts)
      let id = try pair.read(person, file)["id"]?.text ?? ""
      switch random.next() % 8 {
      case 0, 1:
        try pair.change(person, "/body", JSONValue("Mot \(round)."), in: file)
        wrote[id, default: []].insert(JSONString(person))
      case 2: try pair.change(person, "/labels", [JSONValue("l\(round)")], in: file)
      case 3:
        try pair.git(person, "mv", file, "posts/\(id)-\(round).json")
        try pair.commit(person)
      case 4:
        let new = "01m6pp5qb0wb7d3mnfvs9552" + (round < 10 ? "0\(round)" : "\(round)")
        var post = Pair.post(title: "Nouveau \(round)", at: "8 h", id: new)
        try post.set(JSONValue(person), at: "/createdBy")
        try pair.save(person, "posts/\(new).json", post)
        try pair.commit(person)
        wrote[new] = [JSONString(person)]
      default:
        let workspace = try pair.workspace(person)
        let old = try workspace.head()
        _ = try await pair.sync(person)
        guard let old, let new = try pair.workspace(person).head(), old != new else { break }
        let opened = try pair.workspace(person)
        let found = try opened.findings(broughtInto: new, sinceTouching: old, at: Self.now)
        let all = try pair.workspace(person).findings(broughtInto: new, comparedWith: old, at: Self.now)
        if found != nil { told += 1 }
        #expect(found == nil || found == all, "seed \(seed), round \(round)")
      }
      try expectSameAuthors(person, pair, "seed \(seed), round \(round)")
    }
    #expect(told > 0, "seed \(seed): nothing was compared")
    for _ in 0..<2 { for person in Self.people { _ = try await pair.sync(person) } }
    for person in Self.people {
      let workspace = try pair.workspace(person)
      let documents = try workspace.documentsOfFolder().collection
      let provenance = try workspace.provenance(
        of: documents, at: workspace.head(), deciding: documents.all.first)
      for post in documents.documents(of: Post.kind) {
        #expect(provenance.authors(post) == wrote[post.id.text], "seed \(seed): \(post.path) at \(person)’s")
      }
    }
  }

  /// With what is remembered, with nothing, and with what is left of it.
  private func expectSameAuthors(_ person: String, _ pair: Pair, _ place: String) throws {
    let file = pair.path(of: person) + "/.git/ligne/provenance"
    func authors() throws -> [String: Set<JSONString>] {
      let workspace = try pair.workspace(person)
      let documents = try workspace.documentsOfFolder().collection
      let provenance = try workspace.provenance(
        of: documents, at: workspace.head(), deciding: documents.all.first)
      return Dictionary(
        documents.documents(of: Post.kind).map { ($0.path.text, provenance.authors($0)) },
        uniquingKeysWith: { $1 })
    }
    let found = try authors()
    let bytes = try? Data(contentsOf: URL(filePath: file))
    try? FileManager.default.removeItem(atPath: file)
    #expect(try authors() == found, "\(place): from nothing")
    if let bytes {
      try bytes.prefix(bytes.count / 2).write(to: URL(filePath: file))
      #expect(try authors() == found, "\(place): half of it")
      try bytes.write(to: URL(filePath: file))
    }
  }

  /// Bytes that hold together by their seal and say nonsense are read to their end and no further.
  @Test func aMemoryIsReadAsItWasWrittenOrNotAtAll() async throws {
    let pair = try await Self.pair()
    for number in 0..<4 { try pair.change("leo", "/body", JSONValue("Mot \(number).")) }
    let workspace = try pair.workspace("leo")
    let head = try #require(try workspace.head())
    var graph = CommitGraph()
    try graph.add(head, from: workspace.objects)
    let ids = graph.commits(of: [head])
    #expect(ids.count > 4)
    var table = AuthorTable()
    let writing = AuthorTable.Writing(path: try WorkspacePath("posts/a.json"), id: "a")
    let wasNew = [0, 1].map { _ in table.note("ana@exemple.example", wrote: writing) }
    #expect(wasNew == [true, false])
    let hadID = table.note("former", became: "a")
    #expect(hadID)
    let before = AuthorTable.Writing(path: try WorkspacePath("posts/former.json"), id: "former")
    let isNew = table.note("leo@exemple.example", wrote: before)
    #expect(isNew)
    let memory = ProvenanceMemory(
      versions: KnownVersions(head: head, of: graph), identity: ids[1], isMixed: true,
      guarded: [ids[1], ids[2]],
      authors: table)
    let bytes = memory.bytes
    let read = try #require(ProvenanceMemory(bytes))
    #expect(read.head == ids[0] && read.identity == ids[1] && read.isMixed)
    #expect(read.guarded == [ids[1], ids[2]])
    #expect(ids.map(read.versions.generation) == (1...ids.count).reversed().map { UInt32($0) })
    #expect(!read.versions.holds(ObjectID(blob: [9])))
    #expect(read.authors?.authors(of: writing) == ["ana@exemple.example", "leo@exemple.example"])
    #expect(read.authors?.authors(of: before) == ["leo@exemple.example"])
    #expect(
      read.authors?.authors(of: AuthorTable.Writing(path: try WorkspacePath("b.json"), id: "a")).count == 2)
    #expect(read.authors?.authors(of: AuthorTable.Writing(path: try WorkspacePath("b.json"), id: "b")) == [])
    #expect(read.bytes == bytes)
    for length in 0..<bytes.count { #expect(ProvenanceMemory(Array(bytes.prefix(length))) == nil) }
    #expect(ProvenanceMemory(bytes + [0]) == nil)
    for place in bytes.indices {
      var broken = bytes
      broken[place] ^= 0xFF
      _ = ProvenanceMemory(broken)?.authors?.authors(of: writing)
    }
  }
}
