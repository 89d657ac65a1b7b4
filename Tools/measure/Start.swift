import ArgumentParser
import Glibc

/// Times how long `ligne` takes to answer, beside `git` for the same question in the same run.
///
/// The two are run in turn, so that a busy moment of the machine meets both, and the medians are compared. The size
/// of the program on disk is printed beside git's.
struct Start: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The start of the program, and the state of a small workspace")

  @Argument(help: "The program") var ligne: String
  @Argument(help: "The workspace to ask about") var workspace: String
  @Option(help: "How often each is run") var runs = 41

  private struct Job {
    var name: String
    var ours: Command
    var git: Command
  }

  func run() throws {
    guard chdir(workspace) == 0 else { throw ValidationError("\(workspace) is no folder") }
    let jobs = [
      Job(
        name: "--version", ours: Command(words: [ligne, "--version"]),
        git: Command(words: ["git", "--version"])),
      Job(name: "status", ours: Command(words: [ligne, "status"]), git: Command(words: ["git", "status"])),
    ]
    var columns = Columns(["job", "ligne", "git", "ratio"])
    for job in jobs {
      for _ in 0..<3 {
        _ = try job.ours.run()
        _ = try job.git.run()
      }
      var (ours, git): ([Duration], [Duration]) = ([], [])
      for _ in 0..<runs {
        ours.append(try job.ours.run())
        git.append(try job.git.run())
      }
      let (left, right) = (median(ours), median(git))
      columns.add([job.name, decimal(left, 2), decimal(right, 2), decimal(left / right, 2)])
    }
    if let ours = size(of: ligne), let git = found("git").flatMap(size(of:)) {
      columns.add(["size, MB", decimal(ours, 1), decimal(git, 1), decimal(ours / git, 2)])
    }
    print("\(runs) runs each, in turn; medians in milliseconds\n\n\(columns.text)\n")
  }

  private func size(of path: String) -> Double? {
    var status = stat()
    return stat(path, &status) == 0 ? Double(status.st_size) / 1e6 : nil
  }

  private func found(_ name: String) -> String? {
    guard let path = getenv("PATH") else { return nil }
    return String(cString: path).split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
