import Documents
import JSONTree
import Wording

extension SchemaSet {
  /// Says which kind people may have meant by the name of one: that which they call so. The name of what went out is the French
  /// word for a post.
  func namesake(of kind: DocumentKind) -> Sentence? {
    func plain(_ words: String) -> String { readableWords(of: words, limit: .max) }
    let other = kinds.first { other in
      other.name != kind.name
        && [other.title.french, other.title.english].contains { plain($0) == plain(kind.name.text) }
    }
    return other.map { other in
      Sentence(
        fr: "« \(kind.name) » est ici « \(kind.title.french) »; l’autre s’appelle « \(other.name) ».",
        en: "“\(kind.name)” is “\(kind.title.english)” here; the other one is called “\(other.name)”.")
    }
  }
}
