import Foundation
import GitStore
import ObjectModel
import SyncEngine
import SystemPackage
import TestSupport
import Testing
import WorkingCopy

/// A clone that was killed leaves a folder in which the next one begins anew.
@Suite struct UnfinishedCloneTests {
  /// What a kill can leave, by how far the clone had come.
  enum Remains: CaseIterable {
    case gitFolder, ownFolder, emptyNote, note, repository, halfRepository, locks, fetched, branchMoved
  }

  @Test(arguments: Remains.allCases) func theNextCloneOfTheSameAddressBeginsAnew(_ remains: Remains)
    async throws
  {
    let pair = try await Pair()
    let folder = pair.path(of: "mia")
    try leave(remains, in: folder, of: pair)
    let (workspace, commit, refused) = try await clone(pair)
    #expect(try commit == pair.workspace("ana").head())
    #expect(refused.isEmpty)
    #expect(try workspace.localState().changes.isEmpty)
    #expect(try pair.text("mia", TwoPeopleTests.file) == pair.text("ana", TwoPeopleTests.file))
    #expect(!pair.exists("mia", ".git/ligne/clone"))
    #expect(try pair.git("mia", "status", "--porcelain") == "")
  }

  @Test func whatAPersonPutThereStays() async throws {
    let pair = try await Pair()
    let folder = pair.path(of: "mia")
    try leave(.fetched, in: folder, of: pair)
    try pair.save("mia", "notes.txt", "À moi.")
    await #expect(throws: WorkspaceError.folderNotEmpty(folder: folder)) { _ = try await clone(pair) }
    #expect(try pair.text("mia", "notes.txt") == "À moi.")
    #expect(pair.exists("mia", ".git/HEAD"))
  }

  @Test func anUnfinishedCloneOfAnotherAddressStays() async throws {
    let pair = try await Pair()
    let folder = pair.path(of: "mia")
    try leave(.repository, in: folder, of: pair)
    try pair.save("mia", ".git/ligne/clone", "/ailleurs.git")
    await #expect(throws: WorkspaceError.folderNotEmpty(folder: folder)) { _ = try await clone(pair) }
    #expect(pair.exists("mia", ".git/HEAD"))
  }

  @Test func aRepositoryThatNobodyClonedStays() async throws {
    let pair = try await Pair()
    let folder = pair.path(of: "mia")
    _ = try GitRepository.create(at: folder)
    await #expect(throws: WorkspaceError.folderNotEmpty(folder: folder)) { _ = try await clone(pair) }
    #expect(pair.exists("mia", ".git/HEAD"))
  }

  /// Its branch may have moved, and whoever can't look must not empty it.
  @Test func oneThatCannotBeOpenedStays() async throws {
    let pair = try await Pair()
    try leave(.branchMoved, in: pair.path(of: "mia"), of: pair)
    try pair.save("mia", ".git/config", "[core\n")
    await #expect(throws: (any Error).self) { _ = try await clone(pair) }
    #expect(pair.exists("mia", ".git/refs/heads/main"))
  }

  /// As in a submodule, or in another tree of a repository.
  @Test func aFolderWhoseGitIsAFileStays() async throws {
    let pair = try await Pair()
    try pair.save("mia", ".git", "gitdir: ../ana/.git")
    await #expect(throws: WorkspaceError.folderNotEmpty(folder: pair.path(of: "mia"))) {
      _ = try await clone(pair)
    }
  }

  @Test func aCloneThatRunsIsNotTakenForKilled() async throws {
    let pair = try await Pair()
    let running = try UnfinishedClone.begin(in: FilePath(pair.path(of: "mia")), of: pair.address)
    await #expect(throws: WorkingCopyError.held(by: nil)) { _ = try await clone(pair) }
    withExtendedLifetime(running) {}
  }

  /// The command after a killed clone need not be another clone.
  @Test func anyCommandFinishesWhatOnlyLackedItsFiles() async throws {
    let pair = try await Pair()
    try leave(.branchMoved, in: pair.path(of: "mia"), of: pair)
    #expect(try pair.workspace("mia").localState().changes.isEmpty)
    #expect(!pair.exists("mia", ".git/ligne/clone"))
  }

  private func clone(_ pair: Pair) async throws -> (Workspace, ObjectID, [SyncReport.Refused]) {
    try await Workspace.clone(
      RemoteAddress(pair.address), into: pair.path(of: "mia"), by: pair.attribution("mia"),
      transport: { GitTransport(gitFolder: $0) })
  }

  private func leave(_ remains: Remains, in folder: String, of pair: Pair) throws {
    let git = folder + "/.git"
    let own = git + "/ligne"
    func make(_ folder: String) throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    func note(_ text: String) throws { try pair.save("mia", ".git/ligne/clone", text) }
    switch remains {
    case .gitFolder: try make(git)
    case .ownFolder: try make(own)
    case .emptyNote: try note("")
    case .note: try note(pair.address)
    case .repository, .halfRepository, .locks, .fetched, .branchMoved:
      try note(pair.address)
      try GitRepository.create(at: folder).setRemoteAddress(pair.address)
      try make(own)
    }
    switch remains {
    case .halfRepository: try FileManager.default.removeItem(atPath: git + "/HEAD")
    case .locks:
      for name in ["config.lock", "index.lock", "HEAD.lock"] { try pair.save("mia", ".git/" + name, "") }
    case .fetched: _ = try pair.git("mia", "fetch", "-q", "origin", "main")
    case .branchMoved:
      _ = try pair.git("mia", "fetch", "-q", "origin", "main")
      let head = try #require(try pair.workspace("ana").head())
      let workspace = try GitRepository.open(at: folder)
      let writes = try workspace.files(in: workspace.commit(head).tree).map {
        FileWrite(path: $0.path, expected: nil, new: $0.file)
      }
      try Journal(in: LocalFolder(FilePath(own))).begin(
        JournalEntry(
          command: "clone", reference: "refs/heads/main", fromHead: nil, toHead: head, writes: writes))
      _ = try pair.git("mia", "update-ref", "refs/heads/main", head.hex)
    default: break
    }
  }
}
