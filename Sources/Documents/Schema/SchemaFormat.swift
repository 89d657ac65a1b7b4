import Wording

/// What a text has to look like: the values of `format` that are checked here.
///
/// Every other value of `format` is a remark for readers, as JSON Schema Validation 2020-12, section 7.2.1, has it.
/// `ulid` and `iana-zone` are our own.
public enum SchemaFormat: String, Hashable, Sendable, CaseIterable {
  case dateTime = "date-time"
  case date
  case time
  case duration
  case email
  case uri
  case iri
  case uuid
  case ulid
  case ianaZone = "iana-zone"

  func accepts(_ text: String) -> Bool {
    var reader = FormatReader(text)
    return switch self {
    case .dateTime: reader.dateTime() && reader.isAtEnd
    case .date: CivilDate(text) != nil
    case .time: reader.time() && reader.isAtEnd
    case .duration: reader.duration() && reader.isAtEnd
    case .email: reader.mailbox()
    case .uri: isAddress(text, mayHaveUnicode: false)
    case .iri: isAddress(text, mayHaveUnicode: true)
    case .uuid: reader.uuid() && reader.isAtEnd
    case .ulid: ULID(text) != nil
    case .ianaZone: reader.zone()
    }
  }
}

/// Reads texts of fixed shape, byte by byte.
private struct FormatReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: String) { rest = Array(text.utf8)[...] }

  var isAtEnd: Bool { rest.isEmpty }

  private mutating func take(_ choices: String) -> UInt8? {
    guard let byte = rest.first, choices.utf8.contains(byte) else { return nil }
    return rest.removeFirst()
  }

  private mutating func number(digits: Int) -> Int? {
    guard rest.count >= digits, rest.prefix(digits).allSatisfy(isDigit) else { return nil }
    let value = rest.prefix(digits).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    rest.removeFirst(digits)
    return value
  }

  // MARK: - Times

  /// Source: RFC 3339, section 5.6.
  mutating func dateTime() -> Bool {
    guard rest.count > 10, CivilDate(String(decoding: rest.prefix(10), as: UTF8.self)) != nil else {
      return false
    }
    rest.removeFirst(10)
    return take("Tt") != nil && time()
  }

  /// Source: RFC 3339, section 5.6; a leap second stands only at 23:59:60 UTC (section 5.7).
  mutating func time() -> Bool {
    guard let hour = number(digits: 2), hour < 24, take(":") != nil, let minute = number(digits: 2),
      minute < 60,
      take(":") != nil, let second = number(digits: 2), second <= 60
    else { return false }
    if take(".") != nil {
      let fraction = rest.prefix(while: isDigit).count
      if fraction == 0 { return false }
      rest.removeFirst(fraction)
    }
    var offset = 0
    switch take("Zz+-") {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): break
    case let sign?:
      guard let hours = number(digits: 2), hours < 24, take(":") != nil, let minutes = number(digits: 2),
        minutes < 60
      else { return false }
      offset = (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    case nil: return false
    }
    let minuteOfDay = (hour * 60 + minute - offset + 2 * 1440) % 1440
    return second < 60 || minuteOfDay == 1439
  }

  /// Source: RFC 3339, appendix A: units in order, without gaps; weeks alone.
  mutating func duration() -> Bool {
    guard take("P") != nil else { return false }
    let days = units("YMWD")
    if days == "W" { return true }
    guard let days, !days.contains("W"), "YMD".contains(days) else { return false }
    guard take("T") != nil else { return !days.isEmpty }
    guard let hours = units("HMS"), !hours.isEmpty else { return false }
    return "HMS".contains(hours)
  }

  /// The letters of the numbers with a unit that follow.
  private mutating func units(_ letters: String) -> String? {
    var found = ""
    while let first = rest.first, isDigit(first) {
      rest = rest.drop(while: isDigit)
      guard let letter = take(letters) else { return nil }
      found.unicodeScalars.append(Unicode.Scalar(letter))
    }
    return found
  }

  // MARK: - Identifiers

  /// Source: RFC 9562, section 4.
  mutating func uuid() -> Bool {
    for (index, count) in [8, 4, 4, 4, 12].enumerated() {
      if index > 0, take("-") == nil { return false }
      guard rest.count >= count, rest.prefix(count).allSatisfy({ hexDigit($0) != nil }) else { return false }
      rest.removeFirst(count)
    }
    return true
  }

  /// The shape of a name in the IANA time zone database: `America/Toronto`, `UTC`, `Etc/GMT+5`.
  ///
  /// Whether such a zone exists is for whoever has the database. Source: `theory.html` of that database, "Names".
  mutating func zone() -> Bool {
    let parts = rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count <= 3
      && parts.allSatisfy { part in
        guard let first = part.first, isLetter(first) else { return false }
        return part.allSatisfy { isLetter($0) || isDigit($0) || "._+-".utf8.contains($0) }
      }
  }

  // MARK: - Mail

  /// Source: RFC 5321, section 4.1.2, `Mailbox`.
  func mailbox() -> Bool {
    guard let at = rest.lastIndex(of: UInt8(ascii: "@")) else { return false }
    return isLocalPart(rest[..<at]) && isDomain(rest[(at + 1)...])
  }

  private func isLocalPart(_ text: ArraySlice<UInt8>) -> Bool {
    if text.count >= 2, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") {
      return isQuotedContent(text.dropFirst().dropLast())
    }
    return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty
        && atom.allSatisfy { isLetter($0) || isDigit($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
    }
  }

  private func isQuotedContent(_ text: ArraySlice<UInt8>) -> Bool {
    var isEscaped = false
    for byte in text {
      guard (0x20...0x7E).contains(byte) else { return false }
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        return false
      }
    }
    return !isEscaped
  }

  private func isDomain(_ text: ArraySlice<UInt8>) -> Bool {
    if text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") {
      let literal = text.dropFirst().dropLast()
      if literal.starts(with: "IPv6:".utf8) { return isIPv6(literal.dropFirst(5)) }
      return isIPv4(literal)
    }
    return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
      let isLetterOrDigit = { isLetter($0) || isDigit($0) }
      return isLetterOrDigit(first) && isLetterOrDigit(last)
        && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }
  }
}

