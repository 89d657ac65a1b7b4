import ArgumentParser
import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne.Inbox {
  /// Of several answers to one message, one goes out.
  struct Keep: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "keep",
        abstract: Sentence(
          fr: "Garder une réponse parmi plusieurs au même message",
          en: "Keep one of several answers to the same message"),
        discussion: Sentence(
          fr:
            "Les autres deviennent « remplacées »; leurs mots restent lisibles. Une réponse envoyée le reste.",
          en: "The others become superseded; their words can still be read. An answer that went out stays so."
        ))
    }

    @Argument(
      help: .init(
        fr: "La réponse à garder : un chemin, un id ou une partie unique d’un id",
        en: "The answer to keep: a path, an id or any unique part of an id", value: "reply"))
    var reply: String

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(reply, in: workspace)
      let desk = try InboxDesk(workspace, session)
      let (kept, view) = try desk.document(at: path, as: Reply.self, else: ConversationError.notAnAnswer)
      let entry = desk.inbox.entries.first { $0.document.id == view.conversation }
      let others = (entry?.answers ?? []).filter {
        $0.document.id != kept.id && $0.reply.inReplyTo == view.inReplyTo
          && $0.state.isAnswer && $0.state.isAhead
      }
      // Whoever keeps one that had made way takes it up again.
      var states = others.map { (path: $0.document.path, state: "superseded") }
      if view.state == "superseded" { states.append((path, "proposed")) }
      let state = Dictionary(uniqueKeysWithValues: states.map { ($0.path, $0.state) })
      try workspace.change(states.map(\.path), for: "inbox", by: session.attribution(in: workspace)) {
        path, value in
        var object = value.object ?? JSONObject()
        object["state"] = state[path].map { JSONValue($0) }
        return .object(object)
      }
      try session.answer(
        json: [
          "id": .string(kept.id), "path": JSONValue(path.text),
          "superseded": .array(others.map { .string($0.document.id) }),
        ],
        page: Self.describe(
          kept, by: kept.value["createdBy"]?.string.map(desk.name) ?? "?", others: others.count,
          in: session.language))
    }

    static func describe(
      _ kept: Document, by author: String, others: Int, in language: Language
    ) -> Page {
      var page = Page(
        StyledText(Sentence(fr: "Gardée : ", en: "Kept: ").text(in: language))
          + StyledText(author, .strong) + "  " + StyledText(kept.path.shortName, .name))
      page.quote(Reply(kept.value).body)
      guard others > 0 else {
        page.line(
          StyledText(
            Sentence(
              fr: "Il n’y en avait pas d’autre à ce message.", en: "There was no other to this message."
            )
            .text(in: language), .quiet), indent: 2)
        return page
      }
      let counted = CountedNoun(
        fr: ("autre est remplacée", "autres sont remplacées"),
        en: ("other is superseded", "others are superseded")
      ).counted(others)
      page.line(StyledText(counted.text(in: language)), indent: 2)
      page.next = .commitSharesIt
      return page
    }
  }
}
