import Foundation
import JSONTree
import TestSupport
import Testing

/// What fixed jobs ask of the system, counted: a machine may be slow today, and a command that suddenly opens every document
/// is found all the same.
///
/// The counts stand in `work.json` beside this file. Whoever changes them on purpose writes them again:
/// `LIGNE_WRITE_COUNTS=1 Tools/test --filter WorkTests`, and reads the difference.
@Suite struct WorkTests {
  /// More than the recorded number by this is too much: what is asked of the system depends a little on the system. How often
  /// something is flushed or renamed does not.
  static func most(_ recorded: Double, of call: String) -> Double {
    ["flushed", "renamed"].contains(call) ? recorded : recorded * 1.15 + 12
  }

  static let canCount =
    (try? TestSupport.Program.run("strace", ["-qq", "-o", "/dev/null", "true"]).status) == 0

  /// The calls that are counted, and how they are called in the table. Others come and go with the runtime.
  private static let calls: [(name: String, said: String)] = [
    ("openat", "opened"), ("newfstatat", "looked at"), ("statx", "looked at"), ("lstat", "looked at"),
    ("stat", "looked at"), ("getdents64", "listed"), ("fsync", "flushed"), ("fdatasync", "flushed"),
    ("rename", "renamed"), ("renameat", "renamed"), ("renameat2", "renamed"), ("unlink", "removed"),
    ("unlinkat", "removed"),
  ]

  @Test(.enabled(if: canCount, "strace is not installed, or may not trace"))
  func fixedJobsAskNoMoreOfTheSystem() throws {
    let table = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "work.json")
    let folder = try TemporaryFolder("ligne-work")
    try Self.makeWorkspace(in: folder, posts: 300)
    let post = "posts/2026/01/7.json"
    func edit(_ title: String) throws { try folder.write(Self.post(7, title: title), to: post) }
    var counts: JSONObject = [:]
    func count(_ job: String, _ words: String...) throws {
      counts[JSONString(job)] = try Self.count(words, in: folder)
    }
    try count("version", "--version")
    // Once without counting: what is remembered from one command to the next is there from then on.
    _ = try Self.ligne(["status"], in: folder)
    try count("status, nothing changed", "status")
    try edit("Un")
    try count("status, one post changed", "status")
    try count("status again", "status")
    try count("commit of one post, named", "commit", "-m", "Un", post)
    try edit("Deux")
    try count("commit of what changed", "commit", "-m", "Deux")
    try count("show", "show", post, "/title")
    try count("set", "set", post, "/title", "Trois")
    try TestSupport.Program.git("init", "--quiet", "--bare", folder.path + "-address.git", in: folder.path)
    defer { try? FileManager.default.removeItem(atPath: folder.path + "-address.git") }
    _ = try Self.ligne(["commit", "-m", "Trois"], in: folder)
    _ = try Self.ligne(["remote", folder.path + "-address.git"], in: folder)
    _ = try Self.ligne(["sync"], in: folder)
    try count("sync, nothing new", "sync")

    if ProcessInfo.processInfo.environment["LIGNE_WRITE_COUNTS"] == "1" {
      try Data(JSONValue.object(counts).canonicalForm).write(to: table)
      return
    }
    let recorded = try JSONValue(parsing: Array(Data(contentsOf: table)))
    for member in counts.members {
      for figure in member.value.object?.members ?? [] {
        let job = "\(member.key.text): \(figure.key.text)"
        let now = try #require(Self.number(figure.value))
        let then = try #require(
          recorded[member.key]?[figure.key].flatMap(Self.number), "\(job) is not in work.json")
        #expect(
          now <= Self.most(then, of: figure.key.text),
          "\(job): \(now), recorded \(then)")
      }
    }
  }

  private static func number(_ value: JSONValue) -> Double? {
    guard case .number(let number) = value else { return nil }
    return Double(number.description)
  }

  // MARK: Running

  private static let environment = [
    "LIGNE_AUTHOR": "Ana <ana@exemple.example>", "LIGNE_DATE": "2026-11-20T10:00:00-05:00",
    "LIGNE_LANG": "en",
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
  ]

  private static func ligne(_ words: [String], in folder: TemporaryFolder) throws
    -> TestSupport.Program.Result
  {
    try TestSupport.Program.run(
      ExecutableTests.path, words, environment: environment, folder: folder.path, timeLimit: .seconds(60))
  }

  private static func count(_ words: [String], in folder: TemporaryFolder) throws -> JSONValue {
    let log = try TemporaryFolder("ligne-strace")
    let names = Set(calls.map(\.name)).sorted().joined(separator: ",")
    let result = try TestSupport.Program.run(
      "strace",
      [
        "-f", "-qq", "-o", log["log"].path, "-e", "trace=?" + names.replacing(",", with: ",?"),
        ExecutableTests.path,
      ] + words,
      environment: environment, folder: folder.path, timeLimit: .seconds(60))
    try #require([0, 2].contains(result.status), "\(words): \(result.errorText)")
    var counts: [String: Int] = [:]
    for (_, said) in calls { counts[said] = 0 }
    for line in String(decoding: try log.read("log"), as: UTF8.self).split(separator: "\n") {
      // `123 openat(AT_FDCWD, "…") = 3`; a call that another thread interrupts is told in two lines.
      let call = line.drop { $0.isNumber }.drop { $0 == " " }.prefix { $0 != "(" }
      guard let said = calls.first(where: { $0.name == call })?.said else { continue }
      counts[said, default: 0] += 1
    }
    var object: JSONObject = [:]
    for (said, count) in counts.sorted(by: { $0.key < $1.key }) {
      object[JSONString(said)] = .number(JSONNumber(count))
    }
    return .object(object)
  }

  // MARK: The workspace

  private static func makeWorkspace(in folder: TemporaryFolder, posts: Int) throws {
    try TestSupport.Program.git("init", "--quiet", "--initial-branch=main", in: folder.path)
    let sample = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Workspace")
    for name in ["ligne.json", "team.json", "channels.json", "guidelines"] {
      try FileManager.default.copyItem(at: sample.appending(path: name), to: folder[name])
    }
    for number in 0..<posts {
      try folder.write(post(number, title: "Titre"), to: "posts/2026/0\(1 + number / 100)/\(number).json")
    }
    let result = try ligne(["commit", "-m", "Tout"], in: folder)
    try #require(result.status == 0, "\(result.errorText)")
  }

  private static func post(_ number: Int, title: String) -> [UInt8] {
    let digits = String(number)
    let id = "01m6pp5qb0wb7d3mnfvs9" + String(repeating: "0", count: 5 - digits.count) + digits
    let value: JSONValue = [
      "kind": "post", "id": JSONValue(id), "title": JSONValue(title), "state": "draft",
      "body": JSONValue(String(repeating: "Chaque phrase compte. ", count: 60)),
      "createdAt": "2026-11-03T09:00:00-05:00", "createdBy": "ana",
    ]
    return value.canonicalForm
  }
}
