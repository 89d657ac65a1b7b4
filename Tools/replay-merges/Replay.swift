import ArgumentParser
import Foundation
import JSONTree

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

  func run() throws {
    let folder = URL(filePath: corpus)
    for (kind, isJSON) in [("json", true), ("prose", false), ("traces", false)]
    where only == nil || only == kind {
      let cases = try MergeCase.read(kind, in: folder)
      let scores = cases.map { $0.score(isJSON: isJSON) }
      print("\(kind): \(scores.count) cases")
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
      for score in scores where score.verdict.rawValue == list {
        print("  \(score.git) \(score.id) \(score.doubts.map(\.description).joined(separator: " "))")
      }
    }
  }
}
