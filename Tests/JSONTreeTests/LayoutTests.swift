import JSONTree
import TestSupport
import Testing

/// A changed value in the layout its document had.
@Suite struct LayoutTests {
  /// A document, the change, and the document afterwards.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var before: String
    var change: @Sendable (inout JSONValue) throws -> Void
    var after: String

    init(
      _ name: String, _ before: String, _ after: String,
      _ change: @escaping @Sendable (inout JSONValue) throws -> Void
    ) {
      self.name = name
      self.before = before
      self.change = change
      self.after = after
    }

    var testDescription: String { name }
  }

  static let cases = [
    Case("a changed word leaves the rest as it was", #"{ "b" :1 ,"a":[ 1,2 ]}"#, #"{ "b" :2 ,"a":[ 1,2 ]}"#) {
      try $0.set(2, at: "/b")
    },
    Case("escapes and numbers stay as written", #"["\u00e9\/", 1.0, "x"]"#, #"["\u00e9\/", 1.0, "\u00e8"]"#) {
      try $0.set("è", at: "/2")
    },
    Case("keys keep their order", #"{"b":1,"a":2}"#, #"{"b":1,"a":3}"#) { $0 = ["a": 3, "b": 1] },
    Case("no line end at the end stays none", "[1]", "[2]") { $0 = [2] },
    Case("space around the document stays", "\n [1] \n\n", "\n [2] \n\n") { $0 = [2] },

    // New members.
    Case(
      "a new key goes behind its neighbour, on its own line",
      "{\n    \"a\": 1,\n    \"c\": 3\n}\n", "{\n    \"a\": 1,\n    \"b\": 2,\n    \"c\": 3\n}\n"
    ) { $0 = ["a": 1, "b": 2, "c": 3] },
    Case("a new key goes first", "{\n\t\"b\": 1\n}", "{\n\t\"a\": 0,\n\t\"b\": 1\n}") {
      $0 = ["a": 0, "b": 1]
    },
    Case("a new key goes last", "{\n  \"a\": 1\n}\n", "{\n  \"a\": 1,\n  \"b\": 2\n}\n") {
      try $0.set(2, at: "/b")
    },
    Case("a new key on one line", #"{"a": 1}"#, #"{"a": 1, "b": 2}"#) { try $0.set(2, at: "/b") },
    Case("a new key without spaces", #"{"a":1}"#, #"{"a":1,"b":[2,3]}"#) { try $0.set([2, 3], at: "/b") },
    Case("a new key with padding", #"{ "a": 1 }"#, #"{ "a": 1, "b": { "c": 2 } }"#) {
      try $0.set(["c": 2], at: "/b")
    },
    Case("a new key with the colons of the others", #"{"a" : 1}"#, #"{"a" : 1, "b" : 2}"#) {
      try $0.set(2, at: "/b")
    },
    Case(
      "CRLF stays CRLF", "{\r\n  \"a\": 1\r\n}\r\n", "{\r\n  \"a\": 1,\r\n  \"b\": [\r\n    2\r\n  ]\r\n}\r\n"
    ) {
      try $0.set([2], at: "/b")
    },
    Case(
      "new containers follow the indentation around them",
      "{\n   \"a\": {\n      \"x\": 1\n   }\n}",
      "{\n   \"a\": {\n      \"x\": 1,\n      \"y\": {\n         \"z\": []\n      }\n   }\n}"
    ) { try $0.set(["z": []], at: "/a/y") },
    Case(
      "short lists stay on one line where the others do",
      "{\n  \"tags\": [\"a\", \"b\"]\n}\n", "{\n  \"tags\": [\"a\", \"b\"],\n  \"sets\": [\"c\", \"d\"]\n}\n"
    ) { try $0.set(["c", "d"], at: "/sets") },
    Case(
      "an object on one line among others on one line",
      "[\n  {\"id\": \"a\", \"n\": 1},\n  {\"id\": \"b\", \"n\": 2}\n]\n",
      "[\n  {\"id\": \"a\", \"n\": 1},\n  {\"id\": \"c\", \"n\": 3},\n  {\"id\": \"b\", \"n\": 2}\n]\n"
    ) { try $0.insert(["id": "c", "n": 3], at: "/@b") },
    Case("an empty object fills", "{\n  \"a\": {}\n}", "{\n  \"a\": {\n    \"b\": 1\n  }\n}") {
      try $0.set(1, at: "/a/b")
    },
    Case("an empty document fills", "{}\n", "{\n  \"a\": 1\n}\n") { try $0.set(1, at: "/a") },
    Case("an object becomes empty", "{\n  \"a\": {\n    \"b\": 1\n  }\n}", "{\n  \"a\": {}\n}") {
      try $0.remove(at: "/a/b")
    },
    Case("a text becomes an object", "{\n  \"a\": \"b\"\n}", "{\n  \"a\": {\n    \"c\": 1\n  }\n}") {
      try $0.set(["c": 1], at: "/a")
    },
    Case(
      "empty lines between groups stay with their group",
      "{\n  \"a\": 1,\n\n  \"c\": 3\n}", "{\n  \"a\": 1,\n  \"b\": 2,\n\n  \"c\": 3\n}"
    ) { $0 = ["a": 1, "b": 2, "c": 3] },
    Case(
      "commas that lead a line keep leading",
      "[\n    \"a\"\n  , \"b\"\n]", "[\n    \"a\"\n  , \"b\"\n  , \"c\"\n]"
    ) { try $0.set("c", at: "/-") },
    Case("a document of ASCII escapes stays one", #"["\u00E9"]"#, #"["\u00E9", "\uD83C\uDF89\u00E8"]"#) {
      try $0.set("🎉è", at: "/-")
    },
    Case("a document that escapes slashes goes on", #"["a\/b"]"#, #"["a\/b", "c\/d"]"#) {
      try $0.set("c/d", at: "/-")
    },

    // Removed and moved parts.
    Case("the first key goes", "{\n  \"a\": 1,\n  \"b\": 2\n}", "{\n  \"b\": 2\n}") {
      try $0.remove(at: "/a")
    },
    Case("the last key goes", "{\n  \"a\": 1,\n  \"b\": 2\n}", "{\n  \"a\": 1\n}") {
      try $0.remove(at: "/b")
    },
    Case("a middle element goes", "[1, 2,  3]", "[1,  3]") { try $0.remove(at: "/1") },
    Case(
      "elements move with their layout",
      "[\n  {\"id\":\"a\",  \"n\":1},\n  {\"id\": \"b\"}\n]",
      "[\n  {\"id\": \"b\"},\n  {\"id\":\"a\",  \"n\":2}\n]"
    ) { $0 = [["id": "b"], ["id": "a", "n": 2]] },
    Case(
      "an element changed beside a removed one keeps its layout",
      #"[ {"n":1}, {"n":2,  "m":1} ]"#, #"[ {"n":2,  "m":9} ]"#
    ) { $0 = [["n": 2, "m": 9]] },
    Case("numbers wrapped over lines", "[\n  1, 2, 3,\n  4, 5, 6\n]", "[\n  1, 2, 3,\n  4, 9, 6\n]") {
      try $0.set(9, at: "/4")
    },
  ]

  @Test(arguments: cases) func keepsTheLayout(_ example: Case) throws {
    let layout = try JSONLayout(of: example.before.utf8)
    var value = layout.value
    try example.change(&value)
    let bytes = layout.bytes(of: value)
    #expect(String(decoding: bytes, as: UTF8.self) == example.after)
    #expect(try JSONValue(parsing: bytes) == value)
  }

  @Test func listsMayBeKeyedByAnotherField() throws {
    let text = #"{"m": [ {"externalId":"1",  "id":"x"}, {"externalId":"2", "id":"x"} ]}"#
    let layout = try JSONLayout(of: text.utf8)
    let value: JSONValue = ["m": [["externalId": "2", "id": "x"], ["externalId": "1", "id": "y"]]]
    let bytes = layout.bytes(of: value) { $0 == "/m" ? "externalId" : "id" }
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"m": [ {"externalId":"2", "id":"x"}, {"externalId":"1",  "id":"y"} ]}"#)
  }

  @Test(arguments: 1...300) func theUnchangedValueGivesTheSameBytes(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let value = random.value()
    let bytes = random.scribbled(value)
    #expect(try JSONLayout(of: bytes).bytes(of: value) == bytes)
  }

  @Test(arguments: 1...600) func anyChangedValueIsSaidExactly(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let value = random.value()
    let bytes =
      random.chance(1, in: 2) ? random.scribbled(value) : JSONPrinter.pretty(.spaces(3)).bytes(of: value)
    let changed = random.chance(1, in: 10) ? random.value() : random.edited(value)
    let printed = try JSONLayout(of: bytes).bytes(of: changed)
    #expect(try JSONValue(parsing: printed) == changed)
    #expect(try JSONLayout(of: printed).bytes(of: changed) == printed)
  }

  /// What a program wrote and another changed looks as if the first had written it.
  @Test(arguments: 1...300, [JSONPrinter.compact, .pretty(), .pretty(.tabs(1)), .pretty(.spaces(4))])
  func aUniformDocumentStaysUniform(_ seed: UInt64, _ printer: JSONPrinter) throws {
    var random = SeededRandom(seed: seed)
    // One member is left alone, so that the document shows its style.
    let style: JSONValue = ["a": [1, [2]], "b": [["c": 3]]]
    let inside = random.value()
    let value: JSONValue = ["style": style, "inside": inside]
    let changed: JSONValue = ["style": style, "inside": random.edited(inside)]
    let printed = try JSONLayout(of: printer.bytes(of: value)).bytes(of: changed)
    #expect(printed == printer.bytes(of: try JSONValue(parsing: printed)))
  }

  /// A value set in place of another changes the bytes of that value only.
  @Test(arguments: 1...300) func aWordChangedChangesThatWord(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let value = random.value()
    let bytes = random.scribbled(value)
    var pointer = JSONPointer.root
    var place = value
    while !place.isEmptyOrScalar {
      if let elements = place.array {
        let index = random.number(below: elements.count)
        (pointer, place) = (pointer.appending(.index(index)), elements[index])
      } else if let members = place.object?.members {
        let member = random.pick(members)
        (pointer, place) = (pointer.appending(.key(member.key)), member.value)
      }
    }
    var changed = value
    try changed.set("changé", at: pointer)
    let range = try #require(try SourceMap(parsing: bytes).range(of: pointer)).bytes
    let printed = try JSONLayout(of: bytes).bytes(of: changed)
    #expect(printed.starts(with: bytes[..<range.lowerBound]))
    #expect(printed.suffix(bytes.count - range.upperBound).elementsEqual(bytes[range.upperBound...]))
  }

  @Test func documentsOfTheLargestDepthAreWritten() throws {
    func nested(_ inner: String) -> [UInt8] {
      Array((String(repeating: "[ {\"a\":", count: 256) + inner + String(repeating: "}]", count: 256)).utf8)
    }
    let layout = try JSONLayout(of: nested("1"))
    #expect(layout.bytes(of: try JSONValue(parsing: nested("2"))) == nested("2"))
  }

  @Test func documentsWithErrorsHaveNoLayout() {
    #expect(throws: JSONSyntaxError.self) { try JSONLayout(of: #"{"a":1,"a":2}"#.utf8) }
  }
}

extension JSONValue {
  fileprivate var isEmptyOrScalar: Bool { (array ?? []).isEmpty && (object ?? [:]).isEmpty }
}
