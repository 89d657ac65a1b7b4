import Documents
import EditorialChecks
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

/// The files of a small workspace: what two people start from and edit.
struct Tree: Equatable, Sendable {
  var files: [String: JSONValue] = [:]

  /// Friday noon, in Québec.
  static let now = Instant(rfc3339: "2026-11-20T12:00:00-05:00") ?? Instant(secondsSince1970: 0)

  /// The id number `n` of these tests.
  static func id(_ number: Int) -> String {
    let digits = String(number)
    return "01m7" + String(repeating: "0", count: 22 - digits.count) + digits
  }

  static let post = id(1)
  static let other = id(2)
  static let asset = id(3)
  static let source = id(4)
  static let campaign = id(5)
  static let statement = id(6)
  static let conversation = id(7)
  static let guideline = id(8)
  static let plan = id(9)
  static let crisis = id(10)

  /// A team of four, two channels, two drafts, and what they lean on. Nothing in it contradicts anything.
  init() {
    add(
      "ligne.json", "workspace", 90,
      [
        "brand": "La Ravaude", "formatVersion": 1, "languages": ["fr-CA"], "mergeRulesVersion": 1,
        "timeZone": "America/Toronto", "workflow": ["preset": "required"],
      ])
    add(
      "team.json", "team", 91,
      [
        "members": [
          ["id": "noemie", "name": "Noémie", "rights": ["*": ["approve", "write"]]],
          ["id": "gaspard", "name": "Gaspard", "rights": ["*": ["approve"]]],
          ["id": "etienne", "name": "Étienne", "rights": ["*": ["write"]]],
          ["id": "wassila", "name": "Wassila", "rights": ["*": ["answer", "write"]]],
        ]
      ])
    add(
      "channels.json", "channels", 92,
      [
        "channels": [
          ["id": "facebook", "platform": "facebook", "handle": "ravaude.cenelles", "state": "active"],
          ["id": "mastodon", "platform": "mastodon", "handle": "@ravaude@social.example", "state": "active"],
        ]
      ])
    addPost(Self.post, "Mitaines")
    addPost(Self.other, "Bottes")
    add(
      "assets/\(Self.asset).json", "asset", 3,
      [
        "title": "Affiche", "permission": "asked", "altText": "Une mitaine.",
        "url": "https://medias.example/a.jpg",
      ])
    add(
      "sources/\(Self.source).json", "source", 4,
      [
        "title": "Entrevue avec Aurèle", "nature": "interview", "state": "kept",
        "extract": "« Je n’allais pas le mettre au chemin. »",
      ])
    add(
      "campaigns/\(Self.campaign).json", "campaign", 5,
      [
        "title": "Un hiver de mitaines", "state": "active",
        "milestones": [
          ["id": "ouverture", "title": "Ouverture des bacs", "at": "2026-11-23T08:00:00-05:00"]
        ],
      ])
    add(
      "statements/\(Self.statement).json", "statement", 6,
      ["topic": "L’avenir du local", "body": "La Ravaude reste.", "version": 2, "audience": "public"])
    add(
      "conversations/\(Self.conversation).json", "conversation", 7,
      [
        "channel": "facebook", "externalId": "981", "triage": "to-answer",
        "messages": [
          [
            "externalId": "981", "author": "Jolyane", "at": "2026-11-18T19:42:00-05:00",
            "text": "Prenez-vous les bottes?",
          ]
        ],
      ])
    add(
      "guidelines/\(Self.guideline).json", "guideline", 8,
      [
        "title": "La ligne",
        "rules": [["id": "sobre", "check": "occurrence", "level": "warning", "enabled": true]],
        "tone": ["address": "vous"], "inclusive": ["convention": "doublet", "noMixing": true],
      ])
    add(
      "crisis/plans/\(Self.plan).json", "crisis-plan", 9,
      [
        "title": "Tempête en ligne", "levels": [["id": "1", "name": "Vigilance", "rank": 1]],
        "roster": ["porte-parole": ["deputy": "gaspard", "holder": "noemie"]],
        "statements": [["id": "attente", "level": "1", "body": "Nous vérifions {quoi}."]],
      ])
  }

  // MARK: Editing

  mutating func add(_ path: String, _ kind: JSONString, _ id: String, by person: String, _ fields: JSONObject)
  {
    var object = fields
    object["id"] = JSONValue(id)
    object["kind"] = .string(kind)
    object["createdAt"] = "2026-11-18T09:00:00-05:00"
    object["createdBy"] = JSONValue(person)
    files[path] = .object(object)
  }

  mutating func add(_ path: String, _ kind: JSONString, _ number: Int, _ fields: JSONObject) {
    add(path, kind, Self.id(number), by: "etienne", fields)
  }

  mutating func addPost(_ id: String, _ title: String) {
    add(
      "posts/\(id).json", "post", id, by: "etienne",
      [
        "title": JSONValue(title), "state": "draft", "body": JSONValue("\(title) : on répare le jeudi."),
        "campaign": JSONValue(Self.campaign), "language": "fr-CA",
        "variants": ["facebook": ["mode": "follows"]],
      ])
  }

