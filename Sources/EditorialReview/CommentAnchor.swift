public import Documents
public import JSONTree
import ThreeWayMerge

/// The words a comment is tied to, with their neighbours, by which they are found again after changes.
///
/// Written once, with the comment. Places are counted in Unicode scalars of the field's text.
///
/// Source: W3C Web Annotation Data Model (2017), sections 4.2.4 (Text Quote Selector: exact, prefix, suffix) and 4.2.5
/// (Text Position Selector: start).
public struct CommentAnchor: Sendable {
  /// The words, as they stood.
  public var exact: String
  /// What stood before them, up to the beginning of the text where that is near; `nil` where nobody noted it.
  public var prefix: String?
  /// What stood behind them, up to the end of the text where that is near; `nil` where nobody noted it.
  public var suffix: String?
  /// How many scalars stood before them.
  public var start: Int?
  /// Of the whole text as it was.
  public var contentHash: ContentHash?

  /// How much context is noted on each side, in scalars: the words that hold so many, whole.
  static let contextLength = 32

  /// Reads the `anchor` of a comment; `nil` where it quotes nothing.
  public init?(_ value: JSONValue?) {
    guard let exact = value?["exact"]?.text, !exact.utf8.isEmpty else { return nil }
    self.exact = exact
    prefix = value?["prefix"]?.text
    suffix = value?["suffix"]?.text
    start = value?["start"]?.number.flatMap { Int($0.text) }
    contentHash = value?["contentHash"]?.text.flatMap { ContentHash($0) }
  }

  /// Ties a comment to a stretch of a text.
  ///
  /// - Parameter range: In scalars; not empty.
  public init(range: Range<Int>, in text: String) {
    let scalars = Array(text.unicodeScalars)
    precondition(!range.isEmpty && range.upperBound <= scalars.count, "an anchor holds words of its text")
    let before = textTokens(String(scalars[..<range.lowerBound]))
    let behind = textTokens(String(scalars[range.upperBound...]))
    exact = String(scalars[range])
    prefix = Self.context(before.reversed()).reversed().joined()
    suffix = Self.context(behind).joined()
    start = range.lowerBound
    contentHash = ContentHash(ofText: text)
  }

  /// Ties a comment to words somebody quoted from a text.
  ///
  /// Whole words are found before parts of words. Where the quote does not stand there to the byte, an ordinary space
  /// stands for any space and a straight apostrophe or quotation mark for its curly sisters, since few people can type
  /// those; the anchor holds what the text says.
  ///
  /// - Parameter occurrence: Which one, from 1, where the words stand there several times.
  public init(quoting quote: String, in text: String, occurrence: Int? = nil) throws(CommentAnchorError) {
    let (words, scalars) = (Array(quote.unicodeScalars), Array(text.unicodeScalars))
    guard words.contains(where: { !$0.properties.isWhitespace }) else { throw .emptyQuote }
    var found = occurrences(of: words, in: scalars)
    if found.isEmpty { found = occurrences(of: words.map(\.asTyped), in: scalars.map(\.asTyped)) }
    let bounds = wordBounds(of: text)
    let whole = found.filter { bounds.contains($0) && bounds.contains($0 + words.count) }
    if !whole.isEmpty { found = whole }
    if found.isEmpty { throw .notThere(quote: quote) }
    guard let start = occurrence.map({ found.indices.contains($0 - 1) ? found[$0 - 1] : nil }) ?? found.first
    else { throw .noSuchOccurrence(quote: quote, asked: occurrence ?? 1, count: found.count) }
    if occurrence == nil, found.count > 1 { throw .severalTimes(quote: quote, count: found.count) }
    self.init(range: start..<start + words.count, in: text)
  }

  /// The `anchor` of a comment, keys sorted.
  public var value: JSONValue {
    var object: JSONObject = [:]
    object["contentHash"] = contentHash.map { JSONValue($0.hex) }
    object["exact"] = JSONValue(exact)
    object["prefix"] = prefix.map { JSONValue($0) }
    object["start"] = start.map { .number(JSONNumber($0)) }
    object["suffix"] = suffix.map { JSONValue($0) }
    return .object(object)
  }

  private static func context(_ tokens: some Sequence<JSONString>) -> [String] {
    var (taken, length) = ([String](), 0)
    for token in tokens {
      if length >= contextLength { break }
      taken.append(token.text)
      length += token.text.unicodeScalars.count
    }
    return taken
  }
}

extension CommentAnchor: Hashable {
  /// Texts are compared by their bytes.
  public static func == (left: Self, right: Self) -> Bool { left.value == right.value }
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// Why a comment can't be tied to words.
public enum CommentAnchorError: Error, Hashable, Sendable {
  /// Nothing, or spaces.
  case emptyQuote
  case notThere(quote: String)
  case severalTimes(quote: String, count: Int)
  /// There are not so many of them.
  case noSuchOccurrence(quote: String, asked: Int, count: Int)
}

// MARK: - Searching

/// Where words begin in a text, in scalars, also where they overlap.
///
/// Source: Knuth, Morris and Pratt, “Fast Pattern Matching in Strings”, 1977: in time proportional to both, whatever
/// they are.
func occurrences(of words: [Unicode.Scalar], in text: [Unicode.Scalar]) -> [Int] {
  guard !words.isEmpty, words.count <= text.count else { return [] }
  // For each beginning of the words, how much of it is also its own end.
  var border = [0]
  var matched = 0
  for scalar in words.dropFirst() {
    while matched > 0, words[matched] != scalar { matched = border[matched - 1] }
    if words[matched] == scalar { matched += 1 }
    border.append(matched)
  }
  var found: [Int] = []
  matched = 0
  for (place, scalar) in text.enumerated() {
    while matched > 0, matched == words.count || words[matched] != scalar { matched = border[matched - 1] }
    if words[matched] == scalar { matched += 1 }
    if matched == words.count { found.append(place + 1 - matched) }
  }
  return found
}

/// The places, in scalars, where a word or another token of a text begins or ends.
func wordBounds(of text: String) -> Set<Int> {
  var (bounds, place): (Set<Int>, Int) = ([0], 0)
  for token in textTokens(text) {
    place += token.text.unicodeScalars.count
    bounds.insert(place)
  }
  return bounds
}

extension Unicode.Scalar {
  /// What stands for it on a keyboard.
  fileprivate var asTyped: Unicode.Scalar {
    switch self {
    case "\u{A0}", "\u{202F}", "\u{2009}": " "
    case "\u{2018}", "\u{2019}", "\u{2BC}": "'"
    case "\u{201C}", "\u{201D}": "\""
    case "\u{2011}": "-"
    default: self
    }
  }
}

extension String {
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
