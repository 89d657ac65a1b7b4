import Foundation
import Glibc
import ObjectModel
import Synchronization
import TestSupport
import Testing
import WorkingCopy

import struct SystemPackage.Errno
import struct SystemPackage.FilePath

/// People save while their files are being brought up to date; nothing they saved may be lost.
@Suite struct EditorTests {
  // MARK: At one moment

  /// Somebody saves when the new content is prepared, and when the exchange has begun already.
  @Test(arguments: EditorStyle.allCases, ["prepared", "exchanging"])
  func keepsWhatIsSavedAtTheLastMoment(_ style: EditorStyle, _ moment: String) throws {
    let sandbox = try Sandbox(["a": "old"])
    let file = sandbox.root.appending(path: "a").path
    let saves = Once { style.save("saved", to: file) }
    let tree = sandbox.tree(
      DiskProbe { step throws(Errno) in
        if case .exchange = step, moment == "exchanging" { saves.run() }
      })
    let report = try tree.apply([Step("a", "old", "new")]) { _ in if moment == "prepared" { saves.run() } }
    #expect(sandbox.text("a") == "new")
    #expect(report.displacedInWords == ["a: found saved"])
    let kept = try #require(report.displaced.first?.keptAt)
    #expect(try Data(contentsOf: URL(filePath: kept.string)) == Data("saved".utf8))
    try tree.settle(report.displaced[0])
    #expect(try sandbox.leftForGood == [])
  }

  @Test func keepsAFileThatIsMadeAtTheLastMoment() throws {
    let sandbox = try Sandbox()
    let file = sandbox.root.appending(path: "a").path
    let saves = Once { EditorStyle.renamed.save("saved", to: file) }
    let tree = sandbox.tree(
      DiskProbe { step throws(Errno) in if case .renameToFreeName = step { saves.run() } })
    let report = try tree.apply([Step("a", nil, "new")])
    #expect(sandbox.text("a") == "new")
    #expect(report.displacedInWords == ["a: found saved"])
  }

  @Test func keepsWhatIsSavedWhileAFileIsTakenAway() throws {
    let sandbox = try Sandbox(["d/a": "old"])
    let file = sandbox.root.appending(path: "d/a").path
    let report = try sandbox.tree.apply([Step("d/a", "old", nil)]) { _ in
      EditorStyle.inPlace.save("saved", to: file)
    }
    #expect(sandbox.contents == [:])
    #expect(report.displacedInWords == ["d/a: found saved"])
  }

  /// Without an exchange there is a moment without a file, in which somebody may save again.
  @Test func keepsBothSavesWhereThereIsNoExchange() throws {
    let sandbox = try Sandbox(["a": "saved first"])
    let file = sandbox.root.appending(path: "a").path
    let saves = Once { EditorStyle.renamed.save("saved again", to: file) }
    let tree = sandbox.tree(
      DiskProbe { step throws(Errno) in
        switch step {
        case .exchange, .renameToFreeName: throw .invalidArgument
        case .link: saves.run()
        default: return
        }
      })
    let report = try tree.apply([Step("a", "old", "new")])
    #expect(sandbox.text("a") == "new")
    #expect(Set(report.displacedInWords) == ["a: found saved first", "a: found saved again"])
  }

