import JSONTree
import TestSupport
import Testing

/// What the parser keeps, and the limits it has.
@Suite struct ParserTests {
  @Test func keepsOrderNumbersAndUnknownFields() throws {
    let text = #"{"z":1.0,"a":[1e0,-0,10000000000000000000000.10],"é":"\/\u00e9\ud83c\udf89"}"#
    let value = try JSONValue(parsing: text.utf8)
    #expect(value.object?.keys == ["z", "a", "é"])
    #expect(value.description == #"{"z":1.0,"a":[1e0,-0,10000000000000000000000.10],"é":"/é🎉"}"#)
  }

  @Test func readsSlicesAndViews() throws {
    let bytes = Array("[x[1]x]".utf8)
    #expect(try JSONValue(parsing: bytes[2..<5]) == [1])
    let error = try #require(throws: JSONSyntaxError.self) { try JSONValue(parsing: bytes[2..<6]) }
    #expect(error.position.offset == 3, "places count from the beginning of the slice")
    #expect(try JSONValue(parsing: "\t[1]".utf8) == [1])
  }

  @Test func limitsDepth() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    #expect(try JSONValue(parsing: nested(512)).depth == 512)
    let error = try #require(throws: JSONSyntaxError.self) { try JSONValue(parsing: nested(513)) }
    #expect(
      error
        == JSONSyntaxError(.depthExceeded(limit: 512), at: SourcePosition(line: 1, column: 513, offset: 512)))
    #expect(try JSONValue(parsing: nested(2), depthLimit: 2) == [[]])
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: nested(3), depthLimit: 2) }
    #expect(try JSONValue(parsing: "1".utf8, depthLimit: 0) == 1)
    // Side by side is not inside each other.
    #expect(try JSONValue(parsing: "[[],[],{}]".utf8, depthLimit: 2).array?.count == 3)
  }

  @Test(.timeLimit(.minutes(1))) func aMillionBracketsCostNoStack() {
    let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: bytes) }
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: bytes, depthLimit: 900_000) }
  }

  @Test func theLastOfDuplicateKeysWinsWhereThatIsAskedFor() throws {
    let text = """
      {"a": 1, "b": {"c": 2, "c": 3},
       "a": 4, "d": 5, "a": 6}
      """
    let parsed = try JSONParser(duplicateKeys: .keepLast).parse(text.utf8)
    #expect(parsed.value.description == #"{"a":6,"b":{"c":3},"d":5}"#)
    let places = parsed.duplicates.map {
      "\($0.key) \($0.first.line):\($0.first.column) \($0.again.line):\($0.again.column)"
    }
    #expect(places == ["c 1:16 1:24", "a 1:2 2:2", "a 1:2 2:18"])
  }

  /// Objects with many keys are searched in another way than small ones.
  @Test(arguments: [2, 23, 24, 25, 26, 100, 3000]) func findsDuplicatesInObjectsOfAnySize(_ count: Int) throws
  {
    // Alike in length, beginning and end.
    let keys = (0..<count - 1).map { "\"commencement-\(1_000_000 + $0)-fin-identique\"" }
    for again in Set([0, (count - 2) / 2, count - 2]).sorted() {
      let members = (keys + [keys[again]]).map { "\($0):1" }
      let error = try #require(throws: JSONSyntaxError.self) {
        try JSONValue(parsing: "{\(members.joined(separator: ","))}".utf8)
      }
      let offset = 1 + again * (members[0].utf8.count + 1)
      let first = SourcePosition(line: 1, column: offset + 1, offset: offset)
      #expect(
        error.reason == .duplicateKey(JSONString(String(keys[again].dropFirst().dropLast())), first: first))
      #expect(error.position.offset == 1 + (count - 1) * (members[0].utf8.count + 1))
    }
    let unique = try JSONValue(parsing: "{\(keys.map { "\($0):1" }.joined(separator: ","))}".utf8)
    #expect(unique.object?.count == count - 1)
  }

  /// Keys chosen so that whatever is remembered of them is the same: only whole keys tell them apart.
  @Test(.timeLimit(.minutes(1))) func manyKeysOfOneTagTakeNoTime() throws {
    let keys = (0..<50_000).map { "\"commencement-\(1_000_000 + $0)-fin-identique\":0" }
    #expect(try JSONValue(parsing: "{\(keys.joined(separator: ","))}".utf8).object?.count == 50_000)
  }

  @Test(arguments: 1...200) func anyCutOfADocumentIsRefused(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let object = JSONValue.object(random.object(depth: 3))
    let bytes = object.canonicalBytes
    for end in 0..<bytes.count {
      #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: bytes[..<end]) }
    }
  }

  /// Whatever the bytes, there is a value or an error with a place inside them, and a value can be written again.
  @Test(arguments: 1...300) func damagedDocumentsAreReadOrRefused(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let value = random.value()
    var bytes = random.scribbled(value)
    for _ in 0...random.number(below: 3) where !bytes.isEmpty {
      let place = random.number(below: bytes.count)
      switch random.number(below: 3) {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes.remove(at: place)
      default: bytes.insert(random.pick(Array("{}[],:\"\\u0-.e tfn\n".utf8)), at: place)
      }
    }
    do {
      let parsed = try JSONParser(duplicateKeys: .keepLast).parse(bytes)
      #expect(try JSONValue(parsing: parsed.value.canonicalForm) == parsed.value)
    } catch {
      #expect(error.position.offset <= bytes.count)
      #expect(error.position.line >= 1 && error.position.column >= 1)
    }
  }
}
