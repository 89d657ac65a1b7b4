import GitStore
import ObjectModel
import SyncEngine
import WorkingCopy

import struct SystemPackage.FilePath

/// Everything a computer holds of a workspace: what is left when the power goes, and what a backup keeps.
struct Disk {
  var objects: [ObjectID: RawObject] = [:]
  /// By the bytes of their names.
  var references: [[UInt8]: ObjectID] = [:]
  /// The folder a person edits.
  var files: [WorkspacePath: TreeContent] = [:]
  /// Ligne's own: the journal, the device, caches.
  var small: [String: [UInt8]] = [:]
  var index: [WorkspacePath: TreeFile] = [:]
  var configuration: [String: String] = [:]
  /// What an exchange displaced and nobody has looked at yet.
  var displaced: [DisplacedFile] = []
  /// Git's log of references, the newest move last.
  var moves: [(reference: String, move: ReferenceMove)] = []
}

/// A file's bytes and what may be done with them.
struct TreeContent: Hashable {
  let bytes: [UInt8]
  /// Named once: what stands in a folder is looked at after each event.
  let file: TreeFile

  var mode: FileMode { file.mode }

  init(mode: FileMode = .file, bytes: [UInt8]) {
    self.bytes = bytes
    file = TreeFile(mode: mode, id: ObjectID(blob: bytes))
  }

  static func == (left: Self, right: Self) -> Bool { left.file == right.file }
  func hash(into hasher: inout Hasher) { hasher.combine(file) }
}

/// A computer of the simulation: a disk, and a power cable that can be pulled between any two of its steps.
///
/// All that is written counts as flushed; what a real disk does with unflushed bytes is the matter of the tests of the
/// working copy.
final class Computer {
  var disk = Disk()
  /// What is wrong with it, on purpose.
  let bug: SimulatedBug?

  init(bug: SimulatedBug? = nil) { self.bug = bug }

  /// How many more steps succeed; `nil` for all.
  private var stepsLeft: Int?
  private(set) var isDead = false
  /// How often it was started: what ran before does not run any more.
  private(set) var start = 0
  /// How many steps there were since it was started.
  private(set) var steps = 0
  /// Called once at the next exchange of files, as an editor that saves in the worst moment.
  var editor: (() -> Void)?
  /// What somebody does in another window, and how many steps before it is due.
  var otherWindow: (stepsLeft: Int, act: () -> Void)?
  /// Whether a command holds the workspace.
  fileprivate(set) var isLocked = false

  /// Pulls the cable before the step after `steps` more.
  func crash(after steps: Int) { stepsLeft = steps }

  /// Nothing was pulled after all.
  func crashNoMore() { stepsLeft = nil }

  /// Starts again: locks are free, and all works.
  func restart() {
    (stepsLeft, isDead, isLocked, steps, editor, otherWindow) = (nil, false, false, 0, nil, nil)
    start += 1
  }

  /// Whether what was begun at a start still runs.
  fileprivate func isRunning(since start: Int) -> Bool { !isDead && start == self.start }

  /// Counts one change of the disk, or says that the power is gone.
  fileprivate func step(since start: Int) -> Bool {
    if !isRunning(since: start) { return false }
    if let left = stepsLeft {
      if left == 0 {
        isDead = true
        return false
      }
      stepsLeft = left - 1
    }
    steps += 1
    if let next = otherWindow {
      otherWindow?.stepsLeft -= 1
      if next.stepsLeft <= 0, !isLocked {
        otherWindow = nil
        next.act()
      }
    }
    return true
  }
}

// MARK: - History

/// The repository of a computer.
final class SimulatedRepository: WorkspaceRepository {
  let computer: Computer
  private let start: Int

  init(_ computer: Computer) { (self.computer, start) = (computer, computer.start) }

  let gitFolder = "/simulated/.git"

  private func alive() throws(ObjectStoreError) {
    if !computer.isRunning(since: start) { throw .failed(operation: "read", detail: "no power") }
  }

