/// What a JSON document says: the order of keys, the text of numbers and unknown fields are kept.
///
/// Two values are equal when they say the same in the same words: objects without regard to the order of their
/// keys, numbers by their text (`1.0` is not `1`), strings by their bytes.
public enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// A number as it was written. See ``JSONNumber``.
  case number(JSONNumber)
  case string(JSONString)
  case array([JSONValue])
  case object(JSONObject)
}

/// A number of a JSON document, as it was written: `1`, `1.0` and `1e0` are three numbers.
public struct JSONNumber: Hashable, Sendable, CustomStringConvertible {
  /// The text, in the grammar of RFC 8259, section 6.
  public let text: String

  /// - Parameter text: Must follow the grammar of RFC 8259, section 6; ``JSONParser`` checks text from outside.
  public init(unchecked text: String) { self.text = text }

  public init(_ integer: Int) { self.text = String(integer) }

  public var description: String { text }
}

/// The members of a JSON object in the order they were written, each key once.
public struct JSONObject: Sendable {
  public struct Member: Hashable, Sendable {
    public var key: JSONString
    public var value: JSONValue

    public init(key: JSONString, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  public internal(set) var members: [Member]

  public init() { members = [] }

  /// - Parameter members: Each key at most once.
  public init(uniqueMembers members: [Member]) { self.members = members }

  public var isEmpty: Bool { members.isEmpty }
  public var count: Int { members.count }
  public var keys: [JSONString] { members.map(\.key) }

  /// The value of a key; `nil` is an absent key, which is not `null`.
  ///
  /// A new key goes to the end; a key set to `nil` is removed; an existing key keeps its place.
  public subscript(key: JSONString) -> JSONValue? {
    get { members.first { $0.key == key }?.value }
    set {
      let place = members.firstIndex { $0.key == key }
      switch (place, newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}

extension JSONObject: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    if left.members.count != right.members.count { return false }
    if left.members.span.isIdentical(to: right.members.span) { return true }
    // Each value is compared once, whatever the order: twice would be a factor of two at every level of depth.
    for (index, member) in left.members.enumerated() {
      if member.key != right.members[index].key {
        return haveEqualMembers(left.members[index...], right.members[index...])
      }
      if member.value != right.members[index].value { return false }
    }
    return true
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(sortedByKey().members)
  }

  /// The same members, keys in the order of their UTF-8 bytes.
  public func sortedByKey() -> JSONObject {
    let isSorted = zip(members, members.dropFirst()).allSatisfy { $0.key < $1.key }
    return isSorted ? self : JSONObject(uniqueMembers: members.sorted { $0.key < $1.key })
  }
}

/// Whether the same keys have the same values, in any order.
private func haveEqualMembers(
  _ left: ArraySlice<JSONObject.Member>, _ right: ArraySlice<JSONObject.Member>
) -> Bool {
  let (left, right) = (left.sorted { $0.key < $1.key }, right.sorted { $0.key < $1.key })
  return zip(left, right).allSatisfy { $0.key == $1.key }
    && zip(left, right).allSatisfy { $0.value == $1.value }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (JSONString, JSONValue)...) {
    self.init()
    for (key, value) in elements { self[key] = value }
  }
}

extension JSONValue: Hashable {}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral text: String) { self = .string(JSONString(text)) }
  public init(integerLiteral number: Int) { self = .number(JSONNumber(number)) }
  public init(booleanLiteral bool: Bool) { self = .bool(bool) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (JSONString, JSONValue)...) {
    var object = JSONObject()
    for (key, value) in elements { object[key] = value }
    self = .object(object)
  }
}

extension JSONValue {
  public init(_ text: String) { self = .string(JSONString(text)) }

  /// The characters of a string, else `nil`.
  public var text: String? { if case .string(let string) = self { string.text } else { nil } }
  public var string: JSONString? { if case .string(let string) = self { string } else { nil } }
  public var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
  public var number: JSONNumber? { if case .number(let number) = self { number } else { nil } }
  public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
  public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

  /// The value of a key of an object; `nil` where the key is absent or this is no object.
  public subscript(key: JSONString) -> JSONValue? { object?[key] }
}
