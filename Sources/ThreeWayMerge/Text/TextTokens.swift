public import JSONTree

/// The words of a text, as merges and differences see them.
///
/// A token is a run of word characters; one white-space scalar; one punctuation mark or symbol; or one whole URL,
/// `@handle`, `#hashtag` or `{slot}`. A grapheme cluster is never split: marks, joiners, variation selectors and
/// skin tones stay with what they follow, regional indicators go in pairs. The tokens, put together, are the text.
///
/// These rules belong to the merge rules (version 1). They are written down here as ranges of scalars and ask no
/// Unicode table of the system, so two machines of different age cut a text alike.
public func textTokens(_ text: String) -> [JSONString] {
  var scanner = TokenScanner(text)
  return scanner.tokens()
}

/// What a scalar is to a token.
enum ScalarClass {
  case word
  case space
  /// Stays with the scalar before it: combining marks, joiners, variation selectors, skin tones, tags.
  case extender
  case regionalIndicator
  /// Punctuation, symbols, emoji, ideographs: each alone.
  case single

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x80 {
      switch value {
      case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: self = .word
      case 0x09...0x0D, 0x20: self = .space
      default: self = .single
      }
      return
    }
    switch value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: self = .space
    case 0x0300...0x036F, 0x0483...0x0489, 0x0591...0x05BD, 0x05BF, 0x05C1...0x05C2, 0x05C4...0x05C5, 0x05C7,
      0x0610...0x061A, 0x064B...0x065F, 0x0670, 0x06D6...0x06DC, 0x06DF...0x06E4, 0x06E7...0x06E8,
      0x06EA...0x06ED, 0x0900...0x0903, 0x093A...0x093C, 0x093E...0x094F, 0x0E31, 0x0E34...0x0E3A,
      0x0E47...0x0E4E, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x200C, 0x200D, 0x20D0...0x20FF, 0x3099...0x309A,
      0xFE00...0xFE0F, 0xFE20...0xFE2F, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F, 0xE0100...0xE01EF:
      self = .extender
    case 0x1F1E6...0x1F1FF: self = .regionalIndicator
    case 0xAA, 0xB5, 0xBA: self = .word
    case 0x80...0xBF, 0xD7, 0xF7: self = .single
    case 0x2000...0x206F: self = .single
    case 0x2070...0x209C: self = .word  // Superscripts and subscripts: CO₂, m².
    case 0x20A0...0x20CF: self = .single
    case 0x2100...0x214F: self = .word  // Letterlike: №, ℓ.
    case 0x2150...0x218F: self = .word  // Fractions and Roman numerals.
    case 0x2190...0x2BFF, 0x2E00...0x2E7F: self = .single
    case 0x2E80...0x31FF, 0x3200...0x4DBF, 0x4DC0...0x9FFF, 0xF900...0xFAFF: self = .single
    case 0xE000...0xF8FF, 0xFE10...0xFE1F, 0xFE30...0xFE6F, 0xFFE0...0xFFFF: self = .single
    case 0xFF00...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65: self = .single
    case 0x1F000...0x1FAFF, 0x20000...0x3FFFF, 0xF0000...: self = .single
    default: self = .word
    }
  }
}

private struct TokenScanner {
  private var text: String
  private let scalars: [Unicode.Scalar]
  private let classes: [ScalarClass]
  private var position = 0

  init(_ text: String) {
    self.text = text
    // Cutting at byte offsets costs nothing only where the bytes stand together.
    self.text.makeContiguousUTF8()
    scalars = Array(self.text.unicodeScalars)
    classes = scalars.map { ScalarClass($0) }
  }

  mutating func tokens() -> [JSONString] {
    var tokens: [JSONString] = []
    tokens.reserveCapacity(scalars.count / 3)
    var startOfToken = text.startIndex
    while position < scalars.count {
      let end = endOfToken(from: position)
      let length = scalars[position..<end].reduce(0) { $0 + UTF8.width($1) }
      let endOfToken = text.utf8.index(startOfToken, offsetBy: length)
      tokens.append(JSONString(String(text[startOfToken..<endOfToken])))
      (position, startOfToken) = (end, endOfToken)
    }
    return tokens
  }

  private func endOfToken(from start: Int) -> Int {
    if let end = endOfURL(from: start) ?? endOfHandle(from: start) ?? endOfSlot(from: start) { return end }
    switch classes[start] {
    case .word: return endOfWord(from: start)
    case .space:
      // A line ends with LF, CR or CR LF, and CR LF is one cluster.
      let isPair = scalars[start] == "\r" && start + 1 < scalars.count && scalars[start + 1] == "\n"
      return endOfCluster(after: isPair ? start + 2 : start + 1)
    case .regionalIndicator:
      let isPair = start + 1 < scalars.count && classes[start + 1] == .regionalIndicator
      return endOfCluster(after: isPair ? start + 2 : start + 1)
    case .single, .extender: return endOfCluster(after: start + 1)
    }
  }

  /// Takes in what extends the cluster that ends here, and what a joiner ties to it.
  private func endOfCluster(after end: Int) -> Int {
    var end = end
    while end < scalars.count {
      if classes[end] == .extender {
        end += 1
      } else if scalars[end - 1].value == 0x200D, classes[end] == .single {
        end += 1
      } else {
        break
      }
    }
    return end
  }

  private func endOfWord(from start: Int) -> Int {
    var end = start
    while end < scalars.count, classes[end] == .word || classes[end] == .extender { end += 1 }
    return endOfCluster(after: end)
  }

  private func endOfURL(from start: Int) -> Int? {
    guard scalars[start] == "h", matches("http", at: start) else { return nil }
    var end = start + 4
    if end < scalars.count, scalars[end] == "s" { end += 1 }
    guard matches("://", at: end) else { return nil }
    end += 3
    let first = end
    while end < scalars.count, classes[end] != .space, !Self.closesURL.contains(scalars[end]) { end += 1 }
    // The full stop or comma after an address belongs to the sentence.
    while end > first, Self.trailsURL.contains(scalars[end - 1]) { end -= 1 }
    return end > first ? endOfCluster(after: end) : nil
  }

  private static let closesURL: Set<Unicode.Scalar> = ["<", ">", "\"", "«", "»", "“", "”"]
  private static let trailsURL: Set<Unicode.Scalar> = [".", ",", ";", ":", "!", "?", ")", "]", "'", "’", "…"]

  /// `@user`, `@user.name`, `@user@host.example` and `#mot`.
  private func endOfHandle(from start: Int) -> Int? {
    guard scalars[start] == "@" || scalars[start] == "#", start + 1 < scalars.count,
      classes[start + 1] == .word
    else { return nil }
    var end = endOfWord(from: start + 1)
    while scalars[start] == "@", end + 1 < scalars.count, [".", "-", "@"].contains(scalars[end]),
      classes[end + 1] == .word
    {
      end = endOfWord(from: end + 1)
    }
    return end
  }

  /// `{slot}`: at most 60 scalars without white space or braces.
  private func endOfSlot(from start: Int) -> Int? {
    guard scalars[start] == "{" else { return nil }
    var end = start + 1
    while end < scalars.count, end - start <= 60, scalars[end] != "{", scalars[end] != "}",
      classes[end] != .space
    {
      end += 1
    }
    guard end < scalars.count, scalars[end] == "}", end > start + 1 else { return nil }
    return endOfCluster(after: end + 1)
  }

  private func matches(_ text: String, at start: Int) -> Bool {
    scalars[start...].starts(with: text.unicodeScalars)
  }
}
