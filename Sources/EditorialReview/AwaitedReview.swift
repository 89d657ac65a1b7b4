public import Documents
public import JSONTree
public import Wording

/// A document that waits for somebody's decision, and for what.
public struct AwaitedReview: Sendable {
  public let document: Document
  public let state: EditorialState
  /// Of a post: where it waits, by channel. Empty for everything else, and for a post that is for no channel yet.
  public let standings: [ChannelStanding]
  /// What people decided about it as a whole, where it is for no channel.
  public let status: ReviewStatus?
  /// What is still to be said, the same on several channels once.
  public let needs: [Need]

  /// A yes that is missing.
  public struct Need: Hashable, Sendable {
    /// The level; `nil` where the policy has none.
    public let level: ApprovalPolicy.Level?
    public let needed: Int
    /// Whether it is its turn: a later level is asked once those before have said yes, or have nobody who could.
    public let isAskedNow: Bool
    /// Whose yes is there, by id.
    public let given: [JSONString]
    public var channels: [JSONString]

    /// Where there are no levels: anybody’s who may.
    static let oneYes = Need(level: nil, needed: 1, isAskedNow: true, given: [], channels: [])
  }

  /// Every decision about it, on any channel, each once, the oldest first: as it is where it counts, and of that where it is
  /// about these words.
  public var decisions: [ReviewStatus.Decision] {
    let all = standings.compactMap(\.reviews).flatMap(\.decisions) + (status?.decisions ?? [])
    var best: [JSONString: ReviewStatus.Decision] = [:]
    var order: [JSONString] = []
    func worth(_ decision: ReviewStatus.Decision) -> Int {
      (decision.counts ? 2 : 0) + (decision.isCurrent ? 1 : 0)
    }
    for decision in all {
      let id = decision.document.id
      if let known = best[id] {
        if worth(decision) > worth(known) { best[id] = decision }
      } else {
        order.append(id)
        best[id] = decision
      }
    }
    return order.compactMap { best[$0] }
  }
}

extension EditorialStates {
  /// The documents that wait for a decision, by path.
  ///
  /// What was asked for and not answered, also where it may go out without; what was approved and changed since; what
  /// somebody wants changed; where approval is required, what has a time and no yes; and changes of the team or the
  /// workflow that count for nothing yet.
  public func awaitedReviews() -> [AwaitedReview] { documents.all.compactMap(awaitedReview(of:)) }

  /// What a document waits for; `nil` where it waits for nobody.
  public func awaitedReview(of document: Document) -> AwaitedReview? {
    switch document.kind.name {
    case Post.kind: awaitedReview(ofPost: document)
    case Reply.kind: awaitedReview(ofReply: document)
    case WorkspaceSettings.kind, Team.kind: awaitedReview(ofGuarded: document)
    default: hasReviews(document) ? awaitedReview(ofOther: document) : nil
    }
  }

  private func awaitedReview(ofPost document: Document) -> AwaitedReview? {
    let all = standings(of: document)
    guard !all.isEmpty else {
      let state = state(ofPost: document, on: [])
      guard Self.waiting.contains(state) else { return nil }
      return awaited(document, state, reviewStatus(of: document))
    }
    let post = Post(document.value)
    let waiting = all.compactMap { standing -> ChannelStanding? in
      func waits(_ state: EditorialState, _ reviews: ReviewStatus) -> ChannelStanding {
        ChannelStanding(channel: standing.channel, state: state, reviews: reviews)
      }
      let reviews = standing.reviews ?? reviewStatus(of: document, on: standing.channel)
      if Self.waiting.contains(standing.state) { return waits(standing.state, reviews) }
      // It goes out without anybody's yes, or is out in other words, and somebody asked for one all the same.
      if [.scheduled, .publishedDiverged].contains(standing.state), post.state == "in-review",
        !reviews.isApproved
      {
        return waits(work(reviews, stored: post.state), reviews)
      }
      // With a time, and nothing that lets it go out: nobody may have asked yet.
      let hasTime = post.releaseTime(on: standing.channel).map { $0 > now } ?? false
      return policy.preset >= .required && hasTime && [.draft, .idea].contains(standing.state)
        ? waits(standing.state, reviews) : nil
    }
    guard !waiting.isEmpty else { return nil }
    var needs: [AwaitedReview.Need] = []
    for standing in waiting {
      for var need in self.needs(of: document, standing.reviews, on: [standing.channel]) {
        let same = needs.firstIndex {
          $0.level == need.level && $0.needed == need.needed && $0.given == need.given
            && $0.isAskedNow == need.isAskedNow
        }
        need.channels = [standing.channel]
        if let same { needs[same].channels += need.channels } else { needs.append(need) }
      }
    }
    return AwaitedReview(
      document: document, state: state(ofPost: document, on: waiting), standings: waiting, status: nil,
      needs: needs)
  }

