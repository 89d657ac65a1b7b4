import Documents
import JSONTree
import Wording

extension SchemaSet {
  /// The kind that people mean who make a document by hand. Where another kind is called as the record of what happened is named,
  /// only who gives what the record alone has means that: “publication” is the French word for a post.
  ///
  /// - Parameter fields: Those that were given, as they were typed.
  func kind(called words: String, holding fields: [String]) -> DocumentKind? {
    guard let kind = kind(called: words) else { return nil }
    guard kind.placement.isWrittenOnce, let other = namesakeKind(of: kind) else { return kind }
    let (own, others) = (FieldNames(of: kind).topFields, FieldNames(of: other).topFields)
    let given = fields.compactMap { try? JSONPointer(parsing: $0).steps.first }.map { JSONPointer([$0]) }
    return given.contains { own.contains($0) && !others.contains($0) } ? kind : other
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
