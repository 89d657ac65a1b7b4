import ArgumentParser
import Foundation
import JSONTree
import Synchronization
import Tables
import TestSupport

/// Many people, each with a clone, who commit and sync at once.
struct Rivals: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let many people commit and sync at once, beside plain git's pull --rebase && push",
    discussion: """
      Every sync that says its work is shared is believed only when a fresh clone of the address holds it. Plain git \
      does the same work in the same run, and tries again until it comes through.
      """)

  @OptionGroup var options: TortureOptions
  @Option(help: "How many people, instead of a few or 20 and 50") var people: Int?
  @Option(help: "How many times each commits and syncs") var rounds: Int?
  @Option(help: "One of path, ssh, http, https, instead of all") var over: Route?

  func run() throws {
    if try Rivals.torture(options, people: people, rounds: rounds, over: over) > 0 { throw ExitCode(1) }
  }

  /// - Returns: How much was lost or said wrongly.
  static func torture(_ options: TortureOptions, people: Int?, rounds: Int?, over: Route?) throws -> Int {
    let sizes = people.map { [$0] } ?? (options.full ? [20, 50] : [4])
    let rounds = rounds ?? (options.full ? 20 : 2)
    var table = MarkdownTable([
      "over", "people", "syncs", "lost", "wrong", "tries", "median", "p95", "at most", "git p95",
      "git at most",
      "git tries",
    ])
    var wrong = 0
    for route in over.map({ [$0] }) ?? Route.allCases where route.isInstalled {
      for count in sizes {
        say("rivals: \(count) people over \(route.rawValue), \(rounds) rounds")
        let ours = try Meeting(count, rounds, route, options)
        try ours.run()
        let lost = try ours.lost()
        let theirs = try PlainGit(count, rounds, route, options)
        try theirs.run()
        for line in ours.problems + lost + theirs.problems { say("rivals over \(route.rawValue): \(line)") }
        wrong += ours.problems.count + lost.count
        let (times, plain) = (ours.times, theirs.times)
        table.rows.append([
          route.rawValue, "\(count)", grouped(times.count), "\(lost.count)", "\(ours.problems.count)",
          grouped(ours.tries), "\(percentile(50, of: times)) ms", "\(percentile(95, of: times)) ms",
          "\(times.max() ?? 0) ms", "\(percentile(95, of: plain)) ms", "\(plain.max() ?? 0) ms",
          grouped(theirs.tries),
        ])
      }
    }
    print("\nrivals, seed \(options.seed)\n\(table.text)")
    return wrong
  }
}

/// People with Ligne.
private final class Meeting: Sendable {
  private let count: Int
  private let rounds: Int
  private let place: TemporaryFolder
  private let folder: String
  private let program: String
  private let host: Host
  private let state = Mutex(State())

  private struct State {
    var times: [Int] = []
    var tries = 0
    var problems: [String] = []
  }

  init(_ count: Int, _ rounds: Int, _ route: Route, _ options: TortureOptions) throws {
    (self.count, self.rounds, program) = (count, rounds, try options.program())
    place = try options.newPlace()
    folder = "\(place.path)/team"
    let world = try World.founded(in: folder, program: program)
    host = try Host(route, root: folder)
    for number in 0..<count {
      let person = person(number)
      try person.must("clone", world.address, "p\(number)", in: folder)
      try Program.git("config", "remote.origin.url", host.address("team.git"), in: person.folder)
    }
  }

  var times: [Int] { state.withLock { $0.times } }
  var tries: Int { state.withLock { $0.tries } }
  var problems: [String] { state.withLock { $0.problems } }

  private func person(_ number: Int) -> Person {
    Person(name: "P\(number)", folder: "\(folder)/p\(number)", program: program)
  }

  private var copy: String { "\(folder)/team.git" }

