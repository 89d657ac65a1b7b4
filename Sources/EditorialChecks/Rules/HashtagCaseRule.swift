import Documents
public import JSONTree
import Wording

/// A capital for each word of a hashtag, so that screen readers tell the words apart: `#UnHiverDeMitaines`.
///
/// `{"style": "pascal", "known": ["GrandRaccommodage"], "from": "/properNames"}`. In small letters throughout, nobody
/// but a person knows where the words begin; known hashtags and names give a suggestion.
/// Source: W3C, WCAG 2.2, and the habit it led to: hashtags are compared without regard to case everywhere.
public struct HashtagCaseRule: DocumentRule {
  public static let check = "hashtag-case"

  enum Style: String, CaseIterable { case pascal }

  /// Hashtags as they should be, by their letters without case.
  private let known: [String: String]

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(parameters, knowing: ["style", "known", RuleParameters.reference])
    _ = try parameters.choice("style", of: Style.self)
    let names = try parameters.texts("known") + parameters.texts(RuleParameters.reference)
    known = Dictionary(names.map(joined).map { (letters($0), $0) }) { first, _ in first }
  }

  public func matches(in document: PublicDocument, _ context: CheckContext) -> [PlacedMatch] {
    let post = document.document.kind.name == Post.kind ? Post(document.document.value) : nil
    let isOver = post.map { !$0.mayGoOut } ?? false
    let listed = (isOver ? [] : post?.hashtags ?? []).enumerated().compactMap { index, tag in
      match(tag.scalars).map {
        PlacedMatch(document.document, JSONPointer([.key("hashtags"), .index(index)]), $0)
      }
    }
    let written = document.texts.flatMap { text in
      text.addresses.filter { text.scalars[$0.lowerBound] == "#" && $0.count > 1 }.compactMap { range in
        match(Array(text.scalars[range.dropFirst()]), at: range.lowerBound + 1).map { PlacedMatch(text, $0) }
      }
    }
    return listed + written
  }

  private func match(_ tag: [Unicode.Scalar], at start: Int = 0) -> RuleMatch? {
    guard let first = tag.first(where: \.isLetter), first.properties.isLowercase else { return nil }
    let text = String(scalars: tag)
    let hasCapitals = tag.contains { $0.properties.isUppercase }
    let right = known[letters(text)] ?? (hasCapitals ? capitalised(text) : nil)
    if let right, right.utf8.elementsEqual(text.utf8) { return nil }
    return RuleMatch(start..<start + tag.count, suggestion: right.map { Finding.Suggestion($0) })
  }
}

/// A name as a hashtag: its words with a capital each, and nothing between them.
private func joined(_ name: String) -> String {
  name.split { $0.isWhitespace || $0 == "-" || $0 == "'" || $0 == "’" }.map { capitalised(String($0)) }
    .joined()
}

private func capitalised(_ word: String) -> String { (word.first?.uppercased() ?? "") + word.dropFirst() }

private func letters(_ tag: String) -> String { String(scalars: FoldedText(tag).scalars) }
