import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 6. Two answers to one comment: two people worked apart, and both answers would go out.
  ///
  /// Drafts are nobody's answer yet. The finding stands at the answer that was written last.
  static let twoAnswers = Contradiction(rule: "two-answers") { situation in
    var answers: [Place: [(document: Document, state: EditorialState)]] = [:]
    for (document, reply) in situation.documents.views(Reply.self) {
      let state = situation.states.state(ofReply: document)
      guard let conversation = reply.conversation, state.isAnswer else { continue }
      answers[Place(conversation: conversation, message: reply.inReplyTo), default: []]
        .append((document, state))
    }
    return answers.sorted { $0.key < $1.key }.compactMap { place, answers in
      // Ids begin with the moment they were made.
      let ordered = answers.sorted { $0.document.id < $1.document.id }
      guard ordered.count > 1, let last = ordered.last else { return nil }
      let people = situation.names(of: ordered.compactMap { $0.document.value["createdBy"]?.string })
      let asker = situation.author(of: place)
      let sent = ordered.count { $0.state == .sent || $0.state == .sentDiverged }
      let message =
        sent > 1
        ? Sentence(
          fr: """
            \(asker.french) a reçu plusieurs réponses, écrites par \(people.french). Lisez-les ensemble; corrigez ou retirez \
            celle qui n’est pas la bonne.
            """,
          en: """
            \(asker.english) was sent more than one answer, by \(people.english). Read them together; correct or \
            withdraw the one that is not right.
            """)
        : Sentence(
          fr: """
            \(asker.french) recevrait plusieurs réponses, préparées par \(people.french). Gardez-en une, ou faites-en une \
            seule; les autres deviennent « remplacées ».
            """,
          en: """
            \(asker.english) would get more than one answer, by \(people.english). Keep one, or make one of them; \
            mark the others as superseded.
            """)
      return Finding(rule: "two-answers", level: .error, in: last.document, at: "/inReplyTo", message)
    }
  }

  fileprivate struct Place: Hashable, Comparable {
    var conversation: JSONString
    var message: JSONString?

    static func < (left: Self, right: Self) -> Bool {
      (left.conversation, left.message ?? "") < (right.conversation, right.message ?? "")
    }
  }
}

extension Situation {
  /// Who wrote the message that is answered.
  fileprivate func author(of place: Contradiction.Place) -> Sentence {
    let messages = documents[place.conversation].map { Conversation($0.value).messages } ?? []
    let message = messages.first { $0.externalId == place.message } ?? messages.first
    guard let name = message?.author else { return Sentence(fr: "Une personne", en: "Somebody") }
    return Sentence(fr: name, en: name)
  }
}
