/// A URI or a relative reference, in its parts.
///
/// Source: RFC 3986, sections 3 (parts), 5.2 (resolution) and appendix B (how to split).
struct URIReference: Hashable, Sendable {
  var scheme: String?
  var authority: String?
  var path: String
  var query: String?
  /// Still percent-encoded.
  var fragment: String?

  init(_ text: String) {
    var rest = Array(text.utf8)[...]
    func cut(at end: Int) -> String {
      defer { rest = rest[end...] }
      return String(decoding: rest[..<end], as: UTF8.self)
    }
    func end(before stops: String) -> Int { rest.firstIndex { stops.utf8.contains($0) } ?? rest.endIndex }

    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), colon > rest.startIndex,
      end(before: "/?#") > colon
    {
      scheme = cut(at: colon)
      rest.removeFirst()
    }
    if rest.starts(with: "//".utf8) {
      rest.removeFirst(2)
      authority = cut(at: end(before: "/?#"))
    }
    path = cut(at: end(before: "?#"))
    if rest.first == UInt8(ascii: "?") {
      rest.removeFirst()
      query = cut(at: end(before: "#"))
    }
    if rest.first == UInt8(ascii: "#") {
      rest.removeFirst()
      fragment = cut(at: rest.endIndex)
    }
  }

  /// What the reference means in a document that has this address.
  func resolved(against base: URIReference) -> URIReference {
    var target = self
    if scheme != nil || authority != nil {
      target.scheme = scheme ?? base.scheme
      target.path = withoutDotSegments(path)
      return target
    }
    target.scheme = base.scheme
    target.authority = base.authority
    if path.isEmpty {
      target.path = base.path
      target.query = query ?? base.query
    } else if path.utf8.first == UInt8(ascii: "/") {
      target.path = withoutDotSegments(path)
    } else if base.authority != nil, base.path.isEmpty {
      target.path = withoutDotSegments("/" + path)
    } else {
      let folder = base.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(base.path[...$0]) } ?? ""
      target.path = withoutDotSegments(folder + path)
    }
    return target
  }

  /// The address of the whole document.
  var withoutFragment: URIReference {
    var copy = self
    copy.fragment = nil
    return copy
  }
}

extension URIReference: CustomStringConvertible {
  var description: String {
    var text = ""
    if let scheme { text += scheme + ":" }
    if let authority { text += "//" + authority }
    text += path
    if let query { text += "?" + query }
    if let fragment { text += "#" + fragment }
    return text
  }
}

/// Source: RFC 3986, section 5.2.4.
private func withoutDotSegments(_ path: String) -> String {
  let slash = UInt8(ascii: "/")
  let isAbsolute = path.utf8.first == slash
  var kept: [Substring] = []
  // Split by bytes: to Swift, a slash and a combining accent after it are one Character.
  let segments = path.utf8.split(separator: slash, omittingEmptySubsequences: false)
    .dropFirst(isAbsolute ? 1 : 0).map { Substring($0) }
  for (index, segment) in segments.enumerated() {
    let isLast = index == segments.count - 1
    switch segment {
    case "..":
      if !kept.isEmpty { kept.removeLast() }
      if isLast { kept.append("") }
    case ".":
      if isLast { kept.append("") }
    default: kept.append(segment)
    }
  }
  return (isAbsolute ? "/" : "") + kept.joined(separator: "/")
}

/// Text with its `%xx` turned into the bytes they stand for; `nil` where that is no UTF-8 or a `%` stands alone.
func percentDecoded(_ text: String) -> String? {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
      return nil
    }
    bytes.append(high << 4 | low)
  }
  return String(validating: bytes, as: UTF8.self)
}

func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
