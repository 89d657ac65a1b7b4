import Documents
import JSONTree
import ObjectModel
import Wording

/// Documents that have an id another one has already, as of a file that somebody copied: what is decided about one is decided
/// about both, and a merge takes the one for the other. The one whose path comes later is named, with the other: which of them
/// is the copy, only a person knows.
func sharedIDFindings(in documents: DocumentCollection) -> [Finding] {
  var known: [JSONString: Document] = [:]
  return documents.all.sorted { $0.path < $1.path }.filter { !$0.id.text.isEmpty }.compactMap { copy in
    guard let first = known[copy.id]?.path.text else {
      known[copy.id] = copy
      return nil
    }
    return Finding(
      rule: "same-id", level: .warning, in: copy, at: "/id",
      Sentence(
        fr: """
          Ce document a le même identifiant que \(first) : ce qui se décide de l’un se décide de l’autre. Gardez l’original; \
          refaites la copie avec « ligne new ».
          """,
        en: """
          This document has the same id as \(first): what is decided about one is decided about the other. Keep the original; \
          make the copy again with “ligne new”.
          """))
  }
}
