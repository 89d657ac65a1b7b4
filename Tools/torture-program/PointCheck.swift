import Foundation
import JSONTree
import TestSupport

/// What was found after one run that was spoiled at one call.
struct PointCheck: Sendable {
  /// The call; empty if the run ended before it came to it.
  var call: String
  /// What should not be, each in a sentence; none if all is well.
  var problems: [String] = []
  /// How long the next command took, in milliseconds; `nil` where nothing was spoiled.
  var recovery: Int?
  /// Whether the command said that it was done.
  var saidDone = false
  /// Whether the call that was to be spoiled was reached.
  var wasReached: Bool { !call.isEmpty }
}

extension Reference {
  /// Spoils one call of the command, then looks at everything a person would miss.
  ///
  /// - Parameter folder: A name that is free; removed again unless something was wrong.
  func check(_ spoiling: Spoiling, library: String, in folder: String) throws -> PointCheck {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let world = try template.copy(to: "\(folder)/world")
    let run = try SpoiledRun(scenario, in: world, spoiling, library: library, notes: "\(folder)/notes")
    var check = PointCheck(call: spoiling.at <= run.calls.count ? run.calls[spoiling.at - 1] : "")
    let wanted = spoiling.action == .kill && check.wasReached ? 128 + SIGKILL : nil
    if let wanted, run.answer.result.status != wanted { check.problems.append("not killed: \(run.answer)") }
    check.saidDone = run.answer.isDone
    try look(at: world, after: run.answer, into: &check)
    if check.problems.isEmpty { try FileManager.default.removeItem(atPath: folder) }
    return check
  }

  private func look(at world: World, after answer: Answer, into check: inout PointCheck) throws {
    let found = try FolderState.files(in: world.ana.folder)
    if !scenario.beginsWithNothing { check.problems += strangers(in: found, at: "right afterwards") }
    if answer.isDone { try believe(answer, in: world, into: &check) }

    // The next ordinary command heals, whatever it is.
    let start = ContinuousClock.now
    // It objects where all is done already; what the folder holds then tells.
    if scenario.beginsWithNothing, !answer.isDone { _ = try world.ana.ligne(scenario.command) }
    let status = try world.ana.ligne(["status", "--json"])
    check.recovery = Int((ContinuousClock.now - start) / .milliseconds(1))
    guard status.isDone else {
      check.problems.append("the next command could not: \(status)")
      return
    }
    let healed = try FolderState(of: world.ana.folder, status: status)
    check.problems += strangers(in: healed.files, at: "after the next command")
    if healed != before || scenario.beginsWithNothing, healed != after, !scenario.mayStopHalfway {
      check.problems.append(
        "neither as before (\(difference(healed, from: before))) nor as after (\(difference(healed, from: after)))"
      )
    }
    if answer.isDone, healed != after {
      check.problems.append("said to be done, but \(difference(healed, from: after))")
    }

    // Typed again, the command does what it did not, and only that.
    let again = try world.ana.ligne(scenario.command)
    let state = try Self.state(of: world)
    if !again.isDone, healed != after { check.problems.append("typed again: \(again)") }
    if state != after { check.problems.append("typed again: \(difference(state, from: after))") }
    if scenario.isSync { try believe(again, in: world, into: &check) }
    if scenario.side == .address, try !Self.locks(below: world.address).isEmpty {
      // Nobody can tell at once that a lock at a host has no owner any more; a later sync has to.
      sleep(11)
      try world.ana.must("set", Post.third.path, "/title", "Later")
      try world.ana.must("commit", "-m", "Later")
      try world.ana.must("sync")
    }
    // A lock on what its fetch brought is in nobody's way before the next sync.
    if scenario.beginsWithNothing { try world.ana.must("sync") }
    if scenario.mayStopHalfway {
      // Typed again it may find nothing to write; the next command that writes clears what a dead one held.
      try world.ana.must("set", Post.third.path, "/title", "Later")
      try world.ana.must("commit", "-m", "Later")
    }
    try lookAtGit(of: world, into: &check)
  }

  /// Files that are neither the old nor the new ones.
  private func strangers(in files: [String: [UInt8]], at moment: String) -> [String] {
    var problems: [String] = []
    let paths = Set(files.keys).union(before.files.keys).union(after.files.keys)
    for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let found = files[path]
      if found != before.files[path], found != after.files[path] {
        problems.append("\(moment), \(path) is neither old nor new (\(found?.count ?? -1) bytes)")
      }
    }
    return problems
  }

  /// Compares what a sync says it shared with what somebody finds who clones the address anew.
  private func believe(_ answer: Answer, in world: World, into check: inout PointCheck) throws {
    guard scenario.isSync, answer.isDone else { return }
    guard answer.count("waiting") == 0 else { return }
    let missing = try versionsMissing(waiting, at: world.address, cloningInto: "\(world.folder)/fresh")
    if !missing.isEmpty { check.problems.append("said to be shared, but a fresh clone lacks \(missing)") }
  }

  private func lookAtGit(of world: World, into check: inout PointCheck) throws {
    for folder in [world.ana.folder, world.address] {
      let fsck = try Program.run("git", ["-C", folder, "fsck", "--no-dangling", "--no-progress"])
      if fsck.status != 0 || !fsck.text.isEmpty {
        check.problems.append("git fsck of \(folder): \(fsck.text) \(fsck.errorText)")
      }
      let locks = try Self.locks(below: folder == world.address ? folder : folder + "/.git")
      if !locks.isEmpty { check.problems.append("locks are left: \(locks)") }
    }
    let kept = "\(world.ana.folder)/.git/ligne/exchange"
    // Where there never was an exchange, there is no such folder.
    let left = (try? FileManager.default.contentsOfDirectory(atPath: kept)) ?? []
    if !left.isEmpty { check.problems.append("files in exchange are left: \(left)") }
  }

  /// Locks of git in a repository, those that were moved aside left out.
  private static func locks(below folder: String) throws -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder) else {
      throw TortureFailure("\(folder) can't be listed")
    }
    return walk.compactMap { $0 as? String }.filter {
      $0.hasSuffix(".lock") && !$0.hasPrefix("ligne/")
    }
  }
}

/// Clones an address anew, with all its references, and says which of some versions are not among what they hold.
///
/// - Parameters:
///   - folder: A name that is free; it is free again afterwards.
///   - environment: For git to reach the address in.
func versionsMissing(
  _ versions: [String], at address: String, cloningInto folder: String, environment: [String: String] = [:]
) throws -> [String] {
  try Program.git(
    ["clone", "-q", "--mirror", address, folder], in: "/", environment: environment)
  let there = Set(
    try Program.git("rev-list", "--objects", "--all", in: folder).split(separator: "\n")
      .map { $0.prefix(40) })
  try FileManager.default.removeItem(atPath: folder)
  return versions.filter { !there.contains($0[...]) }
}
