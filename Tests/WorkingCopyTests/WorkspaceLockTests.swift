import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing
import Wording
import WorkingCopy

import struct SystemPackage.FilePath

/// One command at a time, and the others know whom they wait for.
@Suite struct WorkspaceLockTests {
  static let ana = LockHolder(process: 4242, host: "poste-ana", command: "sync", startedAt: 1_764_000_000)
  static let leo = LockHolder(process: 17, host: "poste-leo", command: "commit", startedAt: 1_764_000_001)

  @Test func isHeldByOneAtATimeAndSaysByWhom() throws {
    let sandbox = try Sandbox()
    let local = LocalFolder(sandbox.local)
    let first = try WorkspaceLock.acquire(in: local, as: Self.ana, waitingAtMost: .zero)
    let error = #expect(throws: WorkingCopyError.held(by: Self.ana)) {
      try WorkspaceLock.acquire(in: local, as: Self.leo, waitingAtMost: .zero)
    }
    #expect(error?.code == "workspace-busy")
    #expect(
      error?.message.english == "Another command is using the workspace: “sync” (process 4242 on poste-ana).")
    #expect(
      error?.message.french
        == "Une autre commande utilise l’espace de travail\u{A0}: «\u{A0}sync\u{A0}» (processus 4242 sur poste-ana)."
    )
    first.release()
    let second = try WorkspaceLock.acquire(in: local, as: Self.leo, waitingAtMost: .zero)
    #expect(throws: WorkingCopyError.held(by: Self.leo)) {
      try WorkspaceLock.acquire(in: local, as: Self.ana, waitingAtMost: .zero)
    }
    withExtendedLifetime(second) {}
  }

  @Test func endsWithTheValue() throws {
    let sandbox = try Sandbox()
    let local = LocalFolder(sandbox.local)
    do { _ = try WorkspaceLock.acquire(in: local, as: Self.ana, waitingAtMost: .zero) }
    _ = try WorkspaceLock.acquire(in: local, as: Self.leo, waitingAtMost: .zero)
  }

  @Test func waitsAndSaysSoOnce() throws {
    let sandbox = try Sandbox()
    let local = LocalFolder(sandbox.local)
    let first = try WorkspaceLock.acquire(in: local, as: Self.ana)
    var told: [LockHolder?] = []
    // The other command ends while we wait: no clock decides this test.
    let second = try WorkspaceLock.acquire(in: local, as: Self.leo, waitingAtMost: .seconds(60)) { holder in
      told.append(holder)
      first.release()
    }
    #expect(told == [Self.ana])
    withExtendedLifetime(second) {}
  }

  @Test func tellsTheNextOneOfACommandThatWasKilled() throws {
    let sandbox = try Sandbox()
    let local = LocalFolder(sandbox.local)
    let first = try WorkspaceLock.acquire(in: local, as: Self.ana, waitingAtMost: .zero)
    #expect(first.interruptedSince == nil)
    first.release()
    let second = try WorkspaceLock.acquire(in: local, as: Self.leo, waitingAtMost: .zero)
    #expect(second.interruptedSince == nil)
    second.release()
    // What a process leaves that ends without giving the workspace back.
    try local.writeSmall("lock", Array("process 4242\nhost poste-ana\ncommand sync\nstarted 1\n".utf8))
    let third = try WorkspaceLock.acquire(in: local, as: Self.leo, waitingAtMost: .zero)
    #expect(third.interruptedSince != nil)
    third.release()
    #expect(try WorkspaceLock.acquire(in: local, as: Self.ana, waitingAtMost: .zero).interruptedSince == nil)
  }

  /// Nothing is lost when many add to one number; without the lock, most is.
  @Test func keepsReadersAndWritersApart() async throws {
    let sandbox = try Sandbox(on: .inMemory)
    let local = LocalFolder(sandbox.local)
    try local.writeSmall("count", Array("0".utf8))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<25 {
            let lock = try WorkspaceLock.acquire(in: local, as: Self.ana, waitingAtMost: .seconds(60))
            let count = try #require(Int(String(decoding: try local.readSmall("count") ?? [], as: UTF8.self)))
            try local.writeSmall("count", Array("\(count + 1)".utf8))
            lock.release()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try local.readSmall("count") == Array("200".utf8))
  }

  // MARK: Other processes

  @Test func keepsOtherProcessesOut() throws {
    let sandbox = try Sandbox()
    let file = sandbox.local.appending("lock").string
    let lock = try WorkspaceLock.acquire(in: LocalFolder(sandbox.local), as: Self.ana)
    #expect(try Program.run("flock", ["--nonblock", file, "true"]).status == 1)
    lock.release()
    #expect(try Program.run("flock", ["--nonblock", file, "true"]).status == 0)
  }

  @Test func isFreeAsSoonAsAKilledProcessIsGone() throws {
    let sandbox = try Sandbox()
    let local = LocalFolder(sandbox.local)
    try local.create()
    let file = sandbox.local.appending("lock").string
    let killed = try Program.run("sh", ["-c", "exec 9>>'\(file)'; flock 9; kill -9 $$"])
    #expect(killed.status == 128 + 9)
    let lock = try WorkspaceLock.acquire(in: local, as: Self.ana, waitingAtMost: .zero)
    withExtendedLifetime(lock) {}
  }

  @Test func isNotInheritedByProgramsThatAreStarted() throws {
    let sandbox = try Sandbox()
    let lock = try WorkspaceLock.acquire(in: LocalFolder(sandbox.local), as: Self.ana)
    let inode = try Program.run("stat", ["-c", "%i", sandbox.local.appending("lock").string]).text
    let open = try Program.run("sh", ["-c", "for f in /proc/self/fd/*; do stat -L -c %i $f; done"]).text
    #expect(!open.split(separator: "\n").contains(Substring(inode)))
    withExtendedLifetime(lock) {}
  }

  // MARK: The file

  @Test func neverDeletesItsFile() throws {
    let sandbox = try Sandbox()
    let local = LocalFolder(sandbox.local)
    let file = sandbox.local.appending("lock").string
    try WorkspaceLock.acquire(in: local, as: Self.ana).release()
    let inode = try Program.run("stat", ["-c", "%i", file]).text
    try WorkspaceLock.acquire(in: local, as: Self.leo).release()
    #expect(try Program.run("stat", ["-c", "%i", file]).text == inode)
  }

  @Test(arguments: [
    "", "garbage", "process x\nhost y\ncommand z\nstarted 1\n", "process 1\nhost a\ncommand b\n",
  ])
  func doesNotNameAHolderItCanNotRead(_ content: String) throws {
    let sandbox = try Sandbox()
    let local = LocalFolder(sandbox.local)
    let lock = try WorkspaceLock.acquire(in: local, as: Self.ana)
    try Data(content.utf8).write(to: URL(filePath: sandbox.local.appending("lock").string), options: [])
    let error = #expect(throws: WorkingCopyError.held(by: nil)) {
      try WorkspaceLock.acquire(in: local, as: Self.leo, waitingAtMost: .zero)
    }
    #expect(error?.message.english == "Another command is using the workspace.")
    withExtendedLifetime(lock) {}
  }

  @Test func writesAHolderOfSeveralLinesOnOne() throws {
    let sandbox = try Sandbox()
    let local = LocalFolder(sandbox.local)
    let odd = LockHolder(process: 1, host: "a\nb", command: "c\u{1B}[2J", startedAt: -1)
    let lock = try WorkspaceLock.acquire(in: local, as: odd)
    let seen = LockHolder(process: 1, host: "a b", command: "c [2J", startedAt: -1)
    #expect(throws: WorkingCopyError.held(by: seen)) {
      try WorkspaceLock.acquire(in: local, as: Self.leo, waitingAtMost: .zero)
    }
    withExtendedLifetime(lock) {}
  }

  @Test func knowsItself() {
    let holder = LockHolder.thisProcess(command: "status", startedAt: 7)
    #expect(holder.process == getpid())
    #expect(holder.host == ProcessInfo.processInfo.hostName || !holder.host.isEmpty)
    #expect(holder.command == "status" && holder.startedAt == 7)
  }
}
