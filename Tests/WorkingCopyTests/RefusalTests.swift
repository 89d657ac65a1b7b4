import Foundation
import Glibc
import ObjectModel
import TestSupport
import Testing
import Wording
import WorkingCopy

import struct SystemPackage.Errno
import struct SystemPackage.FilePath

/// What the system refuses is told by name, before anything is changed.
@Suite struct RefusalTests {
  @Test(arguments: ["d", "d/e"]) func namesAFolderItMayNotWriteTo(_ locked: String) throws {
    let sandbox = try Sandbox(["a": "1", "d/e/f": "2"])
    try open(sandbox)
    for folder in ["d", "d/e"] {
      chmod(sandbox.root.appending(path: folder).path, folder == locked ? 0o555 : 0o777)
    }
    let plan = [Step("a", "1", "3"), Step("d/e/f", "2", "4"), Step("d/g", nil, "5")]
    let error = #expect(throws: WorkingCopyError.self) {
      try withoutRights { try sandbox.tree.apply(plan) }
    }
    #expect(error?.code == "folder-not-writable")
    let folder = sandbox.root.appending(path: locked).path
    #expect(error?.message.english == "You are not allowed to write to “\(folder)”.")
    #expect(sandbox.files == ["a": "1", "d/e/f": "2"])
    #expect(try sandbox.leftForGood == [])
  }

  @Test func leavesAFileItMayNotReadAndDoesTheRest() throws {
    let sandbox = try Sandbox(["a": "1", "b": "2", "c": "3"])
    try open(sandbox)
    chmod(sandbox.root.appending(path: "a").path, 0o200)
    chmod(sandbox.root.appending(path: "b").path, 0)
    let report = try withoutRights {
      try sandbox.tree.apply([Step("a", "1", "4"), Step("b", "2", nil), Step("c", "3", "5")])
    }
    #expect(report.obstacles.map(\.path) == [path("a"), path("b")])
    #expect(report.obstacles.allSatisfy { $0.kind == .unreadable(.permissionDenied) })
    #expect(sandbox.files == ["a": "1", "b": "2", "c": "5"])
  }

  /// A real disk that is full, if this person may make one.
  @Test(.enabled(if: geteuid() == 0, "only the superuser can mount a small disk"))
  func leavesEverythingAsItWasOnAFullDisk() throws {
    let disk = try TemporaryFolder("small-disk")
    let mounted = try Program.run(
      "mount", ["-t", "tmpfs", "-o", "size=256k,nr_inodes=60", "none", disk.path])
    try #require(mounted.status == 0, "mounting is not allowed here: \(mounted.errorText)")
    defer { _ = try? Program.run("umount", [disk.path]) }
    let tree = WorkingTree(
      root: FilePath(disk.path), localFolder: FilePath(disk.path).appending(".git/ligne"))
    try disk.write("old", to: "a")
    try disk.write("", to: ".git/x")

    // Too many bytes, then too many files.
    let big = String(repeating: "x", count: 300_000)
    let manyFiles = (0..<80).map { Step("f\($0)", nil, Wanted("\($0)")) }
    for plan in [
      [Step("a", "old", Wanted(big)), Step("b", nil, "2")], manyFiles + [Step("a", "old", "new")],
    ] {
      let error = #expect(throws: WorkingCopyError.self) { try tree.apply(plan) }
      #expect(error?.code == "disk-full")
      #expect(try disk.read("a") == Array("old".utf8))
      #expect(try tree.scan().files.map(\.path.text) == ["a"])
      #expect(try tree.unsettled() == [])
    }
    let report = try tree.apply([Step("a", "old", "new")])
    #expect(report.displaced == [])
    #expect(try disk.read("a") == Array("new".utf8))
  }

  @Test(.enabled(if: geteuid() == 0, "only the superuser can mount a disk read-only"))
  func saysThatADiskIsReadOnly() throws {
    let disk = try TemporaryFolder("read-only-disk")
    let mounted = try Program.run("mount", ["-t", "tmpfs", "none", disk.path])
    try #require(mounted.status == 0, "mounting is not allowed here: \(mounted.errorText)")
    defer { _ = try? Program.run("umount", [disk.path]) }
    try disk.write("old", to: "a")
    try disk.write("", to: ".git/x")
    #expect(try Program.run("mount", ["-o", "remount,ro", disk.path]).status == 0)
    let tree = WorkingTree(
      root: FilePath(disk.path), localFolder: FilePath(disk.path).appending(".git/ligne"))
    // Looking needs no right to write.
    #expect(try tree.scan().files.map(\.path.text) == ["a"])
    let error = #expect(throws: WorkingCopyError.self) { try tree.apply([Step("a", "old", "new")]) }
    #expect(error?.code == "folder-not-writable")
    #expect(error?.message.english.contains("read-only") == true)
    #expect(error?.message.french.contains("lecture seule") == true)
  }

  @Test func keepsWhoMayReadAndWrite() throws {
    let sandbox = try Sandbox(["a": "1", "b": "2", "c": "3"])
    for (name, mode) in [("a", 0o600), ("b", 0o775), ("c", 0o640)] as [(String, mode_t)] {
      chmod(sandbox.root.appending(path: name).path, mode)
    }
    try sandbox.tree.apply([
      Step("a", "1", "4"), Step("b", "2", "5"), Step("c", "3", Wanted("6", mode: .executable)),
    ])
    let modes = ["a", "b", "c"].map { name in
      var status = stat()
      stat(sandbox.root.appending(path: name).path, &status)
      return status.st_mode & 0o777
    }
    #expect(modes == [0o600, 0o664, 0o750])
  }

  /// Somebody swaps a folder for a link to the outside, again and again: nothing outside is ever touched.
  @Test func isNeverLedOutside() throws {
    let sandbox = try Sandbox(["d/a": "1"], on: .inMemory)
    let outside = try TemporaryFolder("outside")
    try outside.write("precious", to: "a")
    let root = sandbox.root.path
    let stop = Flag()
    let attacker = Thread {
      while !stop.isSet {
        rename("\(root)/d", "\(root)/.git/d")
        symlink(outside.path, "\(root)/d")
        sched_yield()
        unlink("\(root)/d")
        rename("\(root)/.git/d", "\(root)/d")
      }
      stop.confirm()
    }
    attacker.start()
    for round in 0..<300 {
      do {
        let report = try sandbox.tree.apply([
          Step("d/a", "1", Wanted("\(round)")), Step("d/b/c", nil, Wanted("new \(round)")),
          Step("d/x", "1", nil),
        ])
        for displaced in report.displaced { try sandbox.tree.settle(displaced) }
        _ = try sandbox.tree.scan()
      } catch let error as WorkingCopyError {
        #expect(error.code == "file-keeps-changing")
      }
    }
    stop.set()
    while !stop.isConfirmed { sched_yield() }
    #expect(try FileManager.default.subpathsOfDirectory(atPath: outside.path) == ["a"])
    #expect(try outside.read("a") == Array("precious".utf8))
  }
}

/// Whoever has no rights must still reach the folder of the test.
private func open(_ sandbox: Sandbox) throws {
  try sandbox.tree.local.create()
  for folder in ["", ".git", ".git/ligne"] { chmod(sandbox.root.appending(path: folder).path, 0o777) }
  chmod(sandbox.root.deletingLastPathComponent().path, 0o755)
}
