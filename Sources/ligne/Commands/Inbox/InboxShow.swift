import ArgumentParser
import Documents
import EditorialDesk
import JSONTree
import SyncEngine
import Wording

extension Ligne.Inbox {
  /// One conversation with everything about it.
  struct Show: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "show",
        abstract: Sentence(
          fr: "Lire une conversation, les réponses proposées et les notes",
          en: "Read a conversation, the proposed answers and the notes"),
        discussion: Sentence(
          fr: """
            Les réponses au même message sont côte à côte. Les déclarations en vigueur sont celles qui partagent une \
            étiquette avec la conversation, ou dont le sujet est nommé dans un message; les rumeurs, celles qu’on y a entendues, qui partagent une étiquette, ou \
            dont deux mots reviennent dans un message. Les notes sont internes.
            """,
          en: """
            Answers to the same message stand side by side. The statements in force are those that share a label with the \
            conversation, or whose topic a message names; the rumours those heard there, with a label of it, or of which two \
            words come back in a message. Notes are internal.
            """))
    }

    @Argument(help: .conversation)
    var conversation: String

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(conversation, in: workspace)
      let desk = try InboxDesk(workspace, session)
      let entry = try desk.entry(at: path)
      let page = ConversationPage(
        desk: desk, entry: entry, notes: try workspace.listedComments(on: path, onlyOpen: false),
        when: try session.when(in: workspace))
      try session.answer(json: page.json, page: page.described(in: session.language))
    }
  }
}
