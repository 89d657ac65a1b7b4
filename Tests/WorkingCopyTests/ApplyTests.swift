import Foundation
import Glibc
import ObjectModel
import TestSupport
import Testing
import WorkingCopy

import struct SystemPackage.Errno

/// What becomes of a workspace when a plan is applied to it: the table is the specification.
@Suite struct ApplyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let before: [String: String]
    let plan: [Step]
    let after: [String: String]
    var displaced: [String] = []
    var obstacles: [String] = []
    var testDescription: String { name }

    init(
      _ name: String, before: [String: String], plan: [Step], after: [String: String],
      displaced: [String] = [], obstacles: [String] = []
    ) {
      self.name = name
      self.before = before
      self.plan = plan
      self.after = after
      self.displaced = displaced
      self.obstacles = obstacles
    }
  }

  static let cases = [
    // What was expected is there.
    Case("nothing to do", before: ["a": "1"], plan: [], after: ["a": "1"]),
    Case("a changed file", before: ["a": "1"], plan: [Step("a", "1", "2")], after: ["a": "2"]),
    Case("a new file", before: ["a": "1"], plan: [Step("b", nil, "2")], after: ["a": "1", "b": "2"]),
    Case(
      "a new file in new folders", before: [:], plan: [Step("d/e/f", nil, "2")],
      after: ["d/": "", "d/e/": "", "d/e/f": "2"]),
    Case("a removed file", before: ["a": "1", "b": "2"], plan: [Step("a", "1", nil)], after: ["b": "2"]),
    Case(
      "a removed file, and the folders it leaves empty", before: ["d/e/a": "1", "d/b": "2"],
      plan: [Step("d/e/a", "1", nil)], after: ["d/": "", "d/b": "2"]),
    Case(
      "all files of a folder", before: ["d/e/a": "1", "d/b": "2"],
      plan: [Step("d/b", "2", nil), Step("d/e/a", "1", nil)], after: [:]),
    Case(
      "a file that moved into a folder of its own name", before: ["a": "1"],
      plan: [Step("a/b", nil, "1"), Step("a", "1", nil)], after: ["a/": "", "a/b": "1"]),
    Case(
      "a folder that became a file", before: ["a/b/c": "1", "a/d": "2"],
      plan: [Step("a", nil, "3"), Step("a/b/c", "1", nil), Step("a/d", "2", nil)], after: ["a": "3"]),
    Case(
      "a name that changed by case only", before: ["A.json": "1"],
      plan: [Step("a.json", nil, "1"), Step("A.json", "1", nil)], after: ["a.json": "1"]),
    Case(
      "a folder that stays needed is not removed in between", before: ["d/a": "1"],
      plan: [Step("d/a", "1", nil), Step("d/b", nil, "1")], after: ["d/": "", "d/b": "1"]),
    Case(
      "an empty folder where a file goes", before: ["a/b/": ""], plan: [Step("a/b", nil, "1")],
      after: ["a/": "", "a/b": "1"]),
    Case("an empty file", before: ["a": "1"], plan: [Step("a", "1", "")], after: ["a": ""]),

    // It is done already.
    Case("already written", before: ["a": "2"], plan: [Step("a", "1", "2")], after: ["a": "2"]),
    Case("already removed", before: [:], plan: [Step("d/a", "1", nil)], after: [:]),
    Case(
      "already removed, and a folder made there", before: ["a/mine": "1"], plan: [Step("a", "1", nil)],
      after: ["a/": "", "a/mine": "1"]),
    Case(
      "already removed, and a file made where its folder was", before: ["a": "mine"],
      plan: [Step("a/b/c", "1", nil)], after: ["a": "mine"]),
    Case(
      "already there, though not expected", before: ["a": "2"], plan: [Step("a", nil, "2")], after: ["a": "2"]
    ),

    // Somebody saved in between.
    Case(
      "somebody saved a file that changed", before: ["a": "mine"], plan: [Step("a", "1", "2")],
      after: ["a": "2"], displaced: ["a: found mine"]),
    Case(
      "somebody saved a file that was removed", before: ["a": "mine"], plan: [Step("a", "1", nil)],
      after: [:],
      displaced: ["a: found mine"]),
    Case(
      "somebody made the file that is new", before: ["a": "mine"], plan: [Step("a", nil, "2")],
      after: ["a": "2"], displaced: ["a: found mine"]),
    Case(
      "somebody deleted a file that changed", before: ["b": "1"], plan: [Step("a", "1", "2")],
      after: ["a": "2", "b": "1"], displaced: ["a: found nothing"]),
    Case(
      "somebody deleted the folder of a file that changed", before: [:], plan: [Step("d/a", "1", "2")],
      after: ["d/": "", "d/a": "2"], displaced: ["d/a: found nothing"]),

    // Something stands in the way: it stays, and the rest goes on.
    Case(
      "a link where a file goes", before: ["a": "-> b", "b": "1"],
      plan: [Step("a", nil, "2"), Step("c", nil, "3")],
      after: ["a": "-> b", "b": "1", "c": "3"], obstacles: ["a: link at a"]),
    Case(
      "a link where a file was removed", before: ["a": "-> b", "b": "1"], plan: [Step("a", "1", nil)],
      after: ["a": "-> b", "b": "1"], obstacles: ["a: link at a"]),
    Case(
      "a link where a folder was", before: ["real/a": "1", "d": "-> real"],
      plan: [Step("d/a", "1", "2"), Step("d/b/c", nil, "2"), Step("e", nil, "3")],
      after: ["real/": "", "real/a": "1", "d": "-> real", "e": "3"],
      obstacles: ["d/a: link at d", "d/b/c: link at d"]),
    Case(
      "a link on the way to a removed file", before: ["real/a": "1", "d": "-> real"],
      plan: [Step("d/a", "1", nil)],
      after: ["real/": "", "real/a": "1", "d": "-> real"], obstacles: ["d/a: link at d"]),
    Case(
      "a dangling link where a file goes", before: ["a": "-> nowhere"], plan: [Step("a", nil, "2")],
      after: ["a": "-> nowhere"], obstacles: ["a: link at a"]),
    Case(
      "a folder where a file goes", before: ["a/mine": "1"], plan: [Step("a", "1", "2")],
      after: ["a/": "", "a/mine": "1"], obstacles: ["a: folder at a"]),
    Case(
      "a file where a folder goes", before: ["a": "mine"],
      plan: [Step("a/b/c", nil, "2"), Step("d", nil, "3")],
      after: ["a": "mine", "d": "3"], obstacles: ["a/b/c: file at a"]),
    Case(
      "a pipe where a file goes", before: ["a": "|"], plan: [Step("a", "1", "2")], after: ["a": "|"],
      obstacles: ["a: specialFile at a"]),
  ]

  @Test(arguments: cases) func doesWhatTheTableSays(_ c: Case) throws {
    let sandbox = try Sandbox()
    try sandbox.lay(out: c.before)
    let report = try sandbox.tree.apply(c.plan)
    #expect(sandbox.contentsWithPipes == c.after)
    #expect(report.displacedInWords == c.displaced)
    #expect(report.obstaclesInWords == c.obstacles)
    try checkKnown(report, in: sandbox, c.plan)
    // What was displaced is kept until it is settled; nothing else is.
    let kept = try sandbox.tree.unsettled()
    #expect(kept == report.displaced.filter { $0.keptAt != nil })
    for displaced in kept { try sandbox.tree.settle(displaced) }
    #expect(try sandbox.leftForGood == [])
  }

  @Test(arguments: cases) func doneTwiceChangesNothingMore(_ c: Case) throws {
    let sandbox = try Sandbox()
    try sandbox.lay(out: c.before)
    for displaced in try sandbox.tree.apply(c.plan).displaced { try sandbox.tree.settle(displaced) }
    let second = try sandbox.tree.apply(c.plan)
    #expect(sandbox.contentsWithPipes == c.after)
    #expect(second.displaced == [])
    #expect(second.obstaclesInWords == c.obstacles)
    #expect(try sandbox.leftForGood == [])
  }

  /// The same table on a file system that knows no exchange, and on one that knows no second names either.
  @Test(arguments: cases, [false, true])
  func doesTheSameWithoutExchange(_ c: Case, _ alsoWithoutLinks: Bool) throws {
    let sandbox = try Sandbox()
    try sandbox.lay(out: c.before)
    let tree = sandbox.tree(
      DiskProbe { step throws(Errno) in
        switch step {
        case .exchange, .renameToFreeName: throw .invalidArgument
        case .link where alsoWithoutLinks: throw .notPermitted
        default: return
        }
      })
    let report = try tree.apply(c.plan)
    #expect(sandbox.contentsWithPipes == c.after)
    #expect(report.displacedInWords == c.displaced)
    #expect(report.obstaclesInWords == c.obstacles)
    for displaced in try tree.unsettled() { try tree.settle(displaced) }
    #expect(try sandbox.leftForGood == [])
  }

  /// The same table with Ligne's own folder on another disk than the workspace's.
  @Test(.enabled(if: OtherDisk.exists, "there is no second disk at /dev/shm"), arguments: cases)
  func doesTheSameAcrossDisks(_ c: Case) throws {
    let sandbox = try Sandbox(on: .two)
    try sandbox.lay(out: c.before)
    let report = try sandbox.tree.apply(c.plan)
    #expect(try sandbox.tree.scan().files.allSatisfy { !$0.path.text.contains(".ligne") })
    #expect(report.displacedInWords == c.displaced)
    #expect(report.obstaclesInWords == c.obstacles)
    let kept = try sandbox.tree.unsettled()
    #expect(kept == report.displaced.filter { $0.keptAt != nil })
    for displaced in kept { try sandbox.tree.settle(displaced) }
    #expect(try sandbox.leftForGood == [])
    #expect(sandbox.contentsWithPipes == c.after)
  }

  private func checkKnown(_ report: ApplyReport, in sandbox: Sandbox, _ plan: [Step]) throws {
    let blocked = Set(report.obstacles.map(\.path))
    let scanned = Dictionary(
      uniqueKeysWithValues: try sandbox.tree.scan().files.map { ($0.path, $0.known) })
    for write in plan.writes where !blocked.contains(write.path) {
      if let new = write.new {
        let known = try #require(report.written[write.path])
        #expect(known == scanned[write.path])
        #expect(known.id == new.id)
      } else {
        #expect(report.removed.contains(write.path))
      }
    }
    #expect(report.written.count + report.removed.count + blocked.count == plan.count)
  }
}

extension Sandbox {
  /// Makes files, folders (names with a `/` at the end), links (`-> target`) and pipes (`|`).
  func lay(out contents: [String: String]) throws {
    for (path, text) in contents.sorted(by: { $0.key < $1.key }) {
      if path.hasSuffix("/") {
        try makeFolder(path)
      } else if text.hasPrefix("-> ") {
        try link(path, to: String(text.dropFirst(3)))
      } else if text == "|" {
        #expect(mkfifo(root.appending(path: path).path, 0o600) == 0)
      } else {
        try write(text, to: path)
      }
    }
  }

  /// What `lay(out:)` would need; a pipe must not be opened to see that it is one.
  var contentsWithPipes: [String: String] {
    var found: [String: String] = [:]
    for path in FileManager.default.subpaths(atPath: root.path) ?? []
    where path != ".git" && !path.hasPrefix(".git/") {
      let file = root.appending(path: path).path
      var status = stat()
      guard lstat(file, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: found[path + "/"] = ""
      case S_IFLNK:
        found[path] = "-> \((try? FileManager.default.destinationOfSymbolicLink(atPath: file)) ?? "?")"
      case S_IFIFO: found[path] = "|"
      default: found[path] = text(path)
      }
    }
    return found
  }
}
