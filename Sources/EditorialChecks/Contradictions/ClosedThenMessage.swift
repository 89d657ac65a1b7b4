import Documents
import JSONTree
import Wording

extension Contradiction {
  /// 8. A conversation was closed, and a new message came: somebody waits whom nobody sees.
  ///
  /// Needs `triageAt`, which says when it was closed: a conversation also ends with the other person's thanks.
  static let closedThenMessage = Contradiction(rule: "closed-then-message") { situation in
    let own = OwnNames(of: situation.documents)
    return situation.documents.views(Conversation.self).compactMap { document, conversation in
      guard ["closed", "ignored", "hidden"].contains(conversation.triage),
        let sorted = conversation.triageAt.flatMap({ Instant(rfc3339: $0) })
      else { return nil }
      let late = conversation.messages.first { message in
        guard let at = message.at.flatMap({ Instant(rfc3339: $0) }), message.deletedAt == nil else {
          return false
        }
        return at > sorted && !own.isOwn(message, on: conversation.channel)
      }
      guard let late else { return nil }
      let author = late.author ?? "?"
      let moment = situation.moment(late.at)
      return Finding(
        rule: "closed-then-message", level: .warning, in: document, at: "/triage",
        Sentence(
          fr: "\(author) a écrit de nouveau \(moment.french), après la fermeture. Rouvrez la conversation.",
          en: "\(author) wrote again on \(moment.english), after it was closed. Open the conversation again.")
      )
    }
  }
}
