import ArgumentParser
import Foundation
import JSONTree
import Peers
import Tables
import ThreeWayMerge

/// Replays merges that people once made, and compares what comes out with what they made of it.
@main
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Tools/replay",
    abstract: "Replay real merges and compare the results with those of the people who made them")

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case json, prose, traces, sessions

    var title: String {
      switch self {
      case .json: "JSON merges"
      case .prose: "Prose merges"
      case .traces: "Writing traces"
      case .sessions: "Writing sessions, as histories"
      }
    }
  }

  @Option(help: "Where the material is, in folders merges/json, merges/prose, merges/traces, writing-traces")
  var corpus = "../shared/corpus"

  @Option(help: "Only this kind: \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
  var only: Kind?

  @Option(help: "Only one case in so many, evenly spread")
  var every = 1

  @Flag(help: "Other mergers on the same cases in the same run")
  var peers = false

  @Option(help: "Name the cases with this verdict, such as “clean, other”, with what differs")
  var list: String?

  @Option(help: "Print what this case merges to, and nothing else")
  var show: String?

  func validate() throws {
    if every < 1 { throw ValidationError("--every takes a number from 1 on.") }
    if let list, Verdict(rawValue: list) == nil {
      throw ValidationError(
        "--list takes one of: \(Verdict.allCases.map(\.rawValue).joined(separator: "; "))")
    }
  }

  func run() throws {
    let folder = URL(filePath: corpus)
    if let show { return try write(resultOf: show, in: folder) }
    let others = peers ? try Peers() : nil
    var hasBreach = false
    for kind in Kind.allCases where only == nil || only == kind {
      Swift.print("### \(kind.title)\n")
      if kind == .sessions {
        try replaySessions(in: folder)
      } else {
        hasBreach = try replay(kind, in: folder, others) || hasBreach
      }
    }
    if hasBreach { throw ExitCode.failure }
  }

  // MARK: - Merges of files

  /// - Returns: Whether something happened that must never happen.
  private func replay(_ kind: Kind, in folder: URL, _ others: Peers?) throws -> Bool {
    let read = try MergeCase.read(kind.rawValue, in: folder)
    let cases = read.enumerated().filter { $0.offset.isMultiple(of: every) }.map(\.element)
    let judged = cases.map { $0.score(isJSON: kind == .json) }
    let scores = judged.filter { $0.verdict != .duplicateKeys }
    let compared = zip(cases, judged).filter { $0.1.verdict != .duplicateKeys }.map(\.0)
    var table = MarkdownTable(["merger", "cases"] + Verdict.compared.map(\.rawValue))
    table.add("Ligne", scores.map(\.verdict))
    for (peer, verdicts) in try others?.verdicts(on: compared, isJSON: kind == .json) ?? [] {
      table.add(peer, verdicts)
    }
    let refused = scores.filter { if case .conflict = $0.git { true } else { false } }
    let settled = scores.filter { if case .clean(true) = $0.git { true } else { false } }
    if !refused.isEmpty { table.add("Ligne, where git’s lines conflict", refused.map(\.verdict)) }
    if !settled.isEmpty { table.add("Ligne, where git’s lines are right", settled.map(\.verdict)) }
    Swift.print(table.text)
    if judged.count > scores.count {
      Swift.print(
        "\n\(grouped(judged.count - scores.count)) more hold an object with one key twice: none is merged.")
    }
    Swift.print()

    var never = MarkdownTable(["never", "cases"])
    for breach in Breach.allCases {
      never.rows.append([breach.rawValue, grouped(scores.count { $0.breaches.contains(breach) })])
    }
    Swift.print(never.text + "\n")
    let slowest = scores.map(\.time).max() ?? .zero
    Swift.print("The slowest merge took \(milliseconds(slowest)) ms.\n")
    for score in scores where !score.breaches.isEmpty {
      Swift.print("\(score.breaches.map(\.rawValue)): \(score.id) \(score.remarks)")
    }
    for score in scores where score.verdict.rawValue == list { tell(score) }
    return scores.contains { !$0.breaches.isEmpty }
  }

  /// A case, and how our result differs from the people's.
  private func tell(_ score: Score) {
    Swift.print("- \(score.id), the people took: \(score.human)")
    if !score.doubts.isEmpty {
      Swift.print("    in doubt: \(score.doubts.map(\.description).joined(separator: " "))")
    }
    for change in score.differences.prefix(6) {
      let (human, ours) = (shortened(change.from), shortened(change.to))
      Swift.print("    \(change.change.rawValue) \(change.pointer)  people: \(human)  ours: \(ours)")
    }
  }

  private func shortened(_ value: JSONValue?) -> String {
    guard let value else { return "–" }
    let text = String(decoding: value.canonicalBytes, as: UTF8.self)
    return text.count > 100 ? text.prefix(100) + "…" : text
  }

  private func write(resultOf name: String, in folder: URL) throws {
    for kind in [Kind.json, .prose, .traces] {
      guard let found = try MergeCase.read(kind.rawValue, in: folder).first(where: { $0.id == name }) else {
        continue
      }
      let outcome = try mergeFileContents(found.versions, isJSON: kind == .json, rules: .byShape)
      return FileHandle.standardOutput.write(Data(outcome.bytes))
    }
    throw ReplayTrouble(description: "no case is named \(name)")
  }

  // MARK: - Sessions

  /// How much of a session is replayed. The rest has no point that all writers share, and costs the square of it.
  private static let steps = 4000

  private func replaySessions(in folder: URL) throws {
    var table = MarkdownTable(["session", "joins", "right", "conflict", "wrong", "ms"])
    for name in ["friendsforever", "clownschool"] {
      let file = folder.appending(path: "writing-traces/concurrent_traces/\(name).json.gz")
      let outcome = try SessionReplay.play(WritingSession(file), upTo: Self.steps)
      table.rows.append(
        ["\(name), first \(grouped(Self.steps)) steps"]
          + [outcome.joins, outcome.right, outcome.conflicts, outcome.wrong].map(grouped)
          + [milliseconds(outcome.time)])
    }
    Swift.print(table.text + "\n")
  }

  private func milliseconds(_ time: Duration) -> String {
    grouped(Int(time.components.seconds) * 1000 + Int(time.components.attoseconds / 1_000_000_000_000_000))
  }
}

extension MarkdownTable {
  fileprivate mutating func add(_ name: String, _ verdicts: [Verdict]) {
    rows.append(
      [name, grouped(verdicts.count)]
        + Verdict.compared.map { verdict in percent(verdicts.count { $0 == verdict }, of: verdicts.count) })
  }
}
