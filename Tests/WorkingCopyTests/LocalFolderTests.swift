import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing
import WorkingCopy

import struct SystemPackage.Errno
import struct SystemPackage.FilePath

/// Small files that are always whole, and a folder that may be deleted at any time.
@Suite struct LocalFolderTests {
  @Test func keepsSmallFiles() throws {
    let sandbox = try Sandbox()
    let local = LocalFolder(sandbox.local)
    #expect(try local.readSmall("device") == nil)
    try local.removeSmall("device")
    try local.writeSmall("device", Array("one".utf8))
    try local.writeSmall("device", [])
    #expect(try local.readSmall("device") == [])
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    try local.writeSmall("device", bytes)
    #expect(try local.readSmall("device") == bytes)
    try local.removeSmall("device")
    #expect(try local.readSmall("device") == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: sandbox.local.string) == [])
  }

  /// What is remembered is not flushed, so after a power cut its file may hold anything: that is as if it were not there.
  @Test func whatIsRememberedIsWholeOrForgotten() throws {
    let sandbox = try Sandbox()
    let local = LocalFolder(sandbox.local)
    #expect(local.recall("count") == nil)
    for bytes in [[], Array("three".utf8)] as [[UInt8]] {
      local.remember("count", bytes)
      #expect(local.recall("count") == bytes)
    }
    let file = try #require(try local.readSmall("count"))
    var flipped = file
    flipped[file.count - 1] ^= 1
    var zeros = file
    zeros.replaceSubrange(20..., with: [UInt8](repeating: 0, count: file.count - 20))
    for damaged in [[], Array(file.dropLast()), Array(file.prefix(10)), file + [0], flipped, zeros] {
      try local.writeSmall("count", damaged)
      #expect(local.recall("count") == nil, "\(damaged)")
    }
  }

  /// A command that can't write down what it found has found it all the same.
  @Test func whatCannotBeKeptIsFoundOutAgain() throws {
    let sandbox = try Sandbox(["a": "1"])
    let local = LocalFolder(sandbox.local)
    local.remember("count", [1])
    local.remember("count", [UInt8](repeating: 2, count: 64 << 20))
    #expect(local.recall("count") == [1])
    try FileManager.default.removeItem(atPath: sandbox.local.string)
    try Data("no folder".utf8).write(to: URL(filePath: sandbox.local.string))
    local.remember("count", [3])
    #expect(local.recall("count") == nil)
    #expect(try Data(contentsOf: URL(filePath: sandbox.local.string)) == Data("no folder".utf8))
  }

  @Test func isMadeAgainWhenSomebodyDeletesIt() throws {
    let sandbox = try Sandbox(["a": "1"])
    let local = LocalFolder(sandbox.local)
    try local.writeSmall("device", [1])
    try FileManager.default.removeItem(atPath: sandbox.local.string)
    #expect(try local.readSmall("device") == nil)
    #expect(try sandbox.tree.unsettled() == [])
    #expect(try Journal(in: local).pending() == nil)
    try sandbox.tree.apply([Step("a", "1", "2")])
    try local.writeSmall("device", [2])
    #expect(try local.readSmall("device") == [2])
  }

  /// Stopped at every step, a small file is the old one or the new one, whole.
  @Test func isOldOrNewWhateverStepFails() throws {
    var completed = false
    for step in 1...20 {
      let sandbox = try Sandbox(on: .inMemory)
      try LocalFolder(sandbox.local).writeSmall("device", Array("old".utf8))
      let counter = Counter()
      let probe = DiskProbe { _ throws(Errno) in
        if counter.steps.add(1, ordering: .relaxed).newValue >= step { throw .ioError }
      }
      do {
        try LocalFolder(sandbox.local, probe: probe).writeSmall("device", Array("new".utf8))
        completed = true
      } catch {
        #expect(error.code == "disk-trouble" || error.code == "file-unreadable")
      }
      let read = try #require(try LocalFolder(sandbox.local).readSmall("device"))
      #expect([Array("old".utf8), Array("new".utf8)].contains(read), "step \(step)")
      if completed { #expect(read == Array("new".utf8)) }
    }
    #expect(completed)
  }

  @Test func writersAtTheSameTimeNeverMixTheirBytes() async throws {
    let sandbox = try Sandbox(on: .inMemory)
    let local = LocalFolder(sandbox.local)
    try local.writeSmall("cache", [UInt8](repeating: 0, count: 50_000))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 1...4 as ClosedRange<UInt8> {
        group.addTask {
          for _ in 0..<50 { try local.writeSmall("cache", [UInt8](repeating: writer, count: 50_000)) }
        }
      }
      group.addTask {
        for _ in 0..<200 {
          let bytes = try #require(try local.readSmall("cache"))
          #expect(bytes.count == 50_000 && bytes.allSatisfy { $0 == bytes[0] })
        }
      }
      try await group.waitForAll()
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: sandbox.local.string) == ["cache"])
  }

  /// What a killed command left half-written is removed by the next, but not what a living one is writing.
  @Test func tidiesUpAfterTheDead() throws {
    let sandbox = try Sandbox(["a": "1"])
    try FileManager.default.createDirectory(atPath: sandbox.local.string, withIntermediateDirectories: true)
    let dead = Int32.max - 1  // Greater than any number the system gives to a process.
    for name in ["device.\(dead)-1.tmp", "device.\(getpid())-99.tmp", "notes.tmp", "device"] {
      try Data().write(to: URL(filePath: sandbox.local.appending(name).string))
    }
    try sandbox.tree.apply([Step("a", "1", "2")])
    let left = try FileManager.default.contentsOfDirectory(atPath: sandbox.local.string).sorted()
    #expect(left == ["device", "device.\(getpid())-99.tmp", "exchange", "notes.tmp"])
  }

  @Test func namesTheFolderItMayNotWriteTo() throws {
    let sandbox = try Sandbox()
    let error = #expect(throws: WorkingCopyError.self) {
      try withoutRights { try LocalFolder(sandbox.local).writeSmall("device", [1]) }
    }
    #expect(error?.code == "folder-not-writable")
  }

  private final class Counter: Sendable { let steps = Atomic<Int>(0) }
}
