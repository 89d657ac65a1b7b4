import ArgumentParser
import Foundation
import JSONTree

/// Times the first exchange of somebody who was away for months, beside `git pull` in the same run.
///
/// Four people work meanwhile, each in a clone: five commits, a sync, and the next one's turn. The syncs are those of the
/// program, so the history is as a team's is, with a joint commit for each turn. Whoever was away changed posts of their
/// own, so that git has nothing to ask either. Both programs start from copies of one folder and of one address.
struct CatchUp: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The first sync after months, beside git pull")

  @Argument(help: "The program") var ligne: String
  @Option(help: "How often each is run") var runs = 3
  @Option(help: "How many posts") var posts = 2_000
  @Option(help: "How many commits of others") var commits = 5_000
  @Option(help: "How many commits of one’s own") var own = 200
  @Option(help: "What the posts are made from") var seed: UInt64 = 1
  @Option(help: "The sample workspace") var sample = "Workspace"
  @Option(help: "Where the folders are made, and left") var place: String?
  @Option(help: "A page to write the table into, between its markers") var page: String?

  func run() throws {
    let (sample, page) = (URL(filePath: sample).absoluteURL.path, page.map(Page.init))
    setWorker()
    let top =
      place.map { URL(filePath: $0).absoluteURL }
      ?? FileManager.default.temporaryDirectory.appending(path: "ligne-measure-\(UUID())")
    defer { if place == nil { try? FileManager.default.removeItem(at: top) } }
    let team = top.appending(path: "team")
    let away = try found(in: team, sample: sample)
    try work(in: team, as: away)
    complain("\(commits) commits of others, \(own) of one's own: made")

    var row = Row(
      job:
        "`sync` after \(decimal(Double(commits), 0)) commits of others and \(decimal(Double(own), 0)) of one’s own",
      beside: "`git pull`",
      posts: posts)
    for run in 0..<runs {
      func copy(_ name: String) throws -> PostFolder {
        let copied = top.appending(path: "\(name)-\(run)")
        try away.run(["cp", "-a", team.path, copied.path])
        let folder = away.at(copied.appending(path: "away"))
        try folder.run(["git", "remote", "set-url", "origin", copied.appending(path: "address.git").path])
        return folder
      }
      let (ours, theirs) = (try copy("ligne"), try copy("git"))
      row.add(
        try ours.run([ligne, "sync"], accepting: 0...2),
        git: try theirs.run(["git", "pull", "--quiet", "--no-rebase", "--no-edit"]).time)
    }
    print(
      "\(runs) runs each, in turn; medians, and between which two half of the runs lie\n\n\(plain([row]))\n")
    try page?.write(
      markdown([row]), named: "catch-up", after: "\(runs) runs each, in turn, as in the table above.")
  }

  /// The address, and the folder of whoever goes away next.
  private func found(in team: URL, sample: String) throws -> PostFolder {
    let away = try PostFolder.write(
      posts: posts, seed: seed, sample: sample, into: team.appending(path: "away"))
    let address = team.appending(path: "address.git").path
    try away.run(
      ["git", "init", "--quiet", "--initial-branch=main"], ["git", "add", "-A"],
      ["git", "commit", "--quiet", "-m", "Tout"],
      ["git", "init", "--quiet", "--bare", "--initial-branch=main", address],
      ["git", "remote", "add", "origin", address])
    try away.run([ligne, "sync"], accepting: 0...2)
    try away.run(["git", "branch", "--quiet", "--set-upstream-to=origin/main"])
    return away
  }

  private func work(in team: URL, as away: PostFolder) throws {
    let people = (0..<4).map { away.at(team.appending(path: "person-\($0)")) }
    for person in people {
      try away.run(
        [ligne, "clone", team.appending(path: "address.git").path, person.url.path], accepting: 0...2)
    }
    let turn = 5
    for number in 0..<commits {
      let person = number / turn % people.count
      // Each has posts of their own: every fifth, and those of the fifth person are of whoever is away.
      try edit(number, of: person, in: people[person])
      if number % turn == turn - 1 || number == commits - 1 {
        try people[person].run([ligne, "sync"], accepting: 0...2)
      }
    }
    for number in 0..<own { try edit(number, of: people.count, in: away) }
  }

  private func edit(_ number: Int, of person: Int, in folder: PostFolder) throws {
    let path = try folder.set("title", to: JSONValue("Titre \(number)"), of: number * 5 + person)
    try folder.run(["git", "commit", "--quiet", "-m", "Un titre", path])
  }
}
