import ArgumentParser
import Foundation
import JSONTree
import Synchronization
import Tables
import TestSupport

/// Spoils the connection between the program and its host at each kilobyte, and kills the host in mid-push.
struct Network: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cut, stall and corrupt the connection at each kilobyte, and kill the host in mid-push",
    discussion: """
      Over git://, through a proxy of our own. A sync may say that its work is shared only if a fresh clone of the \
      address holds it, and the next sync over a sound connection heals everything.
      """)

  @OptionGroup var options: TortureOptions

  func run() throws {
    if try Network.torture(options) > 0 { throw ExitCode(1) }
  }

  /// What goes wrong on the way.
  enum Trouble: Hashable, Sendable {
    case spoiled(SpoilingProxy.Fault, SpoilingProxy.Direction)
    case hostKilled

    var name: String {
      switch self {
      case .spoiled(let fault, .toServer): "\(fault.rawValue), sending"
      case .spoiled(let fault, .fromServer): "\(fault.rawValue), receiving"
      case .hostKilled: "host killed"
      }
    }
  }

  /// - Returns: At how many points something was wrong.
  static func torture(_ options: TortureOptions) throws -> Int {
    guard GitDaemon.isInstalled, SpoilingProxy.isInstalled else {
      say("network: git daemon or python3 is not installed; left out")
      return 0
    }
    let lines = try Lines(options)
    let faults: [SpoilingProxy.Fault] = [.cut, .corrupt, .stall]
    let troubles =
      faults.flatMap { fault in
        [SpoilingProxy.Direction.toServer, .fromServer].map { Trouble.spoiled(fault, $0) }
      } + [.hostKilled]
    var table = MarkdownTable(["connection", "points", "said done", "wrong", "next sync, p95", "at most"])
    var wrong = 0
    for trouble in troubles {
      var random = SeededRandom(seed: options.seed)
      let points = try lines.points(for: trouble, &random)
      say("network, \(trouble.name): \(points.count) points")
      let tally = Mutex((done: 0, wrong: 0, times: [Int]()))
      try inParallel(options.jobs, points) { _, point in
        let check = try lines.check(trouble, at: point)
        for problem in check.problems { say("network, \(trouble.name) at \(point): \(problem)") }
        tally.withLock { tally in
          if check.saidDone { tally.done += 1 }
          if !check.problems.isEmpty { tally.wrong += 1 }
          if let time = check.recovery { tally.times.append(time) }
        }
      }
      let (done, bad, times) = tally.withLock { $0 }
      wrong += bad
      table.rows.append([
        trouble.name, grouped(points.count), grouped(done), "\(bad)", "\(percentile(95, of: times)) ms",
        "\(times.max() ?? 0) ms",
      ])
    }
    print("\nnetwork, seed \(options.seed)\n\(table.text)")
    return wrong
  }
}

/// A situation to be copied, a server for all copies, and what a sync of it puts on the line.
private final class Lines: Sendable {
  private let options: TortureOptions
  private let place: TemporaryFolder
  private let library: String
  private let daemon: GitDaemon
  private let template: World
  /// Ana's version that the address lacks.
  private let version: String
  private let numbers = Mutex(0)

  /// How many bytes Leo and Ana each share that no compression makes smaller.
  private static let size = 24_000

  init(_ options: TortureOptions) throws {
    self.options = options
    place = try options.newPlace()
    library = try options.library()
    daemon = try GitDaemon(root: place.path, .writable)
    let world = try World.founded(in: "\(place.path)/template", program: try options.program())
    var random = SeededRandom(seed: options.seed)
    try Lines.addNoise(to: world.leo, &random)
    try world.leo.must("commit", "-m", "What Leo did")
    try world.leo.must("sync")
    try Lines.addNoise(to: world.ana, &random)
    try world.ana.must("commit", "-m", "What Ana did")
    try world.ana.must("set", Post.third.path, "/body", "Not committed.")
    version = try FolderState.head(of: world.ana.folder)
    template = world
  }

  private static func addNoise(to person: Person, _ random: inout SeededRandom) throws {
    let noise = (0..<size / 8).map { _ in String(random.next(), radix: 16) }.joined()
    try Data(noise.utf8.prefix(size * 2)).write(to: URL(filePath: "\(person.folder)/\(person.name).txt"))
  }

