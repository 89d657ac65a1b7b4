import Foundation
import GitStore
import JSONTree
import ObjectModel
import SyncEngine
import TestSupport
import Testing

/// What plain git can share and a workspace can't hold keeps nobody up longer than it is there, and a clone says the
/// same of it as a sync.
@Suite struct RefusedTreesTests {
  struct Oddity: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What git is told to put into its index, as `mode path`.
    var entries: [String]
    var path: String
  }

  static let oddities = [
    Oddity(testDescription: "a colon", entries: ["100644 Note: a.md"], path: "Note: a.md"),
    Oddity(testDescription: "a link", entries: ["120000 lien"], path: "lien"),
    Oddity(
      testDescription: "a device of Windows", entries: ["100644 posts/aux.json"], path: "posts/aux.json"),
    Oddity(
      testDescription: "two names that differ by case", entries: ["100644 note.txt", "100644 NOTE.txt"],
      path: "note.txt"),
    Oddity(
      testDescription: "a name that turns around", entries: ["100644 note\u{202E}dm.txt"],
      path: "note\u{202E}dm.txt"),
  ]

  /// Somebody with plain git, who shares what they like.
  private func share(_ pair: Pair, _ message: String, _ change: (String) throws -> Void) throws -> String {
    let clone = pair.folder.path + "/eve"
    if !FileManager.default.fileExists(atPath: clone) {
      _ = try pair.git("team.git", "clone", "-q", ".", clone)
    } else {
      _ = try pair.git("eve", "pull", "-q", pair.address, "main")
    }
    try change(clone)
    _ = try pair.git("eve", "commit", "-q", "-m", message)
    _ = try pair.git("eve", "push", "-q", pair.address, "HEAD:main")
    return try pair.git("eve", "rev-parse", "HEAD")
  }

  @Test(arguments: oddities) func holdUpTheirVersionAndNothingElse(_ oddity: Oddity) async throws {
    let pair = try await Pair()
    let blob = try pair.git("team.git", "hash-object", "-w", "--stdin")
    let odd = try share(pair, "étrange") { _ in
      for entry in oddity.entries {
        let parts = entry.split(separator: " ", maxSplits: 1)
        _ = try pair.git("eve", "update-index", "--add", "--cacheinfo", "\(parts[0]),\(blob),\(parts[1])")
      }
    }
    try pair.change("ana", "/title", "Marché public")
    let report = try await pair.sync("ana")
    #expect(report.refused.map(\.commit?.hex) == [odd])
    #expect(report.refused.map { $0.path.map { String(decoding: $0, as: UTF8.self) } } == [oddity.path])
    #expect(report.refused.first?.author?.name == "Ana Tremblay")
    let told = String(describing: report.refused.first?.told)
    #expect(told.contains("Ana Tremblay") && !told.contains("refs/"))
    // The work arrives all the same, by way of the device, and colleagues take it in.
    #expect(report.shared.count == 1 && report.waiting.isEmpty)
    #expect(try await pair.sync("leo").refused.count == 1)
    #expect(try pair.read("leo", TwoPeopleTests.file)["title"] == "Marché public")

    // A clone says the same, and starts with what can be taken in.
    let (clone, _, refused) = try await Workspace.clone(
      RemoteAddress(pair.address), into: pair.path(of: "mia"), by: pair.attribution("mia"),
      transport: { GitTransport(gitFolder: $0) })
    #expect(refused.map(\.commit?.hex) == [odd])
    #expect(try clone.head() == pair.workspace("leo").head())

    // Put right in a later version, the old one is history.
    _ = try share(pair, "renommé") { _ in
      for entry in oddity.entries {
        _ = try pair.git("eve", "rm", "-q", "--cached", "--", String(entry.dropFirst(7)))
      }
    }
    let after = try await pair.sync("ana")
    #expect(after.refused.isEmpty && after.received.count == 2)
    #expect(try await pair.sync("leo").refused.isEmpty)
    #expect(try await pair.sync("mia").refused.isEmpty)
    let last = try await Workspace.clone(
      RemoteAddress(pair.address), into: pair.path(of: "max"), by: pair.attribution("max"),
      transport: { GitTransport(gitFolder: $0) })
    #expect(last.refused.isEmpty)
    for name in ["leo", "mia", "max"] {
      #expect(try pair.workspace(name).head() == pair.workspace("ana").head())
    }
  }

  @Test func aTeamThatMovedToNewerRulesIsNotJoinedByOldOnes() async throws {
    let pair = try await Pair()
    _ = try share(pair, "règles 2") { clone in
      let settings: JSONValue = [
        "kind": "workspace", "id": "ligne", "formatVersion": 1, "mergeRulesVersion": 2,
      ]
      try Data(settings.canonicalForm).write(to: URL(filePath: clone + "/ligne.json"))
      _ = try pair.git("eve", "add", "ligne.json")
    }
    try pair.change("ana", "/title", "Marché public")
    let before = try pair.workspace("ana").head()
    await #expect(throws: WorkspaceError.newerMergeRules(found: 2, supported: 1)) {
      try await pair.sync("ana")
    }
    #expect(try pair.workspace("ana").head() == before)
    await #expect(throws: WorkspaceError.newerMergeRules(found: 2, supported: 1)) {
      try await Workspace.clone(
        RemoteAddress(pair.address), into: pair.path(of: "mia"), by: pair.attribution("mia"),
        transport: { GitTransport(gitFolder: $0) })
    }
    #expect(!pair.exists("mia", ""))
  }

  @Test func aJointCommitByNewerRulesIsNamedAndNotJoined() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    _ = try await pair.sync("ana")
    try pair.change("leo", "/at", "10 h")
    // Somebody whose program knows rules 2 joined the two.
    let ours = try pair.git("leo", "rev-parse", "HEAD")
    _ = try pair.git("leo", "push", "-q", pair.address, "HEAD:refs/heads/leo")
    _ = try pair.git("team.git", "fetch", "-q", ".")
    let main = try pair.git("team.git", "rev-parse", "main")
    let parents = [ours, main].sorted()
    let joint = try pair.git(
      "team.git", "commit-tree", main + "^{tree}", "-p", parents[0], "-p", parents[1], "-m",
      "Travail réuni / Work joined\n\nLigne-Join: 2")
    _ = try pair.git("team.git", "update-ref", "refs/heads/main", joint)
    try pair.change("ana", "/at", "11 h")
    let id = try #require(ObjectID(hex: joint))
    await #expect(throws: WorkspaceError.newerJoint(id, found: 2, supported: 1)) {
      try await pair.sync("ana")
    }
  }

  @Test func aForeignRepositoryLeavesNoName() async throws {
    let pair = try await Pair()
    let other = try await Pair(["eva", "max"], files: [("ligne.json", ["kind": "workspace", "id": "x"])])
    try other.workspace("eva").setAddress(pair.address)
    await #expect(throws: WorkspaceError.unrelatedTeam(address: pair.address)) { try await other.sync("eva") }
    #expect(try other.git("eva", "for-each-ref", "refs/ligne/incoming/") == "")
  }

  @Test func carriedWorkLeavesNothingWithoutAName() async throws {
    let pair = try await Pair()
    for hour in ["10 h", "11 h", "12 h"] {
      try pair.change("ana", "/title", JSONValue("Marché " + hour))
      _ = try await pair.sync("ana")
      var document = try pair.read("leo", TwoPeopleTests.file)
      try document.set(JSONValue(hour), at: "/at")
      try pair.save("leo", TwoPeopleTests.file, document)
      #expect(try await pair.sync("leo").carried.count == 1)
      try pair.commit("leo")
      _ = try await pair.sync("leo")
      _ = try await pair.sync("ana")
      #expect(try pair.git("leo", "fsck", "--strict") == "")
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aFolderThatMayNotBeWrittenStopsASyncBeforeAnythingMoves() async throws {
    let pair = try await Pair()
    try pair.change("ana", "/title", "Marché public")
    _ = try await pair.sync("ana")
    let before = try pair.git("leo", "rev-parse", "HEAD")
    let posts = pair.path(of: "leo") + "/posts"
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: posts)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: posts) }
    await #expect(throws: (any Error).self) { try await pair.sync("leo") }
    #expect(try pair.git("leo", "rev-parse", "HEAD") == before)
  }
}
