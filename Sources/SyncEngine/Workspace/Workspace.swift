import CommitJoin
public import Documents
public import GitStore
import JSONTree
public import ObjectModel
import PlantedBugs
import SystemPackage
import ThreeWayMerge
import WorkingCopy

/// An open workspace: a folder of documents and its git repository.
///
/// Commands that change it hold the workspace's lock for the moment of the change, never during the network. A
/// command that was killed is finished or taken back when the workspace is opened the next time.
///
/// Not `Sendable`: one per task.
public final class Workspace {
  /// The workspace's folder.
  public let folder: String
  package let repository: any WorkspaceRepository
  /// The repository's objects, with what is only being considered on top of them.
  public let objects: OverlayObjectStore
  public let rulebook: Rulebook
  /// What the joins of this command found out.
  let joinMemory = JoinMemory()
  /// What this command, or one before it, read of the order of the history; see ``takeHistory(of:into:bytesPerCommit:)``.
  private let commitMemory = CommitMemory()
  /// What this command found out of whose yes counts and whose words documents hold.
  let provenanceMemories = ProvenanceMemories()
  /// The documents this command has read, of any version.
  let documentMemory = DocumentMemory()
  let files: any WorkspaceFiles
  /// What was done at opening about a command that had been killed; `nil` for nothing.
  public internal(set) var recovery: Recovery?
  /// Files that an editor had saved in the moment a killed command exchanged them, or into the file that was exchanged;
  /// their text is in the folder again, or in a copy that is kept.
  public internal(set) var savedMeanwhile: [WorkspacePath] = []

  /// A step of a killed command that was finished or taken back.
  public struct Recovery: Hashable, Sendable {
    public var command: String
    public var wasFinished: Bool
  }

  /// The format of workspaces this program writes, and the newest it reads.
  public static let format = 1
  static let mainReference = "refs/heads/main"

  /// Opens the workspace a folder belongs to, looking upwards from it.
  ///
  /// - Throws: `WorkspaceError.notAWorkspace`, `.newerFormat`, `.newerMergeRules`; `UnsupportedRepository` for
  ///   repositories Ligne can't work in.
  ///
  /// - Parameters:
  ///   - onWait: See ``onWait``.
  ///   - onGitLock: See ``onGitLock``.
  public convenience init(
    containing start: String, onWait: @escaping (_ command: String?) -> Void = { _ in },
    onGitLock: @escaping (_ news: GitLockNews) -> Void = { _ in }
  ) throws {
    guard let folder = Workspace.folder(containing: start) else {
      throw WorkspaceError.notAWorkspace(folder: start)
    }
    try self.init(repository: Workspace.history(of: folder), folder: folder)
    // Finishing what a killed command left may have to wait already.
    self.onWait = onWait
    self.onGitLock = onGitLock
    try checkVersion()
    try recover()
  }

  /// The repository of a folder with the files of a workspace.
  private static func history(of folder: String) throws -> GitRepository {
    do {
      return try GitRepository.open(at: folder)
    } catch let error as GitError where error.kind == .notFound {
      let wasThere = WorkingTree.hasFile(named: "config", in: FilePath(folder).appending(".git"))
      throw wasThere ? WorkspaceError.damagedHistory(folder: folder) : .noHistory(folder: folder)
    }
  }

  convenience init(repository: GitRepository, folder: String) throws {
    try self.init(
      repository: repository,
      files: WorkingTree(
        root: FilePath(folder), localFolder: FilePath(repository.gitFolder).appending("ligne")),
      folder: folder)
  }

  private init(repository: any WorkspaceRepository, files: any WorkspaceFiles, folder: String) throws {
    self.repository = repository
    self.files = files
    self.folder = folder
    objects = OverlayObjectStore(over: repository)
    rulebook = Rulebook(store: objects)
    try files.local.create()
  }

  /// The nearest folder upwards that holds `ligne.json`, or whose newest version does.
  static func folder(containing start: String) -> String? {
    var folder = FilePath(start).lexicallyNormalized()
    while true {
      if WorkingTree.hasFile(named: settingsName, in: folder) || hasCommittedSettings(folder) {
        return folder.string
      }
      guard folder.components.count > 0, folder.removeLastComponent() else { return nil }
    }
  }

  /// Opens a workspace that is somewhere else than on disk, and finishes what a killed command had begun there.
  package convenience init(
    repository: some WorkspaceRepository, files: some WorkspaceFiles, named folder: String
  ) throws {
    try self.init(repository: repository as any WorkspaceRepository, files: files, folder: folder)
    try checkVersion()
    try recover()
  }

  /// Git's folder, an absolute path.
  public var gitFolder: String { repository.gitFolder }

