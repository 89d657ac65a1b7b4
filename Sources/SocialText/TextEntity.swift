/// A stretch of a text that platforms treat as more than words: a link, a hashtag, a mention.
public struct TextEntity: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// `https://ligne.example/a`, or without a scheme `ligne.example`.
    case url(hasScheme: Bool)
    /// `#MotClic`.
    case hashtag
    /// `@personne`.
    case mention
    /// `@personne/liste`, a list of people on X.
    case list
    /// `$ABC`, a stock.
    case cashtag
  }

  public var kind: Kind
  /// In Unicode code points, with the sign it begins with.
  public var range: Range<Int>

  public init(_ kind: Kind, _ range: Range<Int>) {
    (self.kind, self.range) = (kind, range)
  }

  public var isURL: Bool {
    if case .url = kind { true } else { false }
  }
}

/// The links, hashtags, mentions and cashtags of a text, in its order; where two overlap, the first one counts.
///
/// Recognised as twitter-text does, whose rules most platforms follow. The time grows with the length of the text
/// only, whatever it holds.
///
/// Source: twitter-text 3, `extract.yml` of its conformance suite.
public func entities(in text: [Unicode.Scalar]) -> [TextEntity] {
  var (hasStops, hasHashes, hasAts, hasDollars) = (false, false, false, false)
  for scalar in text {
    switch scalar.value {
    case 0x2E: hasStops = true
    case 0x23, 0xFF03: hasHashes = true
    case 0x40, 0xFF20: hasAts = true
    case 0x24: hasDollars = true
    default: break
    }
  }
  return withoutOverlaps(
    (hasStops ? urls(in: text) : []) + (hasHashes ? hashtagCandidates(in: text) : [])
      + (hasAts ? mentions(in: text) : []) + (hasDollars ? cashtags(in: text) : []))
}

/// The hashtags of a text, without those that are a part of a link.
public func hashtags(in text: [Unicode.Scalar]) -> [TextEntity] {
  let tags = hashtagCandidates(in: text)
  return tags.isEmpty ? [] : withoutOverlaps(urls(in: text) + tags).filter { $0.kind == .hashtag }
}

/// In the order of the text; of two that overlap, the one that begins first.
private func withoutOverlaps(_ entities: [TextEntity]) -> [TextEntity] {
  var kept: [TextEntity] = []
  for entity in entities.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
    if let last = kept.last, last.range.upperBound > entity.range.lowerBound { continue }
    kept.append(entity)
  }
  return kept
}

// MARK: - At most

/// How many hashtags a text holds at most, by the signs without which there is none.
public func mostHashtags(in text: String) -> Int { text.utf8.count { $0 == UInt8(ascii: "#") || $0 == wide } }

/// How many mentions a text holds at most, by the signs without which there is none.
public func mostMentions(in text: String) -> Int { text.utf8.count { $0 == UInt8(ascii: "@") || $0 == wide } }

/// How many links a text holds at most: each has a full stop.
public func mostLinks(in text: String) -> Int { text.utf8.count { $0 == UInt8(ascii: ".") } }

/// The first byte of the wide forms of `#` and `@`, U+FF03 and U+FF20, in UTF-8.
private let wide: UInt8 = 0xEF
