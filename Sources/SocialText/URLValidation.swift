/// Whether a text is a link and nothing else, host names of other scripts included.
///
/// Stricter than finding a link in a text in what may stand in it, and looser in the host: any top-level domain
/// will do.
///
/// - Parameter needsScheme: Whether `http://` or `https://` has to stand before it.
///
/// Source: twitter-text 3, `validate.yml`; RFC 3986, appendix B.
public func isURL(_ text: [Unicode.Scalar], needsScheme: Bool = true) -> Bool {
  var rest = text[...]
  if let end = rest.firstIndex(where: { ":/?#".unicodeScalars.contains($0) }), end > 0,
    rest[end...].starts(with: "://".unicodeScalars)
  {
    let scheme = rest[..<end].map(\.lowercased)
    guard scheme.elementsEqual("http".unicodeScalars) || scheme.elementsEqual("https".unicodeScalars) else {
      return false
    }
    rest = rest[(end + 3)...]
  } else if needsScheme {
    return false
  }
  let authority = rest.prefix { !"/?#".unicodeScalars.contains($0) }
  rest = rest[authority.endIndex...]
  let path = rest.prefix { !"?#".unicodeScalars.contains($0) }
  rest = rest[path.endIndex...]
  var query = rest[rest.startIndex..<rest.startIndex]
  if rest.first == "?" {
    query = rest.dropFirst().prefix { $0 != "#" }
    rest = rest[query.endIndex...]
  }
  return isAuthority(authority) && areURLSigns(path, also: "/") && areURLSigns(query, also: "/?")
    && areURLSigns(rest.dropFirst(), also: "/?")
}

private func isAuthority(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
  var host = text
  if let at = host.lastIndex(of: "@") {
    guard areURLSigns(host[..<at], also: "", without: "|@") else { return false }
    host = host[(at + 1)...]
  }
  if let colon = host.lastIndex(of: ":"), host.last != "]" {
    let port = host[(colon + 1)...]
    guard (1...5).contains(port.count), port.allSatisfy(\.isASCIIDigit) else { return false }
    host = host[..<colon]
  }
  if host.first == "[", host.last == "]" {
    let address = host.dropFirst().dropLast()
    return !address.isEmpty
      && address.allSatisfy { $0.isASCIIDigit || "abcdefABCDEF:.".unicodeScalars.contains($0) }
  }
  let labels = host.split(separator: ".", omittingEmptySubsequences: false)
  guard labels.count >= 2 else { return false }
  if labels.count == 4, labels.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }) {
    return labels.allSatisfy { octet in
      let value = octet.reduce(0) { min($0 * 10 + Int($1.value) - 48, 1000) }
      return value <= 255 && (octet.count == 1 || octet.first != "0")
    }
  }
  for (place, label) in labels.enumerated() {
    let isLast = place == labels.count - 1
    let inside = place < labels.count - 2 ? "-_" : "-"
    guard let first = label.first, let last = label.last, first.isURLHostLetter, last.isURLHostLetter,
      !(isLast && first.isASCIIDigit),
      label.allSatisfy({ $0.isURLHostLetter || inside.unicodeScalars.contains($0) })
    else { return false }
  }
  return true
}

/// Letters, digits, encoded bytes and the signs of RFC 3986.
private func areURLSigns(_ text: ArraySlice<Unicode.Scalar>, also more: String, without less: String = "")
  -> Bool
{
  var index = text.startIndex
  while index < text.endIndex {
    let scalar = text[index]
    index += 1
    if scalar == "%" {
      let digits = text[index...].prefix(2)
      guard digits.count == 2,
        digits.allSatisfy({ $0.isASCIIDigit || "abcdefABCDEF".unicodeScalars.contains($0) })
      else { return false }
      index += 2
      continue
    }
    let isSign =
      scalar.isASCII
      ? scalar.isASCIIAlphanumeric || "-._~!$&'()*+,;=:|@".unicodeScalars.contains(scalar)
      : scalar.isCyrillic || scalar.isDash
    guard (isSign && !less.unicodeScalars.contains(scalar)) || more.unicodeScalars.contains(scalar) else {
      return false
    }
  }
  return true
}

extension Unicode.Scalar {
  fileprivate var isURLHostLetter: Bool { isASCII ? isASCIIAlphanumeric : true }
}
