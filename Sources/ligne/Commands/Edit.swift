import ArgumentParser
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Opens a document in the person's editor.
  struct Edit: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "edit",
        abstract: Sentence(fr: "Ouvrir un document dans votre éditeur", en: "Open a document in your editor"),
        discussion: Sentence(
          fr: "L’éditeur est celui de VISUAL ou d’EDITOR. Au retour, le document est vérifié.",
          en: "The editor is that of VISUAL or EDITOR. When you come back, the document is checked."))
    }

    @Argument(help: .document)
    var document: String

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace)
      let editor = try Editor(environment: session.environment)
      let before = try workspace.bytes(at: path)
      try session.output.lendingTerminal { try editor.open("\(workspace.folder)/\(path.text)") }
      let isChanged = try workspace.bytes(at: path) != before
      // Named with its place if it can't be read any more; the text stays as it was written.
      let value = try workspace.checkedDocument(at: path)
      try session.answer(
        json: ["id": value["id"] ?? .null, "path": JSONValue(path.text), "changed": .bool(isChanged)],
        page: Self.describe(path, isChanged: isChanged, in: session.language))
    }

    static func describe(_ path: WorkspacePath, isChanged: Bool, in language: Language) -> Page {
      var page = Page(
        StyledText(path.text, .name)
          + StyledText(
            (isChanged
              ? Sentence(fr: " a changé.", en: " changed.")
              : Sentence(fr: " n’a pas changé.", en: " did not change."))
              .text(in: language)))
      if isChanged {
        page.next = Sentence(
          fr: "« ligne diff » montre ce qui a changé, « ligne commit -m \"…\" » le garde.",
          en: "“ligne diff” shows what changed, “ligne commit -m \"…\"” keeps it.")
      }
      return page
    }
  }
}