// MARK: - Addresses

/// Whether a text is a URI with a scheme or, with letters of all scripts, an IRI: what people paste from a browser.
///
/// Source: RFC 3986, section 3 and appendix A; RFC 3987, section 2.2.
private func isAddress(_ text: String, mayHaveUnicode: Bool) -> Bool {
  let reference = URIReference(text)
  guard let scheme = reference.scheme, let first = scheme.utf8.first, isLetter(first),
    scheme.utf8.allSatisfy({ isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) }), hasSoundEscapes(text)
  else { return false }
  func isSound(_ part: String?, privateUse: Bool = false) -> Bool {
    (part ?? "").unicodeScalars.allSatisfy { scalar in
      if scalar.isASCII {
        return (0x21...0x7E).contains(scalar.value) && !"\"<>\\^`{|}".unicodeScalars.contains(scalar)
      }
      return mayHaveUnicode
        && (isUCSCharacter(scalar) || privateUse && scalar.properties.generalCategory == .privateUse)
    }
  }
  guard isSound(reference.authority), isSound(reference.path), isSound(reference.fragment),
    isSound(reference.query, privateUse: true)
  else { return false }
  let parts = [reference.path, reference.query, reference.fragment].compactMap { $0 }
  guard parts.allSatisfy({ !$0.utf8.contains { "[]#".utf8.contains($0) } }) else { return false }
  return reference.authority.map(isAuthority) ?? true
}

/// Source: RFC 3987, section 2.2, `ucschar`.
private func isUCSCharacter(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
  case 0x10000...0xDFFFD: scalar.value & 0xFFFE != 0xFFFE
  case 0xE1000...0xEFFFD: true
  default: false
  }
}

private func hasSoundEscapes(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  return bytes.indices.allSatisfy { index in
    bytes[index] != UInt8(ascii: "%")
      || (index + 2 < bytes.count && hexDigit(bytes[index + 1]) != nil && hexDigit(bytes[index + 2]) != nil)
  }
}

/// Source: RFC 3986, section 3.2.
private func isAuthority(_ text: String) -> Bool {
  var rest = Array(text.utf8)[...]
  if let at = rest.firstIndex(of: UInt8(ascii: "@")) {
    if rest[..<at].contains(where: { "[]".utf8.contains($0) }) { return false }
    rest = rest[(at + 1)...]
  }
  if rest.first == UInt8(ascii: "[") {
    guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
    let literal = rest[(rest.startIndex + 1)..<end]
    guard isIPv6(literal) || isFutureAddress(literal) else { return false }
    rest = rest[(end + 1)...]
  } else {
    let end = rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
    if rest[..<end].contains(where: { "[]@".utf8.contains($0) }) { return false }
    rest = rest[end...]
  }
  if rest.isEmpty { return true }
  return rest.first == UInt8(ascii: ":") && rest.dropFirst().allSatisfy(isDigit)
}

/// Source: RFC 3986, section 3.2.2, `IPvFuture`.
private func isFutureAddress(_ text: ArraySlice<UInt8>) -> Bool {
  guard let first = text.first, "vV".utf8.contains(first), let dot = text.firstIndex(of: UInt8(ascii: "."))
  else {
    return false
  }
  let version = text[(text.startIndex + 1)..<dot]
  return !version.isEmpty && version.allSatisfy { hexDigit($0) != nil } && dot + 1 < text.endIndex
}

private func isIPv4(_ text: some Collection<UInt8>) -> Bool {
  let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return parts.count == 4
    && parts.allSatisfy { part in
      guard (1...3).contains(part.count), part.allSatisfy(isDigit) else { return false }
      if part.count > 1, part.first == UInt8(ascii: "0") { return false }
      return part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 255
    }
}

/// Source: RFC 4291, section 2.2.
private func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
  let bytes = Array(text)
  guard let gap = bytes.indices.dropLast().first(where: { bytes[$0...].starts(with: "::".utf8) }) else {
    return groupCount(bytes[...], mayEndInIPv4: true) == 8
  }
  // The gap stands for one group of zeros at least.
  guard let before = groupCount(bytes[..<gap], mayEndInIPv4: false),
    let after = groupCount(bytes[(gap + 2)...], mayEndInIPv4: true)
  else { return false }
  return before + after <= 7
}

/// How many groups of 16 bits some text is; `nil` where it is no such groups.
private func groupCount(_ text: ArraySlice<UInt8>, mayEndInIPv4: Bool) -> Int? {
  if text.isEmpty { return 0 }
  var groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
  var count = groups.count
  if mayEndInIPv4, let last = groups.last, isIPv4(last) {
    groups.removeLast()
    count += 1
  }
  let areGroups = groups.allSatisfy { group in
    (1...4).contains(group.count) && group.allSatisfy { hexDigit($0) != nil }
  }
  return areGroups ? count : nil
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}
