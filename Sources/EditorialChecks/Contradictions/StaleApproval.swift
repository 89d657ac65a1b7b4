import Documents
import EditorialReview
import JSONTree

/// What approvals of a post covered that has changed since.
struct StaleApproval {
  enum Part { case text, assets, account }

  let releases: [Situation.Release]
  let approvedBy: [JSONString]
  /// How much it matters: where approval is required nothing goes out without it.
  let level: Finding.Level

  /// Posts with approvals for older content only, where this part of it changed.
  ///
  /// A review that did not note the parts says only that something changed: that counts as the text.
  static func all(of part: Part, in situation: Situation) -> [StaleApproval] {
    situation.releasesAhead { situation.states.hasReviews($0.document) }.compactMap { releases in
      var changed: [Situation.Release] = []
      var people: [JSONString] = []
      for release in releases {
        let status = situation.states.reviewStatus(of: release.document, on: release.channel)
        guard status.isStale else { continue }
        let content = situation.documents.content(of: release.post, on: release.channel)
        let decisions = status.staleApprovals.filter {
          $0.review.changed(content, on: release.channel).contains(part)
        }
        guard !decisions.isEmpty else { continue }
        changed.append(release)
        people += decisions.map(\.by)
      }
      guard !changed.isEmpty else { return nil }
      let isRequired = situation.states.policy.preset >= .required
      return StaleApproval(releases: changed, approvedBy: people, level: isRequired ? .error : .warning)
    }
  }
}

extension Review {
  fileprivate func changed(_ content: PublicContent, on channel: JSONString) -> Set<StaleApproval.Part> {
    guard let seen = contents.first(where: { $0.channel == channel })?.seen else { return [.text] }
    var parts: Set<StaleApproval.Part> = []
    if seen.account.map({ $0 != content.account }) ?? false { parts.insert(.account) }
    if seen.assets.map({ $0 != content.assets }) ?? false { parts.insert(.assets) }
    if seen.text.map({ $0 != content.text }) ?? parts.isEmpty { parts.insert(.text) }
    return parts
  }
}
