import ArgumentParser
import Documents
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Changes one field of a document.
  struct Set: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "set",
        abstract: Sentence(fr: "Changer un champ d’un document", en: "Change one field of a document"),
        discussion: Sentence(
          fr: """
            La valeur est lue comme du JSON si elle en est (true, 12, [\"a\"]), sinon comme du texte; un champ qui n’est que \
            du texte la prend telle quelle.
            """,
          en: """
            The value is read as JSON if it is JSON (true, 12, [\"a\"]), else as text; a field that holds only text takes it \
            as it is.
            """))
    }

    @Argument(help: .document)
    var document: String

    @Argument(help: .pointer)
    var pointer: String

    @Argument(
      help: .init(
        fr: "Ce que le champ doit contenir", en: "What the field shall hold", value: Localized.Value.value))
    var value: String?

    @Flag(help: .init(fr: "Retirer le champ", en: "Remove the field"))
    var delete = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      switch (value, delete) {
      case (nil, false):
        throw ValidationError(
          fr: "Il manque la valeur, ou « --delete » pour retirer le champ.",
          en: "The value is missing, or “--delete” to remove the field.")
      case (_?, true):
        throw ValidationError(
          fr: "Avec « --delete », le champ disparaît : il n’y a pas de valeur à donner.",
          en: "With “--delete” the field goes away: there is no value to give.")
      default: break
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace)
      let kind = try workspace.schemas().kind(of: workspace.document(at: path))
      let place = try ligne.pointer(pointer, of: kind)
      let pointer = place.description
      let field = kind?.schema.field(at: place)
      let new = delete ? nil : try session.value(typed: value ?? "", at: place, of: kind, in: workspace)
      // Schemas only know the form of a zone; which there are, the system knows.
      if kind?.name == "workspace", place == JSONPointer([.key("timeZone")]), let name = new?.text,
        !TimeZoneName.isKnown(name)
      {
        throw UnknownTimeZone(name: name)
      }
      try workspace.set(path, place, to: new, by: session.attribution(in: workspace))
      try session.tellWhatWaits(in: [path], of: workspace)
      let id = try workspace.document(at: path)["id"]?.text
      if let kind, !delete, field == nil {
        session.remark(
          unknown: pointer, of: kind,
          then: Sentence(fr: "; il est gardé tel quel", en: "; it is kept as it is"))
      }
      try session.answer(
        json: [
          "id": id.map { JSONValue($0) } ?? .null, "path": JSONValue(path.text),
          "pointer": JSONValue(pointer),
        ],
        page: Self.describe(
          path, FieldNames(of: kind).heading(of: place, in: session.language), in: session.language))
    }

    static func describe(_ path: WorkspacePath, _ field: StyledText, in language: Language) -> Page {
      var page = Page(StyledText(path.text, .name) + "  " + field)
      page.next = Sentence(
        fr: "« ligne diff » montre ce qui a changé, « ligne commit -m \"…\" » le garde.",
        en: "“ligne diff” shows what changed, “ligne commit -m \"…\"” keeps it.")
      return page
    }
  }
}
