import CommitJoin
public import GitStore
public import ObjectModel
import SystemPackage
import WorkingCopy

extension Workspace {
  /// Makes a workspace in a folder: its git repository, its first documents, its first version.
  ///
  /// - Parameters:
  ///   - folder: An absolute path. It may exist; files in it stay as they are, uncommitted.
  ///   - files: What the first version holds, in canonical form.
  /// - Throws: `WorkspaceError.alreadyAWorkspace`; `WorkingCopyError` where the folder can't be written.
  public static func create(
    at folder: String, files: [(path: WorkspacePath, bytes: [UInt8])], message: String,
    by attribution: Attribution
  ) throws -> (workspace: Workspace, commit: ObjectID) {
    if WorkingTree.hasFile(named: "ligne.json", in: FilePath(folder)) {
      throw WorkspaceError.alreadyAWorkspace(folder: folder)
    }
    let repository = try repository(at: folder)
    let workspace = try Workspace(repository: repository, folder: folder)
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

  /// A folder's repository, made if there is none: a workspace may grow in a repository that exists.
  private static func repository(at folder: String) throws -> GitRepository {
    do throws(GitError) {
      return try GitRepository.create(at: folder)
    } catch {
      guard error.kind == .alreadyExists else { throw error }
      return try GitRepository.open(at: folder)
    }
  }

  /// Joins a team: a new folder with everything the team's address holds.
  ///
  /// - Parameters:
  ///   - folder: An absolute path; it must not exist yet, or be empty.
  ///   - transport: Speaks to the address for a given `.git` folder.
  /// - Throws: `WorkspaceError.folderNotEmpty`, `.nothingThere`; `TransportError`.
  public static func clone(
    _ address: RemoteAddress, into folder: String, by attribution: Attribution,
    transport makeTransport: (_ gitFolder: String) -> some Transport,
    progress: ((TransferProgress) -> Void)? = nil
  ) async throws -> (workspace: Workspace, commit: ObjectID) {
    guard try WorkingTree.isEmptyOrMissing(FilePath(folder)) else {
      throw WorkspaceError.folderNotEmpty(folder: folder)
    }
    let repository = try GitRepository.create(at: folder)
    let workspace = try Workspace(repository: repository, folder: folder)
    do {
      try repository.setRemoteAddress(address.text)
      try workspace.setDrivers()
      let transport = makeTransport(repository.gitFolder)
      let fetched = try await transport.fetch(
        from: address, SyncReferences.specifications, progress: progress)
      let commit = try workspace.begin(with: fetched, from: address, by: attribution)
      return (workspace, commit)
    } catch {
      // Nothing of a person's is in a folder that was empty a moment ago.
      try? WorkingTree.empty(FilePath(folder))
      throw error
    }
  }

  /// Brings a fresh folder to what was fetched.
  private func begin(
    with fetched: FetchReport, from address: RemoteAddress, by attribution: Attribution
  ) throws -> ObjectID {
    var team = try teamCopy(fetched)
    guard let start = team.main ?? team.heads.first else {
      throw WorkspaceError.nothingThere(address: address.shown)
    }
    var report = SyncReport()
    let plan = try planned(&team, from: start, address: address.shown, report: &report)
    let writes = try objects.files(in: plan.tree).map {
      FileWrite(path: $0.path, expected: nil, new: $0.file)
    }
    try locked(for: "clone", at: attribution.time) {
      try advance(from: nil, to: plan.head, writes: writes, command: "clone")
    }
    try checkVersion()
    try remember(team)
    return plan.head
  }

  /// Tells git to merge documents as Ligne does, and to head differences with the field they are in.
  private func setDrivers() throws {
    try repository.setConfiguration("merge.ligne.name", to: "Ligne: documents merged by meaning")
    try repository.setConfiguration("merge.ligne.driver", to: "ligne merge-file %O %A %B %P")
    try repository.setConfiguration("diff.ligne.xfuncname", to: "^ *\"([^\"]+)\": [\\[{]$")
  }

  /// The team's address, as it was set.
  public func address() throws -> String? { try repository.remoteAddress() }

  /// Sets the team's address.
  ///
  /// - Throws: `TransportError.addressRefused` for what is no address git may be given.
  public func setAddress(_ text: String) throws {
    try repository.setRemoteAddress(RemoteAddress(text).text)
  }
}
