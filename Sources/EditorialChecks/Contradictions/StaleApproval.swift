import Documents
import EditorialReview
import JSONTree

/// What approvals of a post covered that has changed since.
struct StaleApproval {
  enum Part { case text, assets, account }

  let releases: [Situation.Release]
  let approvedBy: [JSONString]
  /// Whether the reviews noted the parts, so that it is this one; else it may as well be another.
  let isKnown: Bool
  /// How much it matters: where approval is required nothing goes out without it.
  let level: Finding.Level

  /// Posts with approvals for older content only, where this part of it changed.
  ///
  /// A review that did not note the parts says only that something changed: that counts as the text.
  static func all(of part: Part, in situation: Situation) -> [StaleApproval] {
    situation.releasesAhead { $0.reviews?.isStale ?? false }.compactMap { releases in
      var changed: [Situation.Release] = []
      var people: [JSONString] = []
      var isKnown = true
      for release in releases {
        let decisions = (release.reviews?.staleApprovals ?? []).filter { decision in
          guard let seen = decision.review.seen(on: release.channel) else { return part == .text }
          let content = situation.documents.content(of: release.post, on: release.channel)
          return seen.parts(changedIn: content).contains(part)
        }
        guard !decisions.isEmpty else { continue }
        changed.append(release)
        people += decisions.map(\.by)
        isKnown =
          isKnown && decisions.allSatisfy { $0.review.seen(on: release.channel) != nil }
      }
      guard !changed.isEmpty else { return nil }
      let isRequired = situation.states.policy.preset >= .required
      return StaleApproval(
        releases: changed, approvedBy: people, isKnown: isKnown, level: isRequired ? .error : .warning)
    }
  }
}

extension Review {
  fileprivate func seen(on channel: JSONString) -> Seen? { contents.first { $0.channel == channel }?.seen }
}

extension Review.Seen {
  /// The parts that are no longer what was seen; the text, where only the whole was noted.
  fileprivate func parts(changedIn content: PublicContent) -> Set<StaleApproval.Part> {
    var parts: Set<StaleApproval.Part> = []
    if account.map({ $0 != content.account }) ?? false { parts.insert(.account) }
    if assets.map({ $0 != content.assets }) ?? false { parts.insert(.assets) }
    if text.map({ $0 != content.text }) ?? parts.isEmpty { parts.insert(.text) }
    // The same words and the same pictures, the pictures at other words of the thread.
    if parts.isEmpty, self.content != content.hash { parts.insert(.assets) }
    return parts
  }
}
