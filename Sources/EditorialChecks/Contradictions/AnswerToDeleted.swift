import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 7. An answer is ready, and the comment it answers was deleted by who wrote it.
  static let answerToDeleted = Contradiction(rule: "answer-to-deleted") { situation in
    situation.documents.views(Reply.self).compactMap { document, reply in
      guard situation.states.state(ofReply: document).isAhead, let conversation = reply.conversation,
        let messages = situation.documents[conversation].map({ Conversation($0.value).messages }),
        let message = messages.first(where: { $0.externalId == reply.inReplyTo }),
        let deletedAt = message.deletedAt
      else { return nil }
      let author = message.author ?? "?"
      let moment = situation.moment(deletedAt)
      return Finding(
        rule: "answer-to-deleted", level: .error, in: document, at: "/inReplyTo",
        Sentence(
          fr: """
            \(author) a supprimé le message auquel cette réponse répond (\(moment.french)). Ne l’envoyez pas telle \
            quelle : retirez-la, ou répondez ailleurs.
            """,
          en: """
            \(author) deleted the message that this answers (\(moment.english)). Don’t send it as it is: withdraw \
            it, or answer elsewhere.
            """))
    }
  }
}
