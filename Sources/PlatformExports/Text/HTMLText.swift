/// The words of a piece of HTML, as it was typed: paragraphs, line ends and links.
///
/// Never fails: what is no tag and no entity stays as it is. A link whose words are not its address has the address
/// after it, in parentheses; mentions and hashtags are words.
///
/// Source: HTML Living Standard, sections 13.1.2 (tags) and 13.1.4 (character references); the tags Mastodon lets
/// through are `p br span a del pre blockquote code b strong i em u ul ol li`.
func plainText(ofHTML html: String) -> String {
  var reader = HTMLReader()
  var rest = Substring(html).unicodeScalars
  while let scalar = rest.first {
    if scalar == "<", let end = rest.firstIndex(of: ">") {
      reader.tag(String(rest[rest.index(after: rest.startIndex)..<end]))
      rest = rest[rest.index(after: end)...]
    } else if scalar == "&", let (text, after) = entity(at: rest) {
      reader.add(text)
      rest = after
    } else {
      // A line end of the source is a space, as everywhere in HTML.
      reader.add(scalar == "\n" || scalar == "\r" || scalar == "\t" ? " " : String(scalar))
      rest = rest.dropFirst()
    }
  }
  return reader.finished
}

/// The characters that references such as `&amp;` stand for; all others as they are.
func withoutEntities(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
  var result = String.UnicodeScalarView()
  var rest = Substring(text).unicodeScalars
  while let scalar = rest.first {
    if scalar == "&", let (text, after) = entity(at: rest) {
      result.append(contentsOf: text.unicodeScalars)
      rest = after
    } else {
      result.append(scalar)
      rest = rest.dropFirst()
    }
  }
  return String(result)
}

private struct HTMLReader {
  private var text = String.UnicodeScalarView()
  /// Where the words of the open link begin, its address, and whether it is a mention or a hashtag.
  private var link: (start: Int, address: String, isWord: Bool)?

  var finished: String {
    var scalars = Array(text)
    while let last = scalars.last, last == " " || last == "\n" { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars.drop { $0 == " " || $0 == "\n" }))
  }

  mutating func add(_ words: String) { text.append(contentsOf: words.unicodeScalars) }

  mutating func tag(_ inside: String) {
    let name = inside.prefix { !$0.isWhitespace && ($0 != "/" || inside.first == "/") }.lowercased()
    switch name {
    case "br": lineEnd(1)
    case "p", "/p", "blockquote", "/blockquote", "ul", "/ul", "ol", "/ol", "pre", "/pre": lineEnd(2)
    case "li":
      lineEnd(1)
      add("- ")
    case "a":
      let classes = attribute("class", of: inside)?.split(separator: " ") ?? []
      let isWord = classes.contains { $0 == "mention" || $0 == "hashtag" }
      link = (text.count, attribute("href", of: inside) ?? "", isWord)
    case "/a": endLink()
    default: break
    }
  }

  /// Ends the line, with an empty one after it where there are two; never more.
  private mutating func lineEnd(_ count: Int) {
    if text.isEmpty { return }
    while text.last == " " { text.removeLast() }
    if count == 1 { return text.append("\n") }
    let have = text.reversed().prefix { $0 == "\n" }.count
    for _ in 0..<max(0, count - have) { text.append("\n") }
  }

  private mutating func endLink() {
    guard let (start, address, isWord) = link else { return }
    link = nil
    let words = String(String.UnicodeScalarView(text.dropFirst(start)))
    guard !address.isEmpty, !isWord, !words.utf8.elementsEqual(address.utf8), !isShortened(words, address)
    else { return }
    add(words.isEmpty ? address : " (\(address))")
  }

  /// Whether the words are the address without what nobody reads, such as `example.org/page`.
  private func isShortened(_ words: String, _ address: String) -> Bool {
    let bare = address.utf8.split(
      separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
    return bare.count == 3 && words.utf8.elementsEqual(bare[2])
  }
}

/// The value of an attribute of a tag.
private func attribute(_ name: String, of tag: String) -> String? {
  for quote in ["\"", "'"] {
    guard let start = tag.range(of: " \(name)=\(quote)") else { continue }
    let rest = tag[start.upperBound...]
    guard let end = rest.firstIndex(of: Character(quote)) else { continue }
    return withoutEntities(String(rest[..<end]))
  }
  return nil
}

/// The character reference a text begins with, and what comes after it.
private func entity(
  at text: Substring.UnicodeScalarView
) -> (text: String, rest: Substring.UnicodeScalarView)? {
  let name = text.dropFirst().prefix(10)
  guard let end = name.firstIndex(of: ";") else { return nil }
  let word = String(name[..<end])
  guard let found = characters(named: word) else { return nil }
  return (found, text[text.index(after: end)...])
}

private func characters(named word: String) -> String? {
  switch word {
  case "amp": return "&"
  case "lt": return "<"
  case "gt": return ">"
  case "quot": return "\""
  case "apos": return "'"
  case "nbsp": return "\u{A0}"
  case "hellip": return "…"
  case "laquo": return "«"
  case "raquo": return "»"
  default: break
  }
  guard word.first == "#" else { return nil }
  let digits = word.dropFirst()
  let number =
    digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
  // 0 stands for no character, and half a pair is none.
  guard let number, number != 0, let scalar = Unicode.Scalar(number) else { return nil }
  return String(scalar)
}

extension StringProtocol {
  /// Where some other text stands, byte by byte.
  func range(of part: String) -> Range<String.Index>? {
    let (whole, wanted) = (Array(utf8), Array(part.utf8))
    guard let found = whole.firstRange(of: wanted) else { return nil }
    let start = utf8.index(startIndex, offsetBy: found.lowerBound)
    return start..<utf8.index(start, offsetBy: wanted.count)
  }
}
