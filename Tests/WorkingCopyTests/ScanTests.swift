import Foundation
import Glibc
import ObjectModel
import SystemPackage
import TestSupport
import Testing
import WorkingCopy

/// What a scan finds, what it passes over, and what it does not read twice.
@Suite struct ScanTests {
  @Test func findsEveryFileWithGitsNameForItsContent() throws {
    let sandbox = try Sandbox(["a.json": "{}", "posts/b.json": "bonjour", "empty.txt": ""])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: sandbox.root.appending(path: "a.json").path)
    let scan = try sandbox.tree.scan()
    #expect(scan.refused.isEmpty)
    #expect(scan.files.map(\.path.text) == ["a.json", "empty.txt", "posts/b.json"])
    #expect(scan.files.map(\.mode) == [.executable, .file, .file])
    #expect(scan.files.allSatisfy { $0.wasHashed })
    for file in scan.files {
      let asked = try Program.git("hash-object", file.path.text, in: sandbox.root.path)
      #expect(file.id.hex == asked, "\(file.path)")
    }
  }

  @Test func listsWholePathsInTheOrderOfTheirBytes() throws {
    let names = ["a.json", "a/b.json", "a/b/c.json", "a-b", "a0", "A", "é.json", "z", "a/b.d/e", "a/b-/f"]
    let sandbox = try Sandbox(Dictionary(uniqueKeysWithValues: names.map { ($0, $0) }))
    let found = try sandbox.tree.scan().files.map(\.path)
    #expect(found == found.sorted())
    #expect(found.count == names.count)
  }

  @Test func passesOverWhatNoWorkspaceCanHoldAndSaysWhy() throws {
    let sandbox = try Sandbox([
      "good.json": "{}", ".git/config": "", "CON.json": "x", "nested/.git/HEAD": "x",
      "nested/inner.json": "{}",
      "sub\u{202E}/hidden.json": "x", "deep/ok.json": "{}",
    ])
    try sandbox.link("link.json", to: "good.json")
    try sandbox.link("deep/out", to: "/etc")
    try sandbox.link("dangling", to: "nowhere")
    #expect(mkfifo(sandbox.root.appending(path: "pipe").path, 0o600) == 0)
    let bad = Array(sandbox.root.path.utf8CString.dropLast()) + [47, -1, 120, 0]
    let descriptor = open(bad, O_CREAT | O_WRONLY, 0o600)
    #expect(descriptor >= 0)
    close(descriptor)
    let big = open(sandbox.root.appending(path: "big").path, O_CREAT | O_WRONLY, 0o600)
    #expect(ftruncate(big, off_t(WorkingTree.largestFile + 1)) == 0)
    close(big)

    let scan = try sandbox.tree.scan()
    #expect(scan.files.map(\.path.text) == ["deep/ok.json", "good.json"])
    let refused = Dictionary(
      uniqueKeysWithValues: scan.refused.map { (String(decoding: $0.path, as: UTF8.self), $0.reason) })
    #expect(
      refused == [
        "link.json": .link, "deep/out": .link, "dangling": .link, "pipe": .specialFile,
        "CON.json": .name(.reservedByWindows("CON")), "nested": .nestedRepository,
        "sub\u{202E}": .name(.invisible("\u{202E}")), "\u{FFFD}x": .name(.notUTF8),
        "big": .tooBig(bytes: WorkingTree.largestFile + 1),
      ])
    #expect(scan.refused.map(\.path) == scan.refused.map(\.path).sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test func saysThatAFileBelowARefusedFolderMayStillExist() throws {
    let sandbox = try Sandbox(["nested/.git/HEAD": "x", "nested/a.json": "{}", "nested2/a.json": "{}"])
    let scan = try sandbox.tree.scan()
    #expect(scan.isHidden(path("nested/a.json")))
    #expect(scan.isHidden(path("nested")))
    #expect(!scan.isHidden(path("nested2/a.json")))
    #expect(!scan.isHidden(path("gone.json")))
  }

  @Test func namesWhatItMayNotRead() throws {
    let sandbox = try Sandbox(["a.json": "{}", "secret/b.json": "{}", "c.json": "{}"])
    try sandbox.tree.local.create()
    chmod(sandbox.root.appending(path: "a.json").path, 0)
    chmod(sandbox.root.appending(path: "secret").path, 0)
    let scan = try withoutRights { try sandbox.tree.scan() }
    chmod(sandbox.root.appending(path: "secret").path, 0o700)
    #expect(scan.files.map(\.path.text) == ["c.json"])
    #expect(
      scan.refused == [
        RefusedFile(path: Array("a.json".utf8), reason: .unreadable(.permissionDenied)),
        RefusedFile(path: Array("secret".utf8), reason: .unreadable(.permissionDenied)),
      ])
    #expect(scan.isHidden(path("secret/b.json")))
  }

  @Test func leavesOutWhatIsIgnoredWithoutOpeningIt() throws {
    let sandbox = try Sandbox(["a.json": "{}", "tmp/b.json": "{}", "tmp/.git/x": "", "a.log": "x"])
    var asked: [String] = []
    let scan = try sandbox.tree.scan { path, isFolder in
      asked.append(path.text + (isFolder ? "/" : ""))
      return path.text == "tmp" || path.text.hasSuffix(".log")
    }
    #expect(scan.files.map(\.path.text) == ["a.json"])
    #expect(scan.refused.isEmpty)
    #expect(asked == ["a.json", "a.log", "tmp/"])
  }

  @Test func throwsOnlyIfTheWorkspaceItselfIsMissing() throws {
    let sandbox = try Sandbox()
    let tree = WorkingTree(root: FilePath("/nowhere/at/all"), localFolder: sandbox.local)
    let error = #expect(throws: WorkingCopyError.self) { try tree.scan() }
    #expect(error?.code == "folder-missing")
  }

  // MARK: The memory of stamps

  /// What a stamp is worth, given when it was taken: git's racy rule, with `ctime` as well.
  enum Remembered: String, CaseIterable {
    case nothing, fromBeforeTheFile, fromTheVeryMoment, fromLater
  }

  @Test(arguments: Remembered.allCases) func believesAStampOnlyIfTheFileIsOlder(_ memory: Remembered) throws {
    let sandbox = try Sandbox(["a.json": "new"])
    let first = try #require(try sandbox.tree.scan().files.first)
    // A wrong id under the right stamp shows whether the file was read.
    let known = KnownFile(id: id("wrong"), mode: .file, stamp: first.stamp)
    let youngest = max(first.stamp.modified, first.stamp.changed)
    let asOf: FileTime? =
      switch memory {
      case .nothing: nil
      case .fromBeforeTheFile: FileTime(seconds: youngest.seconds - 1, nanoseconds: 0)
      case .fromTheVeryMoment: youngest
      case .fromLater: FileTime(seconds: youngest.seconds + 1, nanoseconds: 0)
      }
    let second = try #require(
      try sandbox.tree.scan(known: [path("a.json"): known], knownAsOf: asOf).files.first)
    #expect(second.wasHashed == (memory != .fromLater))
    #expect(second.id == (memory == .fromLater ? id("wrong") : id("new")))
  }

  @Test func seesAnEditOfEqualSizeWithItsTimeSetBack() throws {
    let sandbox = try Sandbox(["a.json": "old"])
    let first = try #require(try sandbox.tree.scan().files.first)
    let file = sandbox.root.appending(path: "a.json")
    let before = try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate]
    let handle = try FileHandle(forWritingTo: file)
    try handle.write(contentsOf: Data("new".utf8))
    try handle.close()
    try FileManager.default.setAttributes([.modificationDate: before as Any], ofItemAtPath: file.path)
    let asOf = FileTime(seconds: first.stamp.changed.seconds + 100, nanoseconds: 0)
    let second = try #require(
      try sandbox.tree.scan(known: [first.path: first.known], knownAsOf: asOf).files.first)
    #expect(second.id == id("new"))
  }

  @Test func endsUpReadingNothingIfNothingChanges() throws {
    let sandbox = try Sandbox(["a.json": "1", "b/c.json": "2"])
    var scan = try sandbox.tree.scan()
    let deadline = ContinuousClock.now + .seconds(20)
    while scan.files.contains(where: \.wasHashed), .now < deadline {
      let known = Dictionary(uniqueKeysWithValues: scan.files.map { ($0.path, $0.known) })
      scan = try sandbox.tree.scan(known: known, knownAsOf: scan.asOf)
    }
    #expect(scan.files.allSatisfy { !$0.wasHashed })
    #expect(scan.files.map(\.id) == [id("1"), id("2")])
  }

  /// A cheat that never looks twice would pass most tests here; this one edits at random and asks git each time.
  @Test(arguments: [1, 2, 3, 4] as [UInt64]) func agreesWithGitAfterAnyEdits(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let sandbox = try Sandbox()
    var known: [WorkspacePath: KnownFile] = [:]
    var asOf: FileTime?
    let places = ["a", "b.json", "d/a", "d/b", "d/e/f", "é", "d-", "d.json"]
    for round in 0..<40 {
      let place = random.pick(places)
      switch random.next() % 4 {
      case 0: try? sandbox.remove(place)
      // Sizes repeat on purpose: only the stamp's times can tell.
      default: try sandbox.write("\(random.next() % 10)", to: place)
      }
      let scan = try sandbox.tree.scan(known: known, knownAsOf: asOf)
      known = Dictionary(uniqueKeysWithValues: scan.files.map { ($0.path, $0.known) })
      asOf = scan.asOf
      let real = sandbox.files.mapValues { id($0) }
      let seen = Dictionary(uniqueKeysWithValues: scan.files.map { ($0.path.text, $0.id) })
      #expect(seen == real, "seed \(seed), round \(round)")
    }
  }
}
