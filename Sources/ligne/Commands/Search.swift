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
            --history, dans toutes les versions, aussi dans ce qui a été supprimé depuis. --limit garde ce qui a été écrit en \
            dernier.
            """,
          en: """
            All the words in one field; in quotation marks, in that order. Accents, capitals and elisions do not \
            count. Without another word, in the documents of the folder, committed or not; with --history, in all \
            versions, also in what was deleted since. --limit keeps what was written last.
            """))
    }

    @Argument(help: .init(fr: "Les mots à trouver", en: "The words to find", value: Localized.Value.text))
    var words: [String]

    @Flag(help: .init(fr: "Dans tout ce qui a été enregistré", en: "In everything that was ever committed"))
    var history = false

    @Option(
      help: .init(
        fr: "Au plus ce nombre de champs, les plus récents (50 sur un terminal)",
        en: "At most this many fields, the latest (50 on a terminal)", value: Localized.Value.number))
    var limit: Int?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if let limit, limit < 1 {
        throw ValidationError(
          fr: "« --limit » demande au moins un champ.", en: "“--limit” asks for at least one field.")
      }
    }

    func run(in session: Session) throws {
      let typed = words.joined(separator: " ")
      guard let search = WordSearch(typed) else { throw NothingToFind(typed: typed) }
      let workspace = try session.openWorkspace()
      let schemas = try workspace.schemas()
      var hits = SearchHits(search, schemas)
      let most = limit ?? Self.usualLimit(on: session.output.terminal, json: options.json)
      var answer = SearchAnswer()
      if history {
        let remembered = try session.rememberedHistory(of: workspace)
        let (texts, count) = try remembered.newestTexts(with: search, atMost: most ?? .max)
        // What is found is told with whether it still stands there.
        let paths =
          try most == nil
          ? remembered.paths(with: search)
          : remembered.paths(ofDocumentsAt: Swift.Set(texts.map(\.path))).sorted()
        answer.unread = try look(at: paths, in: workspace, &hits) { try remembered.history.texts(in: $0) }
          .count
        for text in texts { hits.look(at: text) }
        if let most, max(count, hits.count) > most { hits.keep(only: texts) }
        answer.hits = hits.found
        answer.count = max(count, answer.hits.count)
      } else {
        let (paths, isByAge) = try paths(in: workspace, for: search, session)
        let unread = try look(
          at: paths, in: workspace, &hits, atMost: isByAge ? most : nil,
          where: { search.mayBeFound(inDocument: $0) },
          texts: { writtenTexts(in: $0, rule: schemas.mergeRule(for: $0)) })
        answer.unread = unread.count
        answer.count = unread.isAll ? hits.count : nil
        if let most { hits.keep(newest: most, isByAge: isByAge) }
        answer.hits = hits.found
      }
      answer.isLimited = limit != nil
      try session.answer(
        json: .array(answer.hits.map(\.json)),
        page: answer.described(when: session.when(in: workspace), in: session.language))
    }

    /// At most how many fields whoever names no number gets: on a terminal those of a few screens.
    private static func usualLimit(on terminal: Terminal, json: Bool) -> Int? {
      terminal.size == nil || json ? nil : 50
    }

    /// Where in the folder the words may stand: everywhere, but where an index is there that knows better.
    ///
    /// - Returns: Whether the newest come first: what is not committed, and then where it was written last.
    private func paths(
      in workspace: Workspace, for search: WordSearch, _ session: Session
    ) throws -> (paths: [WorkspacePath], isByAge: Bool) {
      let remembered = try session.historyOfDocuments(in: workspace)
      guard remembered.isComplete else { return (try workspace.documentPaths(), false) }
      let status = try workspace.status()
      let uncommitted = Swift.Set(status.changes.map(\.path) + status.left.map(\.path))
      let others = try remembered.paths(with: search).filter { !uncommitted.contains($0) }
      return ((uncommitted.sorted() + others).filter { $0.isDocument && !$0.isSchema }, true)
    }

    /// Looks at documents as they stand in the folder, one after the other; those that do not are passed over.
    ///
    /// - Parameters:
    ///   - most: How many fields are enough.
    ///   - isWanted: Whether a file with these bytes may hold anything that is looked for.
    /// - Returns: How many of those could not be read, which is said, and `status` says why; and whether all were looked at.
    private func look(
      at paths: [WorkspacePath], in workspace: Workspace, _ hits: inout SearchHits, atMost most: Int? = nil,
      where isWanted: @Sendable ([UInt8]) -> Bool = { _ in true },
      texts: (JSONValue) throws -> [WrittenText]
    ) throws -> (count: Int, isAll: Bool) {
      var unread = 0
      var rest = paths[...]
      let portion = most == nil ? 256 : 64
      while !rest.isEmpty, most.map({ hits.count < $0 }) ?? true {
        // The texts of all are as many as the workspace has.
        var documents: [SearchHits.Searched] = []
        for (path, document) in try workspace.documents(at: rest.prefix(portion), where: isWanted) {
          switch document {
          case .success(let value):
            documents.append(SearchHits.Searched(path: path, value: value, texts: try texts(value)))
          case .failure: unread += 1
          }
        }
        let places = Dictionary(uniqueKeysWithValues: rest.prefix(portion).enumerated().map { ($1, $0) })
        hits.look(at: documents.sorted { places[$0.path] ?? 0 < places[$1.path] ?? 0 })
        rest = rest.dropFirst(portion)
      }
      return (unread, rest.isEmpty)
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
