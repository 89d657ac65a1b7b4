import Foundation
import JSONTree
import ObjectModel
import SyncEngine
import TestSupport
import Testing
import WorkingCopy

import struct SystemPackage.FilePath

/// What a command leaves that is killed, and what the next one, whatever it is, makes of it.
///
/// Each was found by `Tools/torture kills`, which does it to the program itself.
@Suite struct KilledCommandsTests {
  static let file = "posts/marche.json"

  private func tree(_ pair: Pair, _ name: String) -> WorkingTree {
    WorkingTree(
      root: FilePath(pair.path(of: name)), localFolder: FilePath(pair.path(of: name) + "/.git/ligne"))
  }

  @Test func locksOfGitThatItHeldAreMovedAway() async throws {
    let pair = try await Pair(["ana"])
    try pair.save("ana", ".git/ligne/lock", "process 1\nhost poste-ana\ncommand commit\nstarted 1\n")
    for lock in ["index.lock", "refs/heads/main.lock"] { try pair.save("ana", ".git/" + lock, "") }
    try pair.change("ana", "/title", "Marché public")
    #expect(try pair.git("ana", "status", "--porcelain") == "")
    #expect(!pair.exists("ana", ".git/index.lock") && !pair.exists("ana", ".git/refs/heads/main.lock"))
  }

  /// The `git` of a sync that was killed holds no workspace, so nothing tells of it but where its locks are.
  @Test func locksOfItsFetchAreMovedAway() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    _ = try await pair.sync("ana")
    try pair.save("leo", ".git/refs/ligne/incoming/main.lock", "")
    #expect(try await pair.sync("leo").result == .received)
  }

  @Test func gitsIndexFollowsTheVersionThatWasMade() async throws {
    let pair = try await Pair(["ana"])
    let old = try #require(try pair.workspace("ana").head())
    try pair.change("ana", "/title", "Marché public")
    let new = try #require(try pair.workspace("ana").head())
    // As if it had been killed when `main` had moved: the journal stands, and the index is that of before.
    try pair.git("ana", "read-tree", old.hex)
    let entry = JournalEntry(
      command: "commit", reference: "refs/heads/main", fromHead: old, toHead: new, writes: [])
    try Journal(in: tree(pair, "ana").local).begin(entry)
    #expect(try pair.git("ana", "status", "--porcelain") != "")
    #expect(try pair.workspace("ana").recovery?.wasFinished == true)
    #expect(try pair.git("ana", "status", "--porcelain") == "")
  }

  /// What an editor saved while a file was exchanged, by a command that was killed before it could look.
  @Test func whatWasDisplacedIsMerged() async throws {
    let pair = try await Pair(["ana"])
    let path = try WorkspacePath(Self.file)
    let base = try pair.read("ana", Self.file)
    var (saved, written) = (base, base)
    try saved.set("Marché public", at: "/title")
    try written.set("10 h", at: "/at")
    let bytes = written.canonicalForm
    try pair.save("ana", Self.file, saved)
    let report = try tree(pair, "ana").apply(
      [
        FileWrite(
          path: path, expected: ObjectID(blob: base.canonicalForm), new: TreeFile(id: ObjectID(blob: bytes)))
      ]
    ) { _ in bytes }
    #expect(report.displaced.count == 1)
    #expect(try pair.read("ana", Self.file)["title"] == "Marché")

    _ = try pair.workspace("ana")
    #expect(try pair.read("ana", Self.file)["title"] == "Marché public")
    #expect(try pair.read("ana", Self.file)["at"] == "10 h")
    #expect(try tree(pair, "ana").unsettled() == [])
  }

  /// Somebody saves while `set` waits for its turn: both changes stay.
  @Test func aSaveWhileACommandWaitsIsMerged() async throws {
    let pair = try await Pair(["ana"])
    let workspace = try pair.workspace("ana")
    let by = pair.attribution("ana")
    let file = pair.path(of: "ana") + "/" + Self.file
    var saved = try pair.read("ana", Self.file)
    try saved.set("10 h", at: "/at")
    let bytes = Data(saved.canonicalForm)
    let other = try WorkspaceLock.acquire(
      in: tree(pair, "ana").local, as: .thisProcess(command: "commit", startedAt: 0))
    workspace.onWait = { _ in
      // The document has been read by now, and not yet been written.
      do { try bytes.write(to: URL(filePath: file)) } catch { Issue.record(error) }
      other.release()
    }
    try workspace.set(WorkspacePath(Self.file), "/title", to: "Marché public", by: by)
    #expect(try pair.read("ana", Self.file)["title"] == "Marché public")
    #expect(try pair.read("ana", Self.file)["at"] == "10 h")
  }
}
