import Documents
import JSONTree
import Testing
import Wording

@testable import PlatformExports

/// How an export becomes documents, and a newer one adds to them.
@Suite struct DocumentTests {
  private static let kind = SchemaSet.builtIn.kind(named: "conversation")

  private func message(_ id: String, _ minute: Int, _ text: String = "?") -> PlatformMessage {
    PlatformMessage(
      externalId: id, author: "Oriane", isOurs: false,
      at: Instant(secondsSince1970: 1_790_000_000 + minute * 60),
      text: text, source: [:])
  }

  private func conversation(_ messages: PlatformMessage...) -> PlatformConversation {
    PlatformConversation(externalId: "c", nature: .comment, messages: messages)
  }

  @Test func aDocumentIsWhatItsSchemaAsks() throws {
    let kind = try #require(Self.kind)
    let made = try conversation(message("a", 0)).document(of: kind, on: "facebook")
    #expect(kind.schema.violations(of: made.value).isEmpty)
    #expect(made.value["id"]?.text == ULID(derivedFrom: ["conversation", "facebook", "c"]).text)
    #expect(
      made.value["createdBy"] == "import"
        && made.value["createdAt"] == made.value["messages"]?.array?[0]["at"])
  }

  @Test func addingIsIdempotentAndTheOrderOfExportsMakesNoDifference() throws {
    let kind = try #require(Self.kind)
    let (one, two, three) = (message("a", 0), message("b", 1), message("c", 1))
    let start = try conversation(one).document(of: kind, on: "facebook").value
    let (left, right) = (conversation(one, two), conversation(one, three))
    let both = right.added(to: left.added(to: start))
    #expect(both == left.added(to: right.added(to: start)))
    #expect(both == left.added(to: both))
    #expect(both["messages"]?.array?.compactMap { $0["externalId"]?.text } == ["a", "b", "c"])
  }

  @Test func whatPeopleNotedStays() throws {
    let kind = try #require(Self.kind)
    guard
      case .object(var object) = try conversation(message("a", 0, "Bonjur")).document(
        of: kind, on: "facebook"
      ).value
    else { return }
    object["triage"] = "to-answer"
    object["labels"] = ["don"]
    var edited = message("a", 0, "Bonjour")
    edited.editedAt = Instant(secondsSince1970: 1_790_000_600)
    var gone = message("a", 0, "")
    gone.deletedAt = Instant(secondsSince1970: 1_790_001_000)
    let known = JSONValue.object(object)
    #expect(conversation(message("a", 0, "autre chose")).added(to: known) == known)
    let after = conversation(gone).added(to: conversation(edited).added(to: known))
    #expect(after["messages"]?.array?[0]["text"] == "Bonjour")
    #expect(after["messages"]?.array?[0]["deletedAt"] == "2026-09-21T14:30:00Z")
    #expect(after["triage"] == "to-answer" && after["labels"] == ["don"])
    // An older export takes nothing back.
    #expect(conversation(message("a", 0, "Bonjur")).added(to: after) == after)
  }

  @Test func aConversationWithoutEndIsSeveralDocuments() {
    let messages = (0..<2500).map { message("m\($0)", $0) }
    let whole = PlatformConversation(externalId: "c", nature: .message, messages: messages)
    let parts = whole.parts()
    #expect(parts.map(\.externalId) == ["c", "c#2", "c#3"])
    #expect(parts.flatMap(\.messages) == messages)
    // More messages change no part that is full.
    var longer = whole
    longer.messages.append(message("last", 2500))
    #expect(longer.parts().prefix(2).elementsEqual(parts.prefix(2)))
  }

  @Test func aPostIsWrittenWithTheRecordThatItWentOut() throws {
    let schemas = SchemaSet.builtIn
    let kinds = (
      post: try #require(schemas.kind(named: "post")),
      publication: try #require(schemas.kind(named: "publication"))
    )
    let published = PlatformPost(
      externalId: "7", at: Instant(secondsSince1970: 1_790_000_000), text: "Venez samedi.\nDu café.",
      url: "https://x.com/i/status/7",
      isRelay: false, language: "fr-ca", deletedAt: Instant(secondsSince1970: 1_790_000_060),
      source: ["lang": "fr"])
    let made = try ImportedPost(published, on: "x", kinds: kinds, channels: DocumentCollection([]))
    #expect(kinds.post.schema.violations(of: made.post.value).isEmpty)
    #expect(made.post.value["title"] == "Venez samedi." && made.post.value["language"] == "fr-CA")
    #expect(made.post.value["state"] == "archived" && made.post.value["source"] == ["lang": "fr"])
    #expect(made.records.map { $0.value["nature"] } == ["publication", "withdrawal"])
    for record in made.records {
      #expect(kinds.publication.schema.violations(of: record.value).isEmpty)
      #expect(record.value["post"] == made.post.value["id"])
      let hash = DocumentCollection([]).contentHash(of: Post(made.post.value), on: "x")
      #expect(Publication(record.value).contentHash == hash)
    }
  }
}
