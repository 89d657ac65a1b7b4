/// A check that looks at every tree, whether or not a guideline asks for it.
struct StandingCheck: Sendable {
  /// The `check` of the rule by which a guideline gives it another level, a reason, a scope, or switches it off; `nil`
  /// for what no line decides.
  let check: String?
  let findings: @Sendable (CheckContext) -> [Finding]
}

/// All of them, one line each.
let standingChecks: [StandingCheck] = [
  StandingCheck(check: "platform-limit") { limitFindings(in: $0.documents) },
  StandingCheck(check: nil) { contradictions(in: $0.documents, at: $0.now) },
]
