/// What a host or git said, as it may be shown and kept: without passwords, without characters that a
/// terminal would obey, on one line, and not endless.
///
/// - Parameter limit: Characters; what is cut is marked with `…`.
func legible(_ text: some StringProtocol, limit: Int = 500) -> String {
  var clean = String.UnicodeScalarView()
  var spaces = true  // None at the front, one where there were several.
  for scalar in masked(String(text)).unicodeScalars {
    if scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" {
      if !spaces { clean.append(" ") }
      spaces = true
    } else {
      clean.append(isInvisible(scalar) ? "\u{FFFD}" : scalar)
      spaces = false
    }
  }
  if clean.last == " " { clean.removeLast() }
  let line = String(clean)
  return line.count > limit ? "\(line.prefix(limit - 1))…" : line
}

/// The text with what stands between `://` and `@` reduced to what is no secret.
///
/// Over http the whole of it goes, since tokens are given as names too; over ssh and others the name stays
/// and the password goes.
func masked(_ text: String) -> String {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let start = firstRange(of: "://", in: rest) {
    let isWeb = rest[..<start.lowerBound].ends(with: "http") || rest[..<start.lowerBound].ends(with: "https")
    bytes += rest[..<start.upperBound]
    rest = rest[start.upperBound...]
    // Up to the last @ of the authority: a password may hold one.
    let authority = rest.prefix { byte in byte > 0x20 && !"/?#'\"".utf8.contains(byte) }
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { continue }
    let user = authority[..<at]
    if isWeb {
      bytes += "***".utf8
    } else if let colon = user.firstIndex(of: UInt8(ascii: ":")) {
      bytes += user[..<colon]
      bytes += ":***".utf8
    } else {
      bytes += user
    }
    rest = rest[at...]
  }
  return String(decoding: bytes + rest, as: UTF8.self)
}

/// Control characters, the marks that turn the direction of text, and those without width.
func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
  default: false
  }
}

private func firstRange(of needle: String, in bytes: ArraySlice<UInt8>) -> Range<Int>? {
  let needle = Array(needle.utf8)
  guard bytes.count >= needle.count else { return nil }
  for start in bytes.startIndex...(bytes.endIndex - needle.count)
  where bytes[start..<(start + needle.count)].elementsEqual(needle) {
    return start..<(start + needle.count)
  }
  return nil
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with suffix: String) -> Bool {
    self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}
