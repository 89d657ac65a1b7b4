import ConcurrentMap
public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// A way in which documents that are each in order, and that merged without a conflict, contradict each other.
///
/// Each is one file of this folder: a pure function of the documents and the moment. Two people bring it about without
/// either doing anything wrong, so no comparison of words can find it.
struct Contradiction: Sendable {
  /// The name its findings carry: lower case, words joined by hyphens. Never changed once released.
  let rule: String
  let find: @Sendable (Situation) -> [Finding]

  /// In the order of `docs/CONTRADICTIONS.md`.
  static let all: [Contradiction] = [
    .approvedThenEdited, .approvedThenRedirected, .approvedThenPictureChanged, .heldByCrisis,
    .expiredInCrisis,
    .twoAnswers, .answerToDeleted, .closedThenMessage, .missedCorrection, .ruleBecameError, .sameMinutes,
    .sameQuotation, .milestoneMoved, .outdatedStatement, .approverWithoutRight, .loosenedPolicyUsed,
    .rosterChangedTwice, .planStatementChanged, .suggestionOnChangedWords, .resolvedThenEdited, .renamedLabel,
    .missingAsset, .refusedPermission, .beforeEmbargo, .otherZone, .importedTwice, .closedChannel,
    .futureTimeStamp, .publishedTwice,
  ]
}

/// What the documents of a workspace say against each other although each is in order.
///
/// Ligne's own merge and git's are silent about these: nobody changed the same words. Those that a text by itself shows
/// (too long together, too many hashtags, tu beside vous, the old inclusive convention) are found by the rules of the
/// editorial line and the platforms.
///
/// - Parameters:
///   - now: What the clock shows: a hold, an expiry and a future time stamp depend on it.
///   - conflicted: The ids of documents in which something is to be settled.
///   - provenance: What their history says of them; see ``EditorialStates``.
/// - Returns: Sorted by path, then by place and rule.
public func contradictions(
  in documents: DocumentCollection, at now: Instant, conflicted: Set<JSONString> = [],
  provenance: Provenance? = nil
) -> [Finding] {
  contradictions(
    in: EditorialStates(of: documents, at: now, conflicted: conflicted, provenance: provenance))
}

/// The same for states that were computed already, by who knows more of authors and signatures.
public func contradictions(in states: EditorialStates) -> [Finding] {
  let situation = Situation(states)
  return Contradiction.all.concurrentMap(portion: 1) { $0.find(situation) }.flatMap(\.self).sorted {
    left, right in
    if left.path != right.path { return left.path < right.path }
    let (leftPlace, rightPlace) = (left.pointer.description, right.pointer.description)
    return (JSONString(leftPlace), JSONString(left.rule)) < (JSONString(rightPlace), JSONString(right.rule))
  }
}

/// The names of the rules that ``contradictions(in:)`` may find, in the order of `docs/CONTRADICTIONS.md`.
public let contradictionRules: [String] = Contradiction.all.map(\.rule)
