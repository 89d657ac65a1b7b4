import Documents
import JSONTree
import TestSupport
import Testing
import ThreeWayMerge

/// Which merge rules follow from a schema.
@Suite struct MergeRuleTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let schema: JSONValue
    let rule: MergeRule

    init(_ name: String, _ schema: JSONValue, _ rule: MergeRule) {
      (self.name, self.schema, self.rule) = (name, schema, rule)
    }

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case("a schema that says nothing", true, .byShape),
    Case("a text", ["type": "string"], .atomic),
    Case("listed values", ["enum": ["a", "b"]], .atomic),
    Case("a list or a text", ["type": ["array", "string"]], .byShape),
    Case("a list of anything", ["type": "array"], .byShape),
    Case("a list of texts", ["type": "array", "items": ["type": "string"]], .sequence(element: .atomic)),
    Case(
      "a list whose elements need an id",
      ["items": ["required": ["id"], "properties": ["t": ["x-merge": "text"]]]],
      .list(key: "id", element: .object(members: ["t": .text], others: .byShape))),
    Case(
      "members, the rest by shape", ["properties": ["a": ["type": "string"]]],
      .object(members: ["a": .atomic], others: .byShape)),
    Case(
      "a map", ["x-merge": "map", "additionalProperties": ["x-merge": "set"]],
      .object(members: [:], others: .set)),
    Case("a map of anything", ["x-merge": "map", "type": "object"], .object(members: [:], others: .byShape)),
    Case(
      "members and nothing else", ["properties": ["a": ["const": 1]], "additionalProperties": false],
      .object(members: ["a": .atomic], others: .byShape)),
    Case(
      "x-merge before the shape", ["x-merge": "atomic", "properties": ["a": ["type": "string"]]], .atomic),
    Case(
      "keyed by another field", ["x-merge": ["list": "externalId"], "items": true],
      .list(key: "externalId", element: .byShape)),
    Case("the other word for it", ["x-merge": ["key": "slug"]], .list(key: "slug", element: .byShape)),
    Case("a list by id without a key", ["x-merge": "list"], .list(key: "id", element: .byShape)),
    Case("steps", ["x-merge": ["ordered": ["draft", "done"]]], .ordered(["draft", "done"])),
    Case("moments", ["x-merge": "earliest"], .earliest),
    Case("derived", ["x-merge": "derived"], .derived),
    Case("a sequence", ["x-merge": "sequence", "items": ["x-merge": "text"]], .sequence(element: .text)),
    Case(
      "through a reference", ["$ref": "#/$defs/t", "$defs": ["t": ["x-merge": "text"]]], .text),
    Case(
      "the place of the reference decides",
      ["$ref": "#/$defs/t", "x-merge": "atomic", "$defs": ["t": ["x-merge": "text"]]],
      .atomic),
    Case(
      "a list by reference",
      ["x-merge": ["list": "id"], "$ref": "#/$defs/l", "$defs": ["l": ["items": ["x-merge": "text"]]]],
      .list(key: "id", element: .text)),
    Case(
      "own members before those of a base",
      [
        "properties": ["a": ["x-merge": "text"]],
        "allOf": [
          [
            "properties": ["a": ["x-merge": "set"], "b": ["x-merge": "set"]],
            "additionalProperties": ["x-merge": "atomic"],
          ]
        ],
      ],
      .object(members: ["a": .text, "b": .set], others: .atomic)),
    Case(
      "a schema that contains itself, by shape from its second level on",
      ["properties": ["child": ["$ref": "#"], "t": ["x-merge": "text"]]],
      .object(members: ["child": .byShape, "t": .text], others: .byShape)),
  ]

  @Test(arguments: cases) func follows(_ c: Case) throws {
    #expect(try Schema(c.schema).mergeRule == c.rule)
  }

  /// Fields where the meaning decides, not the shape.
  @Test(
    arguments: [
      ("post", "/title", .atomic), ("post", "/body", .text), ("post", "/variants/facebook/body", .text),
      ("post", "/variants/facebook/schedule", .atomic), ("post", "/hashtags", .set),
      ("post", "/answers", .set),
      ("post", "/state", .ordered(["idea", "draft", "in-review", "cancelled", "archived"])),
      ("post", "/links/@a/utm/source", .atomic), ("reply", "/body", .text),
      (
        "conversation", "/triage", .ordered(["new", "to-answer", "passed-on", "ignored", "hidden", "closed"])
      ),
      ("crisis-activation", "/state", .ordered(["closed", "recovery", "watch", "active"])),
      ("crisis-plan", "/roster/porte-parole", .atomic), ("crisis-plan", "/levels/@1/criteria", .text),
      ("guideline", "/terms/week-end", .atomic), ("guideline", "/sections/@a/examples/@b/text", .text),
      ("team", "/members/@ana/rights/facebook", .set),
      ("channels", "/channels/@x/state", .ordered(["active", "dormant", "closed"])),
      ("workspace", "/workflow/preset", .ordered(["free", "optional", "required", "multi-level"])),
    ] as [(JSONString, JSONPointer, MergeRule)])
  func ofTheKinds(_ name: JSONString, _ pointer: JSONPointer, _ expected: MergeRule) throws {
    let kind = try #require(SchemaSet.builtIn.kind(named: name))
    var rule = kind.mergeRule
    for step in pointer.steps {
      switch (step, rule) {
      case (.element, .list(_, let element)): rule = element
      case (.key(let key), _): rule = rule.rule(forMember: key)
      default: Issue.record("no rule at \(pointer)")
      }
    }
    #expect(rule == expected)
  }

  @Test func messagesOfAConversationAreKnownByTheirExternalID() throws {
    let kind = try #require(SchemaSet.builtIn.kind(named: "conversation"))
    #expect(kind.mergeRule.keyField(at: "/messages") == "externalId")
  }
}