  static func path(of post: String) -> String { "posts/\(post).json" }

  mutating func set(_ value: JSONValue, at pointer: JSONPointer, of path: String = Tree.path(of: Tree.post)) {
    do {
      try files[path]?.set(value, at: pointer)
    } catch {
      Issue.record("\(path) \(pointer): \(error)")
    }
  }

  mutating func schedule(
    _ id: String = Tree.post, at time: String, zone: String = "America/Toronto",
    on channel: JSONString = "facebook"
  ) {
    set(
      ["at": JSONValue(time), "zone": JSONValue(zone)],
      at: JSONPointer([.key("variants"), .key(channel), .key("schedule")]), of: Self.path(of: id))
  }

  /// A decision on the post as it stands, with the parts that were seen.
  mutating func review(
    _ verdict: String = "approve", by person: String, at time: String = "2026-11-20T10:00:00-05:00",
    number: Int, fields: JSONObject = [:]
  ) throws {
    let documents = try collection()
    let post = Post(try #require(documents[JSONString(Self.post)]).value)
    let content = documents.content(of: post, on: "facebook")
    var object: JSONObject = [
      "subject": JSONValue(Self.post), "verdict": JSONValue(verdict), "by": JSONValue(person),
      "at": JSONValue(time), "scope": ["facebook"], "contentHash": JSONValue(content.hash.hex),
      "contents": ["facebook": Review.Seen(content).value],
    ]
    for member in fields.members { object[member.key] = member.value }
    add("reviews/\(Self.post)/\(Self.id(number)).json", "review", Self.id(number), by: person, object)
  }

  mutating func addReply(_ number: Int, by person: String, _ fields: JSONObject = [:]) {
    var object: JSONObject = [
      "conversation": JSONValue(Self.conversation), "inReplyTo": "981", "body": "Pas les bottes, hélas.",
      "state": "proposed",
    ]
    for member in fields.members { object[member.key] = member.value }
    add("replies/\(Self.id(number)).json", "reply", Self.id(number), by: person, object)
  }

  mutating func declareCrisis(_ fields: JSONObject = [:]) {
    var object: JSONObject = [
      "title": "Rumeur", "plan": JSONValue(Self.plan), "level": "1", "state": "active", "hold": "all",
      "declaredAt": "2026-11-20T08:00:00-05:00", "declaredBy": "gaspard",
    ]
    for member in fields.members { object[member.key] = member.value }
    add("crisis/activations/\(Self.crisis).json", "crisis-activation", Self.crisis, by: "gaspard", object)
  }

  static let crisisPath = "crisis/activations/\(crisis).json"

  mutating func addComment(_ number: Int, by person: String, _ fields: JSONObject) {
    var object: JSONObject = ["subject": JSONValue(Self.post), "pointer": "/body"]
    for member in fields.members { object[member.key] = member.value }
    add("comments/\(Self.post)/\(Self.id(number)).json", "comment", Self.id(number), by: person, object)
  }

  // MARK: Looking

  /// The documents; each must be what its schema says.
  func collection() throws -> DocumentCollection {
    DocumentCollection(
      try files.map { path, value in
        try Document.read(try WorkspacePath(path), value.canonicalForm, schemas: .builtIn).get()
      })
  }

  func findings() throws -> [Finding] { contradictions(in: try collection(), at: Self.now) }
}

extension Tree {
  /// What plain git makes of two people's edits; the merge must be silent.
  ///
  /// - Throws: `Program.Failure` with git's words where it sees a conflict.
  static func merged(base: Tree, ours: Tree, theirs: Tree) throws -> Tree {
    let folder = try TemporaryFolder("ligne-merge")
    try Program.git("init", "-q", "-b", "main", in: folder.path)
    try base.write(to: folder, over: nil)
    try commit("base", in: folder)
    try Program.git("branch", "theirs", in: folder.path)
    try ours.write(to: folder, over: base)
    try commit("ours", in: folder)
    try Program.git("checkout", "-q", "theirs", in: folder.path)
    try theirs.write(to: folder, over: base)
    try commit("theirs", in: folder)
    try Program.git("checkout", "-q", "main", in: folder.path)
    try Program.git("merge", "-q", "--no-edit", "theirs", in: folder.path)
    #expect(try Program.git("ls-files", "--unmerged", in: folder.path) == "")
    var tree = Tree()
    tree.files = [:]
    for path in try Program.git("ls-files", in: folder.path).split(separator: "\n").map(String.init) {
      tree.files[path] = try JSONValue(parsing: folder.read(path))
    }
    return tree
  }

  private static func commit(_ message: String, in folder: TemporaryFolder) throws {
    try Program.git("add", "-A", in: folder.path)
    try Program.git("commit", "-q", "--allow-empty", "-m", message, in: folder.path)
  }

  private func write(to folder: TemporaryFolder, over old: Tree?) throws {
    for path in Set(old?.files.keys.map { $0 } ?? []).subtracting(files.keys) {
      try FileManager.default.removeItem(at: folder[path])
    }
    for (path, value) in files where old?.files[path] != value {
      try folder.write(value.canonicalForm, to: path)
    }
  }
}
