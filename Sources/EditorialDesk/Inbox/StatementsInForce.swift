public import Documents
public import JSONTree
public import Wording

extension DocumentCollection {
  /// The official words that hold at a moment, by path: begun, not over, and not replaced by one that holds.
  public func statements(inForceAt now: Instant) -> [(document: Document, statement: Statement)] {
    let begun = begunStatements(at: now)
    let replaced = Set(begun.compactMap(\.statement.supersedes))
    return begun.filter { !replaced.contains($0.document.id) }
  }

  /// Those that may be about what a conversation is about: with a label of it, or with a word of their topic in a message.
  public func statements(
    about conversation: Conversation, inForceAt now: Instant
  ) -> [(document: Document, statement: Statement)] {
    let subject = ConversationSubject(of: conversation)
    return statements(inForceAt: now).filter { document, statement in
      subject.hasLabel(among: document.value["labels"]?.array?.compactMap(\.string) ?? [])
        || subject.wordsShared(with: statement.topic ?? "") > 0
    }
  }

  /// What holds in place of a statement at a moment: itself, or what superseded it, however often.
  ///
  /// - Returns: `nil` where neither is there and holds.
  public func statement(
    inForceFor id: JSONString, at now: Instant
  ) -> (document: Document, statement: Statement)? {
    let begun = begunStatements(at: now)
    // Of two that supersede one statement apart, the one whose path comes first, on every computer.
    let successors = Dictionary(
      begun.compactMap { entry in entry.statement.supersedes.map { ($0, entry) } },
      uniquingKeysWith: { first, _ in first })
    var found = begun.first { $0.document.id == id }
    var (current, seen) = (id, Set<JSONString>())
    while seen.insert(current).inserted, let next = successors[current] {
      (found, current) = (next, next.document.id)
    }
    return found
  }

  private func begunStatements(at now: Instant) -> [(document: Document, statement: Statement)] {
    views(Statement.self).filter { entry in
      let (from, until) = (entry.view.validFrom, entry.view.validUntil)
      return (from.flatMap { Instant(rfc3339: $0) }.map { $0 <= now } ?? true)
        && (until.flatMap { Instant(rfc3339: $0) }.map { now <= $0 } ?? true)
    }.map { ($0.document, $0.view) }
  }
}
