import Documents
import JSONTree
import Wording

extension SchemaSet {
  /// The kind that people mean who make a document by hand. Without its fields nobody means the record of what happened where
  /// another kind is called as its name is: “publication” is the French word for a post.
  func kind(called words: String, isRecord: Bool) -> DocumentKind? {
    guard let kind = kind(called: words) else { return nil }
    return kind.placement.isWrittenOnce && !isRecord ? namesakeKind(of: kind) ?? kind : kind
  }

  /// Says which kind people may have meant by the name of one: that which they call so. The name of what went out is the French
  /// word for a post.
  func namesake(of kind: DocumentKind) -> Sentence? {
    namesakeKind(of: kind).map { other in
      Sentence(
        fr: "« \(kind.name) » est ici « \(kind.title.french) »; l’autre s’appelle « \(other.name) ».",
        en: "“\(kind.name)” is “\(kind.title.english)” here; the other one is called “\(other.name)”.")
    }
  }

  private func namesakeKind(of kind: DocumentKind) -> DocumentKind? {
    func plain(_ words: String) -> String { readableWords(of: words, limit: .max) }
    return kinds.first { other in
      other.name != kind.name
        && [other.title.french, other.title.english].contains { plain($0) == plain(kind.name.text) }
    }
  }
}
