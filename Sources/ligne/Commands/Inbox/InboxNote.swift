import ArgumentParser
import Documents
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne.Inbox {
  /// Advice for colleagues.
  struct Note: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "note",
        abstract: Sentence(
          fr: "Laisser un avis à l’équipe, qui reste interne",
          en: "Leave advice to the team, which stays internal"),
        discussion: Sentence(
          fr: "C’est un commentaire sur la conversation : « ligne comment » y répond et le règle.",
          en: "It is a comment on the conversation: “ligne comment” answers and resolves it."))
    }

    @Argument(help: .conversation)
    var conversation: String

    @Option(
      name: .shortAndLong,
      help: .init(fr: "Ce que vous en dites", en: "What you say about it", value: Localized.Value.text))
    var message: String

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(conversation, in: workspace)
      let kind = try workspace.document(at: path)["kind"]?.string
      guard kind == Conversation.kind else { throw ConversationError.notAConversation(kind) }
      var wish = CommentWish(on: path, body: message)
      wish.visibility = "internal"
      var random = SystemRandomNumberGenerator()
      let made = try workspace.comment(wish, by: session.attribution(in: workspace), random: &random)
      try session.answer(json: made.json, page: Self.describe(made, in: session.language))
    }

    static func describe(_ made: WrittenComment, in language: Language) -> Page {
      var page = Page(
        StyledText(Sentence(fr: "Note interne ", en: "Internal note ").text(in: language))
          + StyledText(made.id, .name)
          + StyledText(Sentence(fr: " sur ", en: " on ").text(in: language))
          + StyledText(made.subject.text, .name))
      page.next = .commitSharesIt
      return page
    }
  }
}
