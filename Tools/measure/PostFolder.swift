import ArgumentParser
import Documents
import Foundation
import JSONTree
import ObjectModel
import Simulation

/// A folder with the line, channels, people and limits of the sample and posts made from a seed, a folder for each month.
///
/// Programs work in it one after the other. Posts are changed as an editor would.
struct PostFolder {
  let url: URL
  /// The posts, by their path in the folder.
  let paths: [String]

  /// Another folder with the same posts in the same places.
  func at(_ other: URL) -> PostFolder { PostFolder(url: other, paths: paths) }

  /// Writes it; there is no repository yet.
  static func write(posts: Int, seed: UInt64, sample: String, into url: URL) throws -> PostFolder {
    try Folder.write(DocumentCollection(try EditorialWorkspace.base(sample)), sample: sample, into: url)
    var draws = Draws(seed: seed)
    var paths: [String] = []
    // One at a time: a hundred thousand do not fit into memory twice.
    for index in 0..<posts {
      let post = try EditorialWorkspace.post(index, &draws)
      let month = (post.value["createdAt"]?.text ?? "").prefix(7).replacing("-", with: "/")
      let path = "posts/\(month)/\(post.path.name)"
      let file = url.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(post.value.canonicalForm).write(to: file)
      paths.append(path)
    }
    return PostFolder(url: url, paths: paths)
  }

  /// Sets a member of a post.
  ///
  /// - Parameter number: Which post; counted on from the first where there are fewer.
  /// - Returns: The post's path.
  @discardableResult
  func set(_ member: JSONString, to value: JSONValue, of number: Int) throws -> String {
    let path = paths[number % paths.count]
    let file = url.appending(path: path)
    guard case .object(var object) = try JSONValue(parsing: Array(Data(contentsOf: file))) else {
      throw ValidationError("\(path) is no post")
    }
    object[member] = value
    try Data(JSONValue.object(object).canonicalForm).write(to: file, options: .atomic)
    return path
  }

  /// Runs commands in it, one after the other.
  ///
  /// - Returns: The time of all, and the most memory of any, in MB.
  @discardableResult
  func run(
    _ commands: [String]..., accepting statuses: ClosedRange<Int32> = 0...0
  ) throws -> (time: Duration, memory: Double) {
    guard chdir(url.path) == 0 else { throw ValidationError("\(url.path) is no folder") }
    var (time, memory) = (Duration.zero, 0.0)
    for words in commands {
      let measured = try Command(words: words).measured(accepting: statuses)
      time += measured.time
      memory = max(memory, measured.memory)
    }
    return (time, memory)
  }
}

/// Sets who works in a measurement, for Ligne and for git, and that nothing a person has set decides.
func setWorker() {
  setenv("LIGNE_AUTHOR", "Mesure <mesure@exemple.example>", 1)
  for name in ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"] { setenv(name, "Mesure", 1) }
  for name in ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"] { setenv(name, "mesure@exemple.example", 1) }
  setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1)
  setenv("GIT_CONFIG_NOSYSTEM", "1", 1)
}
