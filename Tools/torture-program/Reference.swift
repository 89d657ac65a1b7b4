import Foundation
import JSONTree
import TestSupport

/// A situation ready to be copied, and how it looks before and after its command when nothing goes wrong.
struct Reference: Sendable {
  var scenario: Scenario
  var template: World
  var before: FolderState
  var after: FolderState
  /// The calls the command makes, in order.
  var calls: [String]
  /// Ana's versions that the address lacks before.
  var waiting: [String]

  /// - Parameter folder: Empty; what is made in it has to stay as long as the value is used.
  init(_ scenario: Scenario, from founded: World, library: String, in folder: String) throws {
    self.scenario = scenario
    template = try founded.copy(to: "\(folder)/template")
    try scenario.prepare(template)
    let trial = try template.copy(to: "\(folder)/reference")
    before = scenario.beginsWithNothing ? .nothing : try Self.state(of: trial)
    waiting =
      scenario.beginsWithNothing
      ? []
      : try Program.git("rev-list", "main", "--not", "origin/main", in: trial.ana.folder)
        .split(separator: "\n").map(String.init)
    let run = try SpoiledRun(
      scenario, in: trial, Spoiling(action: .kill), library: library, notes: "\(folder)/reference-notes")
    guard run.answer.isDone else { throw TortureFailure("\(scenario.name): \(run.answer)") }
    calls = run.calls
    after = try Self.state(of: trial)
    // At the host's side, a sync that only shares changes nothing of Ana's.
    guard !calls.isEmpty, before != after || scenario.isSync && !waiting.isEmpty else {
      throw TortureFailure("\(scenario.name) changes nothing")
    }
    try trial.remove()
  }

  static func state(of world: World) throws -> FolderState {
    let status = try world.ana.ligne(["status", "--json"])
    guard status.isDone else { throw TortureFailure("\(status)") }
    return try FolderState(of: world.ana.folder, status: status)
  }
}
