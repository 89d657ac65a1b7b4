import ArgumentParser
import Foundation
import JSONTree
import Simulation

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
    let start = ContinuousClock.now
    say("Seeds \(seed) to \(seed + UInt64(max(histories, 1)) - 1), \(jobs) at once")
    let tally = await playAll(since: start)
    let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
    for breach in try kept(tally) { print(breach) }
    print("\nin how many histories")
    for (thing, count) in tally.met.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      print(row(thing, count))
    }
    print("\nlaw, and in how many histories it broke")
    for law in Law.allCases where laws.contains(law) || tally.broken[law] != nil {
      let seeds = (tally.broken[law] ?? []).sorted()
      let some = seeds.prefix(5).map(String.init).joined(separator: " ")
      print(row(law.rawValue, seeds.count) + (seeds.isEmpty ? "" : "  seeds \(some)"))
    }
    let rate = Int(Double(histories) / max(seconds, 0.001))
    print(
      "\n\(histories) histories, \(tally.broken.values.reduce(0) { $0 + $1.count }) laws broken, "
        + "\(Int(seconds)) s, \(rate) histories/s, trace \(String(tally.trace, radix: 16))")
    if !tally.broken.isEmpty { throw ExitCode(1) }
  }

  // MARK: - Many histories

  struct Tally: Sendable {
    var broken: [Law: [UInt64]] = [:]
    /// How many histories have something in them.
    var met: [String: Int] = [:]
    /// The traces of all histories, put together without regard to their order.
    var trace: UInt64 = 0

    mutating func add(_ other: Tally) {
      broken.merge(other.broken) { $0 + $1 }
      met.merge(other.met) { $0 + $1 }
      trace ^= other.trace
    }
  }

  private func playAll(since start: ContinuousClock.Instant) async -> Tally {
    let chunk = 50
    let (first, count, laws, people, steps) = (seed, histories, laws, people, steps)
    var tally = Tally()
    var done = 0
    await withTaskGroup(of: (Tally, Int).self) { group in
      var next = 0
      func addNext() {
        guard next < count else { return }
        let range = next..<min(next + chunk, count)
        next = range.upperBound
        group.addTask {
          var tally = Tally()
          for index in range {
            let seed = first + UInt64(index)
            let history = History(seed: seed, people: people, steps: steps)
            let report = Trial.report(of: history, laws: laws)
            for breach in report.breaches { tally.broken[breach.law, default: []].append(seed) }
            for thing in report.met { tally.met[thing, default: 0] += 1 }
            tally.trace ^= report.trace &* (seed | 1)
          }
          return (tally, range.count)
        }
      }
      for _ in 0..<jobs { addNext() }
      for await (part, played) in group {
        tally.add(part)
        done += played
        for (law, seeds) in part.broken { for seed in seeds { say("Seed \(seed) breaks \(law.rawValue)") } }
        if done % 1_000 == 0 || done == count {
          let seconds = max((ContinuousClock.now - start) / .milliseconds(1), 1) / 1000
          let broken = tally.broken.values.reduce(0) { $0 + $1.count }
          say(
            "\(done) of \(count), \(broken) laws broken, \(Int(Double(done) / max(seconds, 0.001))) a second")
        }
        addNext()
      }
    }
    return tally
  }

  /// Shrinks the first histories that broke each law, keeps them, and says what they are.
  private func kept(_ tally: Tally) throws -> [String] {
    var told: [String] = []
    for law in Law.allCases {
      for seed in (tally.broken[law] ?? []).sorted().prefix(shrink) {
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

/// Progress, beside the results.
private func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

/// A line of a table: a name, and a number below the others.
private func row(_ name: String, _ count: Int) -> String {
  let digits = String(count)
  return "  " + name + String(repeating: " ", count: max(40 - name.count - digits.count, 1)) + digits
}
