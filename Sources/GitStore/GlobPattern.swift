/// A pattern of git's for names and paths: `*.tmp`, `/build/**/cache`, `foo[0-9]`.
///
/// Matching is by bytes, as in git. A pattern may come from anybody, and some take a time that grows without bound:
/// a pattern longer than `longest`, or a match that takes more than `stepLimit` steps, counts as no match.
///
/// Source: git's `wildmatch.c`, whose answers (and order of giving up) this follows.
struct GlobPattern {
  /// What comes before the first character that means something. Taken apart as in git, which sees the rest alone:
  /// so the `**` of `a**/b` counts as one that stands between slashes.
  private let literal: [UInt8]
  private let bytes: [UInt8]
  /// Whether `*` and `?` stop at `/`, and `**` does not.
  private let isPath: Bool
  private let ignoresCase: Bool
  private static let longest = 1000
  private static let stepLimit = 10_000

  init(_ bytes: some Sequence<UInt8>, isPath: Bool, ignoresCase: Bool) {
    let bytes = bytes.map { ignoresCase ? lower($0) : $0 }
    literal = Array(bytes.prefix { ![star, question, bracket, backslash].contains($0) })
    self.bytes = Array(bytes.dropFirst(literal.count))
    self.isPath = isPath
    self.ignoresCase = ignoresCase
  }

  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count >= literal.count, bytes.count <= Self.longest else { return false }
    for (own, other) in zip(literal, text) where own != (ignoresCase ? lower(other) : other) { return false }
    var steps = 0
    return match(0, text, text.startIndex + literal.count, &steps) == .match
  }

  private enum Answer {
    case match, noMatch
    /// The text ended: more of it for an earlier `*` won't help.
    case giveUp
    /// A `/` stopped a `*`: only an earlier `**` can help.
    case giveUpToStarStar
  }

  /// A byte of the pattern, or zero past its end, as in C.
  private func at(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

  private func match(_ start: Int, _ text: ArraySlice<UInt8>, _ textStart: Int, _ steps: inout Int) -> Answer
  {
    var p = start
    var t = textStart
    func character(_ place: Int) -> UInt8 {
      guard place < text.endIndex else { return 0 }
      return ignoresCase ? lower(text[place]) : text[place]
    }
    while at(p) != 0 {
      steps += 1
      if steps > Self.stepLimit { return .giveUp }
      let c = character(t)
      if c == 0, at(p) != star { return .giveUp }
      switch at(p) {
      case question:
        if isPath, c == slash { return .noMatch }
      case bracket:
        guard let set = CharacterSet(bytes, after: p, contains: c, ignoresCase: ignoresCase) else {
          return .giveUp
        }
        if !set.isMatch || isPath && c == slash { return .noMatch }
        p = set.end
      case star:
        return matchStar(p, text, t, &steps)
      case backslash:
        p += 1
        if c != at(p) { return .noMatch }
      default:
        if c != at(p) { return .noMatch }
      }
      p += 1
      t += 1
    }
    return t < text.endIndex ? .noMatch : .match
  }

  private func matchStar(_ first: Int, _ text: ArraySlice<UInt8>, _ start: Int, _ steps: inout Int) -> Answer
  {
    var p = first
    var t = start
    while at(p) == star { p += 1 }
    var crossesSlashes = !isPath
    if isPath, p - first > 1, first == 0 || at(first - 1) == slash,
      at(p) == 0 || at(p) == slash || at(p) == backslash && at(p + 1) == slash
    {
      // "a/**/b" also matches "a/b".
      if at(p) == slash, match(p + 1, text, t, &steps) == .match { return .match }
      crossesSlashes = true
    }
    let rest = text[t...]
    if at(p) == 0 {
      return crossesSlashes || !rest.contains(slash) ? .match : .noMatch
    }
    if !crossesSlashes, at(p) == slash {
      // One "*" before a slash takes exactly one name.
      guard let next = rest.firstIndex(of: slash) else { return .noMatch }
      return match(p + 1, text, next + 1, &steps)
    }
    while t < text.endIndex {
      steps += 1
      let answer = match(p, text, t, &steps)
      if answer == .noMatch {
        if !crossesSlashes, text[t] == slash { return .giveUpToStarStar }
      } else if !crossesSlashes || answer != .giveUpToStarStar {
        return answer
      }
      t += 1
    }
    return .giveUp
  }
}

/// `[a-z]`, `[!0-9]`, `[[:alpha:]_]`: whether a byte is in it, and where it ends.
private struct CharacterSet {
  let isMatch: Bool
  /// The place of the closing bracket.
  let end: Int

  /// - Returns: `nil` if nothing closes it, or a class in it has no known name.
  init?(_ pattern: [UInt8], after open: Int, contains character: UInt8, ignoresCase: Bool) {
    func at(_ place: Int) -> UInt8 { place < pattern.count ? pattern[place] : 0 }
    var p = open + 1
    let isNegated = at(p) == UInt8(ascii: "!") || at(p) == UInt8(ascii: "^")
    if isNegated { p += 1 }
    var found = false
    var previous: UInt8 = 0
    // A bracket that comes first stands for itself.
    repeat {
      var current = at(p)
      if current == 0 { return nil }
      if current == backslash {
        p += 1
        current = at(p)
        if current == 0 { return nil }
        if current == character { found = true }
      } else if current == UInt8(ascii: "-"), previous != 0, at(p + 1) != 0, at(p + 1) != closing {
        p += 1
        if at(p) == backslash { p += 1 }
        let last = at(p)
        if last == 0 { return nil }
        if previous <= character && character <= last { found = true }
        if ignoresCase, previous <= upper(character) && upper(character) <= last { found = true }
        current = 0
      } else if current == bracket, at(p + 1) == UInt8(ascii: ":") {
        guard let close = pattern[min(p + 2, pattern.count)...].firstIndex(of: closing) else { return nil }
        if close > p + 2, pattern[close - 1] == UInt8(ascii: ":") {
          guard let isMember = characterClass(pattern[(p + 2)..<(close - 1)]) else { return nil }
          if isMember(character) || ignoresCase && isMember(upper(character)) { found = true }
          p = close
          current = 0
        } else if current == character {
          found = true
        }
      } else if current == character {
        found = true
      }
      previous = current
      p += 1
    } while at(p) != closing
    isMatch = found != isNegated
    end = p
  }
}

private func characterClass(_ name: ArraySlice<UInt8>) -> ((UInt8) -> Bool)? {
  switch String(decoding: name, as: UTF8.self) {
  case "alnum": { isLetter($0) || isDigit($0) }
  case "alpha": isLetter
  case "blank": { $0 == 32 || $0 == 9 }
  case "cntrl": { $0 < 32 || $0 == 127 }
  case "digit": isDigit
  case "graph": { $0 > 32 && $0 < 127 }
  case "lower": { $0 != upper($0) }
  case "print": { $0 >= 32 && $0 < 127 }
  case "punct": { $0 > 32 && $0 < 127 && !isLetter($0) && !isDigit($0) }
  case "space": { $0 == 32 || $0 >= 9 && $0 <= 13 }
  case "upper": { $0 != lower($0) }
  case "xdigit": { isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(lower($0)) }
  default: nil
  }
}

private let star = UInt8(ascii: "*")
private let question = UInt8(ascii: "?")
private let bracket = UInt8(ascii: "[")
private let closing = UInt8(ascii: "]")
private let backslash = UInt8(ascii: "\\")
private let slash = UInt8(ascii: "/")

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
private func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

/// ASCII only, as in git.
func lower(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
private func upper(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & 0xDF : byte
}
