import ArgumentParser
import Documents
import EditorialHistory
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

extension Ligne {
  /// Shows a document for reading.
  struct Show: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "show", abstract: Sentence(fr: "Lire un document", en: "Read a document"))
    }

    @Argument(help: .document)
    var document: String

    @Argument(
      help: .init(
        fr: "Un seul champ, comme /title", en: "One field only, such as /title",
        value: Localized.Value.pointer))
    var pointer: String?

    @Option(
      help: .init(
        fr: "Tel qu’il était : une version, une date, une étiquette ou -1, la version d’avant",
        en: "As it was: a version, a date, a tag, or -1, the version before", value: Localized.Value.version))
    var at: String?

    @Option(
      help: .init(
        fr: "Écrire la ligne éditoriale comme une page Web dans ce fichier, à lire ou à imprimer",
        en: "Write the guideline as a web page into this file, to read or to print",
        value: Localized.Value.file))
    var html: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace, lookingBack: at != nil)
      let value: JSONValue
      if let at {
        let state = try session.state(at, of: path, in: workspace)
        guard let old = try state.path.flatMap({ try workspace.document(at: $0, inTree: state.tree) }) else {
          throw WorkspaceError.notThere(path)
        }
        value = old
      } else {
        value = try workspace.document(at: path)
      }
      let schemas = try workspace.schemas()
      let rule = schemas.mergeRule(for: value)
      var shown = value
      if let pointer {
        guard let part = try value.value(at: ligne.pointer(pointer), keyField: rule.keyField) else {
          throw WorkspaceError.unknownPlace(pointer: pointer, document: path)
        }
        shown = part
      }
      let guide = schemas.kind(of: value).flatMap { kind in
        kind.name == Guideline.kind
          ? StyleGuide(value, kind: kind, kinds: schemas, for: session.language) : nil
      }
      if let html {
        guard let guide, pointer == nil else { throw WorkspaceError.notAGuideline(path) }
        try FileContents.write(Array(guide.html().utf8), to: session.path(html))
      }
      let open = at == nil ? try workspace.openConflicts(in: path).map(\.pointer) : []
      let reading = DocumentReading(
        path: path, document: value, part: pointer.map { _ in shown }, open: open)
      try session.answer(
        json: shown,
        page: Self.describe(reading, pointer == nil ? guide : nil, html: html, in: session.language))
    }

    /// A guideline reads like a style guide, all else field by field.
    static func describe(
      _ reading: DocumentReading, _ guide: StyleGuide?, html: String?, in language: Language
    ) -> Page {
      if let html {
        return Page(
          StyledText(Sentence(fr: "La page est écrite : ", en: "The page is written: ").text(in: language))
            + StyledText(html, .name))
      }
      guard let guide else { return reading.described(in: language) }
      var page = guide.page()
      page.next = reading.described(in: language).next
      return page
    }
  }
}
