import CommitJoin
import Documents
public import GitStore
import ObjectModel
import SystemPackage
import ThreeWayMerge
public import Wording
import WorkingCopy

/// Looks at a folder from the outside in, and mends what can be mended from what is there or from another copy.
///
/// Nothing is destroyed: what is replaced lies in `.git/ligne/aside` afterwards, and what only a person can decide is
/// left to them.
public final class Examination {
  public private(set) var complaints: [Complaint] = []
  let folder: String
  let repairs: Bool
  private let files: RepositoryFiles
  private let local: LocalFolder

  /// - Parameters:
  ///   - start: The folder of a workspace, or one inside it.
  ///   - repairs: Whether to mend; otherwise nothing is changed.
  /// - Throws: `WorkspaceError.notAWorkspace`, `.noHistory`.
  public init(of start: String, repairing repairs: Bool) throws {
    guard let folder = Workspace.folder(containing: start) else {
      throw WorkspaceError.notAWorkspace(folder: start)
    }
    guard let files = try RepositoryFiles(at: folder) else { throw WorkspaceError.noHistory(folder: folder) }
    (self.folder, self.repairs, self.files) = (folder, repairs, files)
    local = LocalFolder(FilePath(files.gitFolder).appending("ligne"))
  }

  /// `.git`, or where that file points.
  public var gitFolder: String { files.gitFolder }

  /// Looks at everything.
  ///
  /// - Parameters:
  ///   - now: By the clock of this computer.
  ///   - other: An address to fetch lost parts of the history from; `nil` for the team's.
  ///   - transport: Speaks to it for a given `.git` folder.
  ///   - progress: Called with what is read of how many versions.
  public func run(
    at now: Instant, from other: String?, transport makeTransport: (_ gitFolder: String) -> some Transport,
    git: GitTransport, progress: (VerifyStage, _ done: Int, _ total: Int) -> Void
  ) async throws {
    examineSurroundings()
    do throws(TransportError) {
      try await git.checkProgram()
    } catch {
      complain(.noGit(message: error.message, hint: error.hint))
    }
    let lock =
      repairs ? try WorkspaceLock.acquire(in: local, as: .thisProcess(command: "doctor", startedAt: 0)) : nil
    defer { lock?.release() }
    try examineFiles()
    // What is this broken lets nothing else be read before it is mended.
    if !repairs, !complaints.allSatisfy({ $0.problem.isAroundTheRepository }) { return }
    guard let workspace = openedWorkspace() else { return }
    naming { try workspace.examineReferences(with: self) }
    naming { try workspace.examineLocks(with: self) }
    guard naming({ try workspace.examineHead(with: self) }) == true else { return }
    // The network is not spoken to while others wait.
    lock?.release()
    do {
      try await workspace.examineObjects(
        with: self, from: other, transport: makeTransport, progress: progress)
    } catch let error as any ExplainedError {
      complain(error)
    }
    let again =
      repairs ? try WorkspaceLock.acquire(in: local, as: .thisProcess(command: "doctor", startedAt: 0)) : nil
    defer { again?.release() }
    naming { try workspace.examineLocalState(with: self) }
    naming { try workspace.examineFolder(with: self, at: now) }
  }

  /// Does one part; what stops it is a complaint like others, and the other parts are looked at.
  @discardableResult
  private func naming<Result>(_ part: () throws -> Result) -> Result? {
    do {
      return try part()
    } catch {
      complain(error as? any ExplainedError ?? WorkspaceError.store(operation: "doctor", detail: "\(error)"))
      return nil
    }
  }

  func complain(_ error: any ExplainedError) {
    complain(.notOpened(code: error.code, message: error.message, hint: error.hint))
  }

  func complain(_ problem: Complaint.Problem, isRepaired: Bool = false, keptAt: String? = nil) {
    complaints.append(Complaint(problem, isRepaired: isRepaired, keptAt: keptAt))
  }

  /// Moves a damaged file aside; where it lies then.
  func moveAside(_ file: String) throws -> String { try local.moveAside(FilePath(file)).string }

  // MARK: Before the repository can be opened

  private func examineFiles() throws {
    if !files.isConfigurationReadable() {
      var kept: String?
      if repairs {
        let address = files.addressInSettings()
        kept = try moveAside(files.configuration)
        try files.writeConfiguration(address: address)
      }
      complain(.settingsDamaged, isRepaired: repairs, keptAt: kept)
    }
    if !files.isHeadReadable() {
      var kept: String?
      if repairs {
        if WorkingTree.hasFile(named: "HEAD", in: FilePath(files.gitFolder)) {
          kept = try moveAside(files.head)
        }
        try files.writeHead(branch: "main")
      }
      complain(.headDamaged, isRepaired: repairs, keptAt: kept)
    }
    for name in try files.brokenReferences() {
      let kept = repairs ? try moveAside(files.file(ofReference: name)) : nil
      complain(.referenceDamaged(name), isRepaired: repairs, keptAt: kept)
    }
  }

  private func openedWorkspace() -> Workspace? {
    naming { try Workspace(repository: GitRepository.open(at: folder), folder: folder) }
  }

  /// Puts an object into the repository, in the place of a damaged one where there is one; where that lies then.
  func replace(_ object: RawObject) throws -> String? {
    let kept = try files.file(of: ObjectID(hashing: object)).map(moveAside)
    try files.write(object)
    return kept
  }

  func resetIndex(of workspace: Workspace, to tree: ObjectID?) throws -> String? {
    let kept = try moveAside(files.index)
    if let tree { try workspace.repository.resetIndex(to: tree) }
    return kept
  }

  // MARK: Around the folder

  private func examineSurroundings() {
    if let name = SynchronisedFolder.name(of: FilePath(folder)) {
      complain(.syncedByAnotherProgram(name: name))
    }
    if let left = WorkingTree.spaceLeft(in: FilePath(folder)), left < Self.leastSpace {
      complain(.diskNearlyFull(mebibytes: Int(left >> 20)))
    }
    for place in [folder, files.gitFolder] + ["/objects", "/refs"].map({ files.gitFolder + $0 }) {
      if (try? WorkingTree.checkWritable(FilePath(place))) == nil { complain(.notWritable(place)) }
    }
  }

  /// Bytes: below this, a sync of some pictures may not fit any more.
  private static let leastSpace: Int64 = 256 << 20
}

/// Folders that other programs keep the same on several computers.
enum SynchronisedFolder {
  /// The program that synchronises a folder, by the names programs give the folders they do that in.
  static func name(of folder: FilePath) -> String? {
    for component in folder.components {
      let name = component.string
      for (beginning, program) in known where name.utf8.starts(with: beginning.utf8) { return program }
    }
    var above = folder
    while true {
      for (mark, program) in marks where WorkingTree.hasFile(named: mark, in: above) { return program }
      guard above.components.count > 0, above.removeLastComponent() else { return nil }
    }
  }

  private static let known = [
    ("Dropbox", "Dropbox"), ("OneDrive", "OneDrive"), ("iCloud", "iCloud"), ("Mobile Documents", "iCloud"),
    ("com~apple~CloudDocs", "iCloud"), ("CloudStorage", "macOS"), ("Google Drive", "Google Drive"),
    ("GoogleDrive", "Google Drive"), ("Nextcloud", "Nextcloud"), ("ownCloud", "ownCloud"),
    ("pCloud", "pCloud"),
    ("MEGAsync", "MEGA"),
  ]
  /// Files programs leave in such folders.
  private static let marks = [(".dropbox", "Dropbox"), (".sync_folder", "Syncthing")]
}
