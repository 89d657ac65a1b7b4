/// Words of people in a Markdown text of ours.
///
/// Source: CommonMark 0.31, sections 2.4 (backslash escapes) and 6.5 (autolinks); GitHub Flavored Markdown, section 4.10
/// (tables).
public enum MarkdownText {
  /// Words on one line, its breaks as spaces, that can’t begin a markup of their own: signs that mean something are escaped,
  /// and what would begin a list. GitHub makes links of bare addresses all the same; they lead where they say.
  public static func escaped(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars {
      line.unicodeScalars.append("\n\r\t".unicodeScalars.contains(scalar) ? " " : scalar)
    }
    var result = ""
    for scalar in SafeText(line: line).text.unicodeScalars {
      if "\\`*_{}[]<>#|&~!".unicodeScalars.contains(scalar) { result.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    return withoutList(result)
  }

  /// `- a`, `+ a`, `1. a` and `1) a` begin lists.
  private static func withoutList(_ line: String) -> String {
    let text = line.drop { $0 == " " }
    let sign = text.drop { $0.isASCII && $0.isNumber }
    let marks = sign.startIndex == text.startIndex ? "-+" : ".)"
    guard let first = sign.first, marks.contains(first), sign.dropFirst().first ?? " " == " " else {
      return line
    }
    return line[..<sign.startIndex] + "\\" + sign
  }

  /// An address that can be followed, also in the cell of a table; one that is no address of the web, or that would end
  /// its own markup, as words.
  public static func link(_ address: String) -> String {
    let line = SafeText(line: address).text
    guard isWebAddress(line), !line.unicodeScalars.contains(where: { " <>".unicodeScalars.contains($0) })
    else {
      return escaped(address)
    }
    return "<" + line.replacing("|", with: "%7C") + ">"
  }
}

/// Whether something somebody wrote begins as an address of the web does; anything else could be a script.
public func isWebAddress(_ text: String) -> Bool {
  let start = text.prefix(8).lowercased()
  return start.hasPrefix("https://") || start.hasPrefix("http://")
}