  /// Where to spoil: each kilobyte of the longest connection, or each call of the host's; fewer in the short form.
  func points(for trouble: Network.Trouble, _ random: inout SeededRandom) throws -> [Int] {
    switch trouble {
    case .hostKilled:
      let notes = try newFolder()
      let world = try template.copy(to: "\(notes)/world")
      let run = try serve(world, Spoiling(action: .kill), notes: notes) { try sync(world, at: $0) }
      guard run.isDone else { throw TortureFailure("\(run)") }
      let calls = try String(contentsOfFile: "\(notes)/calls", encoding: .utf8).split(separator: "\n").count
      try FileManager.default.removeItem(atPath: notes)
      return places(in: calls, atMost: options.full ? .max : 3, &random)
    case .spoiled(let fault, _):
      // What a line carries at most: the noise, and what git says around it.
      let kilobytes = (Self.size + 6_000) / 1024
      // A stalled line costs as long as somebody waits.
      let share = fault == .stall ? (options.full ? 8 : 1) : (options.full ? .max : 3)
      return places(in: kilobytes, atMost: share, &random).map { ($0 - 1) * 1024 + Int(random.next() % 1024) }
    }
  }

  func check(_ trouble: Network.Trouble, at point: Int) throws -> PointCheck {
    let folder = try newFolder()
    let world = try template.copy(to: "\(folder)/world")
    var check = PointCheck(call: trouble.name)
    let answer: Answer?
    switch trouble {
    case .spoiled(let fault, let direction):
      let proxy = try SpoilingProxy(before: daemon.port, fault, after: point, direction)
      let address = "git://127.0.0.1:\(proxy.port)/\(path(of: world))"
      // On a stalled line somebody waits a while, and then gives up.
      answer = fault == .stall ? try impatientSync(world, at: address) : try sync(world, at: address)
      withExtendedLifetime(proxy) {}
    case .hostKilled:
      answer = try serve(world, Spoiling(action: .kill, at: point), notes: folder) { try sync(world, at: $0) }
    }
    check.saidDone = answer?.isDone ?? false
    if let answer, answer.isDone, answer.count("waiting") == 0 {
      let missing = try versionsMissing([version], at: world.address, cloningInto: "\(folder)/fresh")
      if !missing.isEmpty { check.problems.append("said to be shared, but a fresh clone lacks it") }
    }

    let start = ContinuousClock.now
    let again = try sync(world, at: daemon.address(path(of: world)))
    check.recovery = Int((ContinuousClock.now - start) / .milliseconds(1))
    if !again.isDone || again.count("waiting") != 0 { check.problems.append("the next sync: \(again)") }
    let missing = try versionsMissing([version], at: world.address, cloningInto: "\(folder)/fresh")
    if !missing.isEmpty { check.problems.append("after the next sync, a fresh clone lacks it") }
    for name in ["Leo.txt", "Ana.txt"] {
      let bytes = try Data(
        contentsOf: URL(filePath: "\(template.folder)/\(name.prefix(3).lowercased())/\(name)"))
      if try Data(contentsOf: URL(filePath: "\(world.ana.folder)/\(name)")) != bytes {
        check.problems.append("\(name) is not what was written")
      }
    }
    let status = try world.ana.ligne(["status", "--json"])
    if try FolderState(of: world.ana.folder, status: status).changes != ["changed \(Post.third.path)"] {
      check.problems.append("\(status)")
    }
    for folder in [world.ana.folder, world.address] {
      let fsck = try Program.run("git", ["-C", folder, "fsck", "--no-dangling", "--no-progress"])
      if fsck.status != 0 || !fsck.text.isEmpty {
        check.problems.append("git fsck: \(fsck.text) \(fsck.errorText)")
      }
    }
    if check.problems.isEmpty { try FileManager.default.removeItem(atPath: folder) }
    return check
  }

  // MARK: Parts

  private func newFolder() throws -> String {
    let number = numbers.withLock { number in
      number += 1
      return number
    }
    let folder = "\(place.path)/\(number)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    return folder
  }

  /// The address of a copy, as the daemon of the whole place knows it.
  private func path(of world: World) -> String { String(world.address.dropFirst(place.path.count + 1)) }

  private func sync(_ world: World, at address: String) throws -> Answer {
    try Program.git("config", "remote.origin.url", address, in: world.ana.folder)
    return try world.ana.ligne(["sync", "--json"], timeLimit: .seconds(150))
  }

  /// `nil` where it had to be ended.
  private func impatientSync(_ world: World, at address: String) throws -> Answer? {
    try Program.git("config", "remote.origin.url", address, in: world.ana.folder)
    do {
      return try world.ana.ligne(["sync", "--json"], timeLimit: .seconds(4))
    } catch Program.Failure.tookTooLong {
      return nil
    }
  }

  /// Serves one copy by a host of its own, whose calls are counted and spoiled.
  private func serve(
    _ world: World, _ spoiling: Spoiling, notes: String, _ body: (_ address: String) throws -> Answer
  ) throws -> Answer {
    try Data(count: 4096).write(to: URL(filePath: "\(notes)/counter"))
    let host = try GitDaemon(
      root: world.folder, .writable,
      environment: spoiling.environment(library: library, root: world.address, notes: notes))
    defer { withExtendedLifetime(host) {} }
    return try body(host.address("team.git"))
  }
}
