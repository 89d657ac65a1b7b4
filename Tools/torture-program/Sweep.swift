import ArgumentParser
import Foundation
import Synchronization
import Tables
import TestSupport

/// Many points of many scenarios, tried beside each other.
struct Sweep {
  var title: String
  var options: TortureOptions
  /// What each scenario is put through, given the calls its command makes, in order: `fsync /.git/ligne`.
  var plan: (_ calls: [String], inout SeededRandom) -> [Spoiling]

  /// What became of one scenario.
  struct Row {
    var name: String
    var calls = 0
    var tried = 0
    var reached = 0
    var saidDone = 0
    var wrong = 0
    var recoveries: [Int] = []
  }

  /// - Returns: A row for each scenario.
  func run(only: String?, at: [Int]) throws -> [Row] {
    if let only, !Scenario.all.contains(where: { $0.name == only }) {
      throw ValidationError("--only: one of \(Scenario.all.map(\.name).joined(separator: ", "))")
    }
    let place = try options.newPlace()
    let (program, library, title) = (try options.program(), try options.library(), title)
    let founded = try World.founded(in: "\(place.path)/founded", program: program)
    var rows: [Row] = []
    for (number, scenario) in Scenario.all.enumerated() where only == nil || scenario.name == only {
      let folder = "\(place.path)/\(number)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let reference = try Reference(scenario, from: founded, library: library, in: folder)
      var random = SeededRandom(seed: options.seed &+ UInt64(number))
      let points = plan(reference.calls, &random).filter { at.isEmpty || at.contains($0.at) }
      say("\(title) \(scenario.name): \(points.count) points, \(reference.calls.count) calls")
      let row = Mutex(Row(name: scenario.name, calls: reference.calls.count))
      try inParallel(options.jobs, points) { index, spoiling in
        let check = try reference.check(spoiling, library: library, in: "\(folder)/\(index)")
        row.withLock { $0.note(check) }
        for problem in check.problems {
          say(
            "\(title) --only '\(scenario.name)' --at \(spoiling.at): \(spoiling.name) at \(check.call): \(problem)"
          )
        }
      }
      let done = row.withLock { $0 }
      say("\(title) \(scenario.name): \(done.wrong) of \(done.reached) wrong")
      rows.append(done)
      // What was wrong stays where it is as long as the place does.
      if done.wrong == 0 { try FileManager.default.removeItem(atPath: folder) }
    }
    return rows
  }
}

extension Sweep.Row {
  mutating func note(_ check: PointCheck) {
    tried += 1
    if check.wasReached { reached += 1 }
    if check.saidDone { saidDone += 1 }
    if !check.problems.isEmpty { wrong += 1 }
    if let recovery = check.recovery { recoveries.append(recovery) }
  }
}

/// Does something for each of many things, several at once, each on a thread of its own.
///
/// - Throws: The first error; what had begun by then ends before.
func inParallel<Element: Sendable>(
  _ jobs: Int, _ elements: [Element], _ body: @escaping @Sendable (_ index: Int, Element) throws -> Void
) throws {
  let state = Shared()
  let group = DispatchGroup()
  for _ in 0..<min(jobs, elements.count) {
    group.enter()
    let thread = Thread {
      while let index = state.next(of: elements.count) {
        do { try body(index, elements[index]) } catch { state.fail(error) }
      }
      group.leave()
    }
    thread.stackSize = 1 << 21
    thread.start()
  }
  group.wait()
  if let error = state.error { throw error }
}

private final class Shared: Sendable {
  private let state = Mutex((next: 0, error: (any Error)?.none))

  func next(of count: Int) -> Int? {
    state.withLock { state in
      guard state.error == nil, state.next < count else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  func fail(_ error: any Error) { state.withLock { if $0.error == nil { $0.error = error } } }
  var error: (any Error)? { state.withLock { $0.error } }
}

/// The smallest value that a share of all does not exceed; 0 of none.
func percentile(_ share: Int, of values: [Int]) -> Int {
  let sorted = values.sorted()
  return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, (sorted.count * share + 99) / 100 - 1)]
}
