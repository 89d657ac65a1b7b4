extension SafeText {
  /// How many columns of a terminal the text takes; for a block, the widest line.
  public var width: Int { lines.map { Self.width(of: $0.text) }.max() ?? 0 }

  /// The text cut to a number of columns, with … at its end where something is missing.
  ///
  /// - Parameter columns: At least 1.
  public func truncated(to columns: Int) -> SafeText {
    precondition(columns >= 1, "no room for even the sign that something is missing")
    guard width > columns else { return self }
    return replacingText { text in
      var (kept, used) = ("", 0)
      for character in text {
        let width = character.columns
        guard used + width < columns else { break }
        kept.append(character)
        used += width
      }
      while kept.last == " " { kept.removeLast() }
      return kept + "…"
    }
  }

  private static func width(of line: String) -> Int {
    // Below U+0300, the first mark, every character is one scalar and one column.
    if line.utf8.allSatisfy({ $0 < 0xCC }) { return line.unicodeScalars.count }
    return line.reduce(0) { $0 + $1.columns }
  }
}

extension Character {
  /// The columns this character takes: 0, 1 or 2, and more for a syllable written as several signs in a row.
  ///
  /// What terminals agree on, as far as they do: letters of East Asia and emoji take two columns, marks none, and what
  /// is drawn as one emoji (joined, with a skin tone, a flag, a keycap) takes two however many scalars it has.
  fileprivate var columns: Int {
    var (total, first) = (0, true)
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x200D, 0xFE0F: if !first { return 2 }
      default:
        if !first, scalar.properties.isEmojiModifier { return 2 }
        total += scalar.columns
      }
      first = false
    }
    return total
  }
}

extension Unicode.Scalar {
  /// Source: Unicode Standard Annex 11, `East_Asian_Width` W and F, and Markus Kuhn's `wcwidth` for what takes none.
  fileprivate var columns: Int {
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
    // Vowels and final consonants of Hangul join the consonant before them.
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if (0x1F1E6...0x1F1FF).contains(value) { return 1 }  // Half of a flag.
    if properties.isEmojiPresentation { return 2 }
    return Self.isWide(value) ? 2 : 1
  }

  private static func isWide(_ value: UInt32) -> Bool {
    if value < 0x1100 { return false }
    var (low, high) = (0, wide.count)
    while low < high {
      let middle = (low + high) / 2
      if wide[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < wide.count && wide[low].contains(value)
  }

  /// Wide letters and signs that are not emoji; the gaps between assigned ranges are filled.
  ///
  /// Source: EastAsianWidth.txt of Unicode 16.0.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0x3247,
    0x3250...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAD9, 0xFE10...0xFE19, 0xFE30...0xFE6B,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x1D300...0x1D376, 0x1F200...0x1F265,
    0x20000...0x3FFFD,
  ]
}
