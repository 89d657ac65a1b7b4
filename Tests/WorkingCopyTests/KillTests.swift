import Foundation
import ObjectModel
import TestSupport
import Testing
import WorkingCopy

import struct SystemPackage.FilePath

/// The same as ``CrashTests``, with a real process that the system really kills, at real calls.
///
/// `strace` counts the calls of one kind and kills at the Nth, before it is carried out. The process is this test
/// program itself, told by its environment to do nothing but one step of a workspace.
@Suite struct KillTests {
  private static let folderVariable = "LIGNE_TEST_STEP_IN"
  /// The calls that change the disk. Those of the test program around the step are among them; that only adds
  /// moments at which nothing may have happened yet.
  private static let calls = ["renameat2", "renameat", "mkdirat", "unlinkat", "fsync", "fchmod"]
  private static let entry = JournalEntry(
    command: "sync", reference: "refs/heads/main", fromHead: nil, toHead: id("new head"),
    writes: CrashTests.plan.writes)

  /// What the killed process does.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment[folderVariable] != nil, "only as a process to be killed")
  )
  func oneStep() throws {
    let root = FilePath(try #require(ProcessInfo.processInfo.environment[Self.folderVariable]))
    let tree = WorkingTree(root: root, localFolder: root.appending(".git/ligne"))
    let journal = Journal(in: tree.local)
    try journal.begin(Self.entry)
    try tree.apply(CrashTests.plan)
    try journal.finish()
  }

  @Test(.enabled(if: straceWorks, "strace is not installed, or may not trace"), arguments: calls)
  func killedAtEveryCall(_ call: String) throws {
    let calls = try countCalls(call)
    // Only one test may have been started by that name, and it must have done something.
    #expect(calls > 0)
    for number in 1...max(calls, 1) {
      let sandbox = try Sandbox(CrashTests.before, on: .inMemory)
      let result = try strace(
        ["-e", "trace=\(call)", "-e", "inject=\(call):signal=KILL:when=\(number)"], in: sandbox)
      #expect(result.status == 128 + 9 || number == calls, "\(call) \(number) was not reached")
      try checkAndRepair(sandbox, "killed at \(call) \(number) of \(calls)")
    }
  }

  private func countCalls(_ call: String) throws -> Int {
    let sandbox = try Sandbox(CrashTests.before, on: .inMemory)
    let log = try TemporaryFolder("strace")
    let result = try strace(["-o", log["log"].path, "-e", "trace=\(call)"], in: sandbox)
    #expect(result.status == 0, "\(result.text)\(result.errorText)")
    #expect(sandbox.files == CrashTests.after)
    let lines = String(decoding: try log.read("log"), as: UTF8.self).split(separator: "\n")
    // Calls are counted by thread; the one that has most of them does the work.
    let counts = Dictionary(grouping: lines.filter { $0.contains("\(call)(") }) {
      $0.split(separator: " ").first ?? ""
    }
    return counts.values.map(\.count).max() ?? 0
  }

  private func checkAndRepair(_ sandbox: Sandbox, _ what: String) throws {
    for (path, text) in sandbox.files {
      #expect(
        text == CrashTests.before[path] || text == CrashTests.after[path], "\(what): \(path) holds \(text)")
    }
    let journal = Journal(in: sandbox.tree.local)
    let pending = try journal.pending()
    let wasFinished = pending == nil && sandbox.files == CrashTests.after
    var found = try sandbox.tree.unsettled()
    if let pending {
      #expect(pending == Self.entry)
      found += try sandbox.tree.apply(CrashTests.plan).displaced.filter { $0.keptAt != nil }
      try journal.finish()
    }
    guard pending != nil || wasFinished else {
      #expect(sandbox.files == CrashTests.before, "\(what): nothing was begun")
      return
    }
    #expect(sandbox.files == CrashTests.after, "\(what)")
    #expect(
      found.map { String(decoding: $0.found ?? [], as: UTF8.self) }.sorted() == CrashTests.saved, "\(what)")
    for displaced in found { try sandbox.tree.settle(displaced) }
    #expect(try sandbox.leftForGood == [], "\(what)")
  }

  private func strace(_ arguments: [String], in sandbox: Sandbox) throws -> Program.Result {
    let output = arguments.contains("-o") ? [] : ["-o", "/dev/null"]
    return try Program.run(
      "strace", ["-f", "-qq"] + output + arguments + [Self.program] + Self.programArguments,
      environment: [Self.folderVariable: sandbox.root.path])
  }

  /// This test program.
  private static let program =
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
  private static let programArguments = [
    "--testing-library", "swift-testing", "--filter", "KillTests.oneStep",
  ]

  private static let straceWorks =
    (try? Program.run("strace", ["-qq", "-o", "/dev/null", "true"]).status) == 0
}
