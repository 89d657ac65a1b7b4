import ArgumentParser
import Foundation
import World

/// Plays random lives of a team with its computers, its addresses and its accidents, and checks the invariants.
@main
struct SimulateWorld: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Tools/simulate world",
    abstract: "Play random lives of a team, with crashes, bad networks and rivals, and check the invariants",
    discussion: "Ends with 1 where an invariant broke; the smallest life that breaks it is printed and kept.")

  @Option(help: "How many lives")
  var histories = 1_000

  @Option(help: "The first seed; the others follow")
  var seed: UInt64 = 0

  @Option(help: "How many events a life has at most")
  var length = 40

  @Option(help: "How many lives are played at once")
  var jobs = 2

  @Option(name: .customLong("case"), help: "Play the life of this file instead")
  var file: String?

  @Option(help: "Where lives that break an invariant are kept")
  var keep = ".build/simulate-world"

  @Option(help: "How many lives that break one invariant are shrunk")
  var shrink = 1

  func validate() throws {
    if histories < 0 || jobs < 1 || length < 7 {
      throw ValidationError("--length: at least 7; --jobs: at least 1")
    }
  }

  func run() async throws {
    if let file { return try await replay(file) }
    let start = ContinuousClock.now
    say("Seeds \(seed) to \(seed + UInt64(max(histories, 1)) - 1), \(jobs) at once")
    let tally = await playAll(since: start)
    let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
    try await tellBroken(tally)
    print("\nhow often in all lives")
    for (thing, count) in tally.met.sorted(by: { $0.key < $1.key }) { print(row(thing, count)) }
    print("\ninvariant, and in how many lives it broke")
    for invariant in Invariant.allCases {
      let seeds = (tally.broken[invariant] ?? []).sorted()
      let some = seeds.prefix(5).map(String.init).joined(separator: " ")
      print(row(invariant.rawValue, seeds.count) + (seeds.isEmpty ? "" : "  seeds \(some)"))
    }
    let rate = Int(Double(histories) / max(seconds, 0.001))
    print(
      "\n\(histories) lives, each played twice, \(tally.broken.values.reduce(0) { $0 + $1.count }) invariants "
        + "broken, \(Int(seconds)) s, \(rate) lives/s, trace \(String(tally.trace, radix: 16))")
    if !tally.broken.isEmpty { throw ExitCode(1) }
  }

  struct Tally: Sendable {
    var broken: [Invariant: [UInt64]] = [:]
    var met: [String: Int] = [:]
    /// The traces of all lives, put together without regard to their order.
    var trace: UInt64 = 0

    mutating func add(_ other: Tally) {
      broken.merge(other.broken) { $0 + $1 }
      met.merge(other.met) { $0 + $1 }
      trace ^= other.trace
    }
  }

  private func playAll(since start: ContinuousClock.Instant) async -> Tally {
    let (first, count, length) = (seed, histories, length)
    var tally = Tally()
    var done = 0
    await withTaskGroup(of: Tally.self) { group in
      var next = 0
      let chunk = 20
      func addNext() {
        guard next < count else { return }
        let range = next..<min(next + chunk, count)
        next = range.upperBound
        group.addTask {
          var tally = Tally()
          for index in range {
            let seed = first + UInt64(index)
            let report = await Life(seed: seed, length: length).report()
            for invariant in Set(report.breaches.map(\.invariant)) {
              tally.broken[invariant, default: []].append(seed)
            }
            tally.met.merge(report.met) { $0 + $1 }
            tally.trace ^= report.trace &* (seed | 1)
          }
          return tally
        }
      }
      for _ in 0..<jobs { addNext() }
      for await part in group {
        tally.add(part)
        done = min(done + chunk, count)
        for (invariant, seeds) in part.broken.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
          say("Seeds \(seeds) break \(invariant.rawValue)")
        }
        if done % 1_000 == 0 || done == count {
          let seconds = max((ContinuousClock.now - start) / .milliseconds(1), 1) / 1000
          say("\(done) of \(count), \(Int(Double(done) / max(seconds, 0.001))) a second")
        }
        addNext()
      }
    }
    return tally
  }

  /// Shrinks the first lives that broke each invariant, keeps them, and says what they are.
  private func tellBroken(_ tally: Tally) async throws {
    for invariant in Invariant.allCases {
      for seed in (tally.broken[invariant] ?? []).sorted().prefix(shrink) {
        say("Shrinking seed \(seed), which breaks \(invariant.rawValue)")
        let small = await Life(seed: seed, length: length).shrunk(breaking: invariant)
        let breach = await small.report().breaches.first { $0.invariant == invariant }
        let folder = URL(filePath: keep)
        let place = folder.appending(path: "\(invariant.rawValue)-\(seed).json")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(small).write(to: place)
        print(
          "\n\(breach?.description ?? invariant.rawValue)\n\(small)  Tools/simulate world --case \(place.relativePath)"
        )
      }
    }
  }

  private func replay(_ file: String) async throws {
    let life = try JSONDecoder().decode(Life.self, from: Data(contentsOf: URL(filePath: file)))
    print(life)
    let breaches = await life.report().breaches
    for breach in breaches { print(breach) }
    if !breaches.isEmpty { throw ExitCode(1) }
    print("Every invariant holds.")
  }
}

/// Progress, beside the results.
private func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

/// A line of a table: a name, and a number below the others.
private func row(_ name: String, _ count: Int) -> String {
  let digits = String(count)
  return "  " + name + String(repeating: " ", count: max(40 - name.count - digits.count, 1)) + digits
}
