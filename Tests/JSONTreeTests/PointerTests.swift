import JSONTree
import TestSupport
import Testing

/// How places are written, and what stands there.
@Suite struct PointerTests {
  static let spellings: [(text: String, steps: [JSONPointer.Step])] = [
    ("", []),
    ("/", [.key("")]),
    ("//", [.key(""), .key("")]),
    ("/variants/web/body", [.key("variants"), .key("web"), .key("body")]),
    ("/thread/@01hx/body", [.key("thread"), .element("01hx"), .key("body")]),
    ("/thread/0", [.key("thread"), .index(0)]),
    ("/thread/-", [.key("thread"), .key("-")]),
    ("/a~1b", [.key("a/b")]),
    ("/m~0n", [.key("m~n")]),
    ("/~01", [.key("~1")]),
    ("/~2type", [.key("@type")]),
    ("/~02", [.key("~2")]),
    ("/~2", [.key("@")]),
    ("/~2@", [.key("@@")]),
    ("/a@b", [.key("a@b")]),
    ("/@", [.element("")]),
    ("/@@x", [.element("@x")]),
    ("/@~02", [.element("~2")]),
    ("/@a~1b~0", [.element("a/b~")]),
    ("/é/e\u{301}", [.key("\u{E9}"), .key("e\u{301}")]),
    // A combining mark behind a slash or an escape is one character with it for Swift, not for a pointer.
    ("/\u{301}a/b~0\u{301}", [.key("\u{301}a"), .key("b~\u{301}")]),
  ]

  @Test(arguments: spellings) func readsAndWrites(_ text: String, _ steps: [JSONPointer.Step]) throws {
    let pointer = try JSONPointer(parsing: text)
    #expect(pointer.steps == steps)
    #expect(pointer.description.utf8.elementsEqual(text.utf8))
  }

  @Test(
    arguments: [
      ("a", .missingSlash, 1),
      ("#/a", .missingSlash, 1),
      ("/a~", .unknownEscape(nil), 3),
      ("/a/~3", .unknownEscape("3"), 4),
      ("/é~/", .unknownEscape("/"), 3),
      ("/a~2", .unknownEscape("2"), 3),
      ("/@~2", .unknownEscape("2"), 3),
      ("/~2~2", .unknownEscape("2"), 4),
    ] as [(String, JSONPointerError.Reason, Int)])
  func refuses(_ text: String, _ reason: JSONPointerError.Reason, _ column: Int) {
    #expect(throws: JSONPointerError(reason: reason, text: text, column: column)) {
      try JSONPointer(parsing: text)
    }
  }

  @Test(arguments: 1...300) func eachListOfStepsHasItsOwnText(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var pointers: [JSONPointer] = []
    for _ in 0..<2 {
      let steps: [JSONPointer.Step] = (0..<random.number(below: 3)).map { _ in
        switch random.number(below: 3) {
        case 0: .element(random.string())
        case 1: .index(random.number(below: 20))
        default: .key(random.string())
        }
      }
      pointers.append(JSONPointer(steps))
      #expect(try JSONPointer(parsing: JSONPointer(steps).description) == JSONPointer(steps))
    }
    let sameText = pointers[0].description.utf8.elementsEqual(pointers[1].description.utf8)
    #expect((pointers[0] == pointers[1]) == sameText)
    #expect(!sameText || pointers[0].hashValue == pointers[1].hashValue)
  }

  @Test func anIndexIsWrittenLikeAKey() {
    #expect(JSONPointer.Step.index(12) == .key("12"))
    #expect(Set<JSONPointer.Step>([.index(12), .key("12"), .key("012"), .element("12")]).count == 3)
    #expect(("/a/b" as JSONPointer).hasPrefix("/a"))
    #expect(!("/ab" as JSONPointer).hasPrefix("/a"))
    #expect(("/a/b" as JSONPointer).parent == "/a")
    #expect(JSONPointer.root.parent == nil)
  }

  /// The examples of RFC 6901, section 5.
  @Test(
    arguments: [
      ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3),
      ("/g|h", 4),
      ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
    ] as [(String, JSONValue)])
  func findsTheExamplesOfTheStandard(_ text: String, _ expected: JSONValue) throws {
    let document: JSONValue = [
      "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7,
      "m~n": 8,
    ]
    #expect(document.value(at: try JSONPointer(parsing: text)) == expected)
    #expect(document.value(at: .root) == document)
  }

  static let post: JSONValue = [
    "thread": [["id": "a", "body": "un"], ["id": "b", "body": "deux"], ["body": "trois"], "quatre"],
    "messages": [["externalId": "7", "id": "x", "text": "oui"]],
    "links": ["@id": 1, "0": 2, "-": 3],
  ]

  @Test(
    arguments: [
      ("/thread/@b/body", "deux"), ("/thread/1/body", "deux"), ("/thread/3", "quatre"),
      ("/messages/@7/text", "oui"), ("/links/~2id", 1), ("/links/0", 2), ("/links/-", 3),
      ("/thread/@c", nil), ("/thread/4", nil), ("/thread/01", nil), ("/thread/-", nil), ("/thread/", nil),
      ("/thread/99999999999999999999", nil), ("/thread/-1", nil), ("/thread/+1", nil), ("/thread/é", nil),
      ("/links/@id", nil), ("/thread/@b/body/0", nil), ("/messages/@x", nil),
    ] as [(JSONPointer, JSONValue?)])
  func findsElementsByKeyAndByIndex(_ pointer: JSONPointer, _ expected: JSONValue?) {
    let found = Self.post.value(at: pointer) { $0 == "/messages" ? "externalId" : "id" }
    #expect(found == expected)
  }
}
