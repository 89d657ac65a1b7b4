import ArgumentParser
import Foundation
import JSONTree
import Synchronization
import Tables
import TestSupport

/// Saves files while syncs bring them up to date.
struct Editors: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Save files the way four kinds of editors do, while syncs bring the same files up to date",
    discussion: """
      In each round a colleague has changed every file, and each is saved once, at a moment chosen by the seed, while \
      the sync runs. Each save has to be found afterwards: in the file, in a conflict, or in a kept copy.
      """)

  @OptionGroup var options: TortureOptions
  @Option(help: "How many syncs for each kind of editor") var rounds: Int?

  func run() throws {
    if try Editors.torture(options, rounds: rounds) > 0 { throw ExitCode(1) }
  }

  /// - Returns: How many saves were lost, and how many errors were shown.
  static func torture(_ options: TortureOptions, rounds: Int?) throws -> Int {
    var table = MarkdownTable(["editor", "syncs", "saves", "in the file", "kept otherwise", "lost", "errors"])
    var wrong = 0
    let rows = Mutex<[EditorStyle: EditedDesk.Tally]>([:])
    try inParallel(options.jobs, EditorStyle.allCases) { _, style in
      let tally = try EditedDesk(style, options).run(rounds: rounds ?? (options.full ? 1000 : 2))
      rows.withLock { $0[style] = tally }
    }
    for style in EditorStyle.allCases {
      guard let tally = rows.withLock({ $0[style] }) else { continue }
      for line in tally.problems { say("editors, \(style.rawValue): \(line)") }
      wrong += tally.lost + tally.errors
      table.rows.append([
        style.rawValue, grouped(tally.syncs), grouped(tally.saves), grouped(tally.inFile),
        grouped(tally.kept), "\(tally.lost)", "\(tally.errors)",
      ])
    }
    print("\neditors, seed \(options.seed)\n\(table.text)")
    return wrong
  }
}

/// Ana's folder, in which an editor of one kind saves while Ana syncs what Leo did.
private struct EditedDesk {
  struct Tally: Sendable {
    var syncs = 0
    var saves = 0
    var inFile = 0
    var kept = 0
    var lost = 0
    var errors = 0
    var problems: [String] = []
  }

  private let style: EditorStyle
  private let place: TemporaryFolder
  private let world: World
  private let seed: UInt64

  init(_ style: EditorStyle, _ options: TortureOptions) throws {
    self.style = style
    place = try options.newPlace()
    world = try World.founded(in: "\(place.path)/team", program: try options.program())
    seed = options.seed
  }

  func run(rounds: Int) throws -> Tally {
    var tally = Tally()
    var random = SeededRandom(seed: seed)
    // How long a sync takes here, in microseconds; saves are spread over it.
    var length: UInt64 = 400_000
    for round in 0..<rounds {
      let known = try tips()
      for post in Post.allCases { try world.leo.must("set", post.path, "/title", "Leo's title \(round)") }
      try world.leo.must("commit", "-m", "round \(round)")
      try world.leo.must("sync")

      let saves = Post.allCases.map { post in
        Save(
          file: "\(world.ana.folder)/\(post.path)", token: "save-\(style.rawValue)-\(round)-\(post.rawValue)",
          delay: UInt32(random.next() % length), style: style)
      }
      let threads = DispatchGroup()
      for save in saves {
        threads.enter()
        Thread {
          save.perform()
          threads.leave()
        }.start()
      }
      let start = ContinuousClock.now
      let answer = try world.ana.ligne(["sync", "--json"])
      length = max(50_000, UInt64((ContinuousClock.now - start) / .microseconds(1)))
      threads.wait()
      tally.syncs += 1
      if !answer.isDone {
        tally.errors += 1
        tally.problems.append("round \(round): \(answer)")
      }
      // What came too late for the sync, the next command takes in.
      let status = try world.ana.ligne(["status", "--json"])
      if !status.isDone {
        tally.errors += 1
        tally.problems.append("round \(round): \(status)")
      }
      for save in saves { try look(for: save, since: known, &tally) }
      try settle()
    }
    return tally
  }

  /// What the references lead to.
  private func tips() throws -> [String] {
    try Program.git("for-each-ref", "--format=%(objectname)", in: world.ana.folder)
      .split(separator: "\n").map(String.init)
  }

  private func look(for save: Save, since known: [String], _ tally: inout Tally) throws {
    tally.saves += 1
    // A file may be away for a moment only while an editor saves; by now none does.
    let text = (try? String(contentsOfFile: save.file, encoding: .utf8)) ?? ""
    if text.contains(save.token) {
      tally.inFile += 1
    } else if try isKept(save.token, since: known) {
      tally.kept += 1
    } else {
      tally.lost += 1
      tally.problems.append("\(save.token) is nowhere; the file holds \(text.prefix(300))")
    }
  }

  /// Whether a conflict record, or anything a reference leads to and did not before, holds it.
  private func isKept(_ token: String, since known: [String]) throws -> Bool {
    let folder = world.ana.folder
    for (path, bytes) in try FolderState.files(in: folder) where path.hasPrefix("conflicts/") {
      if String(decoding: bytes, as: UTF8.self).contains(token) { return true }
    }
    let versions = try Program.git(["rev-list", "--all", "--not"] + known, in: folder)
      .split(separator: "\n").map(String.init)
    if versions.isEmpty { return false }
    return try Program.run("git", ["-C", folder, "grep", "-q", "-F", token] + versions).status == 0
  }

  /// Ana commits and shares, and settles what is in conflict, so that each round begins alike.
  private func settle() throws {
    for post in Post.allCases {
      try? FileManager.default.removeItem(atPath: "\(world.ana.folder)/\(post.path)~")
    }
    let committed = try world.ana.ligne(["commit", "-m", "saved", "--json"])
    guard committed.isDone || committed.errorCode == "nothing-to-commit" else {
      throw TortureFailure("\(committed)")
    }
    let open = try world.ana.ligne(["conflicts", "--json"])
    for conflict in open.json?.array ?? [] {
      guard let path = conflict["path"]?.text, let pointer = conflict["pointer"]?.text else { continue }
      try world.ana.must("resolve", path, pointer, "--take", "1")
    }
    if open.json?.array?.isEmpty == false { try world.ana.must("commit", "-m", "settled") }
    try world.ana.must("sync")
    try world.leo.must("sync")
  }
}

/// One save of an editor: what it has on the screen, with a word of its own in it.
private struct Save: Sendable {
  var file: String
  var token: String
  /// Microseconds.
  var delay: UInt32
  var style: EditorStyle

  func perform() {
    usleep(delay)
    // An editor that shows the file as it is now; where it is away for a moment, it waits.
    for _ in 0..<1000 {
      if let text = try? String(contentsOfFile: file, encoding: .utf8),
        var value = try? JSONValue(parsing: Array(text.utf8)), value.object != nil,
        (try? value.set(JSONValue(token), at: "/body")) != nil
      {
        return style.save(String(decoding: value.canonicalForm, as: UTF8.self), to: file, pause: 2000)
      }
      usleep(1000)
    }
  }
}
