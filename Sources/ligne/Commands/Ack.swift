import ArgumentParser
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Records that the line was read.
  struct Ack: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "ack",
        abstract: Sentence(
          fr: "Dire qu’on a lu la ligne éditoriale", en: "Say that you have read the guideline"),
        discussion: Sentence(
          fr: """
            Note quelle version vous avez lue. « ligne diff LIGNE --since-ack » montre ensuite ce qui a changé depuis votre \
            lecture.
            """,
          en: """
            Notes which version you have read. “ligne diff GUIDELINE --since-ack” then shows what has changed since you \
            read it.
            """))
    }

    @Argument(help: .document)
    var document: String

    @Option(
      name: .shortAndLong,
      help: .init(
        fr: "Une note, une question", en: "A note, a question", value: Localized.Value.text))
    var message: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace)
      var random = SystemRandomNumberGenerator()
      let ack = try workspace.acknowledge(
        path, note: message, by: session.attribution(in: workspace), random: &random)
      try session.answer(
        json: [
          "id": JSONValue(ack.id), "path": JSONValue(ack.path.text), "guideline": JSONValue(path.text),
          "version": JSONValue(ack.version.hex), "contentHash": JSONValue(ack.contentHash),
        ],
        page: Self.describe(ack, in: session.language))
    }

    static func describe(_ ack: Acknowledgement, in language: Language) -> Page {
      let short = String(ack.version.hex.prefix(8))
      var page = Page(
        StyledText(
          Sentence(
            fr: "Lu : la ligne de la version \(short).", en: "Read: the guideline of version \(short)."
          )
          .text(in: language)))
      page.next = Sentence(
        fr: "« ligne commit -m \"…\" » le garde, « ligne sync » le dit à l’équipe.",
        en: "“ligne commit -m \"…\"” keeps it, “ligne sync” tells the team.")
      return page
    }
  }
}