  private func awaitedReview(ofReply document: Document) -> AwaitedReview? {
    let state = state(ofReply: document)
    guard Self.waiting.contains(state) else { return nil }
    let channel = Reply(document.value).conversation.flatMap { documents[$0] }
      .flatMap { Conversation($0.value).channel }
    return awaited(document, state, reviewStatus(of: document, rightsOn: channel))
  }

  private func awaitedReview(ofGuarded document: Document) -> AwaitedReview? {
    guard authority.isWaiting(in: document.kind.name) else { return nil }
    // Whoever may approve everywhere settles it by one yes, whatever levels texts go through.
    return AwaitedReview(
      document: document, state: stateOfWaitingChange(in: document), standings: [],
      status: reviewStatus(of: document), needs: [.oneYes])
  }

  private func awaitedReview(ofOther document: Document) -> AwaitedReview? {
    let status = reviewStatus(of: document)
    if !status.objections.isEmpty { return awaited(document, .changesRequested, status) }
    return status.isStale ? awaited(document, .stale, status) : nil
  }

  private func awaited(
    _ document: Document, _ state: EditorialState, _ status: ReviewStatus
  ) -> AwaitedReview {
    AwaitedReview(
      document: document, state: state, standings: [], status: status,
      needs: needs(of: document, status, on: []))
  }

  private func needs(
    of document: Document, _ status: ReviewStatus?, on channels: [JSONString]
  ) -> [AwaitedReview.Need] {
    guard let status else { return [] }
    if status.progress.isEmpty {
      let given = Set(status.approvals.map(\.by)).sorted()
      return given.isEmpty ? [.oneYes] : []
    }
    let asked = levelsAsked(of: document, status, on: channels)
    return status.missing.map { progress in
      AwaitedReview.Need(
        level: progress.level, needed: progress.needed, isAskedNow: asked.contains(progress.level),
        given: progress.approvedBy, channels: [])
    }
  }

  // MARK: - Whose turn it is

  /// The levels that are asked for their yes now: those of the first turn in which somebody can still give one, and those
  /// before it where nobody can. Later ones are asked once these have theirs; where nobody can answer at all, all are.
  ///
  /// A yes that is said before its turn is kept, for it is about these very words.
  private func levelsAsked(
    of document: Document, _ status: ReviewStatus, on channels: [JSONString]
  ) -> [ApprovalPolicy.Level] {
    let missing = status.missing.map(\.level)
    let named = reviewers(of: document)
    let people = named.isEmpty ? context.team.members.compactMap(\.id) : named
    let first = missing.first { level in
      people.contains { canAnswer($0, at: level, status, of: document, on: channels) }
    }
    return first.map { first in missing.filter { $0.turn <= first.turn } } ?? missing
  }

  /// Whether a yes of a voice for a level would count, and nothing was heard of it.
  ///
  /// - Parameter person: Who would say it; `nil` for the voice itself.
  private func canAnswer(
    _ voice: JSONString, by person: JSONString? = nil, at level: ApprovalPolicy.Level, _ status: ReviewStatus,
    of document: Document, on channels: [JSONString]
  ) -> Bool {
    !status.isDecided(by: voice, at: level.id)
      && objection(
        to: .approve, by: person ?? voice, onBehalfOf: person.flatMap { $0 == voice ? nil : voice },
        level: level.id, on: document, channels: channels) == nil
  }

  private func reviewers(of document: Document) -> [JSONString] {
    document.value["reviewers"]?.array?.compactMap(\.string) ?? []
  }

  /// In which a document waits for a decision.
  public static let waiting: Set<EditorialState> = [.inReview, .stale, .changesRequested, .proposed]

