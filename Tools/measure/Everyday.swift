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
    let (sample, page) = (URL(filePath: sample).absoluteURL.path, page.map(Page.init))
    setWorker()
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
    print(
      "\(runs) runs each, in turn; medians, and between which two half of the runs lie\n\n\(plain(rows))\n")
    try page?.write(
      markdown(rows), named: "everyday",
      after: """
        \(runs) runs each, in turn. Medians in milliseconds, with the two figures between which half of the runs lie; the most
        memory Ligne had, in MB.
        """)
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

  var isEmpty: Bool { ours.isEmpty }

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

/// Jobs beside each other as a table for the terminal.
func plain(_ rows: [Row]) -> String {
  var columns = Columns(["job", "posts", "ligne, ms", "git, ms", "ratio", "MB"])
  for row in rows { columns.add(row.cells) }
  return columns.text
}

/// Two folders with the same files, one for each program, and their addresses.
private struct Workplace {
  let posts: Int
  let ligne: String
  let runs: Int
  let top: URL
  private let own: PostFolder
  private let other: PostFolder

  init(posts: Int, seed: UInt64, sample: String, below: URL?, ligne: String, runs: Int) throws {
    (self.posts, self.ligne, self.runs) = (posts, ligne, runs)
    let top = (below ?? FileManager.default.temporaryDirectory).appending(path: "ligne-measure-\(UUID())")
    self.top = top
    own = try .write(posts: posts, seed: seed, sample: sample, into: top.appending(path: "ligne"))
    other = try .write(posts: posts, seed: seed, sample: sample, into: top.appending(path: "git"))
    for folder in [own, other] { try folder.run(["git", "init", "--quiet", "--initial-branch=main"]) }
  }

  func remove() { try? FileManager.default.removeItem(at: top) }

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
    rows.append(
      try timed(
        "first commit", beside: "`git add -A`, `git commit`", runs: 1,
        ours: { _ in try own.run([ligne, "commit", "-m", "Tout"], accepting: 0...2) },
        git: { _ in
          try other.run(["git", "add", "-A"], ["git", "commit", "--quiet", "-m", "Tout"]).time
        }))
    rows.append(
      try timed(
        "`status`, nothing changed", beside: "`git status`",
        ours: { _ in try own.run([ligne, "status"]) },
        git: { _ in try other.run(["git", "status"]).time }))
    rows.append(
      try timed(
        "`commit` of one post, named", beside: "`git add`, `git commit`",
        ours: { run in
          let path = try own.edit(run)
          return try own.run([ligne, "commit", "-m", "Un mot", path])
        },
        git: { run in
          let path = try other.edit(run)
          return try other.run(["git", "add", path], ["git", "commit", "--quiet", "-m", "Un mot"]).time
        }))
    rows.append(
      try timed(
        "`commit` of what changed", beside: "`git commit -a`",
        ours: { run in
          try own.edit(run + 1_000)
          return try own.run([ligne, "commit", "-m", "Un mot"])
        },
        git: { run in
          try other.edit(run + 1_000)
          return try other.run(["git", "commit", "--quiet", "-a", "-m", "Un mot"]).time
        }))
    rows.append(
      try timed("`show`", beside: nil, ours: { run in try own.run([ligne, "show", own.path(of: run)]) }))
    rows.append(
      try timed(
        "`set`", beside: nil,
        ours: { run in try own.run([ligne, "set", own.path(of: run), "/title", "Mot \(run)"]) }))
    try own.run([ligne, "commit", "-m", "Mots"])
    return rows + (try syncs())
  }

  private func syncs() throws -> [Row] {
    for folder in [own, other] {
      let address = folder.url.path + ".git"
      try folder.run(
        ["git", "init", "--quiet", "--bare", "--initial-branch=main", address],
        ["git", "remote", "add", "origin", address])
    }
    try other.run(["git", "push", "--quiet", "--set-upstream", "origin", "main"])
    try own.run([ligne, "sync"], accepting: 0...2)
    // A colleague at each address, who works with git: what arrives is the same for both.
    let colleagues = try [own, other].map { folder in
      let colleague = folder.at(folder.url.appendingPathExtension("colleague"))
      try folder.run(["git", "clone", "--quiet", folder.url.path + ".git", colleague.url.path])
      return colleague
    }
    return [
      try timed(
        "`sync`, nothing new", beside: "`git fetch`, `git status`",
        ours: { _ in try own.run([ligne, "sync"], accepting: 0...2) },
        git: { _ in try other.run(["git", "fetch", "--quiet"], ["git", "status"]).time }),
      try timed(
        "`sync` of one commit", beside: "`git pull`, `git push`",
        ours: { run in
          let path = try own.edit(run + 2_000)
          try own.run([ligne, "commit", "-m", "Un mot", path])
          return try own.run([ligne, "sync"], accepting: 0...2)
        },
        git: { run in
          try other.edit(run + 2_000)
          try other.run(["git", "commit", "--quiet", "-a", "-m", "Un mot"])
          return try other.run(Self.pull, ["git", "push", "--quiet"]).time
        }),
      try timed(
        "`sync` that receives a commit", beside: "`git pull`",
        ours: { run in
          try share([run + 3_000], by: colleagues[0])
          return try own.run([ligne, "sync"], accepting: 0...2)
        },
        git: { run in
          try share([run + 3_000], by: colleagues[1])
          return try other.run(Self.pull).time
        }),
      try timed(
        "`sync` that joins a thousand posts of each side, and a thousand of both",
        beside: "`git pull`, `git push`",
        runs: posts < 3_000 ? 0 : min(runs, 3),
        ours: { run in
          try prepareJoin(run, here: own, there: colleagues[0])
          return try own.run([ligne, "sync"], accepting: 0...2)
        },
        git: { run in
          try prepareJoin(run, here: other, there: colleagues[1])
          return try other.run(Self.pull, ["git", "push", "--quiet"]).time
        }),
    ].filter { !$0.isEmpty }
  }

  private static let pull = ["git", "pull", "--quiet", "--no-rebase", "--no-edit"]

  /// Lets a colleague change posts, and shares that.
  private func share(
    _ numbers: some Sequence<Int>, by colleague: PostFolder, as member: JSONString = "title",
    _ value: (Int) -> String = { "Là-bas \($0) \(UUID())" }
  ) throws {
    try colleague.run(Self.pull)
    for number in numbers { try colleague.set(member, to: JSONValue(value(number)), of: number) }
    try colleague.run(["git", "commit", "--quiet", "-a", "-m", "Là-bas"], ["git", "push", "--quiet"])
  }

  private static func letter(_ number: Int) -> Character {
    Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8(number % 26)))
  }

  /// A colleague changes the first two thousand posts, and here the first and the third thousand change: no place is
  /// changed by both, but a thousand posts are.
  private func prepareJoin(_ run: Int, here: PostFolder, there: PostFolder) throws {
    // Nothing about it is wrong, or the problems would be counted as well.
    try share(0..<2_000, by: there, as: "language") { _ in "fr-A\(Self.letter(run))" }
    for number in [0..<1_000, 2_000..<3_000].joined() {
      try here.set("title", to: JSONValue("Ici \(run) \(number)"), of: number)
    }
    try here.run(["git", "commit", "--quiet", "-a", "-m", "Ici"])
  }
}

extension PostFolder {
  func path(of number: Int) -> String { paths[number % paths.count] }

  /// Changes the title of a post.
  @discardableResult
  fileprivate func edit(_ number: Int) throws -> String {
    try set("title", to: JSONValue("Titre \(number)"), of: number)
  }
}
