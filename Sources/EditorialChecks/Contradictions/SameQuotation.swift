import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 17. Two posts quote the same words of the same source: the public reads them twice.
  static let sameQuotation = Contradiction(rule: "same-quotation") { situation in
    var quoting: [Quotation: [(document: Document, isAhead: Bool)]] = [:]
    for (document, post) in situation.documents.views(Post.self) {
      guard let state = situation.postStates[document.id], state != .cancelled, state != .withdrawn else {
        continue
      }
      for quotation in Quotation.all(in: post) {
        quoting[quotation, default: []].append((document, state.isAhead))
      }
    }
    return quoting.sorted { $0.key < $1.key }.compactMap { quotation, posts in
      // The one that may still change is where something can be done.
      guard posts.count > 1, let last = posts.filter(\.isAhead).max(by: { $0.document.id < $1.document.id })
      else { return nil }
      let others = situation.titles(posts.map(\.document).filter { $0.path != last.document.path })
      let words = Sentence.quoting(quotation.words.text)
      return Finding(
        rule: "same-quotation", level: .warning, in: last.document, at: "/body",
        Sentence(
          fr:
            "Les mêmes mots sont aussi dans \(others.french) : \(words.french). Choisissez un autre passage, ou gardez-en une.",
          en:
            "The same words are also in \(others.english): \(words.english). Choose another passage, or keep one."
        )
      )
    }
  }
}

/// Words of a source that a post quotes.
struct Quotation: Hashable, Comparable {
  var source, words: JSONString

  static func < (left: Self, right: Self) -> Bool {
    (left.source, left.words) < (right.source, right.words)
  }

  /// What stands between quotation marks in the texts of a post, with each of its sources.
  ///
  /// Of the first hundred sources and the first thousand quotations by their bytes: no post has more, and nobody shall
  /// make a check cost their product.
  static func all(in post: Post) -> Set<Quotation> {
    let sources = Set(post.sources.map { JSONString($0) }).sorted().prefix(100)
    if sources.isEmpty { return [] }
    let texts = [post.body] + post.variants.filter(\.diverges).compactMap(\.body)
    let words = Set(texts.flatMap { quotations(in: $0) }).sorted().prefix(1000)
    return Set(sources.flatMap { source in words.map { Quotation(source: source, words: $0) } })
  }

  /// What stands between quotation marks, at least four words long: shorter ones are names and turns of phrase.
  private static func quotations(in text: String) -> [JSONString] {
    var found: [JSONString] = []
    var open: [Unicode.Scalar]?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "«", "“": open = []
      case "»", "”":
        let words = (open ?? []).split { $0.properties.isWhitespace }
        if words.count >= 4 {
          let plain = words.map { word in String(scalars: word) }.joined(separator: " ")
          found.append(JSONString(plain))
        }
        open = nil
      default: open?.append(scalar)
      }
    }
    return found
  }
}
