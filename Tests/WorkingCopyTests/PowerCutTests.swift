import Foundation
import ObjectModel
import Synchronization
import TestSupport
import Testing
import WorkingCopy

import struct SystemPackage.Errno
import struct SystemPackage.FilePath

/// A whole step of the workspace, journal and all, with a power cut at every moment of it.
///
/// What a killed process leaves is what it did; what a power cut leaves is what was flushed and any part of the
/// rest. After each, the next command has to find everything anybody saved.
@Suite struct PowerCutTests {
  /// The phases of a step, as far as they have come.
  private enum Phase: Int { case beforeBegin, begun, finishing, finished }

  private struct Moment {
    var disk: SimulatedDisk
    var phase: Phase
  }

  private static let plan = CrashTests.plan
  private static let entry = JournalEntry(
    command: "sync", reference: "refs/heads/main", fromHead: id("old head"), toHead: id("new head"),
    writes: plan.writes)

  @Test(arguments: SimulatedDisk.Loss.allCases, [1, 2, 3] as [UInt64])
  func losesNothingWhenThePowerGoes(_ loss: SimulatedDisk.Loss, seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let states = try check(losing: loss, moments(), &random) { Issue.record("seed \(seed): \($0)") }
    #expect(states > 200)
  }

  /// The checker can fail: without flushing, it finds what is lost.
  @Test(
    arguments: SimulatedDisk.Loss.allCases,
    [
      "of the files", "of the folders", "at all",
    ]) func findsWhatIsLostWithoutFlushing(_ loss: SimulatedDisk.Loss, _ what: String) throws
  {
    let moments = try moments { step in
      switch step {
      case .flush: what != "of the folders"
      case .flushFolder: what != "of the files"
      default: false
      }
    }
    var random = SeededRandom(seed: 1)
    struct Found: Error {}
    #expect(throws: Found.self) { try check(losing: loss, moments, &random) { _ in throw Found() } }
  }

  // MARK: Parts

  /// The disk before each step of a whole, uninterrupted run.
  private func moments(ignoring ignored: @escaping @Sendable (DiskStep) -> Bool = { _ in false }) throws
    -> [Moment]
  {
    let sandbox = try Sandbox(CrashTests.before, on: .inMemory)
    let followed = Mutex<(disk: SimulatedDisk, phase: Phase, moments: [Moment])>(
      (try SimulatedDisk(startingAs: sandbox.root), .beforeBegin, []))
    let box = Box(followed)
    let tree = sandbox.tree(
      DiskProbe { step throws(Errno) in
        box.value.withLock { state in
          state.moments.append(Moment(disk: state.disk, phase: state.phase))
          if !ignored(step) { state.disk.take(step) }
        }
      })
    func enter(_ phase: Phase) { box.value.withLock { $0.phase = phase } }

    let journal = Journal(in: tree.local)
    try journal.begin(Self.entry)
    enter(.begun)
    _ = try tree.apply(Self.plan)
    enter(.finishing)
    try journal.finish()
    return box.value.withLock { $0.moments + [Moment(disk: $0.disk, phase: .finished)] }
  }

  private final class Box: Sendable {
    let value: Mutex<(disk: SimulatedDisk, phase: Phase, moments: [Moment])>
    init(_ value: consuming Mutex<(disk: SimulatedDisk, phase: Phase, moments: [Moment])>) {
      self.value = value
    }
  }

  /// Lays out states of the disk after a power cut at each moment, and lets the next command run.
  private func check(
    losing loss: SimulatedDisk.Loss, _ moments: [Moment], _ random: inout SeededRandom,
    _ report: (String) throws -> Void
  ) throws -> Int {
    var states = 0
    for (number, moment) in moments.enumerated() {
      let undecided = moment.disk.undecided
      // Every moment from which on changes may be lost; of the countless choices among them, some.
      let choices = loss == .any ? Array(repeating: 0, count: 6) : Array(0...undecided)
      for kept in choices {
        let sandbox = try Sandbox(on: .inMemory)
        try moment.disk.layOut(in: sandbox.root, losing: loss, kept: kept, &random)
        states += 1
        for trouble in try nextCommand(sandbox, moment.phase) {
          try report("power cut before step \(number), \(kept) of \(undecided) changes kept: \(trouble)")
        }
      }
    }
    return states
  }

  /// What the next command does; what is wrong afterwards.
  private func nextCommand(_ sandbox: Sandbox, _ phase: Phase) throws -> [String] {
    var troubles: [String] = []
    func expect(_ isSo: Bool, _ trouble: @autoclosure () -> String) {
      if !isSo { troubles.append(trouble()) }
    }
    for (path, text) in sandbox.files {
      expect(
        text == CrashTests.before[path] || text == CrashTests.after[path], "\(path) holds “\(text)”")
    }
    let tree = sandbox.tree
    let journal = Journal(in: tree.local)
    let pending = try journal.pending()
    var found = try tree.unsettled()
    switch phase {
    case .beforeBegin: expect(pending == nil || pending == Self.entry, "another journal")
    case .begun: expect(pending == Self.entry, "the journal is gone")
    case .finishing: break
    case .finished: expect(pending == nil, "the journal is still there")
    }
    if pending != nil {
      found += try tree.apply(Self.plan).displaced.filter { $0.keptAt != nil }
      try journal.finish()
    }
    if phase == .beforeBegin, pending == nil {
      expect(sandbox.files == CrashTests.before, "files changed before the step began: \(sandbox.files)")
    } else {
      expect(sandbox.files == CrashTests.after, "the files are \(sandbox.files)")
      let texts = found.map { String(decoding: $0.found ?? [], as: UTF8.self) }.sorted()
      expect(texts == CrashTests.saved, "of what was saved meanwhile, \(texts) was found")
    }
    for displaced in found { try tree.settle(displaced) }
    let left = try sandbox.leftForGood
    expect(left == [], "left over: \(left)")
    return troubles
  }
}
