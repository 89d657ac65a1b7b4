import JSONTree

/// The accents of Meta's exports.
///
/// Their writer takes the bytes of UTF-8 for characters, so `é` comes as `\u00c3\u00a9`. That can be undone without
/// loss, and only where it happened: a file has the defect when it is ASCII throughout and no escape in it stands for
/// more than a byte. In such a file each string whose characters are the bytes of a text is that text; a string cut in
/// the middle of a character is left as it is.
enum MisreadAccents {
  /// Whether a file was written that way, and has something to mend.
  static func areIn(_ bytes: [UInt8]) -> Bool {
    let span = bytes.span
    var hasHighEscape = false
    var at = 0
    while at < span.count {
      let byte = span[at]
      if byte >= 0x80 { return false }
      guard byte == UInt8(ascii: "\\") else {
        at += 1
        continue
      }
      guard at + 5 < span.count, span[at + 1] == UInt8(ascii: "u") else {
        at += 2
        continue
      }
      guard span[at + 2] == UInt8(ascii: "0"), span[at + 3] == UInt8(ascii: "0") else { return false }
      if span[at + 4] >= UInt8(ascii: "8") { hasHighEscape = true }
      at += 6
    }
    return hasHighEscape
  }

  /// A value of such a file as it was meant.
  static func mended(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let string): .string(mended(string))
    case .array(let elements): .array(elements.map(mended))
    case .object(let object): .object(mended(object))
    case .null, .bool, .number: value
    }
  }

  private static func mended(_ object: JSONObject) -> JSONObject {
    var result = JSONObject()
    for member in object.members {
      let key = mended(member.key)
      // Two keys that become one: the second keeps the name the file gave it.
      result[result[key] == nil ? key : member.key] = mended(member.value)
    }
    return result
  }

  static func mended(_ string: JSONString) -> JSONString {
    var bytes: [UInt8] = []
    var hasHighByte = false
    for scalar in string.text.unicodeScalars {
      guard let byte = UInt8(exactly: scalar.value) else { return string }
      hasHighByte = hasHighByte || byte >= 0x80
      bytes.append(byte)
    }
    guard hasHighByte, let text = String(validating: bytes, as: UTF8.self) else { return string }
    return JSONString(text)
  }
}
