import ArgumentParser
import Documents
import Foundation
import JSONTree
import ObjectModel
import Simulation
import Wording

/// Times what people do all day in workspaces of several sizes, beside `git` for the same work in the same run.
///
/// Each size has two folders with the same files, made from one seed: one in which Ligne works and one in which git does,
/// each with an address of its own. The two take turns, so that a busy moment of the machine meets both.
struct Everyday: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Version, status, commit, show, set and sync in folders of 1 to 100,000 posts, beside git")

  @Argument(help: "The program") var ligne: String
  @Option(help: "How often each is run") var runs = 15
  @Option(help: "How many posts; several numbers with commas between them") var sizes = "1,1000,10000"
  @Flag(help: "100,000 posts as well") var huge = false
  @Option(help: "What the posts are made from") var seed: UInt64 = 1
  @Option(help: "The sample workspace") var sample = "Workspace"
  @Option(help: "Where the folders are made; the system's place for such, if nothing is said") var place:
    String?
  @Option(help: "A page to write the table into, between its markers") var page: String?

  func run() throws {
    // The jobs change the current folder.
    let (sample, page) = (
      URL(filePath: sample).absoluteURL.path, page.map { URL(filePath: $0).absoluteURL.path }
    )
    setenv("LIGNE_AUTHOR", "Mesure <mesure@exemple.example>", 1)
    for name in ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"] { setenv(name, "Mesure", 1) }
    for name in ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"] { setenv(name, "mesure@exemple.example", 1) }
    // What a person has set must not decide.
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1)
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1)
    var rows: [Row] = [try version()]
    let numbers = try sizes.split(separator: ",").map { word in
      guard let number = Int(word), number > 0 else { throw ValidationError("\(word) is no number of posts") }
      return number
    }
    for number in numbers + (huge ? [100_000] : []) {
      let work = try Workplace(
        posts: number, seed: seed, sample: sample, below: place.map { URL(filePath: $0) }, ligne: ligne,
        runs: runs)
      defer { work.remove() }
      rows += try work.rows()
      complain("\(number) posts: done")
    }
    var columns = Columns(["job", "posts", "ligne, ms", "git, ms", "ratio", "MB"])
    for row in rows { columns.add(row.cells) }
    print(
      "\(runs) runs each, in turn; medians, and between which two half of the runs lie\n\n\(columns.text)\n")
    if let page { try write(rows, into: page) }
  }

  private func version() throws -> Row {
    var row = Row(job: "`--version`", beside: "`git --version`", posts: nil)
    for _ in 0..<max(runs, 31) {
      row.add(
        try Command(words: [ligne, "--version"]).measured(),
        git: try Command(words: ["git", "--version"]).run())
    }
    return row
  }

  // MARK: The page

  static let (begin, end) = ("<!-- everyday: begin -->", "<!-- everyday: end -->")

  private func write(_ rows: [Row], into page: String) throws {
    let text = try String(contentsOfFile: page, encoding: .utf8)
    guard let begin = text.range(of: Self.begin), let end = text.range(of: Self.end),
      begin.upperBound <= end.lowerBound
    else { throw ValidationError("\(page) lacks the markers \(Self.begin) and \(Self.end)") }
    var lines = [
      "", "Measured on \(date()) with \(try machine()): \(runs) runs each, in turn. Medians in milliseconds,",
      "with the two figures between which half of the runs lie; the most memory Ligne had, in MB.", "",
      "| job | beside | posts | ligne | git | ratio | MB |", "|---|---|--:|--:|--:|--:|--:|",
    ]
    for row in rows {
      let cells = row.cells
      lines.append(
        "| \(row.job) | \(row.beside ?? "") | \(cells[1]) | \(cells[2]) | \(cells[3]) | \(cells[4]) | \(cells[5]) |"
      )
    }
    lines += ["", ""]
    let new = text[..<begin.upperBound] + lines.joined(separator: "\n") + text[end.lowerBound...]
    try String(new).write(toFile: page, atomically: true, encoding: .utf8)
  }

  private func date() -> String {
    Instant(secondsSince1970: Int(Date().timeIntervalSince1970)).date(offset: .utc).description
  }

  private func machine() throws -> String {
    let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = information.split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let git = try output(of: ["git", "--version"])
    return "\(processors) × \(model ?? "an unnamed processor"), \(git)"
  }

  private func output(of words: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// One job in one size.
struct Row {
  var job: String
  /// What git does for it.
  var beside: String?
  var posts: Int?
  private var ours: [Double] = []
  private var git: [Double] = []
  private var memory = 0.0

  init(job: String, beside: String?, posts: Int?) {
    (self.job, self.beside, self.posts) = (job, beside, posts)
  }

  mutating func add(_ own: (time: Duration, memory: Double), git other: Duration?) {
    ours.append(own.time.milliseconds)
    memory = max(memory, own.memory)
    if let other { git.append(other.milliseconds) }
  }

  var cells: [String] {
    [
      job, posts.map { decimal(Double($0), 0) } ?? "", spread(ours), git.isEmpty ? "" : spread(git),
      git.isEmpty ? "" : decimal(median(ours) / median(git), 2), decimal(memory, 0),
    ]
  }

  private func spread(_ figures: [Double]) -> String {
    let sorted = figures.sorted()
    let median = figure(median(sorted))
    guard sorted.count > 2 else { return median }
    return "\(median) (\(figure(sorted[sorted.count / 4]))–\(figure(sorted[sorted.count * 3 / 4])))"
  }
}

/// Two folders with the same files, one for each program, and their addresses.
private struct Workplace {
  let posts: Int
  let ligne: String
  let runs: Int
  let top: URL
  /// The posts, by their path below a folder.
  private var paths: [String] = []

  private var ours: URL { top.appending(path: "ligne") }
  private var theirs: URL { top.appending(path: "git") }

  init(posts: Int, seed: UInt64, sample: String, below: URL?, ligne: String, runs: Int) throws {
    (self.posts, self.ligne, self.runs) = (posts, ligne, runs)
    top = (below ?? FileManager.default.temporaryDirectory).appending(path: "ligne-measure-\(UUID())")
    for folder in [ours, theirs] {
      let base = DocumentCollection(try EditorialWorkspace.base(sample))
      try Folder.write(base, sample: sample, into: folder)
      var draws = Draws(seed: seed)
      paths = []
      // One at a time: a hundred thousand do not fit into memory twice.
      for index in 0..<posts {
        let post = try EditorialWorkspace.post(index, &draws)
        let month = (post.value["createdAt"]?.text ?? "").prefix(7).replacing("-", with: "/")
        let path = "posts/\(month)/\(post.path.name)"
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(post.value.canonicalForm).write(to: file)
        paths.append(path)
      }
      try running(in: folder, ["git", "init", "--quiet", "--initial-branch=main"])
    }
  }

  func remove() { try? FileManager.default.removeItem(at: top) }

  // MARK: Running

  /// Runs commands in a folder, one after the other.
  @discardableResult
  private func running(
    in folder: URL, _ commands: [String]..., accepting statuses: ClosedRange<Int32> = 0...0
  ) throws -> (time: Duration, memory: Double) {
    guard chdir(folder.path) == 0 else { throw ValidationError("\(folder.path) is no folder") }
    var (time, memory) = (Duration.zero, 0.0)
    for words in commands {
      let measured = try Command(words: words).measured(accepting: statuses)
      time += measured.time
      memory = max(memory, measured.memory)
    }
    return (time, memory)
  }

  /// Changes the title of a post in a folder, as an editor would.
  private func edit(_ number: Int, in folder: URL) throws -> String {
    let path = paths[number % paths.count]
    let file = folder.appending(path: path)
    guard case .object(var object) = try JSONValue(parsing: Array(Data(contentsOf: file))) else {
      return path
    }
    object["title"] = JSONValue("Titre \(number)")
    try Data(JSONValue.object(object).canonicalForm).write(to: file, options: .atomic)
    return path
  }

  private func timed(
    _ job: String, beside: String?, runs: Int? = nil, ours: (Int) throws -> (time: Duration, memory: Double),
    git: ((Int) throws -> Duration)? = nil
  ) throws -> Row {
    var row = Row(job: job, beside: beside, posts: posts)
    for run in 0..<(runs ?? self.runs) { row.add(try ours(run), git: try git?(run)) }
    return row
  }

  // MARK: Jobs

  func rows() throws -> [Row] {
    var rows: [Row] = []
    let (own, other) = (ours, theirs)
    rows.append(
      try timed(
        "first commit", beside: "`git add -A`, `git commit`", runs: 1,
        ours: { _ in try running(in: own, [ligne, "commit", "-m", "Tout"], accepting: 0...2) },
        git: { _ in
          try running(in: other, ["git", "add", "-A"], ["git", "commit", "--quiet", "-m", "Tout"]).time
        }))
    rows.append(
      try timed(
        "`status`, nothing changed", beside: "`git status`",
        ours: { _ in try running(in: own, [ligne, "status"]) },
        git: { _ in try running(in: other, ["git", "status"]).time }))
    rows.append(
      try timed(
        "`commit` of one post, named", beside: "`git add`, `git commit`",
        ours: { run in
          let path = try edit(run, in: own)
          return try running(in: own, [ligne, "commit", "-m", "Un mot", path])
        },
        git: { run in
          let path = try edit(run, in: other)
          return try running(in: other, ["git", "add", path], ["git", "commit", "--quiet", "-m", "Un mot"])
            .time
        }))
    rows.append(
      try timed(
        "`commit` of what changed", beside: "`git commit -a`",
        ours: { run in
          _ = try edit(run + 1_000, in: own)
          return try running(in: own, [ligne, "commit", "-m", "Un mot"])
        },
        git: { run in
          _ = try edit(run + 1_000, in: other)
          return try running(in: other, ["git", "commit", "--quiet", "-a", "-m", "Un mot"]).time
        }))
    rows.append(
      try timed(
        "`show`", beside: nil,
        ours: { run in try running(in: own, [ligne, "show", paths[run % paths.count]]) }))
    rows.append(
      try timed(
        "`set`", beside: nil,
        ours: { run in try running(in: own, [ligne, "set", paths[run % paths.count], "/title", "Mot \(run)"])
        }))
    try running(in: own, [ligne, "commit", "-m", "Mots"])
    return rows + (try syncs())
  }

  private func syncs() throws -> [Row] {
    let (own, other) = (ours, theirs)
    for folder in [own, other] {
      let address = folder.path + ".git"
      try running(in: top, ["git", "init", "--quiet", "--bare", "--initial-branch=main", address])
      try running(in: folder, ["git", "remote", "add", "origin", address])
    }
    try running(in: other, ["git", "push", "--quiet", "--set-upstream", "origin", "main"])
    try running(in: own, [ligne, "sync"], accepting: 0...2)
    return [
      try timed(
        "`sync`, nothing new", beside: "`git fetch`, `git status`",
        ours: { _ in try running(in: own, [ligne, "sync"], accepting: 0...2) },
        git: { _ in try running(in: other, ["git", "fetch", "--quiet"], ["git", "status"]).time }),
      try timed(
        "`sync` of one commit", beside: "`git pull`, `git push`",
        ours: { run in
          let path = try edit(run + 2_000, in: own)
          try running(in: own, [ligne, "commit", "-m", "Un mot", path])
          return try running(in: own, [ligne, "sync"], accepting: 0...2)
        },
        git: { run in
          _ = try edit(run + 2_000, in: other)
          try running(in: other, ["git", "commit", "--quiet", "-a", "-m", "Un mot"])
          return try running(
            in: other, ["git", "pull", "--quiet", "--no-rebase"], ["git", "push", "--quiet"]
          ).time
        }),
    ]
  }
}
