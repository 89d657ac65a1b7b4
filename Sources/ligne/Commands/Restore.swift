import ArgumentParser
import Documents
import EditorialHistory
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Takes an earlier version back.
  struct Restore: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "restore",
        abstract: Sentence(
          fr: "Reprendre une version antérieure d’un document",
          en: "Take back an earlier version of a document"),
        discussion: Sentence(
          fr: """
            La version antérieure devient un changement nouveau : rien de ce qui a suivi n’est perdu. \
            Ce que vous n’aviez pas enregistré est gardé avant d’être remplacé. Un document supprimé revient de même.
            """,
          en: """
            The earlier version becomes a new change: nothing that came after is lost. What you had not committed is \
            kept before it is replaced. A deleted document comes back in the same way.
            """))
    }

    @Argument(help: .document)
    var document: String

    @Option(
      help: .init(
        fr: "Quelle version : un id, une date, une étiquette ou -1, celle d’avant",
        en: "Which version: an id, a date, a tag, or -1, the one before", value: Localized.Value.version))
    var to: String

    @Option(
      help: .init(fr: "Ce champ seulement", en: "This field only", value: Localized.Value.pointer))
    var field: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace, lookingBack: true)
      let state = try session.state(to, of: path, in: workspace)
      let kind = try field.flatMap { _ in try session.kind(of: document, in: workspace) }
      let place = try field.map { try pointer($0, of: kind) }
      let kept = try workspace.restore(
        path, to: state.tree, at: state.path,
        field: place, by: session.attribution(in: workspace))
      let id = try workspace.document(at: path)["id"]?.text
      let isChange = try !workspace.isCommitted(path)
      try session.answer(
        json: [
          "id": id.map { JSONValue($0) } ?? .null, "path": JSONValue(path.text),
          "kept": kept.map { JSONValue($0.hex) } ?? .null,
        ],
        page: Self.describe(
          path, field: place.map { FieldNames(of: kind).name(of: $0) }, to: state.place, kept: kept,
          isChange: isChange, in: session.language))
    }

    static func describe(
      _ path: WorkspacePath, field: Sentence? = nil, to place: NamedState.Place, kept: ObjectID?,
      isChange: Bool = true, in language: Language
    ) -> Page {
      let name = StyledText(path.text, .name)
      let what = field.map { StyledText($0.text(in: language), .strong) + "  " + name } ?? name
      var page = Page(what + StyledText(place.isBackWording.text(in: language)))
      page.add(kept: kept, in: language)
      if !isChange {
        page.next = Sentence(
          fr: "C’est ce que dit la dernière version : il n’y a rien à enregistrer.",
          en: "That is what the newest version says: there is nothing to commit.")
        return page
      }
      page.next = Sentence(
        fr: "C’est un changement comme un autre : « ligne diff » le montre, « ligne commit » le garde.",
        en: "It is a change like any other: “ligne diff” shows it, “ligne commit” keeps it.")
      return page
    }
  }
}

extension NamedState.Place {
  /// How a sentence about a document ends that was put back.
  fileprivate var isBackWording: Sentence {
    switch self {
    case .version(let id):
      let short = id.hex.prefix(8)
      return Sentence(
        fr: " est remis comme dans la version \(short).", en: " is back as in version \(short).")
    case .before(let id):
      let short = id.hex.prefix(8)
      return Sentence(
        fr: " est remis comme avant la version \(short).", en: " is back as it was before version \(short).")
    }
  }
}
