import Documents
import JSONTree

/// A check that looks at every tree, whether or not a guideline asks for it.
struct StandingCheck: Sendable {
  /// What it finds, and on which channel, where it is about one.
  struct Found: Sendable {
    var finding: Finding
    var channel: JSONString?
  }

  /// The `check` of the rule by which a guideline gives it a lower level, a reason, a scope, or switches it off; `nil`
  /// for what no line decides.
  let check: String?
  /// In some documents at least; what looks at each by itself need not look at others.
  let findings: @Sendable (CheckContext, _ asked: [Document]) -> [Found]
}

/// All of them, one line each.
let standingChecks: [StandingCheck] = [
  StandingCheck(check: "platform-limit") { placedLimitFindings(of: $1, in: $0.documents) },
  StandingCheck(check: nil) { context, _ in
    memberIdentityFindings(in: context.documents).map { StandingCheck.Found(finding: $0) }
  },
  StandingCheck(check: nil) { context, _ in
    unreachableLevelFindings(in: context.documents).map { StandingCheck.Found(finding: $0) }
  },
  StandingCheck(check: nil) { _, asked in
    otherIDFindings(of: asked).map { StandingCheck.Found(finding: $0) }
  },
  StandingCheck(check: nil) { _, asked in
    unusedTextFindings(of: asked).map { StandingCheck.Found(finding: $0) }
  },
  StandingCheck(check: nil) { context, _ in
    sharedIDFindings(in: context.documents).map { StandingCheck.Found(finding: $0) }
  },
  StandingCheck(check: nil) { context, _ in
    contradictions(
      in: context.documents, at: context.now, conflicted: context.conflicted, provenance: context.provenance
    ).map { StandingCheck.Found(finding: $0) }
  },
]

extension EditorialLine.Rule {
  /// What was found, as the line wants it said; `nil` where it wants nothing said.
  ///
  /// The line may find less in it than the check does, and not more: what is no error where nobody asked is none here.
  func wording(_ finding: Finding) -> Finding? {
    guard isEnabled else { return nil }
    var finding = finding
    finding.rule = id.text
    finding.level = min(finding.level, level)
    finding.rationale = rationale
    return finding
  }
}
