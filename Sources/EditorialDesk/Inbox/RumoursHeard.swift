public import Documents
import JSONTree

extension DocumentCollection {
  /// The rumours that go round, by path.
  public var circulatingRumours: [(document: Document, rumour: Rumour)] {
    views(Rumour.self).filter(\.view.circulates).map { ($0.document, $0.view) }
  }

  /// Those of them that a conversation may repeat: heard there already, with a label of it, or with two words of the claim
  /// in its messages.
  ///
  /// One word is not enough: a claim is a sentence, and often has the name of the brand or of a month in it.
  public func rumours(
    heardIn conversation: Document, _ view: Conversation
  ) -> [(document: Document, rumour: Rumour)] {
    let subject = ConversationSubject(of: view)
    return circulatingRumours.filter { _, rumour in
      rumour.conversations.contains(conversation.id) || subject.hasLabel(among: rumour.labels)
        || subject.wordsShared(with: rumour.claim ?? "") > 1
    }
  }
}
