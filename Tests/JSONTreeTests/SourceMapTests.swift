import JSONTree
import TestSupport
import Testing

/// Where values stand in the bytes of a document.
@Suite struct SourceMapTests {
  static let document = """
    {
      "title": "été \\" }",
      "n" : -1.5e3,
      "thread": [
        {"id": "a", "body": "🎉"}, {"id": "b",
          "body": [ ]}
      ],
      "e\\u0301": true}
    """

  @Test(
    arguments: [
      ("", "1:1", "8:19"), ("/title", "2:12", "2:22"), ("/n", "3:9", "3:15"), ("/thread", "4:13", "7:4"),
      ("/thread/0/body", "5:25", "5:28"), ("/thread/@b/body", "6:15", "6:18"), ("/e\u{301}", "8:14", "8:18"),
    ] as [(JSONPointer, String, String)])
  func findsValues(_ pointer: JSONPointer, _ start: String, _ end: String) throws {
    let map = try SourceMap(parsing: Self.document.utf8)
    let range = try #require(map.range(of: pointer))
    #expect("\(range.start.line):\(range.start.column)" == start)
    #expect("\(range.end.line):\(range.end.column)" == end)
    let bytes = Array(Self.document.utf8)[range.bytes]
    #expect(try JSONValue(parsing: bytes) == map.value.value(at: pointer))
  }

  @Test func findsKeys() throws {
    let map = try SourceMap(parsing: Self.document.utf8)
    let range = try #require(map.keyRange(of: "/thread/@b/body"))
    #expect(range.start == SourcePosition(line: 6, column: 7, offset: 108))
    #expect(Array(Self.document.utf8)[range.bytes].elementsEqual("\"body\"".utf8))
    #expect(map.keyRange(of: "/thread/0") == nil)
    #expect(map.keyRange(of: .root) == nil)
    #expect(map.range(of: "/nothing") == nil)
  }

  @Test(arguments: 1...100) func findsEveryValue(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let value = random.value()
    let bytes = random.scribbled(value)
    let map = try SourceMap(parsing: bytes)
    func check(_ value: JSONValue, at pointer: JSONPointer) throws {
      let range = try #require(map.range(of: pointer))
      #expect(try JSONValue(parsing: bytes[range.bytes]) == value)
      for (index, element) in (value.array ?? []).enumerated() {
        try check(element, at: pointer.appending(.index(index)))
      }
      for member in value.object?.members ?? [] {
        try check(member.value, at: pointer.appending(.key(member.key)))
        let key = try #require(map.keyRange(of: pointer.appending(.key(member.key))))
        #expect(try JSONValue(parsing: bytes[key.bytes]) == .string(member.key))
      }
    }
    try check(value, at: .root)
  }

  /// Lines end with LF, CRLF or CR; columns count scalars. Long enough to cross the landmarks kept on the way.
  @Test func countsLinesAndColumnsEverywhere() throws {
    let line = "\"é😀\u{301}" + String(repeating: "x", count: 700) + "\","
    let text = "[" + line + "\n" + line + "\r\n" + line + "\r" + line + "\t\n\r" + line + "1]"
    let map = try SourceMap(parsing: text.utf8)
    var (number, column, offset) = (1, 1, 0)
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      #expect(map.position(ofByte: offset) == SourcePosition(line: number, column: column, offset: offset))
      offset += UTF8.width(scalar)
      let isLineEnd = scalar == "\n" || scalar == "\r" && scalars[index + 1] != "\n"
      (number, column) = isLineEnd ? (number + 1, 1) : (number, column + 1)
    }
    #expect(map.position(ofByte: offset).column == column)
    #expect(number == 6)
  }
}
