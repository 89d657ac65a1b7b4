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

  private struct Job {
    var name: String
    var ours: [String]
    var git: [String]
    var isSlow = false
  }

  func run() throws {
    let folder =
      place.map { URL(filePath: $0) }
      ?? FileManager.default.temporaryDirectory.appending(path: "ligne-measure-\(UUID())")
    defer { if place == nil { try? FileManager.default.removeItem(at: folder) } }
    let history = try make(in: folder)
    setenv("LIGNE_AUTHOR", "Mesure <mesure@exemple.example>", 1)
    let word = LongHistory.lostWord
    let jobs = [
      Job(
        name: "log, a quiet document", ours: ["log", history.quiet.text],
        git: ["log", "--", history.quiet.text]),
      Job(
        name: "log, a busy document, its last five versions",
        ours: ["log", history.busy.text, "--limit", "5"],
        git: ["log", "-p", "--word-diff", "-5", "--", history.busy.text]),
      Job(
        name: "log, a busy document, all words", ours: ["log", history.busy.text],
        git: ["log", "-p", "--word-diff", "--", history.busy.text]),
      Job(
        name: "blame, a busy document", ours: ["blame", history.busy.text],
        git: ["blame", history.busy.text]),
      Job(
        name: "blame, a quiet document", ours: ["blame", history.quiet.text],
        git: ["blame", history.quiet.text]),
      Job(
        name: "search --history, a deleted word", ours: ["search", "--history", word],
        git: ["log", "--oneline", "-S", word], isSlow: true),
      Job(
        name: "search --history, a common word",
        ours: ["search", "--history", LongHistory.commonWord, "nacre"],
        git: ["log", "--oneline", "--pickaxe-regex", "-S", "\(LongHistory.commonWord).*nacre"], isSlow: true),
      Job(name: "search, the same in the folder", ours: ["search", word], git: ["grep", "-c", word]),
    ]
    var columns = Columns([
      "\(decimal(Double(history.commits), 0)) versions", "ligne, ms", "git, ms", "ratio",
    ])
    let first = try firstSearches(word)
    for job in jobs {
      let command = Command(words: [ligne] + job.ours)
      let peer = Command(words: ["git", "--no-pager"] + job.git)
      _ = try command.run()
      var (ours, git): ([Duration], [Duration]) = ([], [])
      for _ in 0..<(job.isSlow ? 3 : runs) {
        ours.append(try command.run())
        git.append(try peer.run(accepting: 0...1))
      }
      let (left, right) = (median(ours), median(git))
      columns.add([job.name, figure(left), figure(right), figure(left / right)])
    }
    print("\(runs) runs each, in turn; medians\n\n\(columns.text)\n")
    let rate = Double(history.commits) / first * 1e3
    print("first search, with all of the history to read: \(figure(first)) ms, \(figure(rate)) versions/s\n")
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

  /// The median of searches that find nothing remembered, in milliseconds.
  private func firstSearches(_ word: String) throws -> Double {
    var times: [Duration] = []
    for _ in 0..<3 {
      try? FileManager.default.removeItem(atPath: ".git/ligne/history-1.sqlite")
      times.append(try Command(words: [ligne, "search", "--history", word]).run())
    }
    return median(times)
  }
}
