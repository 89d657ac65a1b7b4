import Documents
import EditorialChecks
import JSONTree
import Testing

/// A text, and the places a rule finds in it: `10:12 →  :` is code points 10 to 12 and what to write instead.
struct RuleCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let text: String
  let places: [String]

  /// - Parameters:
  ///   - text: `_` stands for a no-break space, `~` for a narrow one.
  ///   - places: Each found stretch with its replacement after an arrow; nothing where the text is right.
  init(_ text: String, _ places: String...) {
    testDescription = text
    self.text = Self.spaces(text)
    self.places = places.map(Self.spaces)
  }

  static func spaces(_ text: String) -> String {
    String(text.map { $0 == "_" ? "\u{A0}" : $0 == "~" ? "\u{202F}" : $0 })
  }

  /// What the rule finds, in the form of ``places``: `"[ :] → [_:]"`.
  func found(by rule: some TextRule, language: String = "fr-CA") throws -> [String] {
    let checked = try SampleDocuments.text(text, language: language)
    return rule.matches(in: checked).map { match in
      let range = match.range ?? 0..<0
      var words = String.UnicodeScalarView()
      words.append(contentsOf: checked.scalars[range])
      let replacement = match.suggestion.map { " → [\($0.replacement)]" } ?? ""
      return "\(range.lowerBound) [\(String(words))]\(replacement)"
    }
  }

  /// The text with every safe suggestion applied.
  func fixed(by rule: some TextRule) throws -> String {
    let checked = try SampleDocuments.text(text)
    var scalars = checked.scalars
    for match in rule.matches(in: checked).reversed() {
      guard let range = match.range, let suggestion = match.suggestion, suggestion.isSafe else { continue }
      scalars.replaceSubrange(range, with: suggestion.replacement.unicodeScalars)
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