  /// A folder or a link that takes the file's place in the very last instant is put back.
  @Test(arguments: ["folder", "link"]) func putsBackWhatIsNoFile(_ what: String) throws {
    let sandbox = try Sandbox(["a": "old", "b": "other"])
    let root = sandbox.root
    let swap = Once {
      unlink(root.appending(path: "a").path)
      if what == "link" {
        symlink("b", root.appending(path: "a").path)
      } else {
        mkdir(root.appending(path: "a").path, 0o700)
        EditorStyle.inPlace.save("inside", to: root.appending(path: "a/mine").path)
      }
    }
    let tree = sandbox.tree(
      DiskProbe { step throws(Errno) in if case .exchange = step { swap.run() } })
    let report = try tree.apply([Step("a", "old", "new")])
    #expect(report.obstaclesInWords == ["a: \(what) at a"])
    #expect(
      sandbox.contents
        == (what == "link" ? ["a": "-> b", "b": "other"] : ["a/": "", "a/mine": "inside", "b": "other"]))
    #expect(try sandbox.leftForGood == [])
  }

  // MARK: Late writers

  /// A program that had the old file open writes into it when it has long been displaced.
  @Test func findsWhatIsWrittenIntoADisplacedFileLater() throws {
    let sandbox = try Sandbox(["a": "old"])
    let editor = try #require(FileHandle(forUpdatingAtPath: sandbox.root.appending(path: "a").path))
    let report = try sandbox.tree.apply([Step("a", "old", "new")])
    #expect(report.displaced == [])
    #expect(sandbox.leftovers.contains("1/plan"))

    #expect(try sandbox.tree.unsettled() == [], "it is still what was expected")
    try editor.write(contentsOf: Data("late".utf8))
    let late = try sandbox.tree.unsettled()
    #expect(late.map(\.found) == [Array("late".utf8)])
    #expect(late.map(\.expected) == [id("old")])

    // Settled, but still open: it is told again only if it changes again.
    try sandbox.tree.settle(late[0])
    #expect(try sandbox.tree.unsettled() == [])
    try editor.write(contentsOf: Data("r still".utf8))
    let later = try sandbox.tree.unsettled()
    #expect(later.map(\.found) == [Array("later still".utf8)])
    // What was settled is not what is there by now.
    try sandbox.tree.settle(late[0])
    #expect(try sandbox.tree.unsettled() == later)
    try sandbox.tree.settle(later[0])
    try editor.close()
    #expect(try sandbox.tree.unsettled() == [])
    #expect(try sandbox.leftForGood == [])
    #expect(sandbox.text("a") == "new")
  }

  @Test func forgetsADisplacedFileWhenItsEditorCloses() throws {
    let sandbox = try Sandbox(["a": "old"])
    let editor = try #require(FileHandle(forReadingAtPath: sandbox.root.appending(path: "a").path))
    _ = try sandbox.tree.apply([Step("a", "old", "new")])
    #expect(sandbox.leftovers != [])
    try editor.close()
    #expect(try sandbox.tree.unsettled() == [])
    #expect(try sandbox.leftForGood == [])
  }

  // MARK: All the time

  /// An editor that saves again and again, while the file is brought up to date again and again.
  ///
  /// The editor saves once more only when its last save was seen: read, displaced, or found later. So each one is
  /// accounted for, and a single one that is lost ends the test.
  @Test(arguments: EditorStyle.allCases) func losesNoSaveOfAnEditorThatNeverRests(_ style: EditorStyle) throws
  {
    let rounds = 150
    let sandbox = try Sandbox(["a": "start"], on: .inMemory)
    let file = sandbox.root.appending(path: "a").path
    let seen = Seen()
    // A thread of its own: a task could wait for ever for one of the few threads all tests share.
    let editor = Thread {
      for round in 1...rounds {
        style.save("save \(round)", to: file)
        let deadline = ContinuousClock.now + .seconds(60)
        while !seen.contains("save \(round)"), .now < deadline { sched_yield() }
        if !seen.contains("save \(round)") { return seen.giveUp() }
      }
    }
    editor.start()
    var round = 0
    while !seen.contains("save \(rounds)"), !seen.gaveUp {
      round += 1
      try syncOnce(sandbox, seen, round)
    }
    #expect(!seen.gaveUp, "after \(round) rounds, a save was lost")
  }

  private func syncOnce(_ sandbox: Sandbox, _ seen: Seen, _ round: Int) throws {
    for late in try sandbox.tree.unsettled() {
      seen.insert(late.found)
      try sandbox.tree.settle(late)
    }
    let reading: FileReading?
    do {
      reading = try sandbox.tree.read(path("a"))
    } catch {
      #expect(error.code == "file-keeps-changing")
      return
    }
    seen.insert(reading?.bytes)
    let new = "sync \(round)"
    let write = FileWrite(
      path: path("a"), expected: reading.map { ObjectID(hashing: RawObject(kind: .blob, bytes: $0.bytes)) },
      new: TreeFile(id: id(new)))
    for displaced in try sandbox.tree.apply([write], content: { _ in Array(new.utf8) }).displaced {
      seen.insert(displaced.found)
      try sandbox.tree.settle(displaced)
    }
  }

  private final class Seen: Sendable {
    private let texts = Mutex<Set<String>>([])
    private let hasGivenUp = Atomic<Bool>(false)
    var gaveUp: Bool { hasGivenUp.load(ordering: .relaxed) }
    func giveUp() { hasGivenUp.store(true, ordering: .relaxed) }
    func contains(_ text: String) -> Bool { texts.withLock { $0.contains(text) } }
    func insert(_ bytes: [UInt8]?) {
      guard let bytes else { return }
      texts.withLock { _ = $0.insert(String(decoding: bytes, as: UTF8.self)) }
    }
  }
}

/// Runs something the first time only.
private final class Once: Sendable {
  private let isDone = Atomic<Bool>(false)
  private let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  func run() { if !isDone.exchange(true, ordering: .relaxed) { body() } }
}
