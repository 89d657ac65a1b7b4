import Foundation
import JSONTree
import TestSupport

/// Somebody at a computer: a name, a folder, and the program as their shell would run it.
struct Person: Sendable {
  var name: String
  /// Absolute; the workspace.
  var folder: String
  /// The program, by its absolute path.
  var program: String

  var author: String { "\(name) <\(name.lowercased())@team.example>" }

  /// Runs `ligne` to its end; any exit status is an answer.
  ///
  /// - Parameter environment: Laid over the usual one: English, a fixed date, no configuration of this computer's.
  func ligne(
    _ words: [String], environment: [String: String] = [:], in other: String? = nil,
    timeLimit: Duration = .seconds(60)
  ) throws -> Answer {
    let tools = URL(filePath: program).deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let usual = [
      "LIGNE_LANG": "en", "LIGNE_AUTHOR": author, "LIGNE_DATE": "2026-11-21T09:00:00-05:00", "NO_COLOR": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nonexistent",
      "LC_ALL": "C.UTF-8",
      "PATH": "\(tools):\(path)",
    ]
    return Answer(
      words: words,
      result: try Program.run(
        program, words, environment: usual.merging(environment) { _, own in own }, folder: other ?? folder,
        timeLimit: timeLimit))
  }

  /// The same, where only success will do.
  @discardableResult
  func must(_ words: String..., in other: String? = nil) throws -> Answer {
    let answer = try ligne(words, in: other)
    guard answer.isDone else { throw TortureFailure("\(name): \(answer)") }
    return answer
  }
}

/// What `ligne` answered.
struct Answer: Sendable, CustomStringConvertible {
  var words: [String]
  var result: Program.Result

  /// Whether it says that what was asked is done; also if a person is needed now.
  var isDone: Bool { result.status == 0 || result.status == 2 }

  var json: JSONValue? { try? JSONValue(parsing: result.output) }

  /// A member that counts something.
  func count(_ member: JSONString) -> Int? { json?[member]?.number.flatMap { Int($0.text) } }

  /// The code of the error it tells.
  var errorCode: String? { json?["error"]?["code"]?.text }

  var description: String {
    // The reason is on standard output where JSON was asked for; what it waited for stands before it.
    let said = (result.errorText.suffix(600) + result.text.prefix(600))
    return "ligne \(words.joined(separator: " ")) ended with \(result.status): \(said)"
  }
}

/// Something that keeps a part from being run at all.
struct TortureFailure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
