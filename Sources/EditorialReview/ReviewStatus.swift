public import Documents
public import JSONTree

/// What people have decided about a document, on one channel or as a whole, seen from the text as it is now.
public struct ReviewStatus: Sendable {
  /// One person's word that counts, or why it does not.
  public struct Decision: Sendable {
    public let document: Document
    public let review: Review
    public let verdict: Review.Verdict
    /// Whether it is about exactly what the document says now.
    public let isCurrent: Bool
    public let signature: SignatureStanding
    /// Why it does not count; `nil` where it does.
    public let objection: Disqualification?

    /// Who decided. Whose voice it is may be somebody else.
    public var by: JSONString { review.by ?? "" }
    public var voice: JSONString { review.onBehalfOf ?? by }
    public var counts: Bool { objection == nil }
  }

  /// Why a decision does not count.
  public enum Disqualification: Hashable, Sendable {
    /// The person is not, or no longer, of the team.
    case notOfTheTeam
    /// The person may not approve on this channel.
    case noRight
    /// No level of the workflow asks for a role the person has.
    case noRole
    /// Four eyes: these are their own words.
    case ownWords
    /// Nobody gave them that voice at that time.
    case noDelegation
    /// A signature was due and is missing or wrong.
    case signature
    /// It was signed with a key that was taken back since.
    case revokedKey
    /// Only signed yeses count here, and the person has no key.
    case noKey
    /// The same person has decided again.
    case decidedAgain
  }

  /// How far an approval level is.
  public struct Progress: Hashable, Sendable {
    public let level: ApprovalPolicy.Level
    /// People whose yes is there, sorted.
    public let approvedBy: [JSONString]
    /// How many are needed; at least one.
    public let needed: Int

    public var isObtained: Bool { approvedBy.count >= needed }
  }

  /// Every decision about this document and channel, the oldest first.
  public let decisions: [Decision]
  public let policy: ApprovalPolicy
  /// The levels of the policy in their order; empty unless it is `multi-level`.
  public let progress: [Progress]

  /// Yeses on the words as they are.
  public var approvals: [Decision] {
    decisions.filter { $0.counts && $0.isCurrent && $0.verdict == .approve }
  }
  /// Noes and requests for changes on the words as they are.
  public var objections: [Decision] {
    decisions.filter { $0.counts && $0.isCurrent && $0.verdict.isObjection }
  }
  /// Yeses on words that were different.
  public var staleApprovals: [Decision] {
    decisions.filter { $0.counts && !$0.isCurrent && $0.verdict == .approve }
  }

  /// Yeses on the words as they are that count for nothing: mostly of people who have lost the right or the key since.
  var lostApprovals: [Decision] {
    decisions.filter { decision in
      decision.isCurrent && decision.verdict == .approve && decision.signature != .refused
        && decision.objection.map { ![.decidedAgain, .ownWords].contains($0) } ?? false
    }
  }

  /// Whether a voice was heard about the words as they are. What counts for nothing was not, or whose key was revoked would never
  /// be asked again; but nobody is asked about words of their own once they have said yes to them.
  ///
  /// - Parameter level: For this level; `nil` for any.
  func isDecided(by voice: JSONString, at level: JSONString? = nil) -> Bool {
    decisions.contains { decision in
      decision.voice == voice && decision.isCurrent && (decision.counts || decision.objection == .ownWords)
        && (level == nil || decision.review.level == nil || decision.review.level == level)
    }
  }

  /// Whether somebody said yes where the policy asks for it, and nobody objects.
  public var isApproved: Bool {
    guard objections.isEmpty else { return false }
    return progress.isEmpty ? !approvals.isEmpty : progress.allSatisfy(\.isObtained)
  }

  /// Whether approvals exist for older words only.
  public var isStale: Bool { approvals.isEmpty && !staleApprovals.isEmpty }

  /// Whether nothing that the policy requires is missing.
  ///
  /// Under `optional` nothing is withheld for want of a yes; but a yes that was given, and no longer covers the words,
  /// is asked for again. Under `free` nobody is asked. An objection to these very words always waits for an answer.
  public var isReady: Bool {
    switch policy.preset {
    case .free: objections.isEmpty
    case .optional: objections.isEmpty && !isStale
    case .required, .multiLevel: isApproved
    }
  }

  /// The levels at which a yes is missing, in their order.
  public var missing: [Progress] { progress.filter { !$0.isObtained } }
}
