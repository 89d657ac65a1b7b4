import JSONTree
import Testing
import Wording

@testable import Documents

/// A schema that can't be used says why and where, and is never half understood.
@Suite struct SchemaErrorTests {
  static let refused: [(schema: String, reason: SchemaError.Reason, pointer: JSONPointer)] = [
    ("[]", .notASchema, ""),
    (##"{"minLenght": 1}"##, .unknownKeyword("minLenght"), ""),
    (##"{"properties": {"a": {"dependencies": {}}}}"##, .unknownKeyword("dependencies"), "/properties/a"),
    (
      ##"{"$schema": "http://json-schema.org/draft-07/schema#"}"##,
      .otherDialect("http://json-schema.org/draft-07/schema#"), ""
    ),
    (
      ##"{"type": "text"}"##,
      .malformed(
        keyword: "type", .oneOf(["null", "boolean", "object", "array", "number", "string", "integer"])), ""
    ),
    (##"{"items": {"minItems": -1}}"##, .malformed(keyword: "minItems", .count), "/items"),
    (##"{"allOf": []}"##, .malformed(keyword: "allOf", .notEmptyList), ""),
    (##"{"multipleOf": 0}"##, .malformed(keyword: "multipleOf", .divisor), ""),
    (##"{"required": ["a", "a"]}"##, .malformed(keyword: "required", .texts), ""),
    (##"{"$ref": "#/$defs/none"}"##, .unresolvedReference("#/$defs/none"), ""),
    (##"{"$ref": "other.json"}"##, .unresolvedReference("other.json"), ""),
    (##"{"$ref": "#"}"##, .endlessReference, ""),
    (
      ##"{"$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"$ref": "#/$defs/a"}}}"##,
      .endlessReference, "/$defs/b"
    ),
    (##"{"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}}"##, .repeatedName("x"), "/$defs/b"),
    (##"{"pattern": "(?=a)"}"##, .badPattern("(?=a)", .init(reason: .unsupported("(?="), offset: 0)), ""),
    (
      ##"{"properties": {"a": {"x-merge": "atom"}}}"##, .malformed(keyword: "x-merge", .mergeRule),
      "/properties/a"
    ),
    (##"{"x-merge": {"ordered": ["only"]}}"##, .malformed(keyword: "x-merge", .mergeRule), ""),
  ]

  @Test(arguments: refused)
  func refuses(_ schema: String, _ reason: SchemaError.Reason, _ pointer: JSONPointer) throws {
    let source = try JSONValue(parsing: Array(schema.utf8))
    let error = #expect(throws: SchemaError.self) { try Schema(source) }
    #expect(error?.reason == reason)
    #expect(error?.pointer == pointer)
  }

  @Test func nestingIsBounded() throws {
    var schema: JSONValue = true
    for _ in 0..<200 { schema = ["not": schema] }
    let error = #expect(throws: SchemaError.self) { try Schema(schema) }
    #expect(error?.reason == .tooDeep(limit: 100))
  }

  /// A schema for trees is fine, far beyond the depth of any document.
  @Test func schemasMayContainThemselves() throws {
    let schema = try Schema(["type": "array", "items": ["$ref": "#"]])
    var tree: JSONValue = []
    for _ in 0..<250 { tree = [tree] }
    #expect(schema.accepts(tree))
    #expect(!schema.accepts([[], [[1]]]))
  }

  @Test func whatIsTooDeepIsRefusedNotFatal() throws {
    let schema = try Schema(["type": "array", "items": ["allOf": [["$ref": "#"]]]])
    var tree: JSONValue = []
    for _ in 0..<510 { tree = [tree] }
    #expect(schema.violations(of: tree).map(\.keyword) == ["depth"])
  }

  @Test func theMessageNamesThePlace() throws {
    let error = #expect(throws: SchemaError.self) { try Schema(["properties": ["title": ["maxLenght": 3]]]) }
    #expect(
      error?.message.french
        == "Ligne ne connaît pas le mot-clé «\u{A0}maxLenght\u{A0}»; une remarque à vous commence par «\u{A0}x-\u{A0}». Endroit\u{A0}: /properties/title"
    )
    #expect(
      error?.message.english
        == "Ligne does not know the keyword “maxLenght”; a remark of your own begins with “x-”. Place: /properties/title"
    )
  }
}
