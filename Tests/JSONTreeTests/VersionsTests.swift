import TestSupport
import Testing

@testable import JSONTree

/// Versions of one document that are read side by side: they say what each says alone, and share what they can.
@Suite struct VersionsTests {
  private enum Outcome: Equatable {
    /// With the text, because equal objects may have their keys in another order.
    case document(ParsedJSON, String)
    case error(JSONSyntaxError)

    init(_ read: () throws(JSONSyntaxError) -> ParsedJSON) {
      do {
        let document = try read()
        self = .document(document, document.value.description)
      } catch {
        self = .error(error)
      }
    }
  }

  @Test(arguments: 1...400) func eachVersionIsReadAsItIsAlone(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let rules = JSONParser(
      duplicateKeys: random.chance(1, in: 4) ? .keepLast : .refuse,
      depthLimit: random.chance(1, in: 4) ? 3 : 512)
    var versions = JSONVersions(rules: rules)
    var value = random.value(depth: 5)
    for _ in 0..<6 {
      let bytes = damaged(written(value, &random), &random)
      #expect(
        Outcome { () throws(JSONSyntaxError) in try versions.parse(bytes) }
          == Outcome { () throws(JSONSyntaxError) in try rules.parse(bytes) },
        "\(String(decoding: bytes, as: UTF8.self))")
      value = random.edited(value)
    }
  }

  @Test(arguments: 1...400) func whatIsMadeOfVersionsIsWrittenAsItIsAlone(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let first = random.value(depth: 5)
    var versions = JSONVersions()
    _ = try versions.parse(random.chance(1, in: 4) ? random.scribbled(first) : first.canonicalForm)
    for _ in 0..<4 {
      let value = try versions.parse(random.edited(first).canonicalForm).value
      #expect(versions.canonicalForm(of: value) == value.canonicalForm)
      let made = random.edited(value)
      #expect(versions.canonicalForm(of: made) == made.canonicalForm)
      // Parts of a version in another place, and at another depth.
      let inside: JSONValue = ["a": value, "b": [value, made]]
      #expect(versions.canonicalForm(of: inside) == inside.canonicalForm)
    }
  }

  /// Each edit of a list of ten, and how many of the elements that stayed are shared.
  @Test(arguments: [
    ("nothing", Array(0..<10), 10), ("one changed", [0, 1, 2, 103, 4, 5, 6, 7, 8, 9], 9),
    ("put in at the begin", [100, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 10),
    ("many put in", [0, 1, 100, 101, 102, 103, 104, 105, 2, 3, 4, 5, 6, 7, 8, 9], 10),
    ("three taken out", [0, 1, 5, 6, 7, 8, 9], 7),
    ("changed and put in", [0, 101, 2, 3, 100, 4, 5, 6, 7, 8, 9], 9),
    ("appended", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 10),
  ])
  func whatStayedIsShared(_ edit: String, _ numbers: [Int], _ shared: Int) throws {
    func document(_ numbers: [Int]) -> JSONValue {
      ["list": .array(numbers.map { ["id": JSONValue("m\($0)"), "parts": [.number(JSONNumber($0))]] })]
    }
    var versions = JSONVersions()
    let first = try versions.parse(document(Array(0..<10)).canonicalForm).value["list"]?.array ?? []
    let edited = try versions.parse(document(numbers).canonicalForm).value["list"]?.array ?? []
    #expect(edited.count == numbers.count)
    #expect(
      edited.count { element in first.contains { element.isSameContainer(as: $0) } } == shared, "\(edit)")
  }

  @Test func nothingOfADocumentWithAKeyTwiceIsShared() throws {
    var versions = JSONVersions(rules: JSONParser(duplicateKeys: .keepLast))
    let bytes = Array(#"{"a": {"b": 1, "b": 2}}"#.utf8)
    #expect(try versions.parse(bytes).duplicates.count == 1)
    #expect(try versions.parse(bytes).duplicates.count == 1)
  }

  @Test func theFirstVersionThatCanBeReadIsTheOneOthersAreComparedTo() throws {
    var versions = JSONVersions()
    #expect(throws: JSONSyntaxError.self) { try versions.parse(Array("{".utf8)) }
    let (one, other) = (try versions.parse(Array("[\n  1\n]\n".utf8)), try versions.parse(Array("[1]".utf8)))
    #expect(one.value.isSameContainer(as: other.value) == false)
    #expect(try versions.parse(Array("[\n  1\n]\n".utf8)).value.isSameContainer(as: one.value))
  }

  private func written(_ value: JSONValue, _ random: inout SeededRandom) -> [UInt8] {
    switch random.number(below: 4) {
    case 0: random.scribbled(value)
    case 1: JSONPrinter.pretty(.spaces(4)).bytes(of: value)
    default: value.canonicalForm
    }
  }

  /// One time in three with a byte too many, too few, or another one.
  private func damaged(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = bytes
    let place = random.number(below: bytes.count)
    switch random.number(below: 9) {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(bytes[random.number(below: bytes.count)], at: place)
    case 2: bytes[place] = UInt8(random.number(below: 256))
    default: break
    }
    return bytes
  }
}