  private func step(_ operation: String) throws(ObjectStoreError) {
    if !computer.step(since: start) { throw .failed(operation: operation, detail: "no power") }
  }

  func object(_ id: ObjectID) throws(ObjectStoreError) -> RawObject {
    try alive()
    guard let object = computer.disk.objects[id] else { throw .missing(id) }
    return object
  }

  func contains(_ id: ObjectID) throws(ObjectStoreError) -> Bool {
    try alive()
    return computer.disk.objects[id] != nil
  }

  func header(of id: ObjectID) throws(ObjectStoreError) -> ObjectHeader? {
    try alive()
    return computer.disk.objects[id].map { ObjectHeader(kind: $0.kind, size: $0.bytes.count) }
  }

  func write(_ object: RawObject) throws(ObjectStoreError) -> ObjectID {
    let id = ObjectID(hashing: object)
    if computer.disk.objects[id] == nil {
      try step("write an object")
      if computer.bug == .losesObjects, id.bytes.first == 7 { return id }
      computer.disk.objects[id] = object
    }
    return id
  }

  func reference(_ name: String) throws(ObjectStoreError) -> ObjectID? {
    try alive()
    return computer.disk.references[Array(name.utf8)]
  }

  func references(withPrefix prefix: String) throws(ObjectStoreError) -> [Reference] {
    try alive()
    let prefix = Array(prefix.utf8)
    return computer.disk.references.filter { $0.key.starts(with: prefix) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { Reference(name: String(decoding: $0.key, as: UTF8.self), id: $0.value) }
  }

  func moveReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(ObjectStoreError) {
    let found = try reference(name)
    guard found == expected else { throw .referenceMoved(name: name, found: found) }
    if let new, computer.disk.objects[new] == nil { throw .missing(new) }
    try step("move the reference \(name)")
    computer.disk.moves.append((name, ReferenceMove(from: expected, to: new, reason: reason, time: 0)))
    let isKept = name.utf8.starts(with: "refs/ligne/kept/".utf8)
    if isKept, computer.bug == .keepsNoCopies { return }
    if name.utf8.elementsEqual("refs/heads/main".utf8), computer.bug == .mainStaysBehind { return }
    computer.disk.references[Array(name.utf8)] = new
  }

  func head() throws(ObjectStoreError) -> Head {
    .branch(name: "main", commit: try reference("refs/heads/main"))
  }

  func attach(toBranch name: String) throws(ObjectStoreError) { try alive() }

  func moves(of reference: String) throws(GitError) -> [ReferenceMove] {
    computer.disk.moves.reversed().filter { $0.reference.utf8.elementsEqual(reference.utf8) }.map(\.move)
  }

  func unfinishedOperation() throws -> GitOperation? { nil }

  func readIndex() throws -> IndexContents { IndexContents() }

  func indexTable() throws -> IndexTable { .none }

  func updateIndex(set: [IndexedFile], remove: [WorkspacePath], tree: ObjectID?) throws {
    try step("write the index")
    if computer.bug == .forgetsTheIndex { return }
    for file in set { computer.disk.index[file.path] = TreeFile(mode: file.mode, id: file.id) }
    for path in remove { computer.disk.index[path] = nil }
  }

  func resetIndex(to tree: ObjectID) throws {
    try step("write the index")
    computer.disk.index = Dictionary(uniqueKeysWithValues: try files(in: tree).map { ($0.path, $0.file) })
  }

  func configuration(_ key: String) throws(GitError) -> String? { computer.disk.configuration[key] }

  func setConfiguration(_ key: String, to value: String?) throws(GitError) {
    if !computer.step(since: start) {
      throw GitError(operation: "write the configuration", kind: .other, detail: "no power")
    }
    computer.disk.configuration[key] = value
  }

  func userIdentity() throws(GitError) -> (name: String, email: String)? { nil }

  func remoteAddress() throws(GitError) -> String? { try configuration("remote.origin.url") }

  func setRemoteAddress(_ address: String) throws(GitError) {
    try setConfiguration("remote.origin.url", to: address)
  }

  func ignoring() throws(GitError) -> (_ path: WorkspacePath, _ isFolder: Bool) -> Bool { { _, _ in false } }
}

// MARK: - Files

/// The files of a computer's workspace.
final class SimulatedFiles: WorkspaceFiles {
  let computer: Computer
  let local: SimulatedSmallFiles
  private let start: Int

