import CommitJoin
public import GitStore
public import ObjectModel
import SystemPackage
import WorkingCopy

extension Workspace {
  /// Whether a folder holds the files of a workspace, with a history or without.
  public static func isWorkspace(_ folder: String) -> Bool {
    WorkingTree.hasFile(named: "ligne.json", in: FilePath(folder))
  }

  /// Makes a workspace in a folder: its git repository, its first documents, its first version.
  ///
  /// The files of a workspace that have no history, a copy without `.git`, get one with their first version as they
  /// stand.
  ///
  /// - Parameters:
  ///   - folder: An absolute path. It may exist; files in it stay as they are, uncommitted.
  ///   - files: What the first version of a new workspace holds, in canonical form.
  /// - Throws: `WorkspaceError.alreadyAWorkspace`, `.insideAWorkspace`; `WorkingCopyError` where the folder can't be written.
  public static func create(
    at folder: String, files: [(path: WorkspacePath, bytes: [UInt8])], message: String,
    by attribution: Attribution
  ) throws -> (workspace: Workspace, commit: ObjectID) {
    try WorkingTree.checkWritable(FilePath(folder))
    let above = FilePath(folder).lexicallyNormalized().removingLastComponent()
    if let outer = Workspace.folder(containing: above.string) {
      throw WorkspaceError.insideAWorkspace(folder: outer)
    }
    if isWorkspace(folder) {
      guard let repository = try newRepository(at: folder) else {
        throw WorkspaceError.alreadyAWorkspace(folder: folder)
      }
      let workspace = try Workspace(repository: repository, folder: folder)
      try workspace.checkVersion()
      try workspace.setDrivers()
      return (workspace, try workspace.commit(nil, message: message, by: attribution).commit)
    }
    // One whose settings somebody deleted is a workspace all the same.
    if hasCommittedSettings(FilePath(folder)) { throw WorkspaceError.alreadyAWorkspace(folder: folder) }
    let repository = try newRepository(at: folder) ?? GitRepository.open(at: folder)
    let workspace = try Workspace(repository: repository, folder: folder)
    // Whatever a killed clone wanted here, this is another workspace now.
    try workspace.files.local.removeSmall(UnfinishedClone.noteName)
    try workspace.setDrivers()
    let commit = try workspace.locked(for: "init", at: attribution.time) {
      let head = try workspace.head()
      let edits = try files.map { path, bytes in
        (path, Optional(TreeFile(mode: .file, id: try workspace.objects.write(blob: bytes))))
      }
      let tree = try workspace.objects.tree(applying: edits, to: workspace.tree(of: head))
      let signature = attribution.signature
      let commit = try workspace.objects.write(
        Commit(
          tree: tree, parents: [head].compactMap { $0 }, author: signature, committer: signature,
          message: message + "\n"))
      let writes = try edits.map { path, file in
        let standing = try workspace.files.read(path).map { ObjectID(blob: $0.bytes) }
        return FileWrite(path: path, expected: standing, new: file)
      }
      try workspace.advance(from: head, to: commit, writes: writes, command: "init")
      return commit
    }
    return (workspace, commit)
  }

  /// A new repository for a folder; `nil` where there is one: a workspace may grow in a repository that exists.
  private static func newRepository(at folder: String) throws -> GitRepository? {
    do throws(GitError) {
      return try GitRepository.create(at: folder)
    } catch {
      guard error.kind == .alreadyExists else { throw error }
      return nil
    }
  }

  /// Joins a team: a new folder with everything the team's address holds.
  ///
  /// - Parameters:
  ///   - folder: An absolute path; it must not exist yet, be empty, or hold what a killed clone of the address left.
  ///   - transport: Speaks to the address for a given `.git` folder.
  /// - Returns: The workspace, its newest version, and what the address holds that was not taken in.
  /// - Throws: `WorkspaceError.folderNotEmpty`, `.nothingThere`, `.noWorkspaceThere`, `.nothingAcceptable`;
  ///   `TransportError`; `WorkingCopyError.held` where another program makes the same clone. Otherwise nothing is left in
  ///   the folder, and nothing of one that did not exist.
  public static func clone(
    _ address: RemoteAddress, into folder: String, by attribution: Attribution,
    transport makeTransport: (_ gitFolder: String) -> some Transport,
    progress: ((TransferProgress) -> Void)? = nil
  ) async throws -> (workspace: Workspace, commit: ObjectID, refused: [SyncReport.Refused]) {
    try WorkingTree.checkWritable(FilePath(folder))
    let missing = WorkingTree.missingFolders(of: FilePath(folder))
    guard let unfinished = try UnfinishedClone.begin(in: FilePath(folder), of: address.text) else {
      throw WorkspaceError.folderNotEmpty(folder: folder)
    }
    if unfinished.wasBegun, let workspace = try arrived(in: folder), let head = try workspace.head() {
      // Only its last steps were missing, and whoever takes the lock makes them.
      try workspace.locked(for: "clone", at: attribution.time) {}
      try unfinished.finish()
      return (workspace, head, [])
    }
    guard try unfinished.startAnew() else { throw WorkspaceError.folderNotEmpty(folder: folder) }
    do {
      let repository = try GitRepository.create(at: folder)
      try unfinished.removeTrials()
      let workspace = try Workspace(repository: repository, folder: folder)
      try repository.setRemoteAddress(address.text)
      try workspace.setDrivers()
      let transport = makeTransport(repository.gitFolder)
      let fetched = try await transport.fetch(
        from: address, SyncReferences.specifications, progress: progress)
      let (commit, refused) = try workspace.begin(with: fetched, from: address, by: attribution)
      try unfinished.finish()
      return (workspace, commit, refused)
    } catch {
      // Nothing of a person's is in a folder that was empty a moment ago; the first trouble is the one to tell.
      try? WorkingTree.empty(FilePath(folder))
      try? WorkingTree.remove(missing)
      throw error
    }
  }

