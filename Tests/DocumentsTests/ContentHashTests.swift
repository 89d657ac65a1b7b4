import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing

@testable import Documents

/// The examples of `docs/CONTENT-HASH.md`, which were computed by another program, and what the page says around them.
@Suite struct ContentHashTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let name: String
    let documents: [JSONValue]
    /// What the files of pictures hold, by their path.
    let files: [String: String]
    let id: JSONString
    let channel: JSONString?
    let bytes: String
    let hash: String
    /// Of the account, the assets and the text; none for what is on no channel.
    let parts: [String]

    var testDescription: String { name }
  }

  static func examples() throws -> [Example] {
    let page = try String(
      contentsOf: Corpus.packageRoot.appending(path: "docs/CONTENT-HASH.md"), encoding: .utf8)
    return try page.components(separatedBy: "\n### ").dropFirst().map { section in
      let blocks = section.components(separatedBy: "\n```\n")
      try #require(blocks.count == 4, "documents, a name, bytes, a hash")
      let json = try #require(blocks[0].components(separatedBy: "```json\n").last)
      let hashes = blocks[3].matches(of: /`([0-9a-f]{64})`/).map { String($0.output.1) }
      let words = blocks[1].components(separatedBy: "`")
      let parsed = try JSONValue(parsing: Array(json.utf8))
      return Example(
        name: String(section.prefix { $0 != "\n" }), documents: parsed.array ?? [],
        files: Dictionary(
          uniqueKeysWithValues: blocks[0].matches(of: /The file `([^`]+)` holds `([^`]+)`/).map {
            (String($0.output.1), String($0.output.2))
          }), id: JSONString(words[1]),
        channel: words.count > 4 ? JSONString(words[3]) : nil,
        bytes: blocks[2], hash: hashes[0],
        parts: Array(hashes.dropFirst()))
    }
  }

  static func collection(
    _ documents: [JSONValue], files: [String: String] = [:]
  ) throws -> DocumentCollection {
    let files = try files.map { (try WorkspacePath($0.key), ObjectID(blob: Array($0.value.utf8))) }
    return DocumentCollection(
      try documents.enumerated().map { index, value in
        let kind = try #require(value["kind"]?.string.flatMap(SchemaSet.builtIn.kind(named:)))
        return Document(path: try WorkspacePath("d/\(index).json"), value: value, kind: kind)
      }, files: Dictionary(uniqueKeysWithValues: files))
  }

  @Test func thereAreExamples() throws { #expect(try Self.examples().count == 11) }

  /// What is told without the content is what the content says.
  @Test(arguments: Post.Field.allCases) func onlyPublicFieldsSayOtherThings(_ field: Post.Field) throws {
    let value: JSONValue = [
      "kind": "post", "id": "p", "body": "Une mitaine.", "variants": ["fb": ["mode": "follows"]],
      "assets": [["asset": "a"]], "hashtags": ["fil"], "mentions": ["@ana"],
      "links": [["url": "https://a.example"]],
    ]
    var other = value
    try other.set(
      field == .variants ? ["ig": ["mode": "follows"]] : ["autre chose"],
      at: JSONPointer(parsing: field.rawValue))
    let documents = try Self.collection([value, other])
    let (before, after) = (documents.all[0], documents.all[1])
    #expect(documents.saysTheSame(value, as: value))
    #expect(
      documents.saysTheSame(value, as: other)
        == (documents.content(of: before) == documents.content(of: after)))
    #expect(documents.saysTheSame(value, as: other) != Post.publicFields.contains(field))
  }

  @Test(arguments: try examples()) func isWhatThePageSays(_ example: Example) throws {
    let documents = try Self.collection(example.documents, files: example.files)
    let document = try #require(documents[example.id])
    let content =
      example.channel.map { documents.content(of: Post(document.value), on: $0).value }
      ?? documents.content(of: document)
    let bytes = content.withoutEmptyMembers.rfc8785Bytes
    #expect(bytes == Array(example.bytes.utf8), "\(String(decoding: bytes, as: UTF8.self))")
    #expect(ContentHash(of: content).hex == example.hash)
    guard let channel = example.channel else { return }
    let seen = documents.content(of: Post(document.value), on: channel)
    #expect([seen.account, seen.assets, seen.text].map(\.hex) == example.parts)
  }

  /// Of a picture in the workspace its bytes count, whatever its record says of them; one that is not there is as its record says.
  @Test(arguments: [
    (#"{"file": "assets/banc.jpg"}"#, "blob"),
    (
      #"{"file": "assets/banc.jpg", "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}"#,
      "blob"
    ),
    (#"{"file": "assets/autre.jpg"}"#, "file"),
    (#"{"file": "assets/autre.jpg", "url": "https://a.example/"}"#, "url"),
    (#"{"file": "../banc.jpg"}"#, "file"),
    (#"{"url": "https://a.example/"}"#, "url"),
  ]) func aPictureOfTheWorkspaceIsItsBytes(_ record: String, _ field: JSONString) throws {
    var asset = try JSONValue(parsing: Array(record.utf8))
    try asset.set("asset", at: "/kind")
    try asset.set("a", at: "/id")
    let documents = try Self.collection([
      ["kind": "post", "id": "p", "assets": [["asset": "a"]], "variants": ["fb": ["mode": "follows"]]], asset,
    ]).all
    let path = try WorkspacePath("assets/banc.jpg")
    #expect(
      DocumentCollection.filesNamed(by: documents)
        == Set([try? WorkspacePath(asset["file"]?.text ?? "")].compactMap(\.self)))
    func names(_ bytes: String) throws -> (post: ContentHash, record: ContentHash, shown: JSONValue?) {
      let collection = DocumentCollection(documents, files: [path: ObjectID(blob: Array(bytes.utf8))])
      let post = try #require(collection["p"])
      let shown = collection.content(of: Post(post.value), on: "fb").value["assets"]?.array?.first
      return (
        collection.contentHash(of: post), collection.contentHash(of: try #require(collection["a"])), shown
      )
    }
    let (blue, red) = (try names("bleu"), try names("rouge"))
    // What the record says of it goes out as well.
    let said = try #require(documents.first { $0.id == "a" }.flatMap { Asset($0.value).picture?.field })
    let names = blue.shown?.object?.sortedByKey().members.map(\.key)
    #expect(names == (field == "blob" ? ["blob", said] : [said]))
    // As `printf bleu | git hash-object --stdin` prints it.
    if field == "blob" { #expect(blue.shown?["blob"] == "aec3c84bc39b7f4c7f8ffeb525d1e67fb3afaab1") }
    #expect((blue.post == red.post) == (field != "blob"))
    #expect((blue.record == red.record) == (field != "blob"))
  }

  /// What changes the name of a post on a channel, and what does not; with the part that says so.
  struct Change: CustomTestStringConvertible, Sendable {
    let what: String
    let set: @Sendable (inout [JSONValue]) throws -> Void
    /// `text`, `assets`, `account`; none where the name stays.
    let part: String?

    init(_ what: String, _ part: String?, _ set: @escaping @Sendable (inout [JSONValue]) throws -> Void) {
      (self.what, self.part, self.set) = (what, part, set)
    }

    var testDescription: String { what }
  }

  static let changes = [
    Change("the text", "text") { try $0[0].set("autre", at: "/body") },
    Change("the alternative text in the post", "assets") { try $0[0].set("autre", at: "/assets/0/altText") },
    Change("the picture behind the record", "assets") { try $0[1].set("https://b.example/", at: "/url") },
    Change("the picture’s record is gone", "assets") { $0.remove(at: 1) },
    Change("the account", "account") { try $0.mutateLast { try $0.set("autre", at: "/channels/0/handle") } },
    Change("a hashtag", "text") { try $0[0].set(["Deux", "Un", "Trois"], at: "/hashtags") },
    Change("the order of hashtags", nil) { try $0[0].set(["Deux", "Un"], at: "/hashtags") },
    Change("a part of the thread", "text") {
      try $0[0].set([["id": "p", "body": "b"], ["id": "q", "body": "c"]], at: "/variants/facebook/thread")
    },
    Change("the name of a part of the thread", nil) {
      try $0[0].set([["id": "z", "body": "b"]], at: "/variants/facebook/thread")
    },
    Change("another channel", nil) { try $0[0].set(["mode": "follows"], at: "/variants/mastodon") },
    Change("title, labels, assignee, state", nil) {
      for field in ["/title", "/labels", "/assignee", "/state"] as [JSONPointer] {
        try $0[0].set("autre", at: field)
      }
    },
    Change("the schedule", nil) {
      try $0[0].set(["at": "2026-11-30T10:00:00-05:00", "zone": "UTC"], at: "/variants/facebook/schedule")
    },
    Change("an own text that is the shared one", nil) {
      try $0[0].set("diverges", at: "/variants/facebook/mode")
      try $0[0].set("commun", at: "/variants/facebook/body")
    },
  ]

  @Test(arguments: changes) func aChangeShowsInItsPart(_ change: Change) throws {
    let before: [JSONValue] = [
      [
        "id": "p", "kind": "post", "title": "t", "body": "commun", "hashtags": ["Un", "Deux"],
        "assets": [["id": "i", "asset": "a", "altText": "x"]],
        "variants": ["facebook": ["mode": "follows", "thread": [["id": "p", "body": "b"]]]],
      ], ["id": "a", "kind": "asset", "url": "https://a.example/"],
      ["id": "c", "kind": "channels", "channels": [["id": "facebook", "handle": "h"]]],
    ]
    var after = before
    try change.set(&after)
    let contents = try [before, after].map { documents in
      let all = try Self.collection(documents)
      return all.content(of: Post(try #require(all["p"]).value), on: "facebook")
    }
    #expect((contents[0].hash == contents[1].hash) == (change.part == nil))
    #expect((contents[0].text == contents[1].text) == (change.part != "text"))
    #expect((contents[0].assets == contents[1].assets) == (change.part != "assets"))
    #expect((contents[0].account == contents[1].account) == (change.part != "account"))
  }

  /// The table of RFC 8785, appendix B, where the text stands for a double exactly, and one that does not.
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("5e-324", "5e-324"), ("-5e-324", "-5e-324"),
    ("9007199254740992", "9007199254740992"),
    ("295147905179352830000", "295147905179352830000"), ("1e23", "1e+23"), ("1E21", "1e+21"),
    ("333333333.3333333", "333333333.3333333"), ("0.000001", "0.000001"), ("1e-7", "1e-7"),
    ("100", "100"), ("1.50", "1.5"), ("-12e1", "-120"), ("0.1", "0.1"),
    ("9007199254740993", "9007199254740993"), ("1e400", "1e400"),
  ])
  func numbersAreWrittenAsECMAScriptDoes(_ text: String, _ expected: String) {
    let bytes = JSONValue.number(JSONNumber(unchecked: text)).rfc8785Bytes
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test func aHashIsReadOnlyInItsOwnForm() {
    let hash = ContentHash(ofText: "")
    #expect(hash.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(ContentHash(hash.hex) == hash)
    #expect(ContentHash(hash.hex.uppercased()) == nil)
    #expect(ContentHash("") == nil)
  }
}

extension [JSONValue] {
  fileprivate mutating func mutateLast(_ edit: (inout JSONValue) throws -> Void) rethrows {
    try edit(&self[count - 1])
  }
}
