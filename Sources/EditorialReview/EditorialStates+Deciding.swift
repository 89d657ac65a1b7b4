public import Documents
public import JSONTree
import Wording

/// What has to be known before somebody decides.
extension EditorialStates {
  /// Whether something in the document is to be settled first.
  public func isConflicted(_ document: Document) -> Bool { conflicted.contains(document.id) }

  /// Whether a yes of a person to a document would count for nothing because they have no key.
  public func needsKey(of person: JSONString, toApprove document: Document) -> Bool {
    let isGuarded = [WorkspaceSettings.kind, Team.kind].contains(document.kind.name)
    return (isGuarded ? authority.countsSignedYesesOnly : policy.wantsSignatures)
      && authority.member(person)?.keys.isEmpty ?? true
  }

  /// The number of a person's next decision on a document: a person's decision with the highest number counts.
  public func nextSequence(of person: JSONString, on document: Document) -> Int {
    let own = reviews(of: document).filter { $0.by == person }
    return (own.map(\.sequence).max() ?? 0) + 1
  }

  /// Why a decision on what the document says now would count for nothing; `nil` where it would count.
  ///
  /// - Parameters:
  ///   - other: Whose voice it is, where it is somebody else's.
  ///   - level: For which level of the workflow it would be; `nil` for any.
  ///   - channels: Where it is about; none for a document that is for no channel. It counts where it counts on one.
  public func objection(
    to verdict: Review.Verdict, by person: JSONString, onBehalfOf other: JSONString? = nil,
    level: JSONString? = nil, on document: Document, channels: [JSONString]
  ) -> ReviewStatus.Disqualification? {
    var value: JSONObject = [
      "by": .string(person), "verdict": JSONValue(verdict.rawValue),
      "at": JSONValue(now.rfc3339(offset: .utc)),
    ]
    value["onBehalfOf"] = other.map(JSONValue.string)
    value["level"] = level.map(JSONValue.string)
    let review = Review(.object(value))
    if verdict == .approve, authority.isWaiting(in: document.kind.name) {
      guard authority.member(person) != nil else { return .notOfTheTeam }
      return authority.objection(toYesBy: person, in: document.kind.name)
    }
    let places: [JSONString?] = channels.isEmpty ? [nil] : channels
    let authors = authors(of: document)
    let objections = places.map {
      context.disqualification(of: review, verdict: verdict, .verified, on: $0, authors: authors)
    }
    return objections.contains(nil) ? nil : objections.first ?? nil
  }
}
