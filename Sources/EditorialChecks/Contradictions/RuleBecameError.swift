import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 15. A rule of the editorial line became an error, and a post was approved before: nobody read it by that rule.
  ///
  /// Needs `errorRules` in the review. A warning: whether the text breaks the rule is for the check to say.
  static let ruleBecameError = Contradiction(rule: "rule-became-error") { situation in
    let rules = situation.documents.views(Guideline.self).filter { isInForce($0.document, at: situation.now) }
      .flatMap { guideline in
        guideline.view.rules.filter { $0.isEnabled && $0.level == "error" }.map { (guideline.document, $0) }
      }
    return situation.releasesAhead { $0.reviews?.isApproved ?? false }.compactMap { releases in
      var found: [Guideline.Rule] = []
      var people: [JSONString] = []
      for release in releases {
        let noted = (release.reviews?.approvals ?? []).filter { $0.review.errorRules != nil }
        // One approver who knew the rule is enough.
        let known = noted.reduce(into: Set<JSONString>()) { $0.formUnion($1.review.errorRules ?? []) }
        guard !noted.isEmpty else { continue }
        let new = rules.map(\.1).filter { rule in
          rule.id.map { !known.contains($0) } ?? false && rule.concerns(Post.kind, on: release.channel)
        }
        guard !new.isEmpty else { continue }
        found += new.filter { rule in !found.contains { $0.id == rule.id } }
        people += noted.map(\.by)
      }
      guard !found.isEmpty else { return nil }
      let approvers = situation.names(of: people)
      let names = Sentence.listing(found.compactMap { $0.id.map { .quoting($0.text) } })
      let verb = CountedNoun(fr: ("est devenue", "sont devenues"), en: ("became an error", "became errors"))
        .form(for: found.count)
      return Finding(
        rule: "rule-became-error", level: .warning, in: releases[0].document,
        Sentence(
          fr: """
            \(names.french) \(verb.french) une erreur après l’approbation donnée par \(approvers.french). \
            Relisez le texte selon la ligne d’aujourd’hui, puis approuvez de nouveau.
            """,
          en: """
            \(names.english) \(verb.english) after the approval by \(approvers.english). \
            Read the text by the line of today, then approve again.
            """))
    }
  }
}

extension Guideline.Rule {
  /// Whether the rule is for documents of a kind on a channel; without a scope it is for all.
  fileprivate func concerns(_ kind: JSONString, on channel: JSONString) -> Bool {
    let scope = RuleScope(value["scope"])
    return scope.includes(kind: kind) && scope.includes(channel: channel)
  }
}
