public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// A conversation as the inbox sees it: what waits, since when, until when, and who has it.
public struct InboxEntry: Sendable {
  public let document: Document
  public let state: ConversationState
  /// Messages of others that nobody answered, by time.
  public let waiting: [Conversation.Message]
  /// The last thing somebody else said and did not delete.
  public let lastOfOthers: Conversation.Message?
  /// Whether it was put aside, and somebody wrote again.
  public let isReopened: Bool
  /// When the first of the messages that wait came, as its clocks showed it.
  public let received: Moment?
  /// Until when to answer it; `nil` where nothing waits, or no policy is for the channel.
  public let due: ResponsePolicy.Due?
  /// Who is preparing the answer, as long as that holds.
  public let claim: Conversation.Claim?
  /// What was written to answer, drafts included, by id; nothing that was superseded or withdrawn.
  public let answers: [Answer]

  /// Something written to answer.
  public struct Answer: Sendable {
    public let document: Document
    public let state: EditorialState
    public var reply: Reply { Reply(document.value) }
  }

  public var conversation: Conversation { Conversation(document.value) }
  public var assignee: JSONString? { conversation.assignee.map { JSONString($0) } }

  /// The message that shows what it is about: the first that waits, else the last there is.
  public var shown: Conversation.Message? { waiting.first ?? conversation.messages.last }

  /// Several answers to one message, of which one can go out; each group by id, the groups by message.
  public var rivals: [[Answer]] {
    Dictionary(grouping: answers.filter(\.state.isAnswer)) { $0.reply.inReplyTo ?? "" }
      .filter { $1.count > 1 }.sorted { $0.key < $1.key }.map(\.value)
  }

  /// How many seconds are left; less than 0 where it is late; `nil` without a target.
  public func secondsLeft(at now: Instant) -> Int? {
    due?.first.map { $0.secondsSince1970 - now.secondsSince1970 }
  }

  /// Who has it in hand: who claimed it, whom it is assigned to, and who wrote one of the answers; by id.
  public var peopleInHand: [JSONString] {
    let writers = answers.compactMap { $0.document.value["createdBy"]?.string }
    return Set([claim?.by, assignee].compactMap(\.self) + writers).sorted()
  }

  public func isInHand(of person: JSONString) -> Bool { peopleInHand.contains(person) }
}
