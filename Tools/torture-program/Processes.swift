import ArgumentParser
import Foundation
import JSONTree
import Synchronization
import Tables
import TestSupport

/// Many commands at once in one folder.
struct Processes: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run many commands at once in one workspace",
    discussion: """
      Each process sets fields of its own document and of one that all share, makes documents, commits, syncs and asks \
      for the status, by chance. Afterwards everything that was said to be done has to be there.
      """)

  @OptionGroup var options: TortureOptions
  @Option(help: "How many processes, instead of 1, 8 and 32") var people: Int?
  @Option(help: "How many commands each of them runs") var commands: Int?

  func run() throws {
    if try Processes.torture(options, people: people, commands: commands) > 0 { throw ExitCode(1) }
  }

  /// - Returns: How much was lost, and how many errors were shown.
  static func torture(_ options: TortureOptions, people: Int?, commands: Int?) throws -> Int {
    let usual = options.full ? [(1, 100), (8, 200), (32, 50)] : [(1, 6), (8, 4), (32, 1)]
    let sizes = people.map { [($0, commands ?? 10)] } ?? usual.map { ($0.0, commands ?? $0.1) }
    var table = MarkdownTable(["at once", "commands", "lost", "errors", "median", "p95", "at most"])
    var wrong = 0
    for (people, commands) in sizes {
      let crowd = try Crowd(people, commands, options)
      try crowd.run()
      let lost = try crowd.lost()
      let (errors, times) = crowd.outcome
      for line in lost { say("processes: lost: \(line)") }
      for line in errors { say("processes: \(line)") }
      wrong += lost.count + errors.count
      table.rows.append([
        "\(people)", grouped(people * commands), "\(lost.count)", "\(errors.count)",
        "\(percentile(50, of: times)) ms", "\(percentile(95, of: times)) ms", "\(times.max() ?? 0) ms",
      ])
    }
    print("\nprocesses, seed \(options.seed)\n\(table.text)")
    return wrong
  }
}

/// Processes at work in one folder, and what they were told is done.
private final class Crowd: Sendable {
  private let count: Int
  private let commands: Int
  private let seed: UInt64
  private let jobs: Int
  private let place: TemporaryFolder
  private let world: World
  private let state = Mutex(State())

  private struct State {
    /// What a field was set to last, by document and pointer.
    var fields: [String: String] = [:]
    /// Documents that were made.
    var made: [String] = []
    var errors: [String] = []
    var times: [Int] = []
  }

  init(_ count: Int, _ commands: Int, _ options: TortureOptions) throws {
    (self.count, self.commands, seed, jobs) = (count, commands, options.seed, count)
    place = try options.newPlace()
    world = try World.founded(in: "\(place.path)/team", program: try options.program())
  }

  var outcome: (errors: [String], times: [Int]) { state.withLock { ($0.errors, $0.times) } }

  func run() throws {
    say("processes: \(count) at once, \(commands) commands each")
    try inParallel(count, Array(0..<count)) { [self] _, number in
      var random = SeededRandom(seed: seed &* 1000 &+ UInt64(number))
      for round in 0..<commands { try step(number, round, &random) }
    }
  }

  private func step(_ number: Int, _ round: Int, _ random: inout SeededRandom) throws {
    let token = "p\(number)-r\(round)"
    switch random.next() % 10 {
    case 0..<4:
      // A field nobody else sets: of a post that everybody changes, or of one of four.
      let post = random.chance(1, in: 2) ? Post.first : Post.allCases[number % 4]
      let pointer = "/field\(number)"
      if try timed(["set", post.path, pointer, token]).isDone {
        state.withLock { $0.fields["\(post.path) \(pointer)"] = token }
      }
    case 4:
      let answer = try timed(["new", "post", "--title", token, "--json"])
      if answer.isDone, let path = answer.json?["path"]?.text { state.withLock { $0.made.append(path) } }
    case 5, 6: _ = try timed(["commit", "-m", token], allowed: ["nothing-to-commit"])
    case 7, 8: _ = try timed(["status", "--json"])
    default: _ = try timed(["sync", "--json"])
    }
  }

  /// - Parameter allowed: Codes of errors that are no trouble.
  private func timed(_ words: [String], allowed: [String] = []) throws -> Answer {
    let start = ContinuousClock.now
    let asJSON = words.contains("--json") ? words : words + ["--json"]
    let answer = try world.ana.ligne(asJSON, timeLimit: .seconds(300))
    let time = Int((ContinuousClock.now - start) / .milliseconds(1))
    let isFine = answer.isDone || answer.errorCode.map(allowed.contains) == true
    state.withLock { state in
      state.times.append(time)
      if !isFine { state.errors.append("\(answer)") }
    }
    return answer
  }

  /// What was said to be done and is not to be found by somebody who clones the team's address.
  func lost() throws -> [String] {
    let last = try world.ana.ligne(["commit", "-m", "The rest", "--json"])
    guard last.isDone || last.errorCode == "nothing-to-commit" else { throw TortureFailure("\(last)") }
    try world.ana.must("sync")
    let fresh = Person(name: "Zoe", folder: "\(world.folder)/fresh", program: world.program)
    try fresh.must("clone", world.address, "fresh", in: world.folder)
    var lost: [String] = []
    let (fields, made) = state.withLock { ($0.fields, $0.made) }
    for (place, token) in fields.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      let words = place.split(separator: " ").map(String.init)
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(fresh.folder)/\(words[0])")))
      let found = try JSONValue(parsing: bytes)[JSONString(String(words[1].dropFirst()))]?.text
      if found != token { lost.append("\(place) is \(found ?? "missing"), not \(token)") }
    }
    for path in made where !FileManager.default.fileExists(atPath: "\(fresh.folder)/\(path)") {
      lost.append("\(path) is missing")
    }
    for folder in [world.ana.folder, world.address] {
      let fsck = try Program.run("git", ["-C", folder, "fsck", "--no-dangling", "--no-progress"])
      if fsck.status != 0 || !fsck.text.isEmpty { lost.append("git fsck: \(fsck.text) \(fsck.errorText)") }
    }
    return lost
  }
}
