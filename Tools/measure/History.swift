import ArgumentParser
import Documents
import Foundation
import ObjectModel

/// Times the program's looks back at a long history, beside `git` for the same question in the same run.
///
/// The workspace is made from a seed and gone afterwards. What Ligne remembers of the history is thrown away before
/// each first search, and there for everything else.
struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Log, blame and search in a history of years, beside git")

  @Argument(help: "The program") var ligne: String
  @Option(help: "How often each is run; those that take git seconds, three times") var runs = 11
  @Option(help: "How many posts") var posts = 10_000
  @Option(help: "How many versions, joint ones included") var commits = 20_000
  @Option(help: "What the history is made from") var seed: UInt64 = 1
  @Option(help: "The sample workspace") var sample = "Workspace"
  @Option(help: "Where the workspace is made, and left") var place: String?
  @Option(help: "A page to write the table into, between its markers") var page: String?

  private struct Job {
    var name: String
    var ours: [String]
    var git: [String]?
    var isSlow = false
  }

  func run() throws {
    // The jobs change the current folder.
    let page = page.map(Page.init)
    let folder =
      place.map { URL(filePath: $0) }
      ?? FileManager.default.temporaryDirectory.appending(path: "ligne-measure-\(UUID())")
    let address = folder.deletingLastPathComponent().appending(path: folder.lastPathComponent + ".git")
    defer {
      for made in place == nil ? [folder, address] : [] { try? FileManager.default.removeItem(at: made) }
    }
    setWorker()
    let history = try make(in: folder)
    let versions = decimal(Double(history.commits), 0)
    complain("\(versions) versions: made")

    var rows = [try firstSearches(of: history)]
    for job in jobs(in: history) {
      let command = Command(words: [ligne] + job.ours)
      let peer = job.git.map { Command(words: ["git", "--no-pager"] + $0) }
      let beside = job.git.map { words in "`git \(words[0])`" }
      var row = Row(job: job.name, beside: beside, posts: posts)
      _ = try command.run()
      for _ in 0..<(job.isSlow ? min(runs, 3) : runs) {
        row.add(try command.measured(), git: try peer?.run(accepting: 0...1))
      }
      rows.append(row)
      complain("\(job.name): done")
    }
    rows.append(try sync(with: address))
    print(
      "\(versions) versions; \(runs) runs each, in turn; medians, and between which two half of the runs lie\n\n\(plain(rows))\n"
    )
    try page?.write(
      markdown(rows), named: "history",
      after: """
        \(versions) versions. \(runs) runs each, in turn; 3 of a first search, and where git takes seconds. Medians in
        milliseconds, with the two figures between which half of the runs lie; the most memory Ligne had, in MB, of which
        the system counts at least the \(decimal(peakMemory(), 0)) that the measurement itself has.
        """)
  }

  private func jobs(in history: LongHistory) -> [Job] {
    let (busy, quiet) = (history.busy.text, history.quiet.text)
    let (lost, common) = (LongHistory.lostWord, LongHistory.commonWord)
    return [
      Job(name: "`log` of a post that was left alone", ours: ["log", quiet], git: ["log", "--", quiet]),
      Job(
        name: "`log` of a busy post, its last five versions", ours: ["log", busy, "--limit", "5"],
        git: ["log", "-p", "--word-diff", "-5", "--", busy]),
      Job(
        name: "`log` of a busy post, all of its words", ours: ["log", busy],
        git: ["log", "-p", "--word-diff", "--", busy]),
      Job(name: "`blame` of a post that was left alone", ours: ["blame", quiet], git: ["blame", quiet]),
      Job(name: "`blame` of a busy post", ours: ["blame", busy], git: ["blame", busy]),
      Job(
        name: "`search --history`, a word of a deleted post", ours: ["search", "--history", lost],
        git: ["log", "--oneline", "-S", lost], isSlow: true),
      Job(
        name: "`search --history`, two words of thousands of fields",
        ours: ["search", "--history", common, "nacre"],
        git: ["log", "--oneline", "--pickaxe-regex", "-S", "\(common).*nacre"], isSlow: true),
      Job(
        name: "`search --history`, the fifty latest of these, as on a terminal",
        ours: ["search", "--history", common, "nacre", "--limit", "50"],
        git: ["log", "--oneline", "--pickaxe-regex", "-S", "\(common).*nacre"], isSlow: true),
      Job(name: "`search`, a word of the folder", ours: ["search", common], git: ["grep", "-c", common]),
      Job(
        name: "`search`, the fifty latest of these", ours: ["search", common, "--limit", "50"],
        git: ["grep", "-c", common]),
      // Whose words a yes is for is told from the history.
      Job(name: "`status`", ours: ["status"], git: ["status"]),
      Job(name: "`show` of a busy post", ours: ["show", busy]),
      Job(name: "`list` of all posts", ours: ["list", "post"]),
      Job(name: "`inbox`", ours: ["inbox"]),
      Job(name: "`review list`", ours: ["review", "list"]),
    ]
  }

  /// A sync that finds nothing new at an address that holds the same years.
  private func sync(with address: URL) throws -> Row {
    _ = try Command(words: ["git", "clone", "--quiet", "--bare", ".", address.path]).run()
    _ = try Command(words: ["git", "remote", "add", "origin", address.path]).run()
    let (command, peer) = (
      Command(words: [ligne, "sync"]), Command(words: ["sh", "-c", "git fetch --quiet && git status"])
    )
    // The first one reads the history.
    _ = try command.run(accepting: 0...2)
    var row = Row(job: "`sync`, nothing new", beside: "`git fetch`, `git status`", posts: posts)
    for _ in 0..<runs { row.add(try command.measured(accepting: 0...2), git: try peer.run()) }
    complain("sync: done")
    return row
  }

  private func make(in folder: URL) throws -> LongHistory {
    let documents = try EditorialWorkspace(posts: posts, seed: seed, sample: sample).documents
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let sample = URL(filePath: sample)
    let base = try FileManager.default.subpathsOfDirectory(atPath: sample.path)
      .filter {
        $0.hasPrefix("schemas/") && $0.hasSuffix(".json") || $0 == ".gitattributes" || $0 == ".gitignore"
      }
      .sorted().map { (path: $0, bytes: try Data(contentsOf: sample.appending(path: $0))) }
    guard chdir(folder.path) == 0 else { throw ValidationError("\(folder.path) is no folder") }
    _ = try Command(words: ["git", "init", "--quiet", "--initial-branch=main"]).run()
    let history = try LongHistory.write(documents, base: base, commits: commits, seed: seed)
    _ = try Command(words: ["git", "reset", "--quiet", "--hard"]).run()
    return history
  }

  /// Searches that find nothing remembered, and read all of the history.
  private func firstSearches(of history: LongHistory) throws -> Row {
    var row = Row(job: "the first `search --history`", beside: nil, posts: posts)
    let command = Command(words: [ligne, "search", "--history", LongHistory.lostWord])
    for _ in 0..<min(runs, 3) {
      // The first of all has nothing to forget yet.
      let remembered = ".git/ligne"
      if FileManager.default.fileExists(atPath: remembered) {
        try FileManager.default.removeItem(atPath: remembered)
      }
      row.add(try command.measured(), git: nil)
    }
    return row
  }
}
