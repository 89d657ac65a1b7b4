import Documents
import JSONTree
import Wording

extension Contradiction {
  /// 26. A label was renamed, and somebody added the old one.
  ///
  /// Needs `labelAliases` in `ligne.json`.
  static let renamedLabel = Contradiction(rule: "renamed-label") { situation in
    let aliases = situation.documents.single(WorkspaceSettings.self)?.labelAliases ?? [:]
    guard !aliases.isEmpty else { return [] }
    return situation.documents.all.flatMap { document -> [Finding] in
      (document.value["labels"]?.array ?? []).enumerated().compactMap { index, value in
        guard let label = value.string, let name = aliases[label] else { return nil }
        let (old, new) = (Sentence.quoting(label.text), Sentence.quoting(name.text))
        return Finding(
          rule: "renamed-label", level: .suggestion, in: document,
          at: JSONPointer([.key("labels"), .index(index)]),
          Sentence(
            fr: "L’étiquette \(old.french) s’appelle maintenant \(new.french).",
            en: "The label \(old.english) is called \(new.english) now."),
          suggestion: Finding.Suggestion(name.text))
      }
    }
  }
}
