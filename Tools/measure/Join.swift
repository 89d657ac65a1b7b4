import ArgumentParser
import Foundation
import JSONTree

/// Times the join of two commits alone, without what a sync does around it, beside git's two ways to merge them.
///
/// One side changes one field of its own thousand posts and of a thousand shared ones, the other another field of its own
/// and of the shared. Each program works in a copy of one repository, once in each: what one writes the next would find.
struct Join: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The join of thousands of posts, beside git merge-tree and git merge")

  @Argument(help: "The program that joins two commits: join-heads") var joiner: String
  @Option(help: "How often each is run") var runs = 5
  @Option(help: "How many posts") var posts = 10_000
  @Option(help: "How many of its own each side changes, and how many both do") var changed = 1_000
  @Option(help: "What the posts are made from") var seed: UInt64 = 1
  @Option(help: "The sample workspace") var sample = "Workspace"
  @Option(help: "Where the folders are made") var place: String?
  @Option(help: "A page to write the table into, between its markers") var page: String?

  func run() throws {
    guard posts >= 3 * changed else { throw ValidationError("three times --changed need as many posts") }
    let (sample, page) = (URL(filePath: sample).absoluteURL.path, page.map(Page.init))
    let joiner = URL(filePath: joiner).absoluteURL.path
    setWorker()
    let top = (place.map { URL(filePath: $0).absoluteURL } ?? FileManager.default.temporaryDirectory)
      .appending(path: "ligne-measure-\(UUID())")
    defer { try? FileManager.default.removeItem(at: top) }
    let folder = try PostFolder.write(
      posts: posts, seed: seed, sample: sample, into: top.appending(path: "base"))
    let heads = try fork(folder)

    let job = "join of \(decimal(Double(changed), 0)) posts of each side, and as many of both"
    var rows = [("git merge-tree --write-tree", job), ("git merge", "the same")].map {
      Row(job: $0.1, beside: "`\($0.0)`", posts: posts)
    }
    for run in 0..<runs {
      func copy(_ name: String) throws -> PostFolder {
        let url = top.appending(path: "\(name)-\(run)")
        try folder.run(["cp", "-a", folder.url.path, url.path])
        return folder.at(url)
      }
      let (ours, tree, work) = (try copy("ligne"), try copy("merge-tree"), try copy("merge"))
      let own = try ours.run([joiner, ours.url.path, heads.ours, heads.theirs])
      rows[0].add(
        own, git: try tree.run(["git", "merge-tree", "--write-tree", heads.ours, heads.theirs]).time)
      rows[1].add(own, git: try work.run(["git", "merge", "--quiet", "--no-edit", heads.theirs]).time)
      if run == 0 { try expectSameTree(joiner, ours, work, heads) }
      for copy in [ours, tree, work] { try FileManager.default.removeItem(at: copy.url) }
    }
    print(
      "\(runs) runs each, in turn; medians, and between which two half of the runs lie\n\n\(plain(rows))\n")
    try page?.write(
      markdown(rows), named: "join", after: "\(runs) runs each, in turn, as in the table above.")
  }

  /// Two commits made from one.
  private func fork(_ folder: PostFolder) throws -> (ours: String, theirs: String) {
    try folder.run(
      ["git", "init", "--quiet", "--initial-branch=main"], ["git", "config", "gc.auto", "0"],
      ["git", "add", "-A"],
      ["git", "commit", "--quiet", "-m", "Tout"], ["git", "switch", "--quiet", "-c", "theirs"])
    for number in 0..<2 * changed { try folder.set("language", to: "fr-FR", of: number) }
    try folder.run(["git", "commit", "--quiet", "-a", "-m", "Là-bas"], ["git", "switch", "--quiet", "main"])
    for number in [0..<changed, 2 * changed..<3 * changed].joined() {
      try folder.set("title", to: JSONValue("Ici \(number)"), of: number)
    }
    try folder.run(["git", "commit", "--quiet", "-a", "-m", "Ici"], ["git", "gc", "--quiet"])
    return (try output(of: ["git", "rev-parse", "main"]), try output(of: ["git", "rev-parse", "theirs"]))
  }

  /// The job is one that git does as well, with the same files in the end.
  private func expectSameTree(
    _ joiner: String, _ ours: PostFolder, _ work: PostFolder, _ heads: (ours: String, theirs: String)
  ) throws {
    let own = try output(of: [joiner, ours.url.path, heads.ours, heads.theirs])
    let git = try output(of: ["git", "-C", work.url.path, "rev-parse", "HEAD^{tree}"])
    guard own == git else { throw ValidationError("Ligne has the tree \(own), git \(git)") }
  }
}
