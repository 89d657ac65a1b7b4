import CommitJoin
import Documents
import Foundation
import JSONTree
import ObjectModel
import SystemPackage
import TestSupport
import Testing
import ThreeWayMerge
import WorkingCopy

@testable import SyncEngine

/// Who changed each document last, as lists show it.
@Suite struct LastChangesTests {
  static let people = ["ana", "leo", "mia"]

  /// The author line of whoever changed each file last, without anything remembered.
  static func walked(_ workspace: Workspace) throws -> [String: String] {
    var graph = CommitGraph()
    guard let head = try workspace.head() else { return [:] }
    try graph.add(head, from: workspace.objects)
    var found: [String: String] = [:]
    for id in graph.userCommits(of: [head], notIn: []) {
      let commit = try workspace.objects.commit(id)
      for change in try workspace.objects.difference(from: workspace.treeBefore(commit), to: commit.tree) {
        let path = (change.path.documentOfRecord ?? change.path).text
        found[path] = found[path] ?? String(decoding: commit.author.line, as: UTF8.self)
      }
    }
    return found
  }

  static func expectWalked(_ pair: Pair, _ name: String, _ place: Testing.Comment) throws {
    let workspace = try pair.workspace(name)
    let walked = try walked(workspace)
    let paths = try Set(walked.keys.map { try WorkspacePath($0) })
    let changes = try workspace.lastChanges(of: paths)
    #expect(changes.count == paths.count, place)
    for (path, author) in changes {
      #expect(String(decoding: author.line, as: UTF8.self) == walked[path.text], place)
    }
  }

  /// People who change the same and different documents, move and delete them, and share now and then: what is remembered
  /// from one look to the next is what a walk through all versions finds.
  @Test func isWhatAWalkThroughAllVersionsFinds() async throws {
    let pair = try await Pair(Self.people)
    let seed: UInt64 = 3
    var random = SeededRandom(seed: seed)
    for step in 0..<60 {
      let name = random.pick(Self.people)
      switch random.next() % 8 {
      case 0...3: try pair.change(name, "/body", JSONValue("Mot \(step)."))
      case 4:
        let number = random.next() % 4
        let id = "01m6pp5qb0wb7d3mnfvs9552g\(number)"
        try pair.save(
          name, "posts/p\(number).json", Pair.post(title: "\(step)", at: "2026-12-01T09:00:00-05:00", id: id))
        try pair.commit(name)
      case 5:
        if pair.exists(name, "posts/p1.json") {
          try pair.git(name, "rm", "-q", "posts/p1.json")
          try pair.commit(name)
        }
      default: _ = try await pair.sync(name)
      }
      if random.chance(1, in: 3) { try Self.expectWalked(pair, name, "step \(step), seed \(seed)") }
    }
    for name in Self.people { try Self.expectWalked(pair, name, "\(name) in the end, seed \(seed)") }
  }

  /// Whoever goes back with git sees who changed the documents of that version.
  @Test func followsTheNewestVersion() async throws {
    let pair = try await Pair(Self.people)
    for number in 0..<12 { try pair.change("leo", "/body", JSONValue("Mot \(number).")) }
    try Self.expectWalked(pair, "leo", "before")
    try pair.git("leo", "reset", "-q", "--hard", "HEAD~11")
    try Self.expectWalked(pair, "leo", "gone back")
    try pair.change("leo", "/title", "Autre")
    try Self.expectWalked(pair, "leo", "on another way")
    try pair.git("leo", "reset", "-q", "--hard", "ORIG_HEAD")
    try Self.expectWalked(pair, "leo", "and back")
  }

  /// A beginning of its own that joins is read once, and not by every command after that.
  @Test func goesOnAfterASecondBeginning() async throws {
    let pair = try await Pair(Self.people)
    try Self.expectWalked(pair, "leo", "before")
    try pair.git("leo", "switch", "-q", "--orphan", "autre")
    try pair.save("leo", "notes.txt", "Un autre début.")
    try pair.git("leo", "add", "notes.txt")
    try pair.git("leo", "commit", "-q", "-m", "Début")
    try pair.git("leo", "switch", "-q", "main")
    try pair.git("leo", "merge", "-q", "--allow-unrelated-histories", "-m", "Ensemble", "autre")
    try Self.expectWalked(pair, "leo", "joined")
    let stored = LastChanges(
      LocalFolder(FilePath(pair.path(of: "leo") + "/.git/ligne")).recall(LastChanges.name))
    #expect(stored?.versions.head == (try pair.workspace("leo").head()))
  }

  @Test func aMemoryIsReadAsItWasWrittenOrNotAtAll() async throws {
    let pair = try await Pair(Self.people)
    for number in 0..<3 { try pair.change("leo", "/body", JSONValue("Mot \(number).")) }
    _ = try pair.workspace("leo").documents()
    let file = pair.path(of: "leo") + "/.git/ligne/" + LastChanges.name
    // After the seal.
    let bytes = Array(try Data(contentsOf: URL(filePath: file)).dropFirst(20))
    let read = try #require(LastChanges(bytes))
    #expect(read.bytes == bytes)
    let path = try WorkspacePath("posts/marche.json")
    #expect(read.author(of: path)?.name == "leo")
    for length in 0..<bytes.count { #expect(LastChanges(Array(bytes.prefix(length))) == nil) }
    #expect(LastChanges(bytes + [0]) == nil)
    for place in bytes.indices {
      var broken = bytes
      broken[place] ^= 0xFF
      _ = LastChanges(broken)?.author(of: path)
    }
  }
}
