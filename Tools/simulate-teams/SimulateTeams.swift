import ArgumentParser
import Foundation
import JSONTree
public import Seeds
public import Simulation

/// Plays random histories of a team, and checks that the laws of the merge hold in each.
@main
struct SimulateTeams: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Tools/simulate",
    abstract: "Play random histories of a team and check the laws of the merge",
    discussion: "Ends with 1 where a law broke; the smallest history that breaks it is printed and kept.")

  @Option(help: "How many histories")
  var histories = 2_000

  @Option(help: "The first seed; the others follow")
  var seed: UInt64 = 0

  @Option(help: "How many people, instead of three to five by the seed")
  var people: Int?

  @Option(help: "How many steps a history has at most")
  var steps = 16

  @Option(help: "How many histories are played at once")
  var jobs = 2

  @Option(name: .customLong("case"), help: "Play the history of this file instead")
  var file: String?

  @Option(help: "Look at this law only; may be given several times")
  var law: [String] = []

  @Option(help: "Where histories that break a law are kept")
  var keep = ".build/simulate"

  @Option(help: "How many histories that break one law are shrunk")
  var shrink = 1

  func validate() throws {
    if let people, !(1...9).contains(people) { throw ValidationError("--people: from 1 to 9") }
    if histories < 0 || jobs < 1 || steps < 4 {
      throw ValidationError("--steps: at least 4; --jobs: at least 1")
    }
    for name in law where Law(rawValue: name) == nil {
      throw ValidationError("--law: one of \(Law.allCases.map(\.rawValue).joined(separator: ", "))")
    }
  }

  private var laws: Set<Law> { law.isEmpty ? Law.all : Set(law.compactMap(Law.init)) }

  func run() async throws {
    if let file { return try replay(file) }
    let (people, steps, laws) = (people, steps, laws)
    let run = await playSeeds(from: seed, count: histories, jobs: jobs, checking: Law.self) {
      seed, tally in
      let report = Trial.report(of: History(seed: seed, people: people, steps: steps), laws: laws)
      tally.add(
        seed, breaking: Set(report.breaches.map(\.law)),
        met: Dictionary(uniqueKeysWithValues: report.met.map { ($0, 1) }), trace: report.trace)
    }
    for breach in try kept(run.tally) { print(breach) }
    print(
      run.tally.tables(
        metIn: "in how many histories", checked: laws, named: "law, and in how many histories it broke"))
    print(run.summary(of: "histories", checking: "laws", asked: histories))
    if !run.tally.broken.isEmpty { throw ExitCode(1) }
    if run.next != nil { throw ExitCode(130) }
  }

  // MARK: - Many histories

  /// Shrinks the first histories that broke each law, keeps them, and says what they are.
  private func kept(_ tally: SeedTally<Law>) throws -> [String] {
    var told: [String] = []
    for law in Law.allCases {
      for seed in tally.seeds(breaking: law).prefix(shrink) {
        say("Shrinking seed \(seed), which breaks \(law.rawValue)")
        let history = History(seed: seed, people: people, steps: steps)
        let small = history.shrunk { candidate in
          Trial.report(of: candidate, laws: [law]).breaches.contains { $0.law == law }
        }
        let detail = Trial.report(of: small, laws: [law]).breaches.first { $0.law == law }?.detail ?? ""
        let place = URL(filePath: keep).appending(path: "\(law.rawValue)-\(seed).json")
        try FileManager.default.createDirectory(at: URL(filePath: keep), withIntermediateDirectories: true)
        try Data(Case(law: law, history: small, seed: seed, isOpen: true).value.canonicalForm).write(
          to: place)
        told.append(
          """

          Seed \(seed) breaks \(law.rawValue): \(detail)
          \(small)
            Tools/simulate --case \(place.relativePath)
          """)
      }
    }
    return told
  }

  // MARK: - One history

  private func replay(_ file: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: file))
    guard let known = Case(try JSONValue(parsing: Array(bytes))) else {
      throw ValidationError("\(file) holds no history")
    }
    print(known.history)
    let breaches = Trial.report(of: known.history, laws: laws).breaches
    // A history that can't be played to its end breaks a law, which is told below.
    for line in (try? Trial(known.history).changedFiles()) ?? [] { print("  \(line)") }
    for breach in breaches { print(breach) }
    if !breaches.isEmpty { throw ExitCode(1) }
    print("Every law holds.")
  }
}

extension Law: CheckedProperty {}
