import Documents
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

/// New documents of every kind are complete, in the right place, and the same for the same arguments.
@Suite struct NewDocumentTests {
  static let id = ULID(milliseconds: 1_794_000_000_000, random: (1, 2))

  static func creation(_ language: String = "fr-CA") throws -> Creation {
    // The evening of 31 October in Montréal, already November in UTC.
    Creation(
      id: id, time: try #require(Instant(rfc3339: "2026-11-01T01:30:00Z")), offset: UTCOffset(minutes: -240),
      author: "ana", language: language, timeZone: "America/Toronto")
  }

  static func kind(_ name: JSONString) throws -> DocumentKind {
    try #require(SchemaSet.builtIn.kind(named: name))
  }

  static func set(_ pointer: JSONPointer, _ value: JSONValue) -> (pointer: JSONPointer, value: JSONValue) {
    (pointer, value)
  }

  static let hash = JSONValue(String(repeating: "0123456789abcdef", count: 4))
  static let other: JSONValue = "01m6pp5qb0wb7d3mnfvs9552f1"

  /// What only a person can say of each kind, and the path that follows.
  static let cases: [(kind: JSONString, wishes: DocumentWishes, path: String)] = [
    (
      "post", .init(title: "L’été", body: "Venez.", channels: ["facebook", "x"]),
      "posts/2026/10/l-ete-ID.json"
    ),
    ("post", .init(), "posts/2026/10/ID.json"),
    (
      "reply", .init(body: "Bonjour Jolyane! Oui, c’est possible.", fields: [set("/conversation", other)]),
      "replies/2026/10/bonjour-jolyane-oui-c-est-possible-ID.json"
    ),
    (
      "conversation", .init(channels: ["facebook"], fields: [set("/externalId", "123")]),
      "conversations/2026/10/facebook-5j1434d311rtnsa5vpgq5dbyxt.json"
    ),
    ("guideline", .init(title: "La ligne"), "guidelines/la-ligne-ID.json"),
    (
      "campaign", .init(title: "Grand Raccommodage", body: "Cent objets."),
      "campaigns/grand-raccommodage-ID.json"
    ),
    (
      "statement", .init(title: "Avenir du local", body: "Nous restons."),
      "statements/avenir-du-local-ID.json"
    ),
    (
      "saved-reply", .init(title: "Merci", body: "Merci {nom}.", channels: ["x"]),
      "saved-replies/merci-ID.json"
    ),
    ("rumour", .init(title: "On ferme", body: "Rien ne ferme."), "rumours/on-ferme-ID.json"),
    ("source", .init(title: "Entrevue"), "sources/entrevue-ID.json"),
    ("asset", .init(title: "Affiche"), "assets/affiche-ID.json"),
    ("crisis-plan", .init(title: "Tempête"), "crisis/plans/tempete-ID.json"),
    (
      "crisis-activation", .init(title: "Panne", fields: [set("/plan", other), set("/level", "2")]),
      "crisis/activations/panne-ID.json"
    ),
    (
      "crisis-log", .init(body: "Le journal appelle.", fields: [set("/activation", other)]),
      "crisis/log/01m6pp5qb0wb7d3mnfvs9552f1/ID.json"
    ),
    (
      "review",
      .init(
        body: "Bravo.",
        fields: [set("/subject", other), set("/contentHash", hash), set("/verdict", "approve")]),
      "reviews/01m6pp5qb0wb7d3mnfvs9552f1/ID.json"
    ),
    (
      "comment", .init(body: "Quelle heure?", fields: [set("/subject", other), set("/anchor/exact", "9 h")]),
      "comments/01m6pp5qb0wb7d3mnfvs9552f1/ID.json"
    ),
    (
      "publication", .init(channels: ["x"], fields: [set("/post", other), set("/contentHash", hash)]),
      "publications/01m6pp5qb0wb7d3mnfvs9552f1/ID.json"
    ),
    (
      "metrics", .init(fields: [set("/subject", other), set("/source", "export"), set("/values/likes", 3)]),
      "metrics/01m6pp5qb0wb7d3mnfvs9552f1/ID.json"
    ),
    ("ack", .init(fields: [set("/guideline", other)]), "acks/ana/ID.json"),
    ("limits", .init(fields: [set("/platform", "x")]), "limits/x.json"),
    ("team", .init(), "team.json"), ("channels", .init(), "channels.json"),
    ("workspace", .init(title: "La Ravaude"), "ligne.json"),
  ]

