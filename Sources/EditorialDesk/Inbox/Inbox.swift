import Documents
public import EditorialReview
import JSONTree
public import Wording

/// Who waits for an answer of ours, the shortest time first.
///
/// A pure function of the documents, the moment and the clocks of the workspace’s place: nobody keeps a list of what is
/// unanswered, so none can be out of date.
public struct Inbox: Sendable {
  /// Every conversation: by the time that is left, those without a target behind them, and those that wait for nobody
  /// last.
  public let entries: [InboxEntry]

  /// - Parameter zone: Of the workspace; hours of a policy are by its clocks.
  public init(of states: EditorialStates, zone: TimeZoneRules) {
    let documents = states.documents
    let own = OwnNames(of: documents)
    var policies = ResponsePolicies(documents.single(WorkspaceSettings.self), zone: zone)
    let replies = Dictionary(grouping: documents.views(Reply.self)) { $0.view.conversation ?? "" }
    let all = documents.views(Conversation.self).map { document, conversation in
      InboxEntry(
        document, conversation, replies: (replies[document.id] ?? []).map(\.document), states, own, &policies)
    }
    entries = all.map { (key: SortingKey($0), entry: $0) }.sorted { $0.key < $1.key }.map(\.entry)
  }

  private struct SortingKey: Comparable {
    let due, received: Int
    let id: JSONString

    init(_ entry: InboxEntry) {
      let isOpen = entry.state.isOpen
      due = (isOpen ? entry.due?.first?.secondsSince1970 : nil) ?? .max
      received = (isOpen ? entry.received?.instant.secondsSince1970 : nil) ?? (isOpen ? .max - 1 : .max)
      id = entry.document.id
    }

    static func < (left: Self, right: Self) -> Bool {
      (left.due, left.received, left.id) < (right.due, right.received, right.id)
    }
  }
}

extension EditorialStates {
  /// What went out to answer in a conversation, and is still there.
  func sent(_ replies: [Document], on channel: JSONString?) -> [Questions.Sent] {
    guard let channel else { return [] }
    return replies.flatMap { document -> [Questions.Sent] in
      if textsOutside(of: document, on: channel).isEmpty { return [] }
      let records = publications(of: document, on: channel).map(\.publication)
      return records.filter { $0.nature != .withdrawal }.compactMap { $0.at.flatMap { Instant(rfc3339: $0) } }
        .map { Questions.Sent(inReplyTo: Reply(document.value).inReplyTo, at: $0) }
    }
  }
}

extension InboxEntry {
  init(
    _ document: Document, _ conversation: Conversation, replies: [Document], _ states: EditorialStates,
    _ own: OwnNames, _ policies: inout ResponsePolicies
  ) {
    let questions = Questions(
      in: conversation, sent: states.sent(replies, on: conversation.channel), own: own)
    let sorted = conversation.triageAt.flatMap { Instant(rfc3339: $0) }
    let decided = ConversationState.decided(conversation.triage)
    var waiting = questions.all.filter { $0.answered == nil }.flatMap(\.messages)
    if decided != nil {
      // What came after somebody put it aside waits again; where nobody noted when that was, nothing does.
      waiting = waiting.filter { message in
        guard let sorted, let at = message.moment?.instant else { return false }
        return sorted < at
      }
    } else if waiting.isEmpty, conversation.triage == "to-answer", let sorted,
      let last = questions.lastAnswer, last < sorted
    {
      // Somebody looked at it after the answer and says that more is to be answered.
      waiting = questions.all.last?.messages ?? []
    }
    let claim = conversation.claim.flatMap { $0.holds(at: states.now) ? $0 : nil }
    let answers = replies.map { Answer(document: $0, state: states.state(ofReply: $0)) }
      .filter { $0.state != .superseded && $0.state != .withdrawn }
      .sorted { $0.document.id < $1.document.id }
    waiting.sort { $0.order < $1.order }
    self.init(
      document: document,
      state: Self.state(
        isConflicted: states.isConflicted(document), waiting, decided: decided, claim: claim, answers,
        questions),
      waiting: waiting, lastOfOthers: questions.all.flatMap(\.messages).max { $0.order < $1.order },
      isReopened: decided != nil && !waiting.isEmpty,
      received: waiting.first?.moment,
      due: conversation.channel.flatMap { channel in
        (waiting.first?.moment?.instant).flatMap { policies.due(for: $0, on: channel) }
      },
      claim: claim, answers: answers)
  }

  private static func state(
    isConflicted: Bool, _ waiting: [Conversation.Message], decided: ConversationState?,
    claim: Conversation.Claim?, _ answers: [Answer], _ questions: Questions
  ) -> ConversationState {
    if isConflicted { return .conflicted }
    guard !waiting.isEmpty else {
      if let decided { return decided }
      return questions.all.isEmpty && questions.hasDeleted && questions.lastAnswer == nil
        ? .deleted : .answered
    }
    let ahead = answers.filter { $0.state.isAnswer && $0.state.isAhead }
    if ahead.contains(where: { $0.state == .approved }) { return .ready }
    if !ahead.isEmpty { return .proposed }
    return claim == nil ? .unanswered : .answering
  }
}
