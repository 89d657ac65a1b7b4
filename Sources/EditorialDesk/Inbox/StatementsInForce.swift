public import Documents
import JSONTree
public import Wording

extension DocumentCollection {
  /// The official words that hold at a moment, by path: begun, not over, and not replaced by one that holds.
  public func statements(inForceAt now: Instant) -> [(document: Document, statement: Statement)] {
    let begun = views(Statement.self).filter { entry in
      let (from, until) = (entry.view.validFrom, entry.view.validUntil)
      return (from.flatMap { Instant(rfc3339: $0) }.map { $0 <= now } ?? true)
        && (until.flatMap { Instant(rfc3339: $0) }.map { now <= $0 } ?? true)
    }
    let replaced = Set(begun.compactMap(\.view.supersedes))
    return begun.filter { !replaced.contains($0.document.id) }.map { ($0.document, $0.view) }
  }

  /// Those that may be about what a conversation is about: with a label of it, or with a word of their topic in a message.
  public func statements(
    about conversation: Conversation, inForceAt now: Instant
  ) -> [(document: Document, statement: Statement)] {
    let labels = Set(conversation.labels.map { JSONString($0) })
    let said = Set(
      conversation.messages.filter { $0.deletedAt == nil }.flatMap { significantWords(of: $0.text) })
    return statements(inForceAt: now).filter { document, statement in
      let own = document.value["labels"]?.array?.compactMap(\.string) ?? []
      return !labels.isDisjoint(with: own)
        || !said.isDisjoint(with: significantWords(of: statement.topic ?? ""))
    }
  }
}

/// The words of a text that may tell what it is about: longer than the articles and pronouns of our languages.
private func significantWords(of text: String) -> [String] {
  readableWords(of: text, limit: .max).split(separator: "-").filter { $0.utf8.count >= 6 }.map(String.init)
}
