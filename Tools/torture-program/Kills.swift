import ArgumentParser
import Foundation
import Tables
import TestSupport

/// Kills the program, and all it started, before each call that changes a file.
struct Kills: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Kill commands at each call that changes a file")

  @OptionGroup var options: TortureOptions
  @Option(help: "This scenario only") var only: String?
  @Option(help: "This call only; may be given several times") var at: [Int] = []
  @Option(help: "How many points of each scenario, instead of a few or all") var points: Int?

  func run() throws {
    if try Kills.torture(options, only: only, at: at, points: points) > 0 { throw ExitCode(1) }
  }

  /// - Returns: At how many points something was wrong.
  static func torture(
    _ options: TortureOptions, only: String?, at: [Int], points: Int?
  ) throws -> Int {
    let share = options.full || !at.isEmpty ? Int.max : points ?? 6
    let rows = try Sweep(title: "kills", options: options) { calls, random in
      places(in: calls.count, atMost: share, &random).map { Spoiling(action: .kill, at: $0) }
    }.run(only: only, at: at)
    var table = MarkdownTable(["killed", "calls", "points", "wrong", "next command, p95", "at most"])
    for row in rows {
      table.rows.append([
        row.name, grouped(row.calls), grouped(row.reached), grouped(row.wrong),
        "\(percentile(95, of: row.recoveries)) ms", "\(row.recoveries.max() ?? 0) ms",
      ])
    }
    print("\nkills, seed \(options.seed)\n\(table.text)")
    return rows.reduce(0) { $0 + $1.wrong }
  }
}

/// Numbers from 1 to `count`: all of them, or as many as wanted, spread by chance.
func places(in count: Int, atMost wanted: Int, _ random: inout SeededRandom) -> [Int] {
  guard count > wanted else { return count > 0 ? Array(1...count) : [] }
  // One of each stretch, so that no part of the command is left out.
  return (0..<wanted).map { stretch in
    let (from, to) = (count * stretch / wanted, count * (stretch + 1) / wanted)
    return from + 1 + Int(random.next() % UInt64(to - from))
  }
}
