import ArgumentParser
import Foundation
import Tables
import TestSupport

/// Answers each call that changes a file with an error of the disk.
struct Faults: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer each call that changes a file with an error of the disk, once and from then on")

  @OptionGroup var options: TortureOptions
  @Option(help: "This scenario only") var only: String?
  @Option(help: "This call only; may be given several times") var at: [Int] = []
  @Option(help: "How many points of each scenario and kind of error, instead of a few or all") var points:
    Int?

  func run() throws {
    if try Faults.torture(options, only: only, at: at, points: points) > 0 { throw ExitCode(1) }
  }

  /// Calls whose errors were once answered wrongly; the short form tries them each time.
  ///
  /// - `fsync /.git/refs/heads`: the reference has moved by then, and was told of as if it had not.
  private static let onceWrong: Set = ["fsync /.git/refs/heads"]

  /// - Returns: At how many points something was wrong.
  static func torture(
    _ options: TortureOptions, only: String?, at: [Int], points: Int?
  ) throws -> Int {
    let kinds = Spoiling.errors.flatMap { error in
      [false, true].map { Spoiling(action: .error(error.number), isSticky: $0) }
    }
    let share = options.full || !at.isEmpty ? Int.max : points ?? 1
    let rows = try Sweep(title: "faults", options: options) { calls, random in
      kinds.flatMap { kind in
        let known = calls.indices.filter { onceWrong.contains(calls[$0]) }.map { $0 + 1 }
        return Set(places(in: calls.count, atMost: share, &random) + known).sorted().map { place in
          var spoiling = kind
          spoiling.at = place
          return spoiling
        }
      }
    }.run(only: only, at: at)
    var table = MarkdownTable(["answered with an error", "calls", "points", "done all the same", "wrong"])
    for row in rows {
      table.rows.append([
        row.name, grouped(row.calls), grouped(row.reached), grouped(row.saidDone), grouped(row.wrong),
      ])
    }
    print("\nfaults, seed \(options.seed)\n\(table.text)")
    return rows.reduce(0) { $0 + $1.wrong }
  }
}
