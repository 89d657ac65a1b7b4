/// What holds in every world, whatever happens in it. Source: the numbers of the reliability study, 2.a.
public enum Invariant: String, Sendable, CaseIterable {
  /// 1: who has the same work has the same version, byte for byte, with the same id.
  case convergence
  /// 2: what somebody committed is in everybody's history, as long as one copy of it was left anywhere.
  case nothingCommittedIsLost = "nothing-committed-is-lost"
  /// 3: a file is what an editor left or what a version holds; there is no third thing in the folder.
  case noStrayFile = "no-stray-file"
  /// 3: what Ligne itself writes can be read.
  case alwaysReadable = "always-readable"
  /// 4: what an editor saved and no version holds is still there, or kept, or merged word for word.
  case nothingUncommittedIsLost = "nothing-uncommitted-is-lost"
  /// 4 and the law "no loss": a word is in a document or in an open conflict, or somebody took it out who had seen it.
  case noWordIsLost = "no-word-is-lost"
  /// What was not committed before an exchange is in the folder after it, merged with what came in.
  case uncommittedIsCarried = "uncommitted-is-carried"
  /// A commit holds what was asked for, and ends no conflict that nobody settled.
  case commitIsWhatWasAsked = "commit-is-what-was-asked"
  /// Whoever moves a document is asked the same as before.
  case movingAnswersNothing = "moving-answers-nothing"
  /// 6: "shared" is said only of what the address holds.
  case sharedIsShared = "shared-is-shared"
  /// 6: after a sync that ended well the address holds all that its computer has.
  case nothingWaits = "nothing-waits"
  /// A sync calls the team's `main` rewritten only where something is gone from it.
  case noFalseAlarm = "no-false-alarm"
  /// 5: no history here holds what a stranger made, or by Ligne's doing two names that are one on some computers.
  case nothingForbidden = "nothing-forbidden"
  /// 7: after a crash all is as before or as after, without a hand, and recovering twice is recovering once.
  case crashIsHarmless = "crash-is-harmless"
  /// 8: after the last change, everybody has the same after a bounded number of rounds.
  case quiescence
  /// 9 and "a sync never blocks": a command fails only for a reason that was there.
  case neverBlocked = "never-blocked"
  /// 11: a version never disappears from a history: the branch moves forward only.
  case movesForward = "moves-forward"
  /// 12: a sync tries a bounded number of times, and leaves a bounded number of names.
  case bounded
  /// Where nothing was uncommitted before a command, nothing is after it: a change that nobody made would be committed.
  case noPhantomChange = "no-phantom-change"
  /// After a command git's index says what the version says.
  case indexIsTrue = "index-is-true"
  /// A rehearsal, and a command that failed, changed nothing of a person's; who only looks or receives, nothing of the
  /// team's.
  case failureChangesNothing = "failure-changes-nothing"
  /// Everything a history holds can be recomputed from it.
  case verifies
  /// 13: the same life twice is the same, step by step.
  case determinism
}

/// An invariant that did not hold.
public struct Breach: Hashable, Sendable, CustomStringConvertible {
  public var invariant: Invariant
  /// The number of the event after which it was seen; `nil` for the end.
  public var event: Int?
  public var detail: String

  public var description: String {
    "\(invariant.rawValue), \(event.map { "event \($0)" } ?? "the end"): \(detail)"
  }
}
