public import Documents
public import ObjectModel
public import Wording

/// Something that is wrong with a folder, and whether it is mended.
public struct Complaint: Hashable, Sendable {
  public var problem: Problem
  public var isRepaired: Bool
  /// Where what was replaced lies now.
  public var keptAt: String?

  public init(_ problem: Problem, isRepaired: Bool = false, keptAt: String? = nil) {
    (self.problem, self.isRepaired, self.keptAt) = (problem, isRepaired, keptAt)
  }

  public enum Problem: Hashable, Sendable {
    /// `HEAD` is missing or names nothing.
    case headDamaged
    /// Git's settings can't be read.
    case settingsDamaged
    /// A part could not be looked at: the repository is of a kind Ligne can't work in, the address does not answer.
    case notOpened(code: String, message: Sentence, hint: Sentence?)
    /// There is a version, and no branch `main` that leads to it. `to`: what it is put back to, and by what.
    case mainLost(to: ObjectID?, source: Source?)
    case referenceDamaged(String)
    /// The folder shows an old version (`nil`) or another branch; `isHarmless` if nothing is on it that `main` lacks.
    case notOnMain(branch: String?, isHarmless: Bool)
    case indexDamaged
    case gitLock(String, isInUse: Bool)
    case unfinishedStep(command: String)
    case journalDamaged
    case savedMeanwhile
    case unexplained(String)
    case driversMissing
    /// A part of the history, by id; `path`: the file or folder that needs it.
    case objectMissing(ObjectID, path: String?)
    case objectDamaged(ObjectID, path: String?)
    /// What `verify` names: a forged joint version, a forbidden name.
    case historySuspect(ObjectID)
    case syncedByAnotherProgram(name: String)
    case fileUnseen(path: [UInt8], reason: Sentence)
    case documentUnreadable(WorkspacePath, DocumentProblem)
    case notWritable(String)
    case diskNearlyFull(mebibytes: Int)
    /// The newest version was made that many days after today.
    case clockBehind(days: Int, author: String)
    case noGit(message: Sentence, hint: Sentence?)
    case unfinishedGit(message: Sentence, hint: Sentence?)
  }

  /// What told where `main` was.
  public enum Source: String, Hashable, Sendable {
    case log, seenMain, received
  }
}

extension Complaint.Problem {
  /// Whether it is about the computer and not about the history.
  var isAroundTheRepository: Bool {
    switch self {
    case .syncedByAnotherProgram, .diskNearlyFull, .notWritable, .noGit: true
    default: false
    }
  }
}