  /// The workspace of a clone that was killed after its branch had moved; `nil` where it had not.
  ///
  /// - Throws: What keeps a repository from being opened that is there: nobody knows then what it holds.
  private static func arrived(in folder: String) throws -> Workspace? {
    let repository: GitRepository
    do {
      repository = try GitRepository.open(at: folder)
    } catch let error as GitError where error.kind == .notFound {
      return nil
    }
    let workspace = try Workspace(repository: repository, folder: folder)
    return try workspace.head() == nil ? nil : workspace
  }

  /// Brings a fresh folder to what was fetched.
  private func begin(
    with fetched: FetchReport, from address: RemoteAddress, by attribution: Attribution
  ) throws -> (commit: ObjectID, refused: [SyncReport.Refused]) {
    var team = try teamCopy(fetched)
    var graph = CommitGraph()
    try accept(&team, into: &graph, beyond: nil)
    guard let start = team.main ?? team.heads.first else {
      if let refused = team.refused.first {
        throw WorkspaceError.nothingAcceptable(address: address.shown, refused)
      }
      throw WorkspaceError.nothingThere(address: address.shown)
    }
    guard try objects.file(at: WorkspacePath("ligne.json"), in: graph.tree(of: start) ?? start) != nil else {
      throw WorkspaceError.noWorkspaceThere(address: address.shown)
    }
    var report = SyncReport()
    let plan = try planned(
      &team, in: graph, from: start, lastSeen: nil, report: &report)
    let writes = try objects.files(in: plan.tree).map {
      FileWrite(path: $0.path, expected: nil, new: $0.file)
    }
    try locked(for: "clone", at: attribution.time) {
      try advance(from: nil, to: plan.head, writes: writes, command: "clone")
    }
    try remember(team)
    return (plan.head, team.refused)
  }

  /// Sets the drivers in a folder that was made by plain git: its files ask for them, its configuration has none.
  func setMissingDrivers() throws {
    if try lacksDrivers() { try setDrivers() }
  }

  func lacksDrivers() throws -> Bool {
    guard try repository.configuration("merge.ligne.driver") == nil,
      let attributes = try? files.read(WorkspacePath(".gitattributes"))
    else { return false }
    return attributes.bytes.firstRange(of: Array("merge=ligne".utf8)) != nil
  }

  /// Tells git to merge documents as Ligne does, and to show differences by field and word.
  private func setDrivers() throws {
    try repository.setConfiguration("merge.ligne.name", to: "Ligne: documents merged by meaning")
    try repository.setConfiguration("merge.ligne.driver", to: "ligne merge-file %O %A %B %P")
    try repository.setConfiguration("diff.ligne.command", to: "ligne diff-file --")
    // For `git diff --no-ext-diff` and `git log -p`: the field a line is in.
    try repository.setConfiguration("diff.ligne.xfuncname", to: "^ *\"([^\"]+)\": [\\[{]$")
  }

  /// The team's address, as it was set.
  public func address() throws -> String? { try repository.remoteAddress() }

  /// Sets the team's address.
  ///
  /// An empty folder of this computer becomes a place to share through.
  ///
  /// - Returns: What is there, where that is a folder of this computer; `nil` for any other address.
  /// - Throws: `TransportError.addressRefused` for what is no address git may be given, `WorkspaceError.addressInside` for a folder
  ///   of the workspace itself; `GitError` where nothing can be made of an empty one.
  @discardableResult
  public func setAddress(_ text: String) throws -> AddressFolder? {
    let address = try RemoteAddress(text)
    let isInside = FilePath(address.text).lexicallyNormalized().starts(with: FilePath(folder))
    if address.kind == .path, isInside { throw WorkspaceError.addressInside(address.shown) }
    let found = address.kind == .path ? try GitRepository.prepareToShare(through: address.text) : nil
    try repository.setRemoteAddress(address.text)
    return found
  }
}
