import Documents
import EditorialChecks
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

/// Documents as tests write them down or as folders hold them.
enum Fixtures {
  /// 21 November 2026, 9 in the morning in Montréal: the day of the sample workspace.
  static let now = Instant(rfc3339: "2026-11-21T09:00:00-05:00")!

  static func documents(in folder: URL) throws -> DocumentCollection {
    let folder = folder.resolvingSymlinksInPath()
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".json") && !$0.hasPrefix("schemas/") && !$0.hasPrefix(".") }
    return try DocumentCollection(
      names.map { name in
        let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
        return try Document.read(WorkspacePath(name), bytes, schemas: .builtIn).get()
      })
  }

  /// A document with what every one of its kind needs, and these fields.
  static func document(
    _ kind: JSONString, _ id: String, _ fields: JSONObject
  ) throws -> Document {
    var object: JSONObject = [
      "id": JSONValue(id), "kind": .string(kind), "createdAt": "2026-11-20T09:00:00-05:00",
      "createdBy": "noemie",
    ]
    let defaults: JSONObject =
      switch kind {
      case "post": ["title": "Titre", "state": "draft"]
      case "reply": ["state": "proposed"]
      case "guideline": ["title": "La ligne"]
      case "statement": ["topic": "Sujet", "version": 1]
      default: [:]
      }
    for member in defaults.members { object[member.key] = member.value }
    for member in fields.members { object[member.key] = member.value }
    return try Document.read(
      WorkspacePath("\(kind)s/\(id).json"), JSONValue.object(object).canonicalForm, schemas: .builtIn
    ).get()
  }

  /// A text of a post in French.
  static func text(_ text: String, language: String = "fr-CA") throws -> CheckedText {
    let post = try document(
      "post", "01m7000000000000000000000a", ["body": JSONValue(text), "language": JSONValue(language)])
    return CheckedText(text, in: post, at: "/body", language: language)
  }

  /// The words a rule finds in a text; `…` stands for the whole of it.
  static func found(
    by rule: any TextRule, in text: String, language: String = "fr-CA"
  ) throws -> [String] {
    let checked = try self.text(text, language: language)
    return rule.matches(in: checked).map { match in
      match.range.map { String(String.UnicodeScalarView(checked.scalars[$0])) } ?? "…"
    }
  }

  /// What a rule puts in the place of the words it finds.
  static func suggested(by rule: any TextRule, in text: String) throws -> [String?] {
    try rule.matches(in: self.text(text)).map { $0.suggestion?.replacement }
  }

  /// What a rule of that kind, alone in a line, says of a post: the places, and the words where there are some.
  static func findings(
    check name: JSONString, _ parameters: JSONValue, post fields: JSONObject, others: [Document] = []
  ) throws -> [Finding] {
    let line = try document(
      "guideline", "01m7000000000000000000000z",
      ["rules": [["id": "regle", "check": .string(name), "level": "warning", "parameters": parameters]]])
    return check(
      DocumentCollection([line, try document("post", "01m7000000000000000000000a", fields)] + others), at: now
    )
  }
}

extension Finding {
  /// `/body 12-15`
  var place: String {
    range.map { "\(pointer) \($0.lowerBound)-\($0.upperBound)" } ?? pointer.description
  }
}
