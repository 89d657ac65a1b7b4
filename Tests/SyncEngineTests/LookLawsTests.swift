import Foundation
import JSONTree
import ObjectModel
import SyncEngine
import TestSupport
import Testing
import Wording

/// What is remembered of a folder saves work and changes no answer, whatever happened to the folder, to git's index or to
/// the memory itself.
@Suite struct LookLawsTests {
  /// Names on purpose in each other's way: a file where a folder was, one name in both forms of Unicode, what sorts
  /// around a slash.
  static let names = [
    "posts/marche.json", "posts/é.txt", "posts/e\u{301}.txt", "d", "d/a.txt", "d/b/c.txt", "d-", "d.txt",
    "x.log",
    "d/y.log", "zz/1.txt", "zz/2.txt",
  ]

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func theIndexChangesNoAnswer(seed: UInt64) async throws {
    let pair = try await Pair(["ana"])
    var random = SeededRandom(seed: seed)
    let root = URL(filePath: pair.path(of: "ana"))
    for round in 0..<40 {
      let deed = try disturb(root, pair, &random)
      let state = try pair.workspace("ana").localState()
      let index = root.appending(path: ".git/index")
      let aside = root.appending(path: ".git/index-aside")
      try? FileManager.default.moveItem(at: index, to: aside)
      let plain = try pair.workspace("ana").localState()
      try? FileManager.default.moveItem(at: aside, to: index)
      #expect(state.changes == plain.changes, "seed \(seed), round \(round): \(deed)")
      #expect(state.refused == plain.refused, "seed \(seed), round \(round): \(deed)")
      // A look at some of it says of that what a look at all says.
      let asked = try [random.pick(Self.names), random.pick(["d", "posts", "zz", "nowhere"])].map {
        try WorkspacePath($0)
      }
      let part = try pair.workspace("ana").localState(only: asked)
      let same = state.changes.filter { change in
        asked.contains { $0 == change.path || change.path.isInside($0) }
      }
      #expect(part.changes == same, "seed \(seed), round \(round): \(deed), asked for \(asked)")
    }
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func damagedMemoriesChangeNoAnswer(seed: UInt64) async throws {
    let pair = try await Pair(["ana"])
    var random = SeededRandom(seed: seed)
    let root = URL(filePath: pair.path(of: "ana"))
    let now = Instant(secondsSince1970: 1_795_500_000)
    for round in 0..<12 {
      _ = try disturb(root, pair, &random)
      let report = try pair.workspace("ana").status(at: now)
      for name in [
        "findings", "problems", "standing", "ties-recent", "ties-index", "provenance", "shareable",
      ] {
        let file = root.appending(path: ".git/ligne/\(name)")
        let bytes = (try? Data(contentsOf: file)) ?? Data()
        switch random.next() % 4 {
        case 0: try? FileManager.default.removeItem(at: file)
        case 1: try Data(bytes.prefix(bytes.count / 2)).write(to: file)
        case 2: try Data((0..<40).map { _ in UInt8(truncatingIfNeeded: random.next()) }).write(to: file)
        default: break
        }
      }
      #expect(try pair.workspace("ana").status(at: now) == report, "seed \(seed), round \(round)")
    }
  }

  /// git looks at the index we wrote and has nothing to say of what we did not see, and we look at the one it wrote.
  @Test(arguments: [21, 22] as [UInt64])
  func gitSeesWhatWeSee(seed: UInt64) async throws {
    let pair = try await Pair(["ana"])
    var random = SeededRandom(seed: seed)
    let root = URL(filePath: pair.path(of: "ana"))
    for round in 0..<15 {
      let deed = try disturb(root, pair, &random)
      let ours = try pair.workspace("ana").localState().changes.map { Array($0.path.text.utf8) }
      // What was added and not committed is no difference of the folder, so the index is left out of the question.
      let said =
        try pair.git("ana", "diff", "HEAD", "--name-only", "--no-renames", "-z")
        + pair.git("ana", "ls-files", "--others", "--exclude-standard", "-z")
      let theirs = said.split(separator: "\0").map { Array($0.utf8) }
      #expect(Set(ours) == Set(theirs), "seed \(seed), round \(round): \(deed)")
    }
  }

  /// Does something to the folder or its repository, and says what.
  private func disturb(_ root: URL, _ pair: Pair, _ random: inout SeededRandom) throws -> String {
    let name = random.pick(Self.names)
    let file = root.appending(path: name)
    let files = FileManager.default
    // Sizes repeat on purpose: only the stamps' times can tell.
    let content = Data("\(random.next() % 10)".utf8)
    func free() {
      // What stands where a folder has to be, or the reverse, goes.
      var above = file.deletingLastPathComponent()
      while above.path.count > root.path.count {
        var isFolder: ObjCBool = false
        if files.fileExists(atPath: above.path, isDirectory: &isFolder), !isFolder.boolValue {
          try? files.removeItem(at: above)
        }
        above = above.deletingLastPathComponent()
      }
      var isFolder: ObjCBool = false
      if files.fileExists(atPath: file.path, isDirectory: &isFolder), isFolder.boolValue {
        try? files.removeItem(at: file)
      }
    }
    switch random.next() % 14 {
    case 0, 1, 2:
      free()
      try files.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: file)
      return "wrote \(name)"
    case 3:
      free()
      try files.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: file, options: .atomic)
      return "replaced \(name)"
    case 4:
      // The same size, in place, with the time the file had before.
      guard let handle = try? FileHandle(forUpdating: file) else { return "nothing" }
      let before = try files.attributesOfItem(atPath: file.path)[.modificationDate]
      try handle.write(contentsOf: content)
      try handle.close()
      try files.setAttributes([.modificationDate: before as Any], ofItemAtPath: file.path)
      return "wrote \(name), time set back"
    case 5:
      try? files.removeItem(at: file)
      return "removed \(name)"
    case 6:
      guard files.fileExists(atPath: file.path) else { return "nothing" }
      try? files.setAttributes(
        [.posixPermissions: random.chance(1, in: 2) ? 0o755 : 0o644], ofItemAtPath: file.path)
      return "rights of \(name)"
    case 7, 8:
      _ = try? pair.commit("ana")
      return "ligne commit"
    case 9:
      _ = try? pair.git("ana", "add", "-A")
      return "git add"
    case 10:
      _ = try? pair.git("ana", "commit", "-qam", "x")
      return "git commit"
    case 11:
      _ = try? pair.git("ana", "update-index", "--index-version", random.pick(["2", "4"]))
      return "git update-index"
    case 12:
      // Makes the index anew, with nothing known of any file.
      _ = try? pair.git("ana", "read-tree", "HEAD")
      return "git read-tree"
    default:
      let rules = random.chance(1, in: 2) ? "*.log\n" : "d/\n!x.log\n"
      try Data(rules.utf8).write(to: root.appending(path: ".gitignore"))
      return "other rules"
    }
  }
}