  init(_ computer: Computer) {
    (self.computer, start) = (computer, computer.start)
    local = SimulatedSmallFiles(computer)
  }

  func read(_ path: WorkspacePath) throws(WorkingCopyError) -> FileReading? {
    if !computer.isRunning(since: start) { throw noPower(path.text) }
    return computer.disk.files[path].map { FileReading(bytes: $0.bytes, mode: $0.mode, stamp: .none) }
  }

  func read(_ paths: [WorkspacePath]) throws(WorkingCopyError) -> [FileReading?] {
    try paths.map { path throws(WorkingCopyError) in try read(path) }
  }

  func compare(
    with known: some KnownFiles, knownAsOf: FileTime?, only paths: [WorkspacePath]?,
    isIgnored: (_ path: WorkspacePath, _ isFolder: Bool) -> Bool
  ) throws(WorkingCopyError) -> FolderComparison {
    if !computer.isRunning(since: start) { throw noPower(".") }
    var found = FolderComparison(asOf: .never)
    for (path, content) in computer.disk.files.sorted(by: { $0.key < $1.key }) {
      if let paths, !paths.contains(where: { $0 == path || path.isInside($0) }) { continue }
      let file = ScannedFile(
        path: path, id: content.file.id, mode: content.mode, stamp: .none, wasHashed: true)
      found.read.append(FolderComparison.ReadFile(place: nil, file: file))
    }
    return found
  }

  func apply(_ plan: [FileWrite], content: (ObjectID) throws -> [UInt8]) throws -> ApplyReport {
    var report = ApplyReport()
    let contents = try plan.map { write in
      try write.new.map { TreeContent(mode: $0.mode, bytes: try content($0.id)) }
    }
    for (place, (write, planned)) in zip(plan, contents).enumerated() {
      var new = planned
      if computer.bug == .leavesTheLastFile, place == plan.count - 1, place > 0 { continue }
      if computer.bug == .removesNothing, new == nil { continue }
      if computer.bug == .cutsFiles, let whole = new {
        new = TreeContent(mode: whole.mode, bytes: whole.bytes.dropLast(3))
      }
      if let editor = computer.editor {
        computer.editor = nil
        editor()
      }
      let standing = computer.disk.files[write.path]
      if standing?.file != new?.file {
        // A file where a folder has to be, or the reverse, stays, and so does what was to be written there.
        if new != nil, let obstacle = obstacle(to: write.path) {
          report.obstacles.append(obstacle)
          continue
        }
        guard computer.step(since: start) else { throw noPower(write.path.text) }
        if computer.bug == .writesInPlace, new != nil {
          computer.disk.files[write.path] = TreeContent(bytes: [])
          guard computer.step(since: start) else { throw noPower(write.path.text) }
        }
        if computer.bug == .leavesScratchFiles, let new,
          let beside = try? WorkspacePath(write.path.text + ".tmp")
        {
          computer.disk.files[beside] = TreeContent(bytes: new.bytes + [0x21])
        }
        computer.disk.files[write.path] = new
        if standing?.file.id != write.expected, computer.bug != .coversSaves {
          let displaced = DisplacedFile(
            path: write.path, expected: write.expected, new: write.new, found: standing?.bytes, keptAt: nil)
          computer.disk.displaced.append(displaced)
          report.displaced.append(displaced)
        }
      }
      if let file = write.new {
        report.written[write.path] = KnownFile(id: file.id, mode: file.mode, stamp: .none)
      } else {
        report.removed.append(write.path)
      }
    }
    return report
  }

