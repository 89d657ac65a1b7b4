import Foundation
import ObjectModel
import Synchronization
import TestSupport
import Testing
import Wording
import WorkingCopy

import struct SystemPackage.Errno
import struct SystemPackage.FilePath

/// A step of the workspace that is stopped at each of its steps on the disk, and finished by the next command.
///
/// Method: SQLite's, "How SQLite Is Tested": fail the Nth operation, once and for good, for every N.
@Suite struct CrashTests {
  static let before = [
    "a": "1", "b": "2", "d/c": "3", "e/f": "4", "g": "mine", "x/y": "mine too", "u": "kept",
  ]
  static let plan = [
    Step("a", "1", Wanted("1 changed", mode: .executable)), Step("b", "2", nil),
    Step("d/c", "3", "3 changed"), Step("e/f", "4", nil), Step("e", nil, "a folder before"),
    Step("h/i/j", nil, "new"), Step("g", "5", "5 changed"), Step("x/y", "6", nil),
  ]
  static let after = [
    "a": "1 changed", "d/c": "3 changed", "e": "a folder before", "h/i/j": "new", "g": "5 changed",
    "u": "kept",
  ]
  /// What somebody saved while the plan was made.
  static let saved = ["mine", "mine too"]

  /// What kind of file system it is.
  enum Kind: String, CaseIterable, Sendable { case exchanging, withoutExchange, acrossDisks }

  /// Answers the Nth step with an error; `sticky`: all later ones, too, as if the process were dead.
  static func probe(_ kind: Kind, failing at: Int, _ error: Errno, sticky: Bool) -> DiskProbe {
    let counter = Atomic<Int>(0)
    let box = Box(counter)
    return DiskProbe { step throws(Errno) in
      let count = box.counter.add(1, ordering: .relaxed).newValue
      if count == at || sticky && count > at { throw error }
      if kind == .withoutExchange {
        switch step {
        case .exchange, .renameToFreeName: throw .invalidArgument
        default: return
        }
      }
    }
  }

  /// Stopped dead at every step: the files are old or new, never half, and the next command finishes.
  @Test(arguments: Kind.allCases) func killedAtEveryStep(_ kind: Kind) throws {
    let steps = try countSteps(kind)
    #expect(steps > 40)
    for step in 1...steps {
      let sandbox = try sandbox(kind)
      #expect(throws: WorkingCopyError.self, "step \(step)") {
        try sandbox.tree(Self.probe(kind, failing: step, .ioError, sticky: true)).apply(Self.plan)
      }
      try checkEachFileIsOldOrNew(sandbox, "killed at step \(step)")
      try recover(sandbox, kind, "killed at step \(step)")
    }
  }

  /// Killed again while the first interruption is being repaired.
  @Test(arguments: Kind.allCases, [1, 2] as [UInt64]) func killedTwice(_ kind: Kind, seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let steps = try countSteps(kind)
    for _ in 0..<60 {
      let (first, second) = (Int(random.next() % UInt64(steps)) + 1, Int(random.next() % UInt64(steps)) + 1)
      let what = "seed \(seed): killed at step \(first), then at step \(second) of the repair"
      let sandbox = try sandbox(kind)
      #expect(throws: WorkingCopyError.self, "\(what)") {
        try sandbox.tree(Self.probe(kind, failing: first, .ioError, sticky: true)).apply(Self.plan)
      }
      let repairing = sandbox.tree(Self.probe(kind, failing: second, .ioError, sticky: true))
      do {
        // A command that is killed before it could merge what it found has settled nothing.
        _ = try repairing.unsettled()
        _ = try repairing.apply(Self.plan)
      } catch is WorkingCopyError {}
      try checkEachFileIsOldOrNew(sandbox, what)
      try recover(sandbox, kind, what)
    }
  }

  /// One answer of the disk is an error: it is told, or the step was done completely.
  @Test(
    arguments: Kind.allCases,
    [Errno.ioError, .noSpace, .readOnlyFileSystem, .tooManyOpenFiles, .permissionDenied])
  func oneErrorAtEveryStep(_ kind: Kind, _ error: Errno) throws {
    for step in 1...(try countSteps(kind)) {
      let what = "\(error) at step \(step)"
      let sandbox = try sandbox(kind)
      let before = sandbox.contents
      let tree = sandbox.tree(Self.probe(kind, failing: step, error, sticky: false))
      do {
        _ = try tree.apply(Self.plan)
        #expect(sandbox.files.filter { !isKept($0.key) } == Self.after, "\(what) was not told")
      } catch let told as WorkingCopyError {
        guard case .disk(_, let path, error) = told else {
          Issue.record("\(what): told as \(told)")
          continue
        }
        #expect(told.message.english.contains(path.string))
        #expect(error != .noSpace || told.code == "disk-full")
        // A disk that is full is found while preparing: then nothing was changed, and nothing is left over.
        if sandbox.contents == before { #expect(try sandbox.tree.unsettled() == []) }
      }
      try checkEachFileIsOldOrNew(sandbox, what)
      try recover(sandbox, kind, what)
    }
  }

  // MARK: Parts

  private final class Box: Sendable {
    let counter: Atomic<Int>
    init(_ counter: consuming Atomic<Int>) { self.counter = counter }
  }

  private func sandbox(_ kind: Kind) throws -> Sandbox {
    let sandbox = try Sandbox(Self.before, on: kind == .acrossDisks ? .two : .inMemory)
    // Made before, so that the first step counted is one of the plan.
    try sandbox.tree.local.create()
    return sandbox
  }

  private func countSteps(_ kind: Kind) throws -> Int {
    let sandbox = try sandbox(kind)
    let counted = Counter()
    let inner = Self.probe(kind, failing: 0, .ioError, sticky: false)
    _ = try sandbox.tree(
      DiskProbe { step throws(Errno) in
        counted.steps.add(1, ordering: .relaxed)
        try inner.announce(step)
      }
    ).apply(Self.plan)
    return counted.steps.load(ordering: .relaxed)
  }

  private final class Counter: Sendable { let steps = Atomic<Int>(0) }

  private func checkEachFileIsOldOrNew(_ sandbox: Sandbox, _ what: String) throws {
    for (path, text) in sandbox.files where !isKept(path) {
      #expect(
        text == Self.before[path] || text == Self.after[path], "\(what): \(path) holds \(text)")
    }
    #expect(sandbox.text("u") == "kept", "\(what)")
  }

  /// A file of ours beside those of the workspace, as there may be across disks.
  private func isKept(_ path: String) -> Bool { path.hasPrefix(".ligne-") }

  /// What the next command does.
  private func recover(_ sandbox: Sandbox, _ kind: Kind, _ what: String) throws {
    let tree = sandbox.tree(Self.probe(kind, failing: 0, .ioError, sticky: false))
    var found = try tree.unsettled()
    found += try tree.apply(Self.plan).displaced.filter { $0.keptAt != nil }
    let texts = found.map { String(decoding: $0.found ?? [], as: UTF8.self) }
    #expect(texts.sorted() == Self.saved, "\(what): what was saved meanwhile")
    for displaced in found { try tree.settle(displaced) }
    #expect(sandbox.files == Self.after, "\(what)")
    #expect(try tree.unsettled() == [], "\(what)")
    #expect(try sandbox.leftForGood == [], "\(what)")
    #expect(try tree.scan().files.map(\.path.text) == Self.after.keys.sorted(), "\(what)")
  }
}