  func run() throws {
    try inParallel(count, Array(0..<count)) { [self] _, number in
      let person = person(number)
      for round in 0..<rounds {
        // A field of one's own in a document that everybody changes.
        try person.must(
          "set", Post.allCases[(number + round) % 4].path, "/field\(number)", "p\(number)-r\(round)")
        try person.must("commit", "-m", "p\(number)-r\(round)")
        let version = try FolderState.head(of: person.folder)
        let start = ContinuousClock.now
        let answer = try person.ligne(
          ["sync", "--json"], environment: host.environment, timeLimit: .seconds(600))
        let time = Int((ContinuousClock.now - start) / .milliseconds(1))
        var problems: [String] = []
        if !answer.isDone {
          problems.append("\(answer)")
        } else if answer.count("waiting") != 0 {
          problems.append("p\(number) waits after \(answer.count("attempts") ?? 0) attempts")
        } else if try !versionsMissing([version], at: copy, cloningInto: "\(folder)/fresh\(number)").isEmpty {
          problems.append("said to be shared, but a fresh clone lacks \(version)")
        }
        state.withLock { state in
          state.times.append(time)
          state.tries += answer.count("attempts") ?? 1
          state.problems += problems
        }
      }
    }
  }

  /// What people set last and somebody who clones the address in the end does not find.
  func lost() throws -> [String] {
    // Once more each, one after the other: the first brings everything together, the others receive it.
    for number in 0..<count {
      let answer = try person(number).ligne(["sync"], environment: host.environment)
      if !answer.isDone { return ["in the end: \(answer)"] }
    }
    let fresh = Person(name: "Zoe", folder: "\(folder)/fresh", program: program)
    try fresh.must("clone", copy, "fresh", in: folder)
    var lost: [String] = []
    for number in 0..<count {
      for round in max(0, rounds - 4)..<rounds {
        let text = try String(
          contentsOfFile: "\(fresh.folder)/\(Post.allCases[(number + round) % 4].path)", encoding: .utf8)
        if !text.contains("\"p\(number)-r\(round)\"") { lost.append("p\(number)-r\(round)") }
      }
    }
    let fsck = try Program.run("git", ["-C", copy, "fsck", "--no-dangling", "--no-progress"])
    if fsck.status != 0 || !fsck.text.isEmpty { lost.append("git fsck: \(fsck.text) \(fsck.errorText)") }
    return lost
  }
}

/// The same people with plain git, each with a file of their own, so that nothing ever conflicts.
private final class PlainGit: Sendable {
  private let count: Int
  private let rounds: Int
  private let place: TemporaryFolder
  private let host: Host
  private let state = Mutex((times: [Int](), tries: 0, problems: [String]()))

  init(_ count: Int, _ rounds: Int, _ route: Route, _ options: TortureOptions) throws {
    (self.count, self.rounds) = (count, rounds)
    place = try options.newPlace()
    try Program.git("init", "-q", "--bare", "-b", "main", "team.git", in: place.path)
    host = try Host(route, root: place.path)
    try Program.git("init", "-q", "-b", "main", "first", in: place.path)
    let first = "\(place.path)/first"
    try Program.git("commit", "-q", "--allow-empty", "-m", "first", in: first)
    try Program.git("push", "-q", "../team.git", "main", in: first)
    for number in 0..<count {
      try Program.git("clone", "-q", "team.git", "p\(number)", in: place.path)
      try Program.git(
        "config", "remote.origin.url", host.address("team.git"), in: "\(place.path)/p\(number)")
    }
  }

  var times: [Int] { state.withLock { $0.times } }
  var tries: Int { state.withLock { $0.tries } }
  var problems: [String] { state.withLock { $0.problems } }

  func run() throws {
    try inParallel(count, Array(0..<count)) { [self] _, number in
      let folder = "\(place.path)/p\(number)"
      for round in 0..<rounds {
        try Data("p\(number)-r\(round)\n".utf8).write(to: URL(filePath: "\(folder)/p\(number).json"))
        try Program.git("add", ".", in: folder)
        try Program.git("commit", "-q", "-m", "p\(number)-r\(round)", in: folder)
        let start = ContinuousClock.now
        var tries = 0
        var isShared = false
        while !isShared, tries < 1000 {
          tries += 1
          let environment = Program.gitEnvironment.merging(host.environment) { _, own in own }
          isShared =
            try ["pull --rebase -q", "push -q"].allSatisfy { words in
              try Program.run(
                "git", words.split(separator: " ").map(String.init), environment: environment, folder: folder,
                timeLimit: .seconds(600)
              ).status == 0
            }
        }
        let time = Int((ContinuousClock.now - start) / .milliseconds(1))
        state.withLock { state in
          state.times.append(time)
          state.tries += tries
          if !isShared { state.problems.append("plain git gave up") }
        }
      }
    }
  }
}
