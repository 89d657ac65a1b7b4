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
            --history, dans toutes les versions, aussi dans ce qui a été supprimé depuis.
            """,
          en: """
            All the words in one field; in quotation marks, in that order. Accents, capitals and elisions do not \
            count. Without another word, in the documents of the folder, committed or not; with --history, in all \
            versions, also in what was deleted since.
            """))
    }

    @Argument(help: .init(fr: "Les mots à trouver", en: "The words to find", value: Localized.Value.text))
    var words: [String]

    @Flag(help: .init(fr: "Dans tout ce qui a été enregistré", en: "In everything that was ever committed"))
    var history = false

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let typed = words.joined(separator: " ")
      guard let search = WordSearch(typed) else { throw NothingToFind(typed: typed) }
      let workspace = try session.openWorkspace()
      var hits = SearchHits(search)
      var unread = 0
      if history {
        let remembered = try session.rememberedHistory(of: workspace)
        // What is found is told with whether it still stands there.
        unread = try look(at: remembered.paths(with: search), in: workspace, &hits) {
          try remembered.history.texts(in: $0)
        }
        for text in try remembered.texts(with: search) { hits.look(at: text) }
      } else {
        let schemas = try workspace.schemas()
        unread = try look(
          at: paths(in: workspace, for: search, session), in: workspace, &hits,
          where: { search.mayBeFound(inDocument: $0) },
          texts: { writtenTexts(in: $0, rule: schemas.mergeRule(for: $0)) })
      }
      try session.answer(
        json: .array(hits.found.map(\.json)),
        page: SearchHit.describe(hits.found, unread: unread, when: session.wording, in: session.language))
    }

    /// Where in the folder the words may stand: everywhere, but where an index is there that knows better.
    private func paths(
      in workspace: Workspace, for search: WordSearch, _ session: Session
    ) throws -> Swift.Set<WorkspacePath> {
      let remembered = try session.historyOfDocuments(in: workspace)
      guard remembered.isComplete else { return Swift.Set(try workspace.documentPaths()) }
      let status = try workspace.status()
      return try remembered.paths(with: search)
        .union(status.changes.map(\.path)).union(status.left.map(\.path))
        .filter { $0.isDocument && !$0.isSchema }
    }

    /// Looks at documents as they stand in the folder; those that do not are passed over.
    ///
    /// - Parameter isWanted: Whether a file with these bytes may hold anything that is looked for.
    /// - Returns: How many of those could not be read. That is said, and `status` says why.
    private func look(
      at paths: Swift.Set<WorkspacePath>, in workspace: Workspace, _ hits: inout SearchHits,
      where isWanted: @Sendable ([UInt8]) -> Bool = { _ in true },
      texts: (JSONValue) throws -> [WrittenText]
    ) throws -> Int {
      var unread = 0
      var rest = paths.sorted()[...]
      while !rest.isEmpty {
        // The texts of all are as many as the workspace has.
        var documents: [SearchHits.Searched] = []
        for (path, document) in try workspace.documents(at: rest.prefix(256), where: isWanted) {
          switch document {
          case .success(let value):
            documents.append(SearchHits.Searched(path: path, value: value, texts: try texts(value)))
          case .failure: unread += 1
          }
        }
        hits.look(at: documents)
        rest = rest.dropFirst(256)
      }
      return unread
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
