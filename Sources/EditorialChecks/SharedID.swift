import Documents
import JSONTree
import ObjectModel
import Wording

/// Documents whose file is called after another id than the one in them: most often a slip of the pen, after which whatever was
/// decided about the document is about none.
func otherIDFindings(of documents: [Document]) -> [Finding] {
  documents.compactMap { document in
    let words = document.path.name.split(separator: ".").first?.split(separator: "-")
    guard let named = words?.last.map(String.init), ULID(named) != nil, !document.id.text.isEmpty,
      JSONString(named) != document.id
    else { return nil }
    return Finding(
      rule: "other-id", level: .warning, in: document, at: "/id",
      Sentence(
        fr: """
          L’identifiant n’est pas celui du nom de fichier (\(named)) : ce qui s’est décidé de l’un ne vaut pas pour l’autre. \
          Remettez celui qui était là.
          """,
        en: """
          The id is not the one in the name of the file (\(named)): what was decided about one does not hold for the other. \
          Put back the one that was there.
          """))
  }
}

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
