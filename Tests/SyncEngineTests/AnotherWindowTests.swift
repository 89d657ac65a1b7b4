import Foundation
import GitStore
import JSONTree
import ObjectModel
import SyncEngine
import SystemPackage
import TestSupport
import Testing
import WorkingCopy

/// Somebody commits in another window while a sync is under way.
@Suite struct AnotherWindowTests {
  /// Whenever it is, what was committed is on the branch in the end, with what came in.
  @Test(arguments: 1...6) func nothingThatWasCommittedMeanwhileLeavesTheBranch(_ look: Int) async throws {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    _ = try await pair.sync("ana")
    try pair.change("leo", "/at", "11 h")

    let folder = pair.path(of: "leo")
    let repository = InterruptedRepository(try GitRepository.open(at: folder)) { number in
      guard number == look else { return }
      try pair.save("leo", "posts/autre.json", Pair.post(title: "Autre", at: "8 h", id: Self.id))
      try pair.git("leo", "add", "posts/autre.json")
      try pair.git(
        "leo", "-c", "user.name=Leo", "-c", "user.email=leo@exemple.example", "commit", "--quiet", "-m",
        "Autre fenêtre", "posts/autre.json")
    }
    let workspace = try Workspace(
      repository: repository,
      files: WorkingTree(root: FilePath(folder), localFolder: FilePath(folder + "/.git/ligne")),
      named: folder)
    var random = SeededRandom(seed: 1)
    do {
      let report = try await workspace.sync(
        SyncOptions(), over: GitTransport(gitFolder: workspace.gitFolder), by: pair.attribution("leo"),
        random: &random)
      // However busy the folder is: nothing is fetched once more for it.
      #expect(report.attempts == 1)
    } catch {
      // Plain git knows nothing of Ligne's lock; who is told that the branch moved syncs again.
      guard case ObjectStoreError.referenceMoved = error else { throw error }
    }
    #expect(repository.looks >= look)
    _ = try await pair.sync("leo")
    for file in ["posts/marche.json", "posts/autre.json"] {
      let committed = try pair.git("leo", "show", "HEAD:\(file)")
      #expect(try JSONValue(parsing: Array(committed.utf8)) == pair.read("leo", file))
    }
    #expect(try pair.read("leo", "posts/marche.json")["title"] == "Marché public")
    #expect(try pair.read("leo", "posts/marche.json")["at"] == "11 h")
    #expect(try pair.git("team.git", "show", "main:posts/autre.json").contains("Autre"))
  }

  /// Both write the same references over there, and whoever comes second is refused.
  @Test func whatAnotherSyncOfThisFolderSharedIsShared() async throws {
    let pair = try await Pair()
    try pair.change("leo", "/title", "Marché public")
    _ = try await pair.sync("leo")
    try pair.change("leo", "/at", "11 h")
    let own = try #require(try pair.workspace("leo").head())
    let device = try String(contentsOfFile: pair.path(of: "leo") + "/.git/ligne/device", encoding: .utf8)
      .trimmingCharacters(in: .newlines)

    let workspace = try pair.workspace("leo")
    var later: ObjectID?
    workspace.onTakenIn = { _ in
      #expect(throws: Never.self) {
        try pair.change("leo", "/at", "midi")
        later = try pair.workspace("leo").head()
        try pair.git("leo", "push", "--quiet", "origin", "main", "main:refs/ligne/devices/\(device)")
      }
    }
    var random = SeededRandom(seed: 1)
    let report = try await workspace.sync(
      over: GitTransport(gitFolder: workspace.gitFolder), by: pair.attribution("leo"), random: &random)
    #expect(later != nil && later != own)
    #expect(report.attempts == 1)
    #expect(report.shared == [own])
    #expect(report.waiting.isEmpty)
    #expect(try pair.git("team.git", "rev-parse", "main") == later?.hex)
    #expect(try await pair.sync("leo").result == .upToDate)
  }

  /// What stands there in the end may be anything a stranger has put there, also something this folder has.
  @Test func whatIsNoVersionThereIsNothingThatArrived() async throws {
    let pair = try await Pair()
    try pair.change("leo", "/at", "11 h")
    let blob = try pair.git("leo", "rev-parse", "HEAD:posts/marche.json")
    let workspace = try pair.workspace("leo")
    workspace.onTakenIn = { _ in
      #expect(throws: Never.self) {
        try pair.git("leo", "push", "--quiet", "origin", "\(blob):refs/ligne/strange")
        try Data((blob + "\n").utf8).write(to: URL(filePath: pair.path(of: "team.git") + "/refs/heads/main"))
      }
    }
    var random = SeededRandom(seed: 1)
    let report = try await workspace.sync(
      over: GitTransport(gitFolder: workspace.gitFolder), by: pair.attribution("leo"), random: &random,
      pause: { _ in })
    #expect(report.waiting.isEmpty && report.shared.count == 1)
  }

  private static let id = "01m673g2t0pmavj7d0hb6gavjf"
}

