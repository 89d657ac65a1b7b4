import Foundation
import Glibc
import TestSupport

/// What happens to a program at one of its calls that change files.
struct Spoiling: Hashable, Sendable {
  enum Action: Hashable, Sendable {
    /// Every process of the run is killed before the call is carried out.
    case kill
    /// The call is not carried out and answers with an error.
    case error(Int32)
  }

  var action: Action
  /// From 1; 0 counts only.
  var at = 0
  /// Whether all later calls answer with the error, too.
  var isSticky = false

  static let errors: [(name: String, number: Int32)] = [
    ("ENOSPC", ENOSPC), ("EIO", EIO), ("EACCES", EACCES),
  ]

  var name: String {
    switch action {
    case .kill: "killed"
    case .error(let number):
      (Self.errors.first { $0.number == number }?.name ?? "\(number)")
        + (isSticky ? ", from then on" : ", once")
    }
  }

  /// The variables the preloaded library reads.
  ///
  /// - Parameters:
  ///   - root: Only calls on files below it count.
  ///   - notes: A folder for the count and the list of calls.
  func environment(library: String, root: String, notes: String) -> [String: String] {
    var action = "0"
    switch self.action {
    case .kill: action = "kill"
    case .error(let number): action = "\(number)"
    }
    return [
      "LD_PRELOAD": library, "LIGNE_FAULT_ROOT": root, "LIGNE_FAULT_COUNTER": "\(notes)/counter",
      "LIGNE_FAULT_TRACE": "\(notes)/calls", "LIGNE_FAULT_AT": "\(at)", "LIGNE_FAULT_ACTION": action,
      "LIGNE_FAULT_STICKY": isSticky ? "1" : "0",
    ]
  }
}

/// One run of a command under ``Spoiling``.
struct SpoiledRun {
  var answer: Answer
  /// The calls that were counted, in order: `fsync /.git/ligne`.
  var calls: [String]

  /// - Parameter notes: A folder of its own.
  init(_ scenario: Scenario, in world: World, _ spoiling: Spoiling, library: String, notes: String) throws {
    try FileManager.default.createDirectory(atPath: notes, withIntermediateDirectories: true)
    try Data(count: 4096).write(to: URL(filePath: "\(notes)/counter"))
    answer = try world.ana.ligne(
      scenario.command,
      environment: spoiling.environment(
        library: library, root: "\(world.folder)/\(scenario.side.rawValue)", notes: notes))
    let lines = (try? String(contentsOfFile: "\(notes)/calls", encoding: .utf8)) ?? ""
    calls = lines.split(separator: "\n").map(String.init)
  }
}
