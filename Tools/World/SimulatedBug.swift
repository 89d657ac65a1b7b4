/// Something wrong below the engine, put there on purpose: an invariant that no bug can break is no invariant.
///
/// Each stands for a mistake that a repository, a working copy or a transport could make without anybody noticing. They
/// live in the simulated ones, so the product has none of them.
///
/// Some mistakes are not here because they do no harm: a push by force, a `main` that moves without being compared, and
/// devices that are not fetched all end well, because every device has a reference of its own and looks twice.
public enum SimulatedBug: String, Sendable, CaseIterable {
  // The history.
  /// Moving `main` is told as done, and is not.
  case mainStaysBehind = "main-stays-behind"
  /// Now and then an object is told as written, and is not (a full disk, as libgit2 1.5 has it).
  case losesObjects = "loses-objects"
  /// Copies of uncommitted work get no name.
  case keepsNoCopies = "keeps-no-copies"
  /// Git's index is not written.
  case forgetsTheIndex = "forgets-the-index"

  // The files.
  /// What an editor saved in the exchange is covered without a word.
  case coversSaves = "covers-saves"
  /// What a killed command displaced is not found again.
  case forgetsDisplaced = "forgets-displaced"
  /// A file is emptied before it is written.
  case writesInPlace = "writes-in-place"
  /// The last file of a plan is told as written, and is not.
  case leavesTheLastFile = "leaves-the-last-file"
  /// A file is left beside, with a name of its own.
  case leavesScratchFiles = "leaves-scratch-files"
  /// A file is written with a byte too few.
  case cutsFiles = "cuts-files"
  /// A removed file stays.
  case removesNothing = "removes-nothing"

  // What Ligne writes down.
  /// The intent of a command is not written down.
  case writesNoJournal = "writes-no-journal"
  /// The intent of a command that is done stays.
  case keepsTheJournal = "keeps-the-journal"

  // The network.
  /// A push that was refused or lost is told as done, also when it is read back.
  case believesThePush = "believes-the-push"
  /// What was fetched goes straight to the own branch.
  case fetchesIntoMain = "fetches-into-main"
  /// A fetch takes what is there as told, and copies no objects.
  case fetchesNamesOnly = "fetches-names-only"
  /// Randomness of the system's own decides who is first.
  case asksTheClock = "asks-the-clock"
}
