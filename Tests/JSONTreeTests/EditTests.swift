import JSONTree
import Testing

/// Changing a document at a place, and what is said when the place is not there.
@Suite struct EditTests {
  static let document: JSONValue = [
    "title": "été", "tags": ["a", "b"], "thread": [["id": "x", "body": "un"], ["id": "y"]],
    "twice": [["id": "z"], ["id": "z"]],
  ]

  enum Edit {
    case set(JSONValue)
    case insert(JSONValue)
    case remove
  }

  func apply(_ edit: Edit, at pointer: JSONPointer) throws(JSONEditError) -> JSONValue {
    var value = Self.document
    switch edit {
    case .set(let new): try value.set(new, at: pointer)
    case .insert(let new): try value.insert(new, at: pointer)
    case .remove: try value.remove(at: pointer)
    }
    return value
  }

  @Test(
    arguments: [
      ("a key is replaced where it stands", .set("hiver"), "/title", "/title", "hiver"),
      ("a new key goes to the end", .set(1), "/n", "", ["title", "tags", "thread", "twice", "n"]),
      ("an element is replaced by index", .set("c"), "/tags/1", "/tags", ["a", "c"]),
      (
        "an element is replaced by its key", .set(["id": "x"]), "/thread/@x", "/thread",
        [["id": "x"], ["id": "y"]]
      ),
      (
        "a field of an element is set", .set("deux"), "/thread/@y/body", "/thread/1",
        ["id": "y", "body": "deux"]
      ),
      ("- appends", .set("c"), "/tags/-", "/tags", ["a", "b", "c"]),
      ("an element is inserted before an index", .insert("c"), "/tags/0", "/tags", ["c", "a", "b"]),
      ("the index after the last appends", .insert("c"), "/tags/2", "/tags", ["a", "b", "c"]),
      ("- appends when inserting", .insert("c"), "/tags/-", "/tags", ["a", "b", "c"]),
      (
        "an element is inserted before another", .insert("c"), "/thread/@y", "/thread",
        [["id": "x", "body": "un"], "c", ["id": "y"]]
      ),
      ("a key is inserted", .insert(1), "/thread/@y/n", "/thread/1", ["id": "y", "n": 1]),
      ("a key is removed", .remove, "/title", "", ["tags", "thread", "twice"]),
      ("an element is removed by index", .remove, "/tags/0", "/tags", ["b"]),
      ("an element is removed by its key", .remove, "/thread/@x", "/thread", [["id": "y"]]),
      ("one of two elements is removed by index", .remove, "/twice/1", "/twice", [["id": "z"]]),
      ("the document is replaced", .set(1), "", "", 1),
    ] as [(String, Edit, JSONPointer, JSONPointer, JSONValue)])
  func changes(
    _ name: String, _ edit: Edit, _ pointer: JSONPointer, _ seen: JSONPointer, _ expected: JSONValue
  ) throws {
    let result = try apply(edit, at: pointer)
    let found = try #require(result.value(at: seen))
    // A list of texts for an object stands for its keys, in order.
    if let object = found.object, expected.array != nil {
      #expect(.array(object.keys.map(JSONValue.string)) == expected)
    } else {
      #expect(found == expected)
    }
  }

  @Test(
    arguments: [
      ("a word of the path is unknown", .set(1), "/tit/x", "", .noMember("tit")),
      ("a key to remove is unknown", .remove, "/tit", "", .noMember("tit")),
      ("a key to insert is there", .insert(1), "/title", "", .memberExists("title")),
      ("an element is unknown", .set(1), "/thread/@w/body", "/thread", .noElement("w", keyField: "id")),
      ("an element to replace is unknown", .set(1), "/thread/@w", "/thread", .noElement("w", keyField: "id")),
      (
        "two elements have the key", .set(1), "/twice/@z", "/twice",
        .severalElements("z", keyField: "id", count: 2)
      ),
      ("an index is too large", .set(1), "/tags/2", "/tags", .noIndex(2, count: 2)),
      ("an index to insert at is too large", .insert(1), "/tags/3", "/tags", .noIndex(3, count: 2)),
      ("nothing stands behind the end", .remove, "/tags/-", "/tags", .notAnIndex("-")),
      ("- is no element to go into", .set(1), "/thread/-/body", "/thread", .notAnIndex("-")),
      ("a list is asked for a key", .set(1), "/tags/x", "/tags", .notAnIndex("x")),
      ("an index has a leading zero", .set(1), "/tags/01", "/tags", .notAnIndex("01")),
      ("an object is asked for an element", .set(1), "/@x", "", .elementOfObject("x")),
      ("a text has no parts", .set(1), "/title/0", "/title", .notAContainer),
      ("a text far above has no parts", .remove, "/title/a/b/c", "/title", .notAContainer),
      ("the document cannot be removed", .remove, "", "", .wholeDocument),
      ("the document cannot be inserted", .insert(1), "", "", .wholeDocument),
    ] as [(String, Edit, JSONPointer, JSONPointer, JSONEditError.Reason)])
  func saysWhatIsMissing(
    _ name: String, _ edit: Edit, _ pointer: JSONPointer, _ place: JSONPointer, _ reason: JSONEditError.Reason
  ) {
    #expect(throws: JSONEditError(reason, pointer: pointer, place: place)) { try apply(edit, at: pointer) }
  }

  @Test func returnsWhatItRemoves() throws {
    var value = Self.document
    #expect(try value.remove(at: "/thread/@x/body") == "un")
    #expect(value.value(at: "/thread/@x") == ["id": "x"])
  }

  @Test func writesNothingThatCannotBeReadAgain() throws {
    var deep: JSONValue = []
    for _ in 1..<500 { deep = [deep] }
    #expect(deep.depth == 500)
    var value: JSONValue = ["a": []]
    try value.set(deep, at: "/a/-")
    #expect(value.depth == 502)
    #expect(try JSONValue(parsing: value.canonicalForm) == value)
    let before = value
    let pointer = JSONPointer([.key("a")] + Array(repeating: .index(0), count: 400))
    #expect(throws: JSONEditError(.tooDeep(limit: 512), pointer: pointer, place: .root)) {
      try value.set(deep, at: pointer)
    }
    #expect(value == before)
  }
}
