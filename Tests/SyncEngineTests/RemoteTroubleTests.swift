import Foundation
import GitStore
import JSONTree
import ObjectModel
import SyncEngine
import TestSupport
import Testing

/// What may have become of an address since it was last asked: nothing here is lost, and it is said.
@Suite struct RemoteTroubleTests {
  static let file = "posts/marche.json"

  /// Ana and Léo at one version; then the host's `main` is put back one version and somebody goes on from there.
  private func rewritten() async throws -> (pair: Pair, gone: ObjectID, main: String) {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    _ = try await pair.sync("ana")
    _ = try await pair.sync("leo")
    let gone = try #require(try pair.workspace("leo").head())
    for name in try pair.git("team.git", "for-each-ref", "--format=%(refname)", "refs/ligne/").split(
      separator: "\n")
    {
      try pair.git("team.git", "update-ref", "-d", String(name))
    }
    try pair.git("team.git", "update-ref", "refs/heads/main", gone.hex + "~1")
    let clone = pair.folder.path + "/plain"
    try pair.git("team.git", "clone", "-q", ".", clone)
    try pair.save("plain", Self.file, Pair.post(title: "Marché", at: "8 h"))
    try pair.git("plain", "commit", "-qam", "réécrit")
    try pair.git("plain", "push", "-q", pair.address, "HEAD:main")
    return (pair, gone, try pair.git("team.git", "rev-parse", "main"))
  }

  @Test func aRewrittenHistoryIsSaidWithWhoAndWhenAndJoinedAgain() async throws {
    let (pair, gone, main) = try await rewritten()
    let rehearsal = try await pair.sync("leo", SyncOptions(isRehearsal: true))
    #expect(rehearsal.rewritten?.missing == [gone] && rehearsal.rewritten?.commit.hex == main)
    #expect(rehearsal.rewritten?.by.name == "Ana Tremblay")
    #expect(try pair.git("team.git", "rev-parse", "main") == main)

    let report = try await pair.sync("leo")
    #expect(report.rewritten == rehearsal.rewritten)
    #expect(try pair.read("leo", Self.file)["title"] == "Marché public")
    #expect(try pair.read("leo", Self.file)["at"] == "8 h")
    #expect(try pair.git("team.git", "merge-base", "--is-ancestor", gone.hex, "main") == "")
    #expect(try await pair.sync("leo").rewritten == nil)
  }

  @Test func anEmptiedAddressIsFilledAgain() async throws {
    let pair = try await Pair()
    try FileManager.default.removeItem(atPath: pair.address)
    await #expect(throws: TransportError.unreachable(address: pair.address, .pathMissing)) {
      try await pair.sync("ana")
    }
    _ = try GitRepository.create(at: pair.address, kind: .bare)
    let report = try await pair.sync("ana")
    #expect(report.wasEmptied && report.rewritten == nil)
    #expect(try pair.git("team.git", "rev-parse", "main") == pair.git("ana", "rev-parse", "HEAD"))
    #expect(try await !pair.sync("leo").wasEmptied)
  }

  /// Whatever else is wrong with what stands there: nothing of ours is sent to it.
  @Test(arguments: ["main", "master"]) func aProjectOfAnotherKindGetsNothing(_ branch: String) async throws {
    let pair = try await Pair()
    try FileManager.default.removeItem(atPath: pair.address)
    try Program.git("init", "-q", "--bare", "-b", branch, pair.address, in: pair.folder.path)
    let clone = pair.folder.path + "/projet"
    try Program.git("clone", "-q", pair.address, clone, in: pair.folder.path)
    try Data("readme".utf8).write(to: URL(filePath: clone + "/README"))
    try Program.git("add", ".", in: clone)
    try Program.git("commit", "-q", "-m", "start", in: clone)
    try Program.git("push", "-q", "origin", "HEAD:\(branch)", in: clone)
    try pair.change("ana", "/at", "10 h")
    let before = try pair.git("team.git", "for-each-ref")
    await #expect(throws: WorkspaceError.unrelatedTeam(address: pair.address)) { try await pair.sync("ana") }
    #expect(try pair.git("team.git", "for-each-ref") == before)
    #expect(try pair.workspace("ana").status().ahead >= 1)
  }

  @Test func anotherWorkspaceInTheSamePlaceIsRefused() async throws {
    let pair = try await Pair()
    let other = try await Pair(["eva"], files: [("ligne.json", ["kind": "workspace", "id": "x"])])
    try FileManager.default.removeItem(atPath: pair.address)
    try FileManager.default.copyItem(atPath: other.address, toPath: pair.address)
    try pair.change("ana", "/at", "10 h")
    let refs = try pair.git("team.git", "for-each-ref")
    let before = try pair.git("ana", "for-each-ref", "refs/heads")
    await #expect(throws: WorkspaceError.unrelatedTeam(address: pair.address)) {
      try await pair.sync("ana")
    }
    #expect(try pair.git("team.git", "for-each-ref") == refs)
    #expect(try pair.git("ana", "for-each-ref", "refs/heads") == before)
    #expect(try pair.git("ana", "status", "--porcelain") == "")
  }
}
