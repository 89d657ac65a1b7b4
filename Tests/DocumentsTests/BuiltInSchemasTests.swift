import Foundation
import JSONTree
import TestSupport
import Testing
import Wording

@testable import Documents

/// The schemas of the sample workspace are those of the program, and complete.
@Suite struct BuiltInSchemasTests {
  static let folder = Corpus.packageRoot.appending(path: "Workspace/schemas")

  static let kinds: [JSONString] = [
    "ack", "asset", "campaign", "channels", "comment", "conversation", "crisis-activation", "crisis-log",
    "crisis-plan", "guideline", "limits", "metrics", "post", "publication", "reply", "review", "rumour",
    "saved-reply", "source", "statement", "team", "workspace",
  ]

  static func files() throws -> [(kind: JSONString, bytes: [UInt8])] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".schema.json") }
      .sorted()
      .map { name in
        (
          JSONString(String(name.dropLast(".schema.json".count))),
          Array(try Data(contentsOf: folder.appending(path: name)))
        )
      }
  }

  @Test func everyKindHasOne() throws {
    #expect(try Self.files().map(\.kind) == Self.kinds)
    #expect(SchemaSet.builtIn.kinds.map(\.name) == Self.kinds)
    #expect(SchemaSet.builtIn.problems.isEmpty)
  }

  /// After a change of a schema: `swift run generate-schemas`.
  @Test func theProgramHasThemAsTheyAre() throws {
    let files = try Self.files()
    #expect(files.map(\.kind.text) == BuiltInSchemas.files.map(\.kind))
    for (file, builtIn) in zip(files, BuiltInSchemas.files) {
      let value = try JSONValue(parsing: file.bytes)
      #expect(String(decoding: value.canonicalBytes, as: UTF8.self) == builtIn.text, "\(file.kind) differs")
    }
  }

  @Test func theFilesAreInCanonicalForm() throws {
    for (kind, bytes) in try Self.files() {
      #expect(try JSONValue(parsing: bytes).canonicalForm == bytes, "\(kind)")
    }
  }

  /// A field that nobody can name, or whose merge nobody decided, is a mistake of ours.
  @Test(arguments: kinds) func everyFieldIsNamedInBothLanguagesAndSaysHowItMerges(_ name: JSONString) throws {
    let kind = try #require(SchemaSet.builtIn.kind(named: name))
    for node in kind.schema.nodes {
      guard let last = node.place.steps.last, node.place.steps.dropLast().last == .key("properties") else {
        continue
      }
      let source = node.source
      let place = "\(name) \(node.place)"
      if source["$ref"] == nil, last != .key("from"), last != .key("to"), last != .key("weight") {
        let title = try #require(source.sentence("title"), "\(place) has no title")
        #expect(source["x-en"]?["title"] != nil, "\(place) has no English title")
        #expect(!title.french.contains("'") && !title.english.contains("'"), "\(place): straight apostrophe")
        #expect((source["description"] == nil) == (source["x-en"]?["description"] == nil), "\(place)")
      }
      let isObject = source["type"] == "object" || source["$ref"] != nil
      let isInsideAtom = kind.schema.nodes.contains {
        $0.merge == .atomic && node.place != $0.place && node.place.hasPrefix($0.place)
      }
      #expect(
        node.merge != nil || isObject || isInsideAtom || last == .key("from") || last == .key("to")
          || last == .key("weight"), "\(place) has no x-merge")
      if let values = source["enum"]?.array {
        let titles = try #require(source["x-values"]?.object, "\(place) does not name its values")
        #expect(Set(titles.keys) == Set(values.compactMap(\.string)), "\(place)")
        for member in titles.members {
          #expect(
            member.value["fr"]?.text?.isEmpty == false && member.value["en"]?.text?.isEmpty == false,
            "\(place)")
        }
      }
    }
  }

  /// A pattern can't be explained to a writer; an example can.
  @Test(arguments: kinds) func everyPatternHasAnExampleAndAcceptsIt(_ name: JSONString) throws {
    let kind = try #require(SchemaSet.builtIn.kind(named: name))
    for node in kind.schema.nodes where node.source["pattern"] != nil {
      let examples = try #require(node.source["examples"]?.array, "\(name) \(node.place)")
      let schema = try Schema(node.source)
      for example in examples { #expect(schema.accepts(example), "\(name) \(node.place): \(example)") }
    }
  }

  @Test(arguments: kinds) func everyDefaultIsAccepted(_ name: JSONString) throws {
    let kind = try #require(SchemaSet.builtIn.kind(named: name))
    for node in kind.schema.nodes {
      guard let value = node.source["default"] else { continue }
      let schema = try Schema(node.source.mergingDefinitions(of: kind.schema.source))
      #expect(schema.violations(of: value).map(\.message.english) == [], "\(name) \(node.place)")
    }
  }

  @Test(arguments: kinds) func everyDocumentKnowsWhoMadeItAndNothingChangesThat(_ name: JSONString) throws {
    let schema = try #require(SchemaSet.builtIn.kind(named: name)).schema
    for pointer in ["/id", "/kind", "/createdAt", "/createdBy"] as [JSONPointer] {
      #expect(schema.isImmutable(pointer), "\(name) \(pointer)")
    }
    #expect(schema.source["required"]?.array?.contains("createdBy") == true)
    #expect(!schema.isImmutable("/title"))
  }

  @Test func fieldsAreFoundThroughReferencesMapsAndLists() throws {
    let schema = try #require(SchemaSet.builtIn.kind(named: "post")).schema
    #expect(schema.field(at: "/variants/facebook/schedule/at")?.title?.french == "Heure")
    #expect(schema.field(at: "/links/@a/url")?.title?.english == "Address")
    #expect(schema.field(at: "/links/0/url")?.title?.french == "Adresse")
    #expect(schema.field(at: "/state")?.valueTitles["in-review"]?.french == "en révision")
    #expect(schema.field(at: "/campaign")?.refersTo == "campaign")
    #expect(schema.field(at: "/nothing") == nil)
    let team = try #require(SchemaSet.builtIn.kind(named: "team")).schema
    #expect(team.isImmutable("/members/@ana/id"))
    #expect(!team.isImmutable("/members/@ana/name"))
  }
}

extension JSONValue {
  /// A part of a schema that can stand alone: with the definitions its references lead to.
  fileprivate func mergingDefinitions(of whole: JSONValue) -> JSONValue {
    guard case .object(var object) = self else { return self }
    if object["$defs"] == nil { object["$defs"] = whole["$defs"] }
    return .object(object)
  }
}
