import EditorialChecks
import JSONTree
import ObjectModel
import Wording

extension Finding {
  /// - Parameters:
  ///   - position: Where the value at the pointer begins in the file, if that is known.
  ///   - textHash: By what a waiver names the text.
  func json(
    in language: Language, at position: SourcePosition? = nil, textHash: String? = nil
  ) -> JSONValue {
    var object: JSONObject = [
      "rule": JSONValue(rule), "level": JSONValue(level.rawValue), "id": .string(id),
      "path": JSONValue(path.text), "pointer": JSONValue(pointer.description),
    ]
    object["range"] = range.map {
      ["start": .number(JSONNumber($0.lowerBound)), "end": .number(JSONNumber($0.upperBound))]
    }
    object["message"] = JSONValue(message.text(in: language))
    object["rationale"] = rationale.map { JSONValue($0) }
    object["suggestion"] = suggestion.map { JSONValue($0.replacement) }
    if let suggestion { object["safe"] = .bool(suggestion.isSafe) }
    object["textHash"] = textHash.map { JSONValue($0) }
    if let position {
      object["line"] = .number(JSONNumber(position.line))
      object["column"] = .number(JSONNumber(position.column))
    }
    return .object(object)
  }
}

extension Finding.Level {
  var wording: Sentence {
    switch self {
    case .error: Sentence(fr: "erreur", en: "error")
    case .warning: Sentence(fr: "avertissement", en: "warning")
    case .suggestion: Sentence(fr: "suggestion", en: "suggestion")
    }
  }

  var noun: CountedNoun {
    switch self {
    case .error: .errors
    case .warning: .warnings
    case .suggestion: .suggestions
    }
  }

  var style: Style {
    switch self {
    case .error: .bad
    case .warning: .attention
    case .suggestion: .quiet
    }
  }
}

extension StyledText {
  /// The words in question among those around them, on one line: with what to write instead where that is known, else
  /// between ‹ and ›.
  ///
  /// - Parameter context: How many characters to keep on each side; cut between words.
  static func excerpt(
    _ text: String, _ range: Range<Int>, instead: String?, context: Int = 32
  ) -> StyledText {
    let scalars = Array(text.unicodeScalars)
    guard range.upperBound <= scalars.count else { return StyledText() }
    func part(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
    var start = max(0, range.lowerBound - context)
    if start > 0 {
      let word = scalars[start..<range.lowerBound].firstIndex { $0.properties.isWhitespace }
      start = word.map { $0 + 1 } ?? range.lowerBound
    }
    var end = min(scalars.count, range.upperBound + context)
    if end < scalars.count {
      end = scalars[range.upperBound..<end].lastIndex { $0.properties.isWhitespace } ?? range.upperBound
    }
    var line = StyledText((start > 0 ? "… " : "") + part(start..<range.lowerBound), .quiet)
    let words = shortened(part(range))
    if let instead {
      line += StyledText(words, .deleted)
      if !instead.isEmpty { line += StyledText(instead, .inserted) }
    } else {
      line += StyledText("‹" + words + "›", .strong)
    }
    return line + StyledText(part(range.upperBound..<end) + (end < scalars.count ? " …" : ""), .quiet)
  }

  /// A long passage by its beginning and its end.
  private static func shortened(_ words: String) -> String {
    words.count <= 60 ? words : words.prefix(30) + " … " + words.suffix(20)
  }
}
