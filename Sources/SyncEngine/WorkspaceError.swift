public import Documents
public import EditorialChecks
public import GitStore
public import JSONTree
public import ObjectModel
public import Wording

/// Why a command could not be done. In every case nothing was changed, and work already committed is safe.
public enum WorkspaceError: Error, Hashable, Sendable {
  case notAWorkspace(folder: String)
  case alreadyAWorkspace(folder: String)
  /// A workspace would begin in a folder of another one, whose files nobody would see any more.
  case insideAWorkspace(folder: String)
  case noHistory(folder: String)
  /// There is a `.git` that git takes for none.
  case damagedHistory(folder: String)
  case alreadyThere(WorkspacePath)
  case folderNotEmpty(folder: String)
  case noSettings(reason: String)
  case newerFormat(found: Int, supported: Int)
  case newerMergeRules(found: Int, supported: Int)
  case newerJoint(ObjectID, found: Int, supported: Int)
  case otherBranch(name: String)
  case detached
  case noAuthor
  case noAddress
  case emptyMessage
  case nothingToCommit
  /// What differed was how documents are laid out, and they are in order again.
  case onlyLayoutChanged
  /// Nothing was left to commit after these were put aside; at least one.
  case nothingReadable([DocumentProblem])
  /// The line objects to what would be committed, and the person asked for none of that; errors and warnings.
  case findings([Finding])
  case nothingToWaive(rule: String, document: WorkspacePath)
  case notWaivable(WorkspacePath)
  /// Nobody is asked to decide about documents of its kind.
  case notReviewable(WorkspacePath)
  case notAGuideline(WorkspacePath)
  case uncommittedGuideline(WorkspacePath)
  case neverAcknowledged(WorkspacePath)
  case unknownDocument(String)
  case ambiguousDocument(String, matches: [WorkspacePath])
  case unknownKind(String, known: [String])
  case unknownChannel(String, known: [String])
  case unknownState(String, known: [Sentence])
  case unknownPlace(pointer: String, document: WorkspacePath)
  case malformedPointer(String, reason: Sentence, known: [Sentence])
  case noConflict(pointer: String, document: WorkspacePath)
  /// Several things are to be settled, and it was not said which.
  case severalConflicts(WorkspacePath, places: [JSONPointer])
  case noSuchCandidate(Int, count: Int)
  /// A conflict of whole files is settled by one of them, not by a value.
  case wholeFile(WorkspacePath)
  /// A text file can only be given a text.
  case notAText(WorkspacePath)
  /// The file that was chosen is on another computer.
  case candidateNotHere(WorkspacePath)
  /// It was deleted, and was not committed or is in older versions only.
  case deletedDocument(WorkspacePath)
  /// It did not exist in the version named.
  case notThere(WorkspacePath)
  case problem(DocumentProblem)
  case refusedValue(DocumentProblem)
  case unfinishedGit(GitOperation)
  case immutableField(pointer: String)
  case unrelatedTeam(address: String)
  case nothingThere(address: String)
  case noWorkspaceThere(address: String)
  /// A folder of the workspace, which can't be where it is shared.
  case addressInside(String)
  case nothingAcceptable(address: String, SyncReport.Refused)
  case unshareable([String])
  case overtaken(attempts: Int)
  case notTaken(address: String)
  case unknownCopy(String)
  case ambiguousCopy(String, count: Int)
  case noSyncToUndo
  case nothingDoneToUndo
  case nothingToUndo
  /// All that is left of it are crises that others declared.
  case nothingButCrisesToUndo
  case notUndoable(ObjectID, UndoRefusal)
  case missingHistory(ObjectID)
  case store(operation: String, detail: String)
}

/// Why a version can't be taken back.
public enum UndoRefusal: Hashable, Sendable {
  /// Everything began with it.
  case first
  /// It only joins what others wrote.
  case joint
  /// It is in another history.
  case elsewhere
}

extension WorkspaceError {
  public var code: String {
    switch self {
    case .notAWorkspace: "not-a-workspace"
    case .alreadyAWorkspace: "already-a-workspace"
    case .insideAWorkspace: "inside-a-workspace"
    case .noHistory: "no-history"
    case .damagedHistory: "damaged-history"
    case .alreadyThere: "already-there"
    case .folderNotEmpty: "folder-not-empty"
    case .noSettings: "no-settings"
    case .newerFormat, .newerMergeRules, .newerJoint: "newer-version"
    case .otherBranch, .detached: "not-on-main"
    case .noAuthor: "no-author"
    case .noAddress: "no-address"
    case .emptyMessage: "empty-message"
    case .nothingToCommit, .onlyLayoutChanged: "nothing-to-commit"
    case .nothingReadable: "unreadable-document"
    case .findings: "findings"
    case .nothingToWaive: "nothing-to-waive"
    case .notWaivable: "not-waivable"
    case .notReviewable: "not-reviewable"
    case .notAGuideline: "not-a-guideline"
    case .uncommittedGuideline: "uncommitted-guideline"
    case .neverAcknowledged: "never-acknowledged"
    case .problem(let problem): problem.code
    case .deletedDocument: "deleted-document"
    case .notThere: "not-in-version"
    case .unfinishedGit: "unfinished-git"
    case .unknownDocument: "unknown-document"
    case .ambiguousDocument: "ambiguous-document"
    case .unknownKind: "unknown-kind"
    case .unknownChannel: "unknown-channel"
    case .unknownState: "unknown-state"
    case .unknownPlace: "unknown-pointer"
    case .malformedPointer: "malformed-pointer"
    case .noConflict: "no-conflict"
    case .severalConflicts: "several-conflicts"
    case .noSuchCandidate: "unknown-candidate"
    case .wholeFile: "whole-file-conflict"
    case .notAText: "text-needed"
    case .candidateNotHere: "candidate-not-here"
    case .refusedValue: "refused-value"
    case .immutableField: "immutable-field"
    case .unrelatedTeam: "unrelated-repository"
    case .nothingThere: "nothing-there"
    case .noWorkspaceThere: "no-workspace-there"
    case .addressInside: "address-inside"
    case .nothingAcceptable: "nothing-acceptable"
    case .unshareable: "unshareable-file"
    case .overtaken: "overtaken"
    case .notTaken: "not-taken"
    case .unknownCopy: "unknown-copy"
    case .ambiguousCopy: "ambiguous-copy"
    case .noSyncToUndo, .nothingDoneToUndo, .nothingToUndo, .nothingButCrisesToUndo: "nothing-to-undo"
    case .notUndoable: "not-undoable"
    case .missingHistory: "missing-history"
    case .store: "store-failed"
    }
  }
}