  private func obstacle(to path: WorkspacePath) -> Obstacle? {
    var above = path.parent
    while let folder = above {
      if computer.disk.files[folder] != nil { return Obstacle(path: path, standing: folder, kind: .file) }
      above = folder.parent
    }
    let below = Array((path.text + "/").utf8)
    guard computer.disk.files.keys.contains(where: { $0.text.utf8.starts(with: below) }) else { return nil }
    return Obstacle(path: path, standing: path, kind: .folder)
  }

  func hasLeftovers() -> Bool { !unsettled().isEmpty }
  func unsettled() -> [DisplacedFile] { computer.bug == .forgetsDisplaced ? [] : computer.disk.displaced }
  func unexplained() -> [FilePath] { [] }

  // Nobody else works here with git.
  func gitLocks(in gitFolder: FilePath) -> [GitLock] { [] }
  func moveAside(_ lock: GitLock) -> FilePath { lock.path }
  func clearGitLocks(
    in gitFolder: FilePath, since interrupted: FileTime?, searching search: LockSearch,
    needing names: [String],
    later seconds: Int64, onWait: (GitLock) -> Void
  ) -> [(lock: GitLock, aside: FilePath)] { [] }

  func settle(_ displaced: DisplacedFile) throws(WorkingCopyError) {
    guard computer.step(since: start) else { throw noPower(displaced.path.text) }
    if let place = computer.disk.displaced.firstIndex(of: displaced) {
      computer.disk.displaced.remove(at: place)
    }
  }

  func checkWritable(_ plan: [FileWrite]) throws(WorkingCopyError) {}
  func checkWritable(folder: FilePath) throws(WorkingCopyError) {}

  func lock(
    as holder: LockHolder, onWait: (LockHolder?) -> Void
  ) throws(WorkingCopyError) -> any HeldLock {
    if !computer.isRunning(since: start) { throw noPower("lock") }
    // In one thread nobody would ever give it back.
    if computer.isLocked { throw .held(by: holder) }
    computer.isLocked = true
    return SimulatedLock(computer)
  }
}

private final class SimulatedLock: HeldLock {
  let interruptedSince: FileTime? = nil
  private var computer: Computer?

  init(_ computer: Computer) { self.computer = computer }

  func release() {
    computer?.isLocked = false
    computer = nil
  }
}

/// Ligne's own small files on a computer.
struct SimulatedSmallFiles: SmallFiles {
  let computer: Computer
  private let start: Int

  init(_ computer: Computer) { (self.computer, start) = (computer, computer.start) }

  func create() throws(WorkingCopyError) {}

  func readSmall(_ name: String) throws(WorkingCopyError) -> [UInt8]? {
    if !computer.isRunning(since: start) { throw noPower(name) }
    return computer.disk.small[name]
  }

  func writeSmall(_ name: String, _ bytes: [UInt8]) throws(WorkingCopyError) {
    guard computer.step(since: start) else { throw noPower(name) }
    if name == "journal", computer.bug == .writesNoJournal { return }
    computer.disk.small[name] = bytes
  }

  func remember(_ name: String, _ bytes: [UInt8]) throws(WorkingCopyError) { try writeSmall(name, bytes) }

  func recall(_ name: String) throws(WorkingCopyError) -> [UInt8]? { try readSmall(name) }

  func removeSmall(_ name: String) throws(WorkingCopyError) {
    guard computer.disk.small[name] != nil else { return }
    guard computer.step(since: start) else { throw noPower(name) }
    if name == "journal", computer.bug == .keepsTheJournal { return }
    computer.disk.small[name] = nil
  }

  func place(of name: String) -> String { "/simulated/.git/ligne/" + name }
}

private func noPower(_ path: String) -> WorkingCopyError {
  .disk(.write, path: FilePath(path), reason: .ioError)
}

extension FileStamp {
  /// Files of the simulation are told apart by what they hold.
  fileprivate static let none = FileStamp(size: 0, modified: .never, changed: .never, inode: 0, device: 0)
}