  /// Who works here by git's configuration; `nil` where it does not say.
  public func userIdentity() throws -> (name: String, email: String)? { try repository.userIdentity() }

  // MARK: - Where it stands

  /// The newest version on this computer; `nil` before the first.
  public func head() throws -> ObjectID? {
    switch try repository.head() {
    case .branch("main", let commit): commit
    case .branch(let name, _): throw WorkspaceError.otherBranch(name: name)
    case .detached: throw WorkspaceError.detached
    }
  }

  /// Takes a head and everything behind it into a graph. What a commit says of the order is remembered from one command to the
  /// next, so that no command reads the history of years again.
  ///
  /// - Parameter bytesPerCommit: What a commit of others may be at most, of a head that nobody has accepted yet: what it brings
  ///   is not remembered. `nil` for our own.
  func takeHistory(
    of head: ObjectID, into graph: inout CommitGraph, bytesPerCommit: Int? = nil
  ) throws(ObjectStoreError) {
    if commitMemory.isEmpty, let bytes = (try? files.local.recall(Self.commitMemoryName)) ?? nil {
      // What can't be read is read of the commits again.
      commitMemory.recall(bytes)
    }
    try graph.add(
      head, from: objects, bytesPerCommit: bytesPerCommit, remembering: commitMemory,
      isNoting: bytesPerCommit == nil)
    // Less of it the next command reads again as quickly as this is written.
    guard commitMemory.news >= Self.newsWorthKeeping else { return }
    try? files.local.remember(Self.commitMemoryName, commitMemory.bytes)
    commitMemory.areKept()
  }

  private static let commitMemoryName = "commits"
  private static let newsWorthKeeping = 512

  public func tree(of commit: ObjectID?) throws -> ObjectID? {
    guard let commit else { return nil }
    return try objects.commit(commit).tree
  }

  /// The workspace's settings as they stand on disk, or as the newest version has them where somebody deleted the file.
  public func settings() throws -> WorkspaceSettings {
    let path = try WorkspacePath(Self.settingsName)
    guard let bytes = try readingOfFile(at: path)?.bytes ?? committedSettings() else {
      throw WorkspaceError.notAWorkspace(folder: folder)
    }
    let read = readDocument(path, bytes)
    if case .success(let value) = read, value["kind"]?.string == WorkspaceSettings.kind {
      return WorkspaceSettings(value)
    }
    // What nobody can read says nothing of the hours and the language; `status` names it.
    if let committed = try committedSettings(), case .success(let value) = readDocument(path, committed) {
      return WorkspaceSettings(value)
    }
    switch read {
    case .success(let value): return WorkspaceSettings(value)
    case .failure(let problem): throw WorkspaceError.problem(problem)
    }
  }

  func checkVersion() throws {
    let settings: WorkspaceSettings
    do {
      settings = try self.settings()
    } catch WorkspaceError.problem {
      return  // Broken by hand: it blocks itself, and `status` names it.
    }
    if let format = settings.formatVersion, format > Self.format {
      throw WorkspaceError.newerFormat(found: format, supported: Self.format)
    }
    if let rules = settings.mergeRulesVersion, rules > JointCommit.rulesVersion {
      throw WorkspaceError.newerMergeRules(found: rules, supported: JointCommit.rulesVersion)
    }
  }

  // MARK: - Changing it

  /// Makes sure that this person may write here, before anything is asked of anybody.
  func checkWritable() throws {
    for place in [folder] + ["", "/objects", "/refs"].map({ gitFolder + $0 }) {
      try files.checkWritable(folder: FilePath(place))
    }
  }

  /// A merge or the like that somebody began with git and has not finished; `nil` for none.
  public func unfinishedGit() throws -> GitOperation? { try repository.unfinishedOperation() }

  /// Files in the middle of a merge of git's are neither side's, and a version made now would leave one side out.
  func refuseUnfinishedGit() throws {
    if let operation = try unfinishedGit() { throw WorkspaceError.unfinishedGit(operation) }
  }

  /// Runs a change of the workspace while no other command changes it.
  ///
  /// What a killed command left in the way is cleared first.
  func locked<Result>(
    for command: String, at time: Int64, searching search: LockSearch = .usual, _ change: () throws -> Result
  ) throws -> Result {
    let lock = try files.lock(
      as: .thisProcess(command: command, startedAt: time), onWait: { onWait($0?.command) })
    defer { lock.release() }
    try clearGitLocks(since: lock.interruptedSince, searching: search)
    try settleLeftovers()
    // A driver that can't be set costs this command nothing; the next one tries again.
    try? setMissingDrivers()
    return try change()
  }

  /// Called when another command has the workspace and this one waits, with that command if it is known.
  public var onWait: (_ command: String?) -> Void = { _ in }

