import ArgumentParser
import Documents
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Makes a document.
  struct New: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "new",
        abstract: Sentence(fr: "Créer un document", en: "Make a document"),
        discussion: Sentence(
          fr: """
            Part des valeurs habituelles du genre : post, reply, guideline, crisis-plan… « ligne list » le montre aussitôt; \
            « ligne commit » en garde une version.
            """,
          en: """
            Starts from the usual values of its kind: post, reply, guideline, crisis-plan… “ligne list” shows it at once; \
            “ligne commit” keeps a version of it.
            """))
    }

    @Argument(
      help: .init(fr: "Genre de document", en: "Kind of document", value: Localized.Value.kind))
    var kind: String

    @Option(help: .init(fr: "Titre", en: "Title", value: Localized.Value.text))
    var title: String?

    @Option(
      name: .customLong("channel"),
      help: .init(
        fr: "Canal où il doit paraître; peut revenir", en: "Channel it is meant for; may be repeated",
        value: Localized.Value.channel))
    var channels: [String] = []

    @Option(help: .init(fr: "Texte", en: "Text", value: Localized.Value.text))
    var body: String?

    @Option(
      name: .customLong("from"),
      help: .init(
        fr: "Fichier d’où prendre le texte ou le document; « - » est l’entrée standard",
        en: "File to take the text or the document from; “-” is standard input", value: Localized.Value.file),
      completion: .file())
    var source: String?

    @Option(
      name: .customLong("set"),
      help: .init(
        fr: "Un champ et sa valeur, comme /labels='[\"lancement\"]'; peut revenir",
        en: "A field and its value, such as /labels='[\"launch\"]'; may be repeated",
        value: Localized.Value.pointer + "=" + Localized.Value.value))
    var assignments: [FieldAssignment] = []

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if body != nil, source != nil {
        throw ValidationError(
          fr: "Le texte vient de « --body » ou de « --from », pas des deux.",
          en: "The text comes from “--body” or “--from”, not from both.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      var random = SystemRandomNumberGenerator()
      var fields: [(pointer: JSONPointer, value: JSONValue)] = []
      var body = body
      switch try source.map({ try Self.content(ofFile: $0, in: session) }) {
      case .document(let members): fields = members
      case .text(let text): body = text
      case nil: break
      }
      let schemas = try workspace.schemas()
      guard
        let kind = schemas.kind(
          called: kind, holding: fields.map(\.pointer.description) + assignments.map(\.pointer))
      else {
        throw WorkspaceError.unknownKind(kind, known: schemas.kinds.map(\.name.text))
      }
      fields += try assignments.map { assignment in
        let place = try pointer(assignment.pointer, of: kind)
        return (
          place, try session.value(typed: assignment.value, at: place, of: kind, in: workspace)
        )
      }
      let wishes = DocumentWishes(title: title, body: body, channels: channels, fields: fields)
      let (path, value): (WorkspacePath, JSONValue)
      do {
        (path, value) = try workspace.makeDocument(
          kind: kind.name.text, wishes, by: session.attribution(in: workspace), random: &random)
      } catch NewDocumentError.missingField(let field, let name, let part) {
        if let other = schemas.namesake(of: kind) { session.output.remark(other, .quiet) }
        throw NewDocumentError.missingField(field, kind: name, part: part)
      }
      for (place, _) in fields where kind.schema.field(at: place) == nil {
        session.remark(
          unknown: place.description, of: kind,
          then: Sentence(fr: "; il est gardé tel quel", en: "; it is kept as it is"))
      }
      try session.answer(
        json: ["id": value["id"] ?? .null, "kind": value["kind"] ?? .null, "path": JSONValue(path.text)],
        page: Self.describe(path, id: value["id"]?.text ?? "", in: session.language))
    }

    /// What a file gives a document to start from.
    private enum Content {
      /// The fields of a JSON document; its identity stays its own.
      case document([(pointer: JSONPointer, value: JSONValue)])
      case text(String)
    }

    /// - Throws: `UnreadableInput` for bytes that are no text, and for what was meant as JSON and can't be read.
    private static func content(ofFile file: String, in session: Session) throws -> Content {
      let bytes = try session.contents(of: file)
      if let object = try? JSONValue(parsing: bytes).object {
        let own: Swift.Set<JSONString> = ["id", "kind", "createdAt", "createdBy", "$schema"]
        return .document(
          object.members.filter { !own.contains($0.key) }.map { (JSONPointer([.key($0.key)]), $0.value) })
      }
      guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self),
        !file.hasSuffix(".json"), text.first(where: { !$0.isWhitespace }) != "{"
      else { throw UnreadableInput(file: file) }
      // Editors and `echo` end a text with a line feed that is no part of it.
      return .text(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }

    static func describe(_ path: WorkspacePath, id: String, in language: Language) -> Page {
      var page = Page(StyledText(path.text, .name))
      // The end of an id is its random part: a few letters of it are unique.
      let short = String(id.suffix(6))
      page.next = Sentence(
        fr: "« ligne edit \(short) » l’ouvre, « ligne commit -m \"…\" » le garde.",
        en: "“ligne edit \(short)” opens it, “ligne commit -m \"…\"” keeps it.")
      return page
    }
  }
}
