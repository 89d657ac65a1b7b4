import ArgumentParser
import Foundation
public import Seeds
public import World

/// Plays random lives of a team with its computers, its addresses and its accidents, and checks the invariants.
@main
struct SimulateWorld: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Tools/simulate world",
    abstract: "Play random lives of a team, with crashes, bad networks and rivals, and check the invariants",
    discussion: """
      Ends with 1 where an invariant broke; the smallest life that breaks it is printed and kept. Control-C stops after
      the lives that were begun, says what was found in all of them and how to go on, and ends with 130.
      """)

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

  @Flag(help: "With --case: say what stands where after each event")
  var story = false

  @Flag(help: "Plant bugs in the engine and below it, one after another, and see how soon each is found")
  var bugs = false

  @Option(help: "Plant this bug alone; with --case, in this life")
  var bug: String?

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
    if let bug { return try await findBugs([try planted(bug)]) }
    if bugs { return try await findBugs(PlantedBug.allCases) }
    let length = length
    let run = await playSeeds(from: seed, count: histories, jobs: jobs, checking: Invariant.self) {
      seed, tally in
      let report = await Life(seed: seed, length: length).report()
      tally.add(
        seed, breaking: Set(report.breaches.map(\.invariant)), met: report.met, trace: report.trace)
    }
    try await tellBroken(run.tally)
    print(
      run.tally.tables(
        metIn: "how often in all lives", checked: Set(Invariant.allCases),
        named: "invariant, and in how many lives it broke"))
    print(run.summary(of: "lives, each played twice", checking: "invariants", asked: histories))
    if !run.tally.broken.isEmpty { throw ExitCode(1) }
    if run.next != nil { throw ExitCode(130) }
  }

  /// Shrinks the first lives that broke each invariant, keeps them, and says what they are.
  private func tellBroken(_ tally: SeedTally<Invariant>) async throws {
    for invariant in Invariant.allCases {
      for seed in tally.seeds(breaking: invariant).prefix(shrink) {
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

  /// Plays lives with each planted bug until an invariant breaks that holds in the same life without it; ends with 1
  /// where one was not found.
  private func findBugs(_ bugs: [PlantedBug]) async throws {
    try refuseWithoutPlants()
    let length = length
    var missed = 0
    print("planted bug                 in seed, by")
    for bug in bugs {
      let found = await firstSeed(from: seed, count: histories, jobs: jobs) { seed -> Set<Invariant>? in
        let life = Life(seed: seed, length: length)
        let broken = Set(await life.report(bug: bug).breaches.map(\.invariant))
        if broken.isEmpty { return nil }
        return await life.report().breaches.isEmpty ? broken : nil
      }
      let name = bug.name.padding(toLength: 27, withPad: " ", startingAt: 0)
      if let found {
        print("\(name) \(found.seed)  \(found.finding.map(\.rawValue).sorted().joined(separator: ", "))")
      } else {
        print("\(name) not found in \(histories)")
        missed += 1
      }
    }
    print("\n\(bugs.count - missed) of \(bugs.count) found")
    if missed > 0 { throw ExitCode(1) }
  }

  private func planted(_ name: String) throws -> PlantedBug {
    try refuseWithoutPlants()
    guard let bug = PlantedBug.allCases.first(where: { $0.name == name }) else {
      throw ValidationError("--bug: no bug has this name")
    }
    return bug
  }

  private func refuseWithoutPlants() throws {
    if PlantedBug.canBeInEngine { return }
    throw ValidationError(
      "This program’s engine can’t be told to err. Tools/simulate world --bugs builds one that can.")
  }

  private func replay(_ file: String) async throws {
    let life = try JSONDecoder().decode(Life.self, from: Data(contentsOf: URL(filePath: file)))
    print(story ? try await life.story() : life.description)
    let breaches = await life.report(bug: try bug.map(planted)).breaches
    for breach in breaches { print(breach) }
    if !breaches.isEmpty { throw ExitCode(1) }
    print("Every invariant holds.")
  }
}

extension Invariant: CheckedProperty {}
