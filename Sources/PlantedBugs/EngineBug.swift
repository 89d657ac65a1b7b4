/// A mistake that the engine makes on purpose, so that the simulated world has something to find.
///
/// Each is one that a programmer could make without any test of that place turning red, or that another product has made.
/// The place in the engine where it would be made asks ``isPlanted``. The answer is a constant `false` in every program
/// that is built without `PLANTED_BUGS`, so the compiler takes the mistake out; `Package.swift` says who is built with it.
///
/// Some mistakes are not here. That a rival which moved `main` first is left alone does no harm, because the device's own
/// reference has arrived, and whoever syncs next joins both. What a merge makes of a wrong base the laws of the merge find
/// (`Tools/Simulation`), which compute the join a second way.
public enum EngineBug: String, Sendable, CaseIterable {
  // The join.
  /// What is joined are the heads of the others.
  case leavesOwnWorkOut = "leaves-own-work-out"
  /// A version does not follow one that is newer by the clock.
  case trustsClocks = "trusts-clocks"
  /// A joint commit does not stand on the team's `main`.
  case leavesMainBehind = "leaves-main-behind"
  /// A joint commit has the time of the own head, not the latest of all.
  case stampsWithOwnTime = "stamps-with-own-time"

  // The merge.
  /// A deletion wins against an edit.
  case letsDeletionsWin = "lets-deletions-win"
  /// Of several values for one place the one that is shown is taken, and nothing is recorded.
  case takesOneSide = "takes-one-side"
  /// The record of a conflict goes when its document is moved.
  case losesRecordsOnTheMove = "loses-records-on-the-move"

  // The commit.
  /// A document that was renamed by hand leaves behind what is open in it.
  case settlesByRenaming = "settles-by-renaming"
  /// Two names that are one on some computers stay.
  case keepsLookAlikes = "keeps-look-alikes"
  /// Asked for one document, it takes the whole folder.
  case commitsTheWholeFolder = "commits-the-whole-folder"
  /// A document that is edited by hand counts as settled as a whole.
  case settlesByCommitting = "settles-by-committing"
  /// A file that a sync passed by is committed as if it had been based on what came in.
  case forgetsTheBase = "forgets-the-base"

  // The exchange.
  /// A push that came back without an error is taken for done.
  case believesTheAnswer = "believes-the-answer"
  /// The device has no reference of its own at the address; `main` alone carries its work.
  case sharesMainOnly = "shares-main-only"
  /// What was committed while the plan was made is not in the plan, and is gone from the branch when it is carried out.
  case missesWhatCameMeanwhile = "misses-what-came-meanwhile"
  /// Whether the address holds this workspace or another one is not asked.
  case takesStrangersIn = "takes-strangers-in"
  /// Whatever a version from outside holds is taken in.
  case judgesNothing = "judges-nothing"
  /// One device whose history can't be read stops the sync.
  case stopsAtTheFirstRefusal = "stops-at-the-first-refusal"
  /// A `main` that was rewritten is followed.
  case followsARewrite = "follows-a-rewrite"
  /// Who asked to receive shares as well.
  case sharesUnasked = "shares-unasked"
  /// What is not committed is replaced by what comes in; a copy is kept.
  case putsWorkAside = "puts-work-aside"

  // The files.
  /// What an editor saved in the moment of an exchange is not looked at.
  case skipsTheSecondLook = "skips-the-second-look"
  /// The intent of a command is taken back before the files follow.
  case finishesTooEarly = "finishes-too-early"
  /// What a killed command began is forgotten.
  case recoversNothing = "recovers-nothing"
  /// What a killed command meant to do is done, whether or not the branch moved.
  case finishesWhatNeverBegan = "finishes-what-never-began"
  /// Git's index hears of the files that were written, and not of those that were as they should be.
  case indexesOnlyWhatItWrote = "indexes-only-what-it-wrote"

  /// Whether the engine makes this mistake now.
  @inlinable public var isPlanted: Bool {
    #if PLANTED_BUGS
      EngineBug.planted == self
    #else
      false
    #endif
  }

  /// Whether this program was built so that bugs can be planted in it.
  public static var canBePlanted: Bool {
    #if PLANTED_BUGS
      true
    #else
      false
    #endif
  }

  #if PLANTED_BUGS
    /// What is wrong with the engine in this task; other tasks know nothing of it.
    @TaskLocal @usableFromInline static var planted: EngineBug?
  #endif

  /// Does something with an engine that makes a mistake; `nil` for one that makes none.
  ///
  /// In a program built without `PLANTED_BUGS` the engine makes none.
  public static func plant<Result>(
    _ bug: EngineBug?, during work: nonisolated(nonsending) () async throws -> Result
  ) async rethrows -> Result {
    #if PLANTED_BUGS
      try await $planted.withValue(bug) { try await work() }
    #else
      try await work()
    #endif
  }
}
