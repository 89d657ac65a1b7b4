import JSONTree
import TestSupport

/// Random values, and random ways to write them down.
extension SeededRandom {
  mutating func number(below limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// A value with at most `depth` containers inside each other.
  mutating func value(depth: Int = 4) -> JSONValue {
    switch number(below: depth > 0 ? 9 : 5) {
    case 0: .null
    case 1: .bool(chance(1, in: 2))
    case 2:
      .number(
        JSONNumber(unchecked: pick(["0", "-0", "1", "1.0", "1e0", "-12.50E+3", "1E400", "9007199254740993"])))
    case 3, 4: .string(string())
    case 5, 6: .array((0..<number(below: 5)).map { _ in value(depth: depth - 1) })
    default: .object(object(depth: depth - 1))
    }
  }

  mutating func object(depth: Int) -> JSONObject {
    var object = JSONObject()
    if chance(1, in: 4) { object["id"] = .string(string()) }
    for _ in 0..<number(below: 5) { object[string()] = value(depth: depth) }
    return object
  }

  /// Words with accents in both spellings, escapes, signs of pointers, emoji, control characters.
  mutating func string() -> JSONString {
    let pieces = [
      "", "a", "id", "é", "e\u{301}", "/", "~", "@", "\"", "\\", "\n", "\u{1}", "\u{7F}", "\u{2028}", "👩‍🚀",
      "\u{FFFF}",
      "texte", "l’été", "« oui »", "0", "12", "-", "une phrase plus longue que quinze octets",
    ]
    return JSONString((0..<number(below: 4)).map { _ in pick(pieces) }.joined())
  }

  /// A value with one to three changes somewhere inside.
  mutating func edited(_ value: JSONValue) -> JSONValue {
    (0...number(below: 3)).reduce(value) { value, _ in editedOnce(value) }
  }

  private mutating func editedOnce(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(var elements) where chance(5, in: 6):
      let place = number(below: elements.count + 1)
      switch number(below: 5) {
      case 0: elements.insert(self.value(depth: 2), at: place)
      case 1 where place < elements.count: elements.remove(at: place)
      case 2 where place < elements.count: elements.append(elements.remove(at: place))
      default: if place < elements.count { elements[place] = editedOnce(elements[place]) }
      }
      return .array(elements)
    case .object(let object) where chance(5, in: 6):
      var members = object.members
      let place = number(below: members.count + 1)
      switch number(below: 4) {
      case 0:
        let key = string()
        if object[key] == nil { members.insert(.init(key: key, value: self.value(depth: 2)), at: place) }
      case 1 where place < members.count: members.remove(at: place)
      default: if place < members.count { members[place].value = editedOnce(members[place].value) }
      }
      return .object(JSONObject(uniqueMembers: members))
    default:
      return self.value(depth: 2)
    }
  }

  /// The value as somebody with no style at all would write it.
  mutating func scribbled(_ value: JSONValue) -> [UInt8] { space() + words(value) + space() }

  private mutating func words(_ value: JSONValue) -> [UInt8] {
    switch value {
    case .null, .bool, .number: return value.canonicalBytes
    case .string(let string): return quoted(string)
    case .array(let elements):
      return list(elements.map { scribbled($0) }, "[", "]")
    case .object(let object):
      return list(
        object.members.map { space() + quoted($0.key) + space() + [UInt8(ascii: ":")] + scribbled($0.value) },
        "{",
        "}")
    }
  }

  private mutating func list(_ parts: [[UInt8]], _ opening: Unicode.Scalar, _ closing: Unicode.Scalar)
    -> [UInt8]
  {
    let inside = parts.isEmpty ? space() : Array(parts.joined(separator: [UInt8(ascii: ",")]))
    return [UInt8(ascii: opening)] + inside + [UInt8(ascii: closing)]
  }

  private mutating func quoted(_ string: JSONString) -> [UInt8] {
    let text = string.text.utf16.map { unit -> String in
      let hexadecimal = String(unit, radix: 16, uppercase: chance(1, in: 2))
      return "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
    }
    if chance(1, in: 4) { return Array("\"\(text.joined())\"".utf8) }
    var bytes = JSONValue.string(string).canonicalBytes
    if chance(1, in: 4) { bytes = bytes.flatMap { $0 == UInt8(ascii: "/") ? Array("\\/".utf8) : [$0] } }
    return bytes
  }

  private mutating func space() -> [UInt8] {
    Array(pick(["", "", "", " ", "\n", "\r\n", "\t", "  ", "\n  ", "\n\n    "]).utf8)
  }
}
