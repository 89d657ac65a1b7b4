import ArgumentParser
import Foundation
import JSONTree
import ThreeWayMerge

/// Replays merges that people once made, and compares what comes out with what they made of it.
@main
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Tools/replay",
    abstract: "Replay real merges and compare the results with those of the people who made them")

  @Option(help: "Where the material is, in folders merges/json, merges/prose and merges/traces")
  var corpus = "../shared/corpus"

  @Option(help: "Only json, prose or traces")
  var only: String?

  @Option(help: "Name the cases with this verdict, such as “conflict”")
  var list: String?

  @Option(help: "Print what this case merges to, and nothing else")
  var show: String?

  func run() throws {
    let folder = URL(filePath: corpus)
    if let show { return try write(resultOf: show, in: folder) }
    for (kind, isJSON) in [("json", true), ("prose", false), ("traces", false)]
    where only == nil || only == kind {
      let cases = try MergeCase.read(kind, in: folder)
      let all = cases.map { $0.score(isJSON: isJSON) }
      let scores = all.filter { $0.verdict != .duplicateKeys }
      print("\(kind): \(scores.count) cases, \(all.count - scores.count) with duplicate keys")
      for (name, part) in [
        ("all", scores),
        ("git conflict", scores.filter { if case .conflict = $0.git { true } else { false } }),
        ("git right", scores.filter { if case .clean(true) = $0.git { true } else { false } }),
      ] where !part.isEmpty {
        print("  \(name): \(part.count)")
        for verdict in Verdict.allCases {
          let count = part.count { $0.verdict == verdict }
          print("    \(verdict.rawValue): \(count)  \(Double(count * 1000 / part.count) / 10) %")
        }
      }
      for breach in Breach.allCases {
        let broken = scores.filter { $0.breaches.contains(breach) }
        print("  \(breach.rawValue): \(broken.count)")
        for score in broken.prefix(12) { print("    \(score.id) \(score.remarks) \(score.time)") }
      }
      for score in scores where score.verdict.rawValue == list { tell(score) }
    }
  }

  private func write(resultOf name: String, in folder: URL) throws {
    for (kind, isJSON) in [("json", true), ("prose", false), ("traces", false)] {
      guard let found = try MergeCase.read(kind, in: folder).first(where: { $0.id == name }) else { continue }
      let outcome = try mergeFileContents(found.versions, isJSON: isJSON, rules: .byShape)
      return FileHandle.standardOutput.write(Data(outcome.bytes))
    }
    throw ReplayTrouble(description: "no case is named \(name)")
  }

  /// A case, and how our result differs from the people's.
  private func tell(_ score: Score) {
    print("  \(score.git) \(score.human) \(score.id)")
    if !score.doubts.isEmpty {
      print("    in doubt: \(score.doubts.map(\.description).joined(separator: " "))")
    }
    for change in score.differences.prefix(6) {
      let (human, ours) = (shortened(change.from), shortened(change.to))
      print("    \(change.change.rawValue) \(change.pointer)  human: \(human)  ours: \(ours)")
    }
  }

  private func shortened(_ value: JSONValue?) -> String {
    guard let value else { return "–" }
    let text = String(decoding: value.canonicalBytes, as: UTF8.self)
    return text.count > 100 ? text.prefix(100) + "…" : text
  }
}
