import ArgumentParser
import Documents
import EditorialHistory
import HistoryIndex
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

extension Ligne {
  /// Tells who wrote the words of a document.
  struct Blame: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "blame",
        abstract: Sentence(
          fr: "Voir qui a écrit chaque mot d’un document, et quand",
          en: "See who wrote each word of a document, and when"),
        discussion: Sentence(
          fr: """
            Dans les textes, passage par passage; ailleurs, valeur par valeur. C’est la personne qui a écrit les mots, \
            aussi quand Ligne a réuni le travail de plusieurs, quand le document a été déplacé, ou quand quelqu’un \
            d’autre a tranché un conflit. Ce qui n’est pas encore enregistré n’est à personne.
            """,
          en: """
            Passage by passage in texts, value by value elsewhere. It is the person who wrote the words, also where \
            Ligne joined the work of several people, where the document was moved, or where somebody else settled a \
            conflict. What is not committed yet is nobody’s.
            """))
    }

    @Argument(help: .document)
    var document: String

    @Argument(help: .pointer)
    var pointer: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace)
      let value = try workspace.document(at: path)
      let kind = try workspace.schemas().kind(of: value)
      let place = try pointer.map { try ligne.pointer($0, of: kind) }
      let blamed = try session.historyOfDocuments(in: workspace).history.blame(
        of: session.committedPath(of: path, in: workspace), as: value, at: place ?? .root)
      guard let fields = blamed else {
        throw WorkspaceError.unknownPlace(pointer: pointer ?? "", document: path)
      }
      let kindName = value["kind"]?.string
      func reading() throws -> BlameReading {
        let (schemas, clock) = (try workspace.schemas(), try session.when(in: workspace).clock)
        let wording = try FieldWording(
          schemas, saying: [(kindName, .root, value)], by: clock, in: workspace)
        return BlameReading(
          title: value["title"]?.text ?? path.text, fields: fields, document: value,
          keyField: schemas.mergeRule(for: value).keyField, names: wording[kindName], clock: clock,
          language: session.language)
      }
      try session.answer(json: .array(fields.map(\.json)), page: reading().page())
    }
  }
}
