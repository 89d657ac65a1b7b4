import ArgumentParser
import CLibgit2
import Foundation
import JSONTree
import Peers
import ThreeWayMerge

/// Times merges of one document, beside git's merge by lines and nbdime, in one run.
///
/// Everybody gets the three contents and gives the merged one: reading and writing JSON counts, files and the start
/// of programs do not, but for git as a program, which is shown beside git's own start.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Merges of documents of 3 KB and 300 KB, clean and conflicting, and how the cost grows")

  @Option(help: "How often each is merged, at the smallest size") var runs = 41
  @Flag(help: "Ligne only: how its cost grows") var alone = false

  private static let sizes = [3_000, 300_000]

  func run() throws {
    if alone { return try showGrowth() }
    git_libgit2_init()
    print("A conversation; each side edits one message in twenty. Medians; MB of the base a second.\n")
    for size in Self.sizes {
      for meeting in MergeDocument.Meeting.allCases { try compare(size: size, meeting) }
    }
    try showGrowth()
  }

  // MARK: - Beside others

  private struct Row {
    var name: String
    /// In seconds.
    var time: Double
  }

  private func compare(size: Int, _ meeting: MergeDocument.Meeting) throws {
    let versions = MergeDocument.versions(size: size, meeting)
    let runs = max(5, runs * 3_000 / size)
    let repeats = Self.repeats(size)
    // In turn, so that a busy moment meets all of them.
    var (ours, lines, program, start): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    let files = try TemporaryFiles(versions)
    let mergeFile = Command(words: ["git", "merge-file", "-p", files.ours, files.base, files.theirs])
    let version = Command(words: ["git", "--version"])
    for _ in 0..<runs {
      ours.append(try seconds(repeats) { try merge(versions, meeting) })
      lines.append(
        try seconds(repeats) {
          _ = try LineMerge.merge(base: versions.base, ours: versions.ours, theirs: versions.theirs)
        })
      // It ends with the number of conflicts.
      program.append(try mergeFile.run(accepting: 0...127).milliseconds / 1e3)
      start.append(try version.run().milliseconds / 1e3)
    }
    let nbdime = try nbdimeSeconds(versions, runs: min(runs, 11))

    var rows = [
      Row(name: "Ligne", time: median(ours)), Row(name: "git’s lines, in process", time: median(lines)),
      Row(name: "git merge-file, a program", time: median(program)),
      Row(name: "  of which its start", time: median(start)),
    ]
    if let time = nbdime.time { rows.append(Row(name: "nbdime", time: time)) }
    var columns = Columns([
      "\(size / 1_000) KB, \(meeting.rawValue)", "ms", "merges/s", "MB/s", "beside Ligne",
    ])
    for row in rows {
      columns.add([
        row.name, figure(row.time * 1e3), figure(1 / row.time),
        figure(Double(versions.base.count) / row.time / 1e6), figure(row.time / rows[0].time) + " ×",
      ])
    }
    print(columns.text + "\n")
    if let trouble = nbdime.trouble { print("nbdime gave no result: \(trouble)\n") }
  }

  /// Merges once, and sees that the meeting is what its name says.
  private func merge(_ versions: Versions<[UInt8]>, _ meeting: MergeDocument.Meeting) throws {
    let outcome = try mergeFileContents(versions, isJSON: true, rules: .byShape)
    guard outcome.conflicts.isEmpty == (meeting == .clean) else {
      throw ValidationError("A \(meeting.rawValue) merge is none.")
    }
  }

  private func nbdimeSeconds(
    _ versions: Versions<[UInt8]>, runs: Int
  ) throws -> (time: Double?, trouble: String?) {
    let cases = (0..<runs).map {
      Peers.Case(
        id: "\($0)", isJSON: true, base: versions.base, ours: versions.ours, theirs: versions.theirs)
    }
    let answers = try Peers().answers(to: cases, only: ["nbdime"], jobs: 1)
    // The first one loads nbdime.
    let times = answers.dropFirst().filter { $0.trouble == nil }.map(\.seconds)
    return (times.isEmpty ? nil : median(times), answers.compactMap(\.trouble).first)
  }

  // MARK: - Growth

  private func showGrowth() throws {
    var columns = Columns(["Ligne, by size", "clean, ms", "ms for 1 MB", "conflicting, ms", "ms for 1 MB"])
    for size in [3_000, 30_000, 300_000, 3_000_000] {
      let cells = try MergeDocument.Meeting.allCases.flatMap { meeting in
        let versions = MergeDocument.versions(size: size, meeting)
        let times = try (0..<max(5, runs * 3_000 / size)).map { _ in
          try seconds(Self.repeats(size)) { try merge(versions, meeting) }
        }
        let time = median(times) * 1e3
        return [figure(time), figure(time * 1e6 / Double(versions.base.count))]
      }
      columns.add([size < 1_000_000 ? "\(size / 1_000) KB" : "\(size / 1_000_000) MB"] + cells)
    }
    print(columns.text + "\n")
  }

  /// How many small merges are timed as one: nbdime as well merges one behind the other, and a clock has its limits.
  private static func repeats(_ size: Int) -> Int { max(1, 60_000 / size) }

  /// What each of several runs in a row took.
  private func seconds(_ repeats: Int, _ work: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure { for _ in 0..<repeats { try work() } }.milliseconds / 1e3 / Double(repeats)
  }
}

/// The three contents as files, for a program; gone when nobody holds it any more.
private final class TemporaryFiles {
  let base: String
  let ours: String
  let theirs: String
  private let folder: URL

  init(_ versions: Versions<[UInt8]>) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "ligne-measure-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    (base, ours, theirs) = (folder.path + "/base", folder.path + "/ours", folder.path + "/theirs")
    for (path, bytes) in [(base, versions.base), (ours, versions.ours), (theirs, versions.theirs)] {
      try Data(bytes).write(to: URL(filePath: path))
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
