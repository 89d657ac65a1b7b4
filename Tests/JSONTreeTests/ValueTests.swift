import JSONTree
import TestSupport
import Testing

/// What is equal, what comes first, and what a value keeps.
@Suite struct ValueTests {
  static let composed: JSONString = "\u{E9}t\u{E9}"
  static let decomposed: JSONString = "e\u{301}te\u{301}"

  @Test func twoSpellingsOfOneAccentAreTwoKeys() throws {
    #expect(Self.composed.text == Self.decomposed.text, "Swift's own strings call them equal")
    #expect(Self.composed != Self.decomposed)
    #expect(Set([Self.composed, Self.decomposed]).count == 2)
    let value = try JSONValue(parsing: #"{"\#(Self.composed)": 1, "\#(Self.decomposed)": 2}"#.utf8)
    #expect(value[Self.composed] == 1)
    #expect(value[Self.decomposed] == 2)
    #expect(try JSONValue(parsing: value.canonicalForm) == value)
  }

  @Test func keysAreOrderedByBytes() {
    let ordered: [JSONString] = [
      "", "A", "a", "aa", "aaaaaaaa", "aaaaaaaab", "aaaaaaab", "b", "e\u{301}", "\u{E9}", "\u{FFFF}",
      "\u{10000}",
    ]
    #expect(ordered.reversed().sorted() == ordered)
  }

  @Test(arguments: 1...50) func stringsCompareAsTheirBytesDo(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let (left, right) = (random.string(), random.string())
    #expect((left == right) == Array(left.text.utf8).elementsEqual(right.text.utf8))
    #expect((left < right) == Array(left.text.utf8).lexicographicallyPrecedes(right.text.utf8))
    #expect(left != right || left.hashValue == right.hashValue)
  }

  @Test func theOrderOfKeysDoesNotMatter() {
    let one: JSONValue = ["a": 1, "b": ["c": 2, "d": 3]]
    let other: JSONValue = ["b": ["d": 3, "c": 2], "a": 1]
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
    #expect(one.canonicalBytes == other.canonicalBytes)
    #expect(one != ["a": 1, "b": ["c": 2]])
    #expect(one != ["a": 1, "B": ["c": 2, "d": 3]])
  }

  @Test func theTextOfNumbersMatters() {
    let texts = ["1", "1.0", "1e0", "1E0", "10e-1"]
    #expect(Set(texts.map { JSONValue.number(JSONNumber(unchecked: $0)) }).count == 5)
  }

  /// Comparing values twice on each level would take 2 to the power of 200 steps here.
  @Test(.timeLimit(.minutes(1))) func deepObjectsInAnotherOrderCompareInTime() {
    var (one, other): (JSONValue, JSONValue) = (1, 1)
    for _ in 0..<200 {
      one = ["a": one, "b": 1, "c": 2]
      other = ["a": other, "c": 2, "b": 1]
    }
    #expect(one == other)
  }

  @Test func absentIsNotNull() {
    var object: JSONObject = ["a": .null, "b": 1]
    #expect(object["a"] == .null)
    object["a"] = Optional<JSONValue>.none
    #expect(object.keys == ["b"])
    #expect(object["a"] == nil)
  }

  /// The same keys with the same values, in any order; also where only the last ones stand in another order.
  @Test func objectsAreEqualInAnyOrder() {
    let object: JSONValue = ["a": 1, "b": ["x": 1, "y": [2]], "c": 3, "d": 4]
    #expect(object == ["a": 1, "d": 4, "c": 3, "b": ["y": [2], "x": 1]])
    #expect(object == ["a": 1, "b": ["x": 1, "y": [2]], "d": 4, "c": 3])
    #expect(object != ["a": 1, "b": ["x": 1, "y": [2]], "d": 4, "c": 5])
    #expect(object != ["a": 1, "b": ["x": 1, "y": [2]], "e": 4, "c": 3])
    #expect(object != ["a": 2, "b": ["x": 1, "y": [2]], "c": 3, "d": 4])
    #expect(object != ["a": 1, "b": ["x": 1, "y": [2]], "c": 3])
  }
}