  /// Called when a lock of git's was in the way.
  public var onGitLock: (_ news: GitLockNews) -> Void = { _ in }

  /// Called by a sync with what it has done so far, when everything is taken in and before anything is shared.
  public var onTakenIn: (_ report: SyncReport) -> Void = { _ in }

  /// Moves `main` and brings the files after it, so that a crash at any instant is finished by the next command.
  ///
  /// Order: the objects are on disk; the intent is written down; the reference moves, if it is still where it was
  /// seen; the files follow; the intent is taken back. Source: ARCHITECTURE.md, rules 1 and 2.
  ///
  /// - Parameter known: What was seen of files that already are as the new version has them.
  func advance(
    from old: ObjectID?, to new: ObjectID, writes: [FileWrite],
    known: (WorkspacePath) -> KnownFile? = { _ in nil },
    command: String
  ) throws {
    // Nothing moves before every file that has to follow can: a step that was begun is finished by the next command, and one
    // that can't be would keep all of them from their work.
    for case let id? in writes.map(\.new?.id) where try !objects.contains(id) {
      throw ObjectStoreError.missing(id)
    }
    try files.checkWritable(writes)
    // Of the files also what no version holds: the next command may have to write it.
    try objects.keep([new] + writes.compactMap(\.new?.id))
    let journal = Journal(in: files.local)
    try journal.begin(
      JournalEntry(
        command: command, reference: Self.mainReference, fromHead: old, toHead: new, writes: writes))
    do {
      if old != new {
        try repository.moveReference(Self.mainReference, from: old, to: new, reason: "ligne \(command)")
      }
    } catch {
      // Where it moved, or nobody can say now, the next command finds the intent.
      if (try? repository.reference(Self.mainReference) != new) == true { try journal.finish() }
      throw error
    }
    if EngineBug.finishesTooEarly.isPlanted { try journal.finish() }
    try follow(from: old, to: new, writes: writes, known: known)
    try journal.finish()
  }

  /// What comes after the reference: the files, and what git's index says of all that the step changed.
  func follow(
    from old: ObjectID?, to new: ObjectID?, writes: [FileWrite],
    known: (WorkspacePath) -> KnownFile? = { _ in nil }
  ) throws {
    let written = try bring(writes, onto: new)
    let changed = try objects.difference(from: tree(of: old), to: tree(of: new)).map(\.path)
    let touched = EngineBug.indexesOnlyWhatItWrote.isPlanted ? [] : changed
    // In one step: the index is as long as the workspace, however little changes.
    try refreshIndex(head: new, touched: touched + writes.map(\.path)) { written[$0] ?? known($0) }
  }

  /// Brings files to what they shall be, under the version that is there already.
  ///
  /// What differs from the version is none of the index's business, which lists the version: git sees by the file itself
  /// that it is another one.
  func bring(_ writes: [FileWrite], to head: ObjectID?) throws {
    let written = try bring(writes, onto: head)
    guard let tree = try tree(of: head) else { return }
    let same = try writes.map(\.path).filter { path in
      try written[path]?.id == objects.file(at: path, in: tree)?.id
    }
    try refreshIndex(head: head, touched: same) { written[$0] }
    try forgetBases(basesKept(of: same))
  }

  /// Brings files to what they shall be; what an editor saved meanwhile is merged with it.
  ///
  /// - Returns: What the system says of those that are as they shall be.
  private func bring(_ writes: [FileWrite], onto head: ObjectID?) throws -> [WorkspacePath: KnownFile] {
    var (plan, looks): ([FileWrite], [FileWrite]) = ([], [])
    // What is only looked at is so when all that is new stands there.
    func arrange(_ writes: [FileWrite]) {
      let renewed = Set(writes.map(\.path))
      looks = looks.filter { !renewed.contains($0.path) } + writes.filter(\.isOnlyALook)
      plan = writes.filter { !$0.isOnlyALook }
      if plan.isEmpty { (plan, looks) = (looks, []) }
    }
    arrange(writes)
    var written: [WorkspacePath: KnownFile] = [:]
    var merged: [DisplacedFile] = []
    // What an editor saves more often than this is found by the next command.
    for _ in 0..<8 where !plan.isEmpty {
      let report = try files.apply(plan) { id throws(ObjectStoreError) in try objects.blob(id) }
      // Only now is what was displaced before in the folder again.
      for displaced in merged { try files.settle(displaced) }
      merged = report.displaced
      written.merge(report.written) { _, new in new }
      arrange(
        EngineBug.skipsTheSecondLook.isPlanted
          ? [] : try self.writes(merging: merged, after: writes, head: head))
      for displaced in merged { written[displaced.path] = nil }
    }
    if plan.isEmpty { for displaced in merged { try files.settle(displaced) } }
    return written
  }
}
