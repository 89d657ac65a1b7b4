import ArgumentParser
import Documents
import Foundation
import JSONTree
import ObjectModel

/// Times the program in a folder of many posts, beside `git` for the same question in the same run.
///
/// The folder is made from the same seed as the posts of `measure check`, committed, and gone afterwards. Each job is
/// run on a folder in which something else has just been edited, so that nothing remembered answers for it, unless
/// its name says otherwise.
struct Folder: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Status, commit and check in a folder of many posts, beside git")

  @Argument(help: "The program") var ligne: String
  @Option(help: "How often each is run") var runs = 11
  @Option(help: "How many posts") var posts = 1_000
  @Option(help: "What the posts are made from") var seed: UInt64 = 1
  @Option(help: "The sample workspace") var sample = "Workspace"

  private struct Job {
    var name: String
    var ours: Command
    var git: Command?
    /// Whether a post is edited before each run.
    var editsFirst = false
    var accepted: ClosedRange<Int32> = 0...0
  }

  func run() throws {
    let documents = try EditorialWorkspace(posts: posts, seed: seed, sample: sample).documents
    let place = FileManager.default.temporaryDirectory.appending(path: "ligne-measure-\(UUID())")
    defer { try? FileManager.default.removeItem(at: place) }
    try Self.write(documents, sample: sample, into: place)
    setWorker()
    guard chdir(place.path) == 0 else { throw ValidationError("\(place.path) is no folder") }
    _ = try Command(words: ["git", "init", "--quiet", "--initial-branch=main"]).run()
    _ = try Command(words: [ligne, "commit", "-m", "Échantillon"]).run(accepting: 0...2)

    let subjects = documents.documents(of: Post.kind)
    let commit = Command(words: [ligne, "commit", "-m", "Un mot"])
    let gitCommit = Command(words: ["git", "commit", "--quiet", "-a", "-m", "Un mot"])
    let status = Command(words: [ligne, "status"])
    let gitStatus = Command(words: ["git", "status"])
    let jobs = [
      Job(name: "status", ours: status, git: gitStatus),
      Job(name: "status after an edit", ours: status, git: gitStatus, editsFirst: true),
      Job(name: "the same again", ours: status, git: gitStatus),
      Job(name: "commit of an edit", ours: commit, git: gitCommit, editsFirst: true),
      Job(
        name: "check of one post", ours: Command(words: [ligne, "check", subjects[0].path.text]),
        editsFirst: true,
        accepted: 0...2),
      Job(name: "check of all", ours: Command(words: [ligne, "check"]), editsFirst: true, accepted: 0...2),
    ]
    var columns = Columns(["\(decimal(Double(posts), 0)) posts", "ligne, ms", "git, ms", "ratio"])
    var edits = 0
    func edit() throws {
      edits += 1
      let document = subjects[edits % subjects.count]
      guard case .object(var object) = document.value else { return }
      object["title"] = JSONValue("Titre \(edits)")
      try Data(JSONValue.object(object).canonicalForm)
        .write(to: place.appending(path: document.path.text))
    }
    for job in jobs {
      var (ours, git): ([Duration], [Duration]) = ([], [])
      for _ in 0..<runs {
        if job.editsFirst { try edit() }
        ours.append(try job.ours.run(accepting: job.accepted))
        if let command = job.git {
          // What was committed can't be committed again.
          if job.ours.words.contains("commit") { try edit() }
          git.append(try command.run())
        }
      }
      let left = median(ours)
      let right = git.isEmpty ? nil : median(git)
      columns.add([job.name, figure(left), right.map(figure) ?? "", right.map { figure(left / $0) } ?? ""])
    }
    print("\(runs) runs each, in turn; medians\n\n\(columns.text)\n")
  }

  /// Writes documents and the schemas of the sample into a new folder.
  static func write(_ documents: DocumentCollection, sample: String, into place: URL) throws {
    let files = FileManager.default
    let sample = URL(filePath: sample)
    try files.createDirectory(at: place, withIntermediateDirectories: true)
    for name in ["schemas", ".gitattributes", ".gitignore"] {
      try files.copyItem(at: sample.appending(path: name), to: place.appending(path: name))
    }
    for document in documents.all {
      let path = place.appending(path: document.path.text)
      try files.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(document.value.canonicalForm).write(to: path)
    }
  }
}
