import Documents
import EditorialReview
import JSONTree
import ObjectModel
import Testing
import ThreeWayMerge
import Wording

/// A small workspace as values: documents by id, merged as Ligne merges them.
struct Newsroom: Sendable {
  var documents: [JSONString: JSONValue] = [:]
  /// Ids of documents in which a merge left something to settle.
  var conflicted: Set<JSONString> = []

  static let now = Instant(rfc3339: "2026-11-20T12:00:00-05:00") ?? Instant(secondsSince1970: 0)

  /// - Parameter preset: How approval works.
  init(_ preset: String = "optional", fourEyes: Bool = false, levels: [JSONValue] = []) {
    self["ligne"] = [
      "kind": "workspace",
      "workflow": ["preset": JSONValue(preset), "fourEyes": .bool(fourEyes), "levels": .array(levels)],
    ]
    self["team"] = [
      "kind": "team",
      "members": [
        ["id": "ana", "name": "Ana", "roles": ["direction"], "rights": ["*": ["approve", "write"]]],
        ["id": "leo", "name": "Léo", "roles": ["client"], "rights": ["fb": ["approve"]]],
        ["id": "zoe", "name": "Zoé", "roles": ["client"], "rights": ["fb": ["approve"], "ig": ["write"]]],
        ["id": "pia", "name": "Pia", "roles": ["direction"], "rights": ["*": ["write"]]],
      ],
    ]
    self["channels"] = [
      "kind": "channels",
      "channels": [
        ["id": "fb", "platform": "facebook", "handle": "ravaude"],
        ["id": "ig", "platform": "instagram", "handle": "@ravaude"],
      ],
    ]
    self["post"] = [
      "kind": "post", "createdBy": "pia", "title": "t", "state": "draft", "body": "Une mitaine trouée.",
      "variants": ["fb": ["mode": "follows"]],
    ]
  }

  subscript(id: JSONString) -> JSONValue? {
    get { documents[id] }
    set {
      guard case .object(var object)? = newValue else {
        documents[id] = nil
        return
      }
      object["id"] = .string(id)
      documents[id] = .object(object)
    }
  }

  mutating func set(_ value: JSONValue, at pointer: JSONPointer, of id: JSONString = "post") {
    do {
      try documents[id]?.set(value, at: pointer)
    } catch {
      Issue.record("\(id) \(pointer): \(error)")
    }
  }

  mutating func schedule(_ time: String, on channel: String = "fb") {
    set(["at": JSONValue(time), "zone": "America/Toronto"], at: "/variants/fb/schedule")
  }

  /// A decision on the words as they are.
  mutating func review(
    _ verdict: String, by person: String, for other: String? = nil,
    at time: String = "2026-11-20T10:00:00-05:00",
    level: String? = nil, scope: [JSONString] = ["fb"], byParts: Bool = false, id: String? = nil
  ) throws {
    let collection = try collection()
    let post = Post(try #require(self["post"]))
    var review: JSONObject = [
      "kind": "review", "subject": "post", "verdict": JSONValue(verdict), "by": JSONValue(person),
      "at": JSONValue(time), "scope": .array(scope.map(JSONValue.string)),
      "contentHash": JSONValue(collection.contentHash(of: post, on: scope).hex),
    ]
    review["onBehalfOf"] = other.map { JSONValue($0) }
    review["level"] = level.map { JSONValue($0) }
    if byParts {
      var contents = JSONObject()
      for channel in scope.isEmpty ? post.variants.map(\.channel) : scope {
        contents[channel] = Review.Seen(collection.content(of: post, on: channel)).value
      }
      review["contents"] = .object(contents)
    }
    self[JSONString(id ?? "review-\(person)-\(verdict)-\(time)")] = .object(review)
  }

  mutating func publish(
    _ nature: String = "publication", by person: String = "ana", at time: String, url: String? = nil
  ) throws {
    let hash = try collection().contentHash(of: Post(try #require(self["post"])), on: "fb")
    var record: JSONObject = [
      "kind": "publication", "post": "post", "channel": "fb", "nature": JSONValue(nature),
      "by": JSONValue(person), "at": JSONValue(time), "contentHash": JSONValue(hash.hex),
    ]
    record["url"] = url.map { JSONValue($0) }
    self[JSONString("publication-\(person)-\(time)")] = .object(record)
  }

  func collection() throws -> DocumentCollection {
    DocumentCollection(
      try documents.map { id, value in
        let kind = try #require(value["kind"]?.string.flatMap(SchemaSet.builtIn.kind(named:)))
        return Document(
          path: try WorkspacePath("d/\(id.text.replacing(":", with: "-")).json"), value: value, kind: kind)
      })
  }

  func states(signature: SignatureJudge? = nil) throws -> EditorialStates {
    EditorialStates(of: try collection(), at: Self.now, conflicted: conflicted, signature: signature)
  }

  /// The state of the post on its channel.
  func state(on channel: JSONString = "fb") throws -> EditorialState {
    let states = try states()
    return states.state(of: try #require(states.documents["post"]), on: channel)
  }

  /// The state of the post as a whole.
  func wholeState() throws -> EditorialState {
    let states = try states()
    return states.state(ofPost: try #require(states.documents["post"]))
  }

  func status(on channel: JSONString = "fb") throws -> ReviewStatus {
    let states = try states()
    return states.reviewStatus(of: try #require(states.documents["post"]), on: channel)
  }

  /// What two people who started from here make together.
  func merging(
    _ ours: (inout Newsroom) throws -> Void, _ theirs: (inout Newsroom) throws -> Void
  ) throws -> Newsroom {
    var (left, right, merged) = (self, self, self)
    try ours(&left)
    try theirs(&right)
    for id in Set(left.documents.keys).union(right.documents.keys).union(documents.keys) {
      let name = (left[id] ?? right[id] ?? documents[id])?["kind"]?.string
      let kind = try #require(name.flatMap(SchemaSet.builtIn.kind(named:)))
      let outcome = mergeJSON(
        Versions(base: documents[id], ours: left[id], theirs: right[id]).map { DocumentState(value: $0) },
        rule: kind.mergeRule)
      merged.documents[id] = outcome.state.value
      if !outcome.state.conflicts.isEmpty { merged.conflicted.insert(id) }
    }
    return merged
  }
}
