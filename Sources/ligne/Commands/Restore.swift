import ArgumentParser
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
          fr: "La version antérieure devient un changement nouveau : rien de ce qui a suivi n’est perdu.",
          en: "The earlier version becomes a new change: nothing that came after is lost."))
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
      let path = try session.document(document, in: workspace)
      let version = try session.version(to, of: path, in: workspace)
      try workspace.restore(
        path, to: version, field: field.map { try pointer($0) }, by: session.attribution(in: workspace))
      let id = (try? workspace.document(at: path))?["id"]?.text
      try session.answer(
        json: ["id": id.map { JSONValue($0) } ?? .null, "path": JSONValue(path.text)],
        page: Self.describe(path, to: version, in: session.language))
    }

    static func describe(_ path: WorkspacePath, to version: ObjectID, in language: Language) -> Page {
      let short = String(version.hex.prefix(8))
      var page = Page(
        StyledText(path.text, .name)
          + StyledText(
            Sentence(fr: " est remis comme dans la version \(short).", en: " is back as in version \(short).")
              .text(in: language)))
      page.next = Sentence(
        fr: "C’est un changement comme un autre : « ligne diff » le montre, « ligne commit » le garde.",
        en: "It is a change like any other: “ligne diff” shows it, “ligne commit” keeps it.")
      return page
    }
  }
}
