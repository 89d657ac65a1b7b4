import Documents
import JSONTree

/// What a conversation may be about: its labels, and the longer words of its messages.
struct ConversationSubject {
  private let labels: Set<JSONString>
  private let words: Set<String>

  init(of conversation: Conversation) {
    labels = Set(conversation.labels.map { JSONString($0) })
    words = Set(
      conversation.messages.filter { $0.deletedAt == nil }.flatMap { significantWords(of: $0.text) })
  }

  func hasLabel(among others: [JSONString]) -> Bool { !labels.isDisjoint(with: others) }

  /// How many different words of a text are among those of the messages.
  func wordsShared(with text: String) -> Int { words.intersection(significantWords(of: text)).count }
}

/// The words of a text that may tell what it is about: longer than the articles and pronouns of our languages.
private func significantWords(of text: String) -> [String] {
  readableWords(of: text, limit: .max).split(separator: "-").filter { $0.utf8.count >= 6 }.map(String.init)
}
