import JSONTree
import TestSupport
import Testing

/// How values are written: the canonical form, and the forms for people and for programs.
@Suite struct CanonicalFormTests {
  static let value: JSONValue = [
    "z": [], "é": [:], "a": [1, "2", .null, true], "/": "a/b",
  ]

  @Test func theFormOfAWorkspace() {
    #expect(
      String(decoding: Self.value.canonicalForm, as: UTF8.self) == """
        {
          "/": "a/b",
          "a": [
            1,
            "2",
            null,
            true
          ],
          "z": [],
          "é": {}
        }

        """)
  }

  @Test func theBytesToCompare() {
    #expect(
      String(decoding: Self.value.canonicalBytes, as: UTF8.self)
        == #"{"/":"a/b","a":[1,"2",null,true],"z":[],"é":{}}"#)
  }

  @Test func theOtherFormsKeepTheOrderOfKeys() {
    let value: JSONValue = ["b": [1], "a": [:]]
    #expect(JSONPrinter.compact.text(of: value) == #"{"b":[1],"a":{}}"#)
    #expect(value.description == #"{"b":[1],"a":{}}"#)
    #expect(
      JSONPrinter.pretty(.tabs(1)).text(of: value) == "{\n\t\"b\": [\n\t\t1\n\t],\n\t\"a\": {}\n}\n")
    #expect(
      JSONPrinter(.indented(.spaces(4))).text(of: value)
        == "{\n    \"b\": [\n        1\n    ],\n    \"a\": {}\n}")
  }

  @Test(arguments: [
    ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#), ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
    ("\0", #""\u0000""#), ("\u{1B}", #""\u001b""#), ("\u{7F}", "\"\u{7F}\""),
    ("é😀\u{2028}", "\"é😀\u{2028}\""),
  ])
  func onlyWhatMustBeIsEscaped(_ text: String, _ written: String) throws {
    #expect(JSONValue(text).canonicalBytes == Array(written.utf8))
    #expect(try JSONValue(parsing: written.utf8) == JSONValue(text))
  }

  @Test(arguments: 1...300) func printingAndReadingAreInverse(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let value = random.value()
    let scribbled = random.scribbled(value)
    #expect(try JSONValue(parsing: scribbled) == value)
    #expect(try JSONParser().parse(scribbled).isCanonical == (scribbled == value.canonicalForm))
    #expect(try JSONParser().parse(value.canonicalForm).isCanonical)
    for printer in [JSONPrinter.compact, .pretty(), .pretty(.tabs(1))] {
      #expect(try JSONValue(parsing: printer.bytes(of: value)) == value)
    }
    let canonical = value.canonicalForm
    let again = try JSONValue(parsing: canonical)
    #expect(again == value)
    #expect(again.canonicalForm == canonical)
    #expect(try JSONValue(parsing: value.canonicalBytes).canonicalBytes == value.canonicalBytes)
  }

  /// Each text says the same as the first; only the first stands as it would be written.
  @Test(arguments: [
    ["[]\n", "[]", " []\n", "[ ]\n", "[\n]\n", "[]\n\n", "[]\r\n", "[] "],
    ["1.0\n", "1.0", "1.0 \n", "\n1.0\n"],
    [
      "[\n  1,\n  2\n]\n", "[1,2]\n", "[\n  1, 2\n]\n", "[\n  1,\n   2\n]\n", "[\n\t1,\n\t2\n]\n",
      "[\n  1\n,\n  2\n]\n",
      "[\n  1,\n  2]\n", "[\n  1,\n  2\n ]\n", "[\n  1,\n\n  2\n]\n", "[\r\n  1,\r\n  2\r\n]\r\n",
    ],
    [
      "{\n  \"a\": {},\n  \"b\": 2\n}\n", "{\n  \"b\": 2,\n  \"a\": {}\n}\n",
      "{\n  \"a\":{},\n  \"b\": 2\n}\n",
      "{\n  \"a\" : {},\n  \"b\": 2\n}\n", "{\n  \"a\":  {},\n  \"b\": 2\n}\n",
      "{\n  \"a\":\n{},\n  \"b\": 2\n}\n",
    ],
    ["{\n  \"identity\": 1,\n  \"identityOf\": 2\n}\n", "{\n  \"identityOf\": 2,\n  \"identity\": 1\n}\n"],
    ["{\n  \"identified\": 1,\n  \"identify\": 2\n}\n", "{\n  \"identify\": 2,\n  \"identified\": 1\n}\n"],
    [
      "\"é/\\n\\u001b\"\n", "\"é\\/\\n\\u001b\"\n", "\"\\u00e9/\\n\\u001b\"\n", "\"é/\\u000a\\u001b\"\n",
      "\"é/\\n\\u001B\"\n",
    ],
    ["{\n  \"é\": 1\n}\n", "{\n  \"\\u00e9\": 1\n}\n"],
  ])
  func aDocumentIsKnownForOneThatStandsAsItWouldBeWritten(_ texts: [String]) throws {
    let documents = try texts.map { try JSONParser().parse($0.utf8) }
    for (text, document) in zip(texts, documents) {
      #expect(document.value == documents[0].value, "\(text)")
      #expect(document.isCanonical == (text == texts[0]), "\(text)")
      #expect(document.isCanonical == (document.value.canonicalForm == Array(text.utf8)), "\(text)")
    }
  }

  @Test func aKeyThatWasDroppedIsNotWhatWouldBeWritten() throws {
    let text = "{\n  \"a\": 1,\n  \"a\": 1\n}\n"
    #expect(try !JSONParser(duplicateKeys: .keepLast).parse(text.utf8).isCanonical)
  }

  @Test(arguments: 1...100) func canonicalOrderIsTotal(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let (one, other) = (random.value(depth: 1), random.value(depth: 1))
    #expect(!one.canonicallyPrecedes(one))
    #expect(
      one == other
        ? !one.canonicallyPrecedes(other) : one.canonicallyPrecedes(other) != other.canonicallyPrecedes(one))
  }

  /// As what is written for them: a quotation mark ends the shorter one, and an escape begins with a backslash.
  @Test(arguments: 1...300) func canonicalOrderIsThatOfTheBytes(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let words =
      (0..<6).map { _ in JSONValue.string(random.string()) } + [
        "a", "a ", "a!", "a\"", "a\\", "a\n", "a]", "aé",
      ]
    for one in words {
      for other in words {
        #expect(
          one.canonicallyPrecedes(other)
            == one.canonicalBytes.lexicographicallyPrecedes(other.canonicalBytes), "\(one) \(other)")
      }
    }
  }
}
