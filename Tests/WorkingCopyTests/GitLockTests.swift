import Foundation
import Glibc
import ObjectModel
import TestSupport
import Testing
import Wording

import struct SystemPackage.FilePath

@testable import WorkingCopy

/// Locks of git that were left behind are told from those that are in use.
@Suite struct GitLockTests {
  static let now = FileTime(seconds: 1_000_000, nanoseconds: 0)

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// Seconds since the lock last changed.
    let age: Int64
    var processes: [LivingProcesses.Process] = []
    var allIsSeen = true
    var isOurs = false
    /// Seconds since the command that was killed had taken the workspace.
    var interruptedFor: Int64?
    var now = GitLockTests.now
    let verdict: GitLock.Verdict
    var testDescription: String { name }
  }

  static func process(
    _ command: String, _ arguments: [String] = [], in folder: String = "/", files: Set<FileIdentity> = []
  ) -> LivingProcesses.Process {
    LivingProcesses.Process(
      id: 77, command: command, arguments: arguments, folder: Array(folder.utf8), files: files)
  }

  static let lockFile = FileIdentity(device: 5, inode: 12)
  static let cases = [
    Case(name: "nobody uses it, and it is old", age: 11, verdict: .abandoned),
    Case(name: "nobody uses it, and it is young", age: 10, verdict: .tooYoung),
    Case(
      name: "it seems to be from the future, as after a clock was set back", age: -1000, verdict: .abandoned),
    Case(name: "it seems to be from the near future", age: -2, verdict: .tooYoung),
    Case(
      name: "a program has it open", age: 9999, processes: [process("anything", files: [lockFile])],
      verdict: .inUse(process: 77, command: "anything")),
    Case(
      name: "a program has a file of another disk open", age: 11,
      processes: [process("anything", files: [FileIdentity(device: 6, inode: 12)])], verdict: .abandoned),
    Case(
      name: "git waits for its editor in this workspace", age: 9999,
      processes: [process("git", ["git", "commit"], in: "/home/ana/brand/posts")],
      verdict: .inUse(process: 77, command: "git")),
    Case(
      name: "git works in another folder whose name begins alike", age: 11,
      processes: [process("git", ["git", "commit"], in: "/home/ana/brand2")], verdict: .abandoned),
    Case(
      name: "git watches this workspace, and never locks", age: 11,
      processes: [process("git", ["git", "fsmonitor--daemon", "run"], in: "/home/ana/brand")],
      verdict: .abandoned),
    Case(
      name: "an editor is open in this workspace", age: 11,
      processes: [process("vim", in: "/home/ana/brand")],
      verdict: .abandoned),
    Case(name: "others can not be seen, minutes", age: 599, allIsSeen: false, verdict: .tooYoung),
    Case(
      name: "others can not be seen, and nothing happened for long", age: 601, allIsSeen: false,
      verdict: .abandoned),
    Case(name: "the time can not be told", age: 0, now: .never, verdict: .tooYoung),
    Case(
      name: "a command of ours was killed that had the workspace since before", age: 1, allIsSeen: false,
      interruptedFor: 1, verdict: .abandoned),
    Case(
      name: "it is older than the command of ours that was killed", age: 3, interruptedFor: 2,
      verdict: .tooYoung),
    Case(
      name: "a command of ours was killed, and git is at work since", age: 1,
      processes: [process("git", ["git", "commit"], in: "/home/ana/brand")], interruptedFor: 2,
      verdict: .inUse(process: 77, command: "git")),
    Case(name: "nobody but us writes there", age: 0, isOurs: true, verdict: .abandoned),
    Case(
      name: "nobody but us writes there, and others of us can not be seen", age: 10, allIsSeen: false,
      isOurs: true, verdict: .tooYoung),
    Case(
      name: "a git of ours is at work there", age: 0,
      processes: [process("git-remote-http", in: "/home/ana/brand")], isOurs: true,
      verdict: .inUse(process: 77, command: "git-remote-http")),
  ]

  @Test(arguments: cases) func judges(_ c: Case) {
    let changed = FileTime(seconds: Self.now.seconds - c.age, nanoseconds: 0)
    let stamp = FileStamp(
      size: 0, modified: .init(seconds: 0, nanoseconds: 0), changed: changed, inode: 12, device: 5)
    let verdict = GitLock.verdict(
      on: stamp, now: c.now, processes: LivingProcesses(processes: c.processes, areAll: true),
      workplaces: [Array("/home/ana/brand/.git".utf8), Array("/home/ana/brand".utf8)], allIsSeen: c.allIsSeen,
      isOurs: c.isOurs,
      interruptedSince: c.interruptedFor.map { FileTime(seconds: Self.now.seconds - $0, nanoseconds: 0) })
    #expect(verdict == c.verdict)
  }

  // MARK: With git itself

  private func repository() throws -> Sandbox {
    let sandbox = try Sandbox(["a": "1"])
    try Program.git("init", "-q", in: sandbox.root.path)
    try Program.git("add", "a", in: sandbox.root.path)
    try Program.git("commit", "-q", "-m", "first", in: sandbox.root.path)
    return sandbox
  }

  private func locks(_ sandbox: Sandbox, later seconds: Int64 = 0) throws -> [GitLock] {
    var now = sandbox.tree.local.fileSystemTime()
    now.seconds += seconds
    return try GitLock.all(
      in: FilePath(sandbox.root.appending(path: ".git").path), workspace: FilePath(sandbox.root.path),
      local: sandbox.tree.local, now: now)
  }

  @Test func findsNoneWhereGitIsAtRest() throws {
    #expect(try locks(try repository(), later: 1000) == [])
  }

  @Test func findsThoseOfTheIndexAndOfReferences() throws {
    let sandbox = try repository()
    let left = [
      ".git/HEAD.lock", ".git/index.lock", ".git/refs/heads/main.lock", ".git/refs/ligne/devices/x.lock",
    ]
    for path in left { try sandbox.write("", to: path) }
    try sandbox.write("", to: ".git/objects/ab.lock")
    try sandbox.link(".git/link.lock", to: "HEAD")
    let found = try locks(sandbox)
    #expect(found.map(\.path) == left.map { FilePath(sandbox.root.path).appending($0) })
    // The last one is of a reference that only commands of ours write, and none is at work.
    #expect(found.map(\.verdict) == [.tooYoung, .tooYoung, .tooYoung, .abandoned])
  }

  @Test func removesWhatKeepsGitFromWorking() throws {
    let sandbox = try repository()
    try sandbox.write("2", to: "a")
    try sandbox.write("half an index", to: ".git/index.lock")
    #expect(throws: Program.Failure.self) { try Program.git("add", "a", in: sandbox.root.path) }
    var lock = try #require(try locks(sandbox, later: 601).first)
    // A program that another test starts holds this file for the moment between its fork and its own beginning.
    for _ in 0..<100 where lock.verdict != .abandoned {
      Pause.milliseconds(100)
      lock = try #require(try locks(sandbox, later: 601).first)
    }
    #expect(lock.verdict == .abandoned)
    let aside = try lock.moveAside(into: sandbox.tree.local)
    #expect(try Data(contentsOf: URL(filePath: aside.string)) == Data("half an index".utf8))
    try Program.git("add", "a", in: sandbox.root.path)
    #expect(try locks(sandbox, later: 601) == [])
  }

  @Test func leavesAlockThatIsNotTheOneExamined() throws {
    let sandbox = try repository()
    try sandbox.write("old", to: ".git/index.lock")
    let lock = try #require(try locks(sandbox, later: 601).first)
    try sandbox.remove(".git/index.lock")
    try sandbox.write("new", to: ".git/index.lock")
    #expect(throws: WorkingCopyError.gitLockInUse(path: lock.path)) {
      try lock.moveAside(into: sandbox.tree.local)
    }
    #expect(sandbox.text(".git/index.lock") == "new")
    try sandbox.remove(".git/index.lock")
    #expect(throws: WorkingCopyError.gitLockInUse(path: lock.path)) {
      try lock.moveAside(into: sandbox.tree.local)
    }
  }

  @Test func leavesAYoungLock() throws {
    let sandbox = try repository()
    try sandbox.write("", to: ".git/index.lock")
    let lock = try #require(try locks(sandbox).first)
    let error = #expect(throws: WorkingCopyError.self) { try lock.moveAside(into: sandbox.tree.local) }
    #expect(error?.code == "git-lock-in-use")
  }

  @Test func seesWhoHasItOpen() throws {
    let sandbox = try repository()
    let file = sandbox.root.appending(path: ".git/index.lock").path
    let descriptor = open(file, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    let lock = try #require(try locks(sandbox, later: 601).first)
    guard case .inUse(let process, _) = lock.verdict else {
      Issue.record("judged \(lock.verdict)")
      return
    }
    #expect(process == getpid())
  }

  /// Git closes its lock while it waits for the editor: only the waiting git itself shows that it is in use.
  @Test func leavesTheLockOfAGitThatWaitsForItsEditor() throws {
    let sandbox = try repository()
    try sandbox.write("2", to: "a")
    let git = sandbox.root.appending(path: ".git").path
    let editor = """
      sh -c 'touch "\(git)/waiting"; for i in $(seq 6000); do [ -e "\(git)/go" ] && break; sleep 0.01; done; \
      echo message > "$0"'
      """
    let ended = Flag()
    let commit = Thread {
      do {
        try Program.git(
          "commit", "-q", "-a", in: sandbox.root.path, environment: ["GIT_EDITOR": editor, "TERM": "dumb"])
      } catch {
        Issue.record(error)
      }
      ended.confirm()
    }
    commit.start()
    let deadline = ContinuousClock.now + .seconds(60)
    while sandbox.text(".git/waiting") == nil, .now < deadline { usleep(1000) }
    let found = try locks(sandbox, later: 601)
    try sandbox.write("", to: ".git/go")
    while !ended.isConfirmed { usleep(1000) }
    #expect(try Program.git("log", "-1", "--format=%s", in: sandbox.root.path) == "message")
    #expect(found.map(\.path.lastComponent?.string) == ["index.lock"])
    #expect(
      found.allSatisfy {
        if case .inUse(_, "git") = $0.verdict { true } else { false }
      }, "judged \(found.map(\.verdict))")
  }

  // MARK: What the system says

  @Test func knowsTheKindOfTheDisk() {
    let table = Array(
      """
      27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
      30 27 0:27 / /home/ana/Mes\\040documents rw shared:5 master:3 - nfs4 server:/x rw
      31 27 0:28 / /home/ana/Mes\\040documents/local rw - xfs /dev/vdb rw
      32 27 0:29 / /usb rw - vfat /dev/sdb1 rw
      33 27 0:30 / /usb rw - fuse.sshfs over rw

      """.utf8)
    func kind(_ path: String) -> String? { Disk.kind(of: Array(path.utf8), in: table) }
    #expect(kind("/") == "ext4")
    #expect(kind("/home/ana/Mes") == "ext4")
    #expect(kind("/home/ana/Mes documents") == "nfs4")
    #expect(kind("/home/ana/Mes documents/brand") == "nfs4")
    #expect(kind("/home/ana/Mes documents/local/x") == "xfs")
    #expect(kind("/usb/x") == "fuse.sshfs")
    #expect(kind("/usbx") == "ext4")
  }

  @Test func seesItself() throws {
    let sandbox = try Sandbox(["a": "1"])
    let file = try #require(FileHandle(forReadingAtPath: sandbox.root.appending(path: "a").path))
    let me = try #require(LivingProcesses.visible().processes.first { $0.id == getpid() })
    var status = stat()
    #expect(fstat(file.fileDescriptor, &status) == 0)
    #expect(me.files.contains(FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))))
    #expect(me.folder == Array(FileManager.default.currentDirectoryPath.utf8))
    #expect(!me.command.isEmpty && !me.arguments.isEmpty)
    try file.close()
  }
}