  /// Whether a document waits for this very person: they were asked, or nobody in particular was; their decision would
  /// count; it is the turn of a level they are of; and they have not decided on these words for it yet.
  ///
  /// - Parameter other: Whose voice the person would speak with; `nil` for their own.
  public func waits(
    _ awaited: AwaitedReview, for person: JSONString, onBehalfOf other: JSONString? = nil
  ) -> Bool {
    let voice = other ?? person
    let document = awaited.document
    let named = reviewers(of: document)
    guard named.isEmpty || named.contains(voice) else { return false }
    let kind = document.kind.name
    if authority.isWaiting(in: kind) {
      if authority.objection(toYesBy: person, in: kind) != nil { return false }
      if needsKey(of: person, toApprove: document) { return false }
    }
    func isAsked(in status: ReviewStatus?, _ channels: [JSONString]) -> Bool {
      let levels = awaited.needs.filter { $0.isAskedNow && channels.allSatisfy($0.channels.contains) }
        .compactMap(\.level)
      if let status, !levels.isEmpty {
        return levels.contains { canAnswer(voice, by: person, at: $0, status, of: document, on: channels) }
      }
      return !(status?.isDecided(by: voice) ?? false)
        && objection(to: .approve, by: person, onBehalfOf: other, on: document, channels: channels) == nil
    }
    if awaited.standings.isEmpty { return isAsked(in: awaited.status, []) }
    return awaited.standings.contains { isAsked(in: $0.reviews, [$0.channel]) }
  }

  /// The people for whom a document waits, by their ids, sorted; see ``waits(_:for:onBehalfOf:)``.
  public func peopleAsked(_ awaited: AwaitedReview) -> [JSONString] {
    let members = (context.team.members + (context.declared?.members ?? [])).compactMap(\.id)
    return Set(members).filter { waits(awaited, for: $0) }.sorted()
  }

  /// When a document that waits may stop waiting by the hour alone: what was not approved in time has expired. A document
  /// that does not wait never begins to by the hour alone.
  ///
  /// - Returns: `nil` for never.
  public func endOfWaiting(of document: Document) -> Instant? {
    guard document.kind.name == Post.kind else { return nil }
    let post = Post(document.value)
    let expiry = post.expiresAt.flatMap { Instant(rfc3339: $0) }
    let ends = post.variants.compactMap { post.releaseTime(on: $0.channel) } + [expiry].compactMap(\.self)
    return ends.filter { $0 > now }.min()
  }

  /// The documents to which a person said yes without a signature, which counts for nothing now that they have a key.
  ///
  /// What is published or given up needs no yes any more.
  public func unsignedApprovals(of person: JSONString) -> [Document] {
    documents.all.filter { document in
      guard hasReviews(document) else { return false }
      let review = review(of: document)
      if [.published, .sent, .withdrawn, .cancelled, .superseded, .archived].contains(review.state) {
        return false
      }
      return review.decisions.contains {
        $0.by == person && $0.verdict == .approve && $0.isCurrent && $0.signature == .missing
          && $0.objection == .signature
      }
    }
  }

  /// Those who gave a person their voice for now, in the order of the team.
  public func voices(givenTo person: JSONString) -> [JSONString] {
    let moment = now.rfc3339(offset: .utc)
    return context.team.members.filter { context.gave($0, itsVoiceTo: person, at: moment) }.compactMap(\.id)
  }
}

extension EditorialStates {
  /// The same of a document that waits for nobody: where it stands, and what was decided.
  public func review(of document: Document) -> AwaitedReview {
    guard document.kind.name == Post.kind else {
      let channel =
        document.kind.name == Reply.kind
        ? Reply(document.value).conversation.flatMap { documents[$0] }
          .flatMap { Conversation($0.value).channel } : nil
      let status = reviewStatus(of: document, rightsOn: channel)
      let state =
        document.kind.name == Reply.kind
        ? state(ofReply: document) : work(status, stored: document.value["state"]?.text ?? "draft")
      return AwaitedReview(document: document, state: state, standings: [], status: status, needs: [])
    }
    let all = standings(of: document).map { standing in
      ChannelStanding(
        channel: standing.channel, state: standing.state,
        reviews: standing.reviews ?? reviewStatus(of: document, on: standing.channel))
    }
    return AwaitedReview(
      document: document, state: state(ofPost: document, on: all), standings: all,
      status: all.isEmpty ? reviewStatus(of: document) : nil, needs: [])
  }
}
