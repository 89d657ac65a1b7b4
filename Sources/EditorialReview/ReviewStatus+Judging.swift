public import Documents
import JSONTree
import Wording

/// What a review is judged by.
struct ReviewContext: Sendable {
  var policy: ApprovalPolicy
  /// The members as far as it counts.
  var team: Team
  /// The team as the newest version has it: who left it or lost a right there has no say any more.
  var declared: Team?
  var signature: SignatureJudge
}

extension ReviewStatus {
  /// - Parameters:
  ///   - reviews: Those about the document and channel, each with whether it is about what the document says now.
  ///   - channel: Where rights are asked for; `nil` for a document that is for no channel.
  ///   - authors: Whose words these are.
  init(
    of reviews: [(document: Document, review: Review, isCurrent: Bool)], on channel: JSONString?,
    authors: Set<JSONString>, in context: ReviewContext
  ) {
    policy = context.policy
    let ordered = reviews.compactMap { entry in
      entry.review.verdict.map { (entry.document, entry.review, $0, entry.isCurrent, Order(entry)) }
    }.sorted { $0.4 < $1.4 }
    // A person's last decision counts: the last on these words, else the last of all.
    var last: [Voice: (isCurrent: Bool, index: Int)] = [:]
    for (index, entry) in ordered.enumerated() {
      let voice = Voice(entry.1)
      if let before = last[voice], before.isCurrent, !entry.3 { continue }
      last[voice] = (entry.3, index)
    }
    decisions = ordered.enumerated().map { index, entry in
      let (document, review, verdict, isCurrent, _) = entry
      let standing = context.signature(review, document.id)
      let objection =
        last[Voice(review)]?.index == index
        ? context.disqualification(
          // A yes to other words was somebody’s own only if they wrote those; what they wrote since makes it no less a yes.
          of: review, verdict: verdict, standing, on: channel, authors: isCurrent ? authors : [])
        : .decidedAgain
      return Decision(
        document: document, review: review, verdict: verdict, isCurrent: isCurrent, signature: standing,
        objection: objection)
    }
    let approvals = decisions.filter { $0.counts && $0.isCurrent && $0.verdict == .approve }
    progress =
      policy.preset == .multiLevel
      ? policy.levels.map { context.progress(of: $0, approvals, on: channel) } : []
  }

  /// Who speaks, for whom, at which level: one voice.
  private struct Voice: Hashable {
    var by, onBehalfOf, level: JSONString?

    init(_ review: Review) { (by, onBehalfOf, level) = (review.by, review.onBehalfOf, review.level) }
  }

  /// A person numbers their decisions; without numbers the times say which is the later, and the ids settle the rest.
  private struct Order: Comparable {
    var sequence, seconds: Int
    var id: JSONString

    init(_ entry: (document: Document, review: Review, isCurrent: Bool)) {
      sequence = entry.review.sequence
      seconds = entry.review.at.flatMap { Instant(rfc3339: $0) }?.secondsSince1970 ?? .min
      id = entry.document.id
    }

    static func < (left: Self, right: Self) -> Bool {
      (left.sequence, left.seconds, left.id) < (right.sequence, right.seconds, right.id)
    }
  }
}

extension ReviewContext {
  /// Why a decision does not count; `nil` where it does.
  func disqualification(
    of review: Review, verdict: Review.Verdict, _ standing: SignatureStanding, on channel: JSONString?,
    authors: Set<JSONString>
  ) -> ReviewStatus.Disqualification? {
    guard let by = review.by, isThere(by), let voice = team.member(review.onBehalfOf ?? by),
      voice.id.map(isThere) ?? false
    else { return .notOfTheTeam }
    // What was taken away from a yes is gone at once; nobody gets rid of a no by that.
    if review.onBehalfOf != nil, voice.id != by,
      !gave(voice, itsVoiceTo: by, at: review.at, forYes: verdict == .approve)
    {
      return .noDelegation
    }
    // Anybody may object, also to their own words; only a yes asks for a right.
    if standing == .refused { return .signature }
    guard verdict == .approve else { return nil }
    if standing == .revoked { return .revokedKey }
    if policy.hasFourEyes, authors.contains(by) || authors.contains(voice.id ?? by) { return .ownWords }
    switch policy.preset {
    case .free, .optional: break
    case .required, .multiLevel:
      if !mayApprove(voice, on: channel) { return .noRight }
      if policy.preset == .multiLevel {
        let now = voice.id.flatMap { declared?.member($0) }
        guard isAskedFor(voice, at: review.level), now.map({ isAskedFor($0, at: review.level) }) ?? false
        else {
          return .noRole
        }
      }
      if standing == .missing { return .signature }
    }
    guard policy.wantsSignatures, standing != .verified else { return nil }
    return team.member(by)?.keys.isEmpty ?? true ? .noKey : .signature
  }

  private func isThere(_ id: JSONString) -> Bool {
    team.member(id) != nil && declared?.member(id) != nil
  }

  /// Whether a level asks for a role the member has.
  ///
  /// - Parameter level: The one the yes is for; `nil` for any.
  private func isAskedFor(_ member: Team.Member, at level: JSONString?) -> Bool {
    policy.levels.isEmpty
      || policy.levels.contains { asked in
        (level.map { $0 == asked.id } ?? true) && member.has(roleOf: asked)
      }
  }

  private func mayApprove(_ member: Team.Member, on channel: JSONString?) -> Bool {
    let channel = channel ?? "*"
    return member.may("approve", on: channel)
      && member.id.flatMap { declared?.member($0) }?.may("approve", on: channel) ?? false
  }

  /// Whether a person speaks for a member at a moment: by what counts, and to say yes also by what the newest version still
  /// says.
  func gave(
    _ member: Team.Member, itsVoiceTo person: JSONString, at text: String?, forYes: Bool = true
  ) -> Bool {
    guard let moment = text.flatMap({ Instant(rfc3339: $0) }) else { return false }
    return ([member] + (forYes ? [member.id.flatMap { declared?.member($0) }] : [])).allSatisfy {
      $0?.delegations.contains { $0.to == person && $0.isInForce(at: moment) } ?? false
    }
  }

  fileprivate func progress(
    of level: ApprovalPolicy.Level, _ approvals: [ReviewStatus.Decision], on channel: JSONString?
  ) -> ReviewStatus.Progress {
    let holders = team.members.filter { member in
      member.has(roleOf: level) && member.may("approve", on: channel ?? "*")
    }.compactMap(\.id)
    let given = approvals.filter { decision in
      holders.contains(decision.voice) && (decision.review.level.map { $0 == level.id } ?? true)
    }
    switch level.need {
    case .all:
      // Each of them, by themselves or by who stands in for them.
      let voices = Set(given.map(\.voice)).sorted()
      return ReviewStatus.Progress(level: level, approvedBy: voices, needed: max(holders.count, 1))
    case .any, .count:
      // Different people: who also stands in for somebody is still one pair of eyes.
      let needed = if case .count(let count) = level.need { count } else { 1 }
      return ReviewStatus.Progress(level: level, approvedBy: Set(given.map(\.by)).sorted(), needed: needed)
    }
  }
}

extension Team.Member {
  /// Whether a level asks for a role the member has.
  public func has(roleOf level: ApprovalPolicy.Level) -> Bool {
    roles.contains { JSONString($0) == JSONString(level.role) }
  }
}
