import Foundation
import GitStore
import JSONTree
import ObjectModel
import Synchronization
import TestSupport
import Testing
import ThreeWayMerge
import WorkingCopy

import struct SystemPackage.Errno
import struct SystemPackage.FilePath

@testable import SyncEngine

/// A command is killed in the moment it exchanges a file that an editor just saved: the next one merges what was saved.
@Suite struct LeftoversTests {
  static let file = "posts/marche.json"
  private let path: WorkspacePath
  private let pair: Pair

  init() async throws {
    path = try WorkspacePath(Self.file)
    pair = try await Pair(["leo"])
  }

  private var folder: String { pair.path(of: "leo") }

  private func tree(_ probe: DiskProbe) -> WorkingTree {
    WorkingTree(root: FilePath(folder), localFolder: FilePath(folder + "/.git/ligne"), probe: probe)
  }

  private func post(_ change: (inout JSONValue) throws -> Void) throws -> [UInt8] {
    var post = try pair.read("leo", Self.file)
    try change(&post)
    return post.canonicalForm
  }

  /// Plays a sync that brings this text and is killed right after the exchange, in which `saved` was saved.
  private func killedSync(bringing new: [UInt8], saved: [UInt8]) throws {
    let old = ObjectID(blob: Array(try pair.text("leo", Self.file).utf8))
    let head = try #require(ObjectID(hex: pair.git("leo", "rev-parse", "HEAD")))
    let repository = try GitRepository.open(at: folder)
    let blob = try repository.write(blob: new)
    let tree = try repository.tree(applying: [(path, TreeFile(id: blob))], to: repository.commit(head).tree)
    let someone = Signature(name: "Ana", email: "ana@exemple.example", time: 1_790_000_500, offsetMinutes: 0)
    let commit = try repository.write(
      Commit(tree: tree, parents: [head], author: someone, committer: someone, message: "Reçu\n"))
    let write = FileWrite(path: path, expected: old, new: TreeFile(id: blob))
    try Journal(in: LocalFolder(FilePath(folder + "/.git/ligne"))).begin(
      JournalEntry(
        command: "sync", reference: "refs/heads/main", fromHead: head, toHead: commit, writes: [write]))
    try repository.moveReference("refs/heads/main", from: head, to: commit, reason: "ligne sync")
    let isDead = Flag()
    #expect(throws: WorkingCopyError.self) {
      let dying = self.tree(
        DiskProbe { step throws(Errno) in
          if isDead.isSet { throw .ioError }
          if case .exchange = step { isDead.set() }
        })
      let save = { (_: WorkspacePath) in
        do {
          try Data(saved).write(to: URL(filePath: folder + "/" + Self.file))
        } catch {
          Issue.record(error)
        }
      }
      _ = try dying.apply([write], beforeExchange: save, content: { _ in new })
    }
  }

  /// Nothing of the exchange is left to look at.
  private func expectSettled() throws {
    // A program another test starts holds our open files for an instant; then one more look is needed.
    for _ in 0..<100 where try tree(.none).hasLeftovers() {
      Thread.sleep(forTimeInterval: 0.02)
      #expect(try Workspace(containing: folder).savedMeanwhile == [])
    }
    #expect(try !tree(.none).hasLeftovers())
    let again = try Workspace(containing: folder)
    #expect(again.recovery == nil && again.savedMeanwhile == [])
  }

  @Test func whatWasSavedIsMergedAndACopyKept() throws {
    let saved = try post { try $0.set("10 h", at: "/at") }
    try killedSync(bringing: post { try $0.set("Marché public", at: "/title") }, saved: saved)
    #expect(try pair.read("leo", Self.file)["at"] == "9 h")

    let workspace = try Workspace(containing: folder)
    #expect(workspace.recovery == Workspace.Recovery(command: "sync", wasFinished: true))
    #expect(workspace.savedMeanwhile == [path])
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
    #expect(try pair.read("leo", Self.file)["at"] == "10 h")
    #expect(
      try pair.git("leo", "status", "--porcelain") == " M \(Self.file)\n".trimmingCharacters(in: .newlines))
    let kept = try workspace.keptTexts()
    #expect(kept.map(\.reason) == [.exchange] && kept.map(\.path) == [path])
    #expect(try workspace.objects.blob(kept[0].file.id) == saved)
    try expectSettled()
  }

  @Test func theSameWordsAreAConflict() throws {
    try killedSync(
      bringing: post { try $0.set("11 h", at: "/at") }, saved: post { try $0.set("10 h", at: "/at") })
    let workspace = try Workspace(containing: folder)
    let open = try workspace.openConflicts()
    #expect(open.map(\.conflict.values) == [["10 h", "11 h"]])
    try expectSettled()
  }

  @Test func whatThePersonWroteAfterTheKillStaysAsWell() throws {
    try killedSync(
      bringing: post { try $0.set("Marché public", at: "/title") },
      saved: post { try $0.set("10 h", at: "/at") })
    try pair.save("leo", Self.file, String(decoding: post { try $0.set("ici", at: "/note") }, as: UTF8.self))
    _ = try Workspace(containing: folder)
    let now = try pair.read("leo", Self.file)
    #expect(now["title"] == "Marché public" && now["at"] == "10 h" && now["note"] == "ici")
    try expectSettled()
  }

  /// Half a text is put back as it was, and merged once it reads.
  @Test func whatCannotBeReadGoesBackAndRemembersItsBase() throws {
    let broken = "{ \"at\": \"10 h\", "
    try killedSync(
      bringing: post { try $0.set("Marché public", at: "/title") }, saved: Array(broken.utf8))
    let before = try post { try $0.set("10 h", at: "/at") }
    let workspace = try Workspace(containing: folder)
    #expect(try pair.text("leo", Self.file) == broken)
    #expect(try workspace.keptTexts().count == 1)
    try expectSettled()

    var mended = try JSONValue(parsing: before)
    try mended.set("Marché", at: "/title")
    try pair.save("leo", Self.file, mended)
    try pair.commit("leo")
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
    #expect(try pair.read("leo", Self.file)["at"] == "10 h")
  }

  /// Where no exchange is to be had, somebody may save twice while there is no file.
  @Test func twoSavesOfOneFileAreOneWrite() throws {
    let workspace = try pair.workspace("leo")
    let old = try workspace.objects.write(blob: Array(pair.text("leo", Self.file).utf8))
    let displaced = try [("/at", "10 h"), ("/title", "Marché public")].map { pointer, value in
      DisplacedFile(
        path: path, expected: old, new: TreeFile(id: old),
        found: try post { try $0.set(JSONValue(value), at: JSONPointer(parsing: pointer)) },
        keptAt: FilePath("x"))
    }
    let writes = try workspace.writes(merging: displaced, after: [], head: workspace.head())
    #expect(writes.map(\.path) == [path])
    let merged = try JSONValue(parsing: workspace.objects.blob(#require(writes.first?.new?.id)))
    #expect(merged["at"] == "10 h" && merged["title"] == "Marché public")
  }

  /// A conflict that was open already keeps its candidates when another edit of the document is merged in.
  @Test func anOpenConflictKeepsItsCandidates() async throws {
    let pair = try await Pair()
    for (name, at) in [("ana", "10 h"), ("leo", "11 h")] { try pair.change(name, "/at", JSONValue(at)) }
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    let workspace = try pair.workspace("leo")
    let now = try pair.read("leo", Self.file)
    let old = try workspace.objects.write(blob: now.canonicalForm)
    let sides = try ["Un", "Deux"].map { title in
      var side = now
      try side.set(JSONValue(title), at: "/title")
      return side.canonicalForm
    }
    let write = FileWrite(
      path: path, expected: old, new: TreeFile(id: try workspace.objects.write(blob: sides[0])))
    try workspace.bring([write], to: workspace.head())
    let displaced = DisplacedFile(
      path: path, expected: old, new: write.new, found: sides[1], keptAt: FilePath("x"))
    try workspace.bring(
      workspace.writes(merging: [displaced], after: [write], head: workspace.head()), to: workspace.head())
    let open = try workspace.openConflicts()
    #expect(open.map(\.pointer.description) == ["/at", "/title"])
    #expect(open.map(\.conflict.values) == [["10 h", "11 h"], ["Deux", "Un"]])
  }

  /// A program that had the old file open writes into it long after the sync.
  @Test func aLateWriterIsMergedByTheNextCommand() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    _ = try await pair.sync("ana")
    var late = try pair.read("leo", Self.file)
    try late.set("10 h", at: "/at")
    let editor = try #require(FileHandle(forUpdatingAtPath: pair.path(of: "leo") + "/" + Self.file))
    _ = try await pair.sync("leo")
    try editor.truncate(atOffset: 0)
    try editor.write(contentsOf: Data(late.canonicalForm))
    try editor.close()
    let workspace = try pair.workspace("leo")
    #expect(workspace.savedMeanwhile == [path] && workspace.recovery == nil)
    #expect(try pair.read("leo", Self.file)["at"] == "10 h")
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
    #expect(try pair.workspace("leo").savedMeanwhile == [])
  }

  // MARK: Git's own locks

  @Test func aLockOfADeadGitIsMovedAsideAndSaid() throws {
    let workspace = try pair.workspace("leo")
    try pair.save("leo", ".git/index.lock", "half an index")
    var news: [GitLockNews] = []
    workspace.onGitLock = { news.append($0) }
    try workspace.clearGitLocks(later: 601)
    guard case .movedAside(let lock, let place) = news.first, news.count == 1 else {
      Issue.record("\(news)")
      return
    }
    #expect(lock.hasSuffix("/.git/index.lock"))
    #expect(try String(contentsOfFile: place, encoding: .utf8) == "half an index")
    try pair.change("leo", "/at", "10 h")
    #expect(try pair.git("leo", "status", "--porcelain") == "")
  }

  @Test func aLockThatSomeProgramUsesIsWaitedForAndThenNamed() throws {
    let workspace = try pair.workspace("leo")
    let lock = folder + "/.git/index.lock"
    try pair.save("leo", ".git/index.lock", "")
    let user = try #require(FileHandle(forReadingAtPath: lock))
    var news: [GitLockNews] = []
    workspace.onGitLock = { news.append($0) }
    #expect(
      throws: WorkingCopyError.gitLockInUse(path: FilePath(workspace.repository.gitFolder + "/index.lock"))
    ) {
      try workspace.clearGitLocks(later: 601)
    }
    #expect(news.count == 1)
    try user.close()
    #expect(FileManager.default.fileExists(atPath: lock))
  }

  /// Where every process can be seen, it is moved aside once it is old enough; elsewhere it is named.
  @Test func aLockThatAKilledFetchLeftIsClearedOrNamed() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/at", "10 h")
    _ = try await pair.sync("ana")
    let lock = ".git/refs/ligne/incoming/main.lock"
    try pair.save("leo", lock, "")
    do {
      _ = try await pair.sync("leo")
      #expect(!pair.exists("leo", lock))
      #expect(try pair.read("leo", Self.file)["at"] == "10 h")
    } catch WorkingCopyError.gitLockInUse(let path) {
      #expect(path.string.hasSuffix(lock))
      #expect(try pair.read("leo", Self.file)["at"] == "9 h")
    }
  }

  @Test func aLockThatIsGivenBackIsNoTrouble() throws {
    let workspace = try pair.workspace("leo")
    let lock = folder + "/.git/index.lock"
    try pair.save("leo", ".git/index.lock", "")
    let other = Thread {
      Thread.sleep(forTimeInterval: 0.3)
      try? FileManager.default.removeItem(atPath: lock)
    }
    other.start()
    try workspace.clearGitLocks()
  }
}

/// Set once.
private final class Flag: Sendable {
  private let value = Atomic<Bool>(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}
