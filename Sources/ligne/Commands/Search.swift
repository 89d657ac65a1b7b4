import ArgumentParser
import Documents
import EditorialChecks
import EditorialHistory
import HistoryIndex
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Finds words in documents, of today or of all times.
  struct Search: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "search",
        abstract: Sentence(fr: "Chercher des mots dans les documents", en: "Look for words in documents"),
        discussion: Sentence(
          fr: """
            Tous les mots dans un même champ; entre guillemets, dans cet ordre. Ni les accents, ni les majuscules, ni \
            les élisions ne comptent. Sans autre mot, dans les documents du dossier, enregistrés ou non; avec \
            --history, dans tout ce qui a été écrit, aussi dans ce qui a été supprimé.
            """,
          en: """
            All the words in one field; in quotation marks, in that order. Accents, capitals and elisions do not \
            count. Without another word, in the documents of the folder, committed or not; with --history, in \
            everything ever written, also in what was deleted.
            """))
    }

    @Argument(help: .init(fr: "Les mots à trouver", en: "The words to find", value: Localized.Value.text))
    var words: [String]

    @Flag(help: .init(fr: "Dans tout ce qui a été écrit", en: "In everything ever written"))
    var history = false

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let typed = words.joined(separator: " ")
      guard let search = WordSearch(typed) else { throw NothingToFind(typed: typed) }
      let workspace = try session.openWorkspace()
      var hits = SearchHits(search)
      let schemas = try workspace.schemas()
      let remembered =
        try history || session.hasIndex(of: workspace) ? session.rememberedHistory(of: workspace) : nil
      var unread = 0
      for path in try paths(in: workspace, remembered, search) {
        do {
          let value = try workspace.document(at: path)
          hits.look(at: value, rule: schemas.mergeRule(for: value), in: path)
        } catch let error as WorkspaceError {
          // What can't be read has no words to find; that is said, and `status` says why.
          guard case .problem = error else { throw error }
          unread += 1
        }
      }
      if history, let remembered {
        for text in try remembered.texts(with: search) { hits.look(at: text) }
      }
      let found = hits.found
      try session.answer(
        json: .array(found.map(\.json)),
        page: SearchHit.describe(found, unread: unread, when: session.wording, in: session.language))
    }

    /// Where in the folder the words may stand: everywhere, but where an index knows better.
    private func paths(
      in workspace: Workspace, _ remembered: RememberedHistory<OverlayObjectStore>?, _ search: WordSearch
    ) throws -> [WorkspacePath] {
      let all = try workspace.documentPaths()
      guard let remembered else { return all }
      let status = try workspace.status()
      let candidates = try remembered.paths(with: search)
        .union(status.changes.map(\.path)).union(status.left.map(\.path))
      return all.filter(candidates.contains)
    }
  }
}

/// A search for signs that are no words.
struct NothingToFind: ExplainedError {
  var typed: String

  var code: String { "nothing-to-find" }

  var message: Sentence {
    let typed = Sentence.quoting(typed)
    return Sentence(
      fr: "Il n’y a aucun mot à chercher dans \(typed.french).",
      en: "There is no word to look for in \(typed.english).")
  }

  var hint: Sentence? {
    Sentence(
      fr: "Un mot a au moins une lettre, un chiffre ou un signe comme €.",
      en: "A word has at least one letter, one digit or a sign such as €.")
  }
}