/// A repository in which something happens right after a look at the branch.
private final class InterruptedRepository: WorkspaceRepository {
  private let repository: GitRepository
  private let afterLook: (_ number: Int) throws -> Void
  private(set) var looks = 0

  init(_ repository: GitRepository, afterLook: @escaping (_ number: Int) throws -> Void) {
    (self.repository, self.afterLook) = (repository, afterLook)
  }

  func head() throws(ObjectStoreError) -> Head {
    let head = try repository.head()
    looks += 1
    do {
      try afterLook(looks)
    } catch {
      throw .failed(operation: "commit in another window", detail: "\(error)")
    }
    return head
  }

  var gitFolder: String { repository.gitFolder }
  func object(_ id: ObjectID) throws(ObjectStoreError) -> RawObject { try repository.object(id) }
  func contains(_ id: ObjectID) throws(ObjectStoreError) -> Bool { repository.contains(id) }
  func header(of id: ObjectID) throws(ObjectStoreError) -> ObjectHeader? { try repository.header(of: id) }
  func write(_ object: RawObject) throws(ObjectStoreError) -> ObjectID { try repository.write(object) }
  func write(_ objects: [RawObject]) throws(ObjectStoreError) { try repository.write(objects) }
  func reference(_ name: String) throws(ObjectStoreError) -> ObjectID? { try repository.reference(name) }
  func references(withPrefix prefix: String) throws(ObjectStoreError) -> [Reference] {
    try repository.references(withPrefix: prefix)
  }
  func moveReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(ObjectStoreError) {
    try repository.moveReference(name, from: expected, to: new, reason: reason)
  }
  func unfinishedOperation() throws -> GitOperation? { try repository.unfinishedOperation() }
  func attach(toBranch name: String) throws(ObjectStoreError) { try repository.attach(toBranch: name) }
  func moves(of reference: String) throws(GitError) -> [ReferenceMove] {
    try repository.moves(of: reference)
  }
  func readIndex() throws -> IndexContents { try repository.readIndex() }
  func indexTable() throws -> IndexTable { try repository.indexTable() }
  func updateIndex(set: [IndexedFile], remove: [WorkspacePath], tree: ObjectID?) throws {
    try repository.updateIndex(set: set, remove: remove, tree: tree)
  }
  func resetIndex(to tree: ObjectID) throws { try repository.resetIndex(to: tree) }
  func configuration(_ key: String) throws(GitError) -> String? { try repository.configuration(key) }
  func setConfiguration(_ key: String, to value: String?) throws(GitError) {
    try repository.setConfiguration(key, to: value)
  }
  func userIdentity() throws(GitError) -> (name: String, email: String)? { try repository.userIdentity() }
  func remoteAddress() throws(GitError) -> String? { try repository.remoteAddress() }
  func setRemoteAddress(_ address: String) throws(GitError) { try repository.setRemoteAddress(address) }
  func ignoring() throws(GitError) -> (_ path: WorkspacePath, _ isFolder: Bool) -> Bool {
    try repository.ignoring()
  }
}