  @Test(arguments: cases.indices) func isComplete(_ index: Int) throws {
    let (name, wishes, path) = Self.cases[index]
    for language in ["fr-CA", "en"] {
      let made = try newDocument(of: try Self.kind(name), wishes, try Self.creation(language))
      #expect(made.path.text == path.replacing("ID", with: Self.id.text))
      let document = try Document.read(made.path, made.value.canonicalForm, schemas: .builtIn).get()
      #expect(document.kind.name == name)
      #expect(document.value["createdAt"] == "2026-10-31T21:30:00-04:00")
      #expect(document.value["createdBy"] == "ana")
      if document.value["language"] != nil { #expect(document.value["language"]?.text == language) }
    }
  }

  /// Two people who import the same export make the same file.
  @Test func aConversationHasTheIDOfWhatItIs() throws {
    func made(_ id: ULID, _ externalID: JSONValue) throws -> (path: WorkspacePath, value: JSONValue) {
      var creation = try Self.creation()
      creation.id = id
      return try newDocument(
        of: try Self.kind("conversation"),
        .init(channels: ["facebook"], fields: [Self.set("/externalId", externalID)]),
        creation)
    }
    let other = ULID(milliseconds: 5, random: (6, 7))
    #expect(try made(Self.id, "123").value == made(other, "123").value)
    #expect(try made(Self.id, "123").path == made(other, "123").path)
    #expect(try made(Self.id, "123").path != made(Self.id, "124").path)
    #expect(ULID(try #require(made(other, "123").value["id"]?.text)) != nil)
  }

  @Test func everyKindIsTried() {
    #expect(Set(Self.cases.map(\.kind)) == Set(SchemaSet.builtIn.kinds.map(\.name)))
  }

  @Test func aPostGetsAVariantForEachChannel() throws {
    let (_, value) = try newDocument(
      of: try Self.kind("post"),
      .init(
        title: "T", channels: ["x", "facebook"],
        fields: [
          Self.set("/labels/-", "été"), Self.set("/brief/goal", "Dire"),
          Self.set("/links/0", ["id": "a", "url": "https://a.example"]),
        ]),
      try Self.creation())
    #expect(value["variants"] == ["facebook": ["mode": "follows"], "x": ["mode": "follows"]])
    #expect(value["labels"] == ["été"])
    #expect(value["brief"] == ["goal": "Dire"])
    #expect(value["links"]?.array?.count == 1)
    #expect(value["state"] == "draft")
    #expect(
      Array(value.object!.keys) == [
        "body", "createdAt", "createdBy", "id", "kind", "language", "nature", "state", "title", "variants",
        "labels", "brief", "links",
      ])
  }

  @Test(
    arguments: [
      ("reply", .init(title: "T"), .noSuchField(.title, kind: "reply")),
      ("team", .init(body: "B"), .noSuchField(.body, kind: "team")),
      ("review", .init(channels: ["x"]), .noSuchField(.channels, kind: "review")),
      ("conversation", .init(channels: ["x", "y"]), .noSuchField(.channels, kind: "conversation")),
      ("review", .init(), .missingField("subject", kind: "review", part: nil)),
      ("post", .init(fields: [set("/id", "x")]), .fixedField("/id")),
      ("post", .init(fields: [set("", "x")]), .fixedField("")),
      ("post", .init(fields: [set("/title/x", "y")]), .noWay("/title/x")),
      ("limits", .init(fields: [set("/platform", "a:b")]), .badPath(.separator(":"))),
    ] as [(JSONString, DocumentWishes, NewDocumentError)])
  func refuses(_ name: JSONString, _ wishes: DocumentWishes, _ error: NewDocumentError) throws {
    let kind = try Self.kind(name)
    let creation = try Self.creation()
    #expect(throws: error) { try newDocument(of: kind, wishes, creation) }
    #expect(!error.message.french.isEmpty && !error.message.english.isEmpty && !error.code.isEmpty)
  }

  @Test(
    arguments: [
      ("conversation", .init(), .missingField("channel", kind: "conversation", part: .channels)),
      ("crisis-activation", .init(), .missingField("level", kind: "crisis-activation", part: nil)),
      ("post", .init(title: "T"), nil),
    ] as [(JSONString, DocumentWishes, NewDocumentError?)])
  func saysWhatIsMissing(_ name: JSONString, _ wishes: DocumentWishes, _ error: NewDocumentError?) throws {
    let kind = try Self.kind(name)
    let made = try newDocument(of: kind, wishes, Self.creation())
    #expect(kind.refusal(of: made.value) == error)
  }

  @Test func saysWhatTheSchemaDoesNotAccept() throws {
    let kind = try Self.kind("post")
    let made = try newDocument(
      of: kind, .init(title: "T", fields: [Self.set("/state", "x")]), Self.creation())
    let refusal = try #require(kind.refusal(of: made.value))
    #expect(refusal.code == "refused-value" && refusal.message.english.hasPrefix("Nothing was written: "))
  }

  @Test func aKindOfTheTeamsOwnStartsFromItsDefaults() throws {
    let source =
      #"{"type": "object", "properties": {"id": {"x-default": "id"}, "kind": {"const": "recipe"}, "title": {"type": "string"}, "serves": {"default": 4}, "day": {"x-default": "date"}, "zone": {"x-default": "zone"}}, "x-document": {"path": "recipes/{day}/{words}-{id}.json", "title": "/title"}}"#
    let schemas = SchemaSet(files: [(try WorkspacePath("schemas/recipe.schema.json"), Array(source.utf8))])
    let kind = try #require(schemas.kind(named: "recipe"))
    let made = try newDocument(of: kind, .init(title: "Tarte au sucre"), try Self.creation())
    #expect(made.path.text == "recipes/2026-10-31/tarte-au-sucre-\(Self.id).json")
    #expect(
      made.value == [
        "id": JSONValue(Self.id.text), "kind": "recipe", "title": "Tarte au sucre", "serves": 4,
        "day": "2026-10-31", "zone": "America/Toronto",
      ])
  }
}
