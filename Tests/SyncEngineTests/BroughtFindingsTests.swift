import Documents
import EditorialChecks
import Foundation
import GitStore
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

@testable import SyncEngine

/// What a sync has to say of what it brought, and a commit of what it holds.
@Suite struct BroughtFindingsTests {
  /// Whose ids all are such that what is tied to what can be told.
  private static let files: [(String, JSONValue)] = [
    (
      "ligne.json",
      ["kind": "workspace", "id": "01m20fy9a0dmxzttpkjrvz7b17", "formatVersion": 1, "mergeRulesVersion": 1]
    ),
    (
      "channels.json",
      [
        "kind": "channels", "id": "01m20fy9a0t9ne85h343v1qmpv", "createdAt": "2026-11-03T09:00:00-05:00",
        "createdBy": "ana", "channels": [["id": "x", "handle": "@ravaude", "platform": "x"]],
      ]
    ), ("posts/marche.json", post(title: "Marché")),
  ]

  /// A post that is too long: a finding that everybody knows.
  private static func post(title: String) -> JSONValue {
    guard case .object(var post) = Pair.post(title: title, at: "9 h") else { return .null }
    post["body"] = JSONValue(String(repeating: "Une mitaine rouge. ", count: 20))
    post["variants"] = ["x": [:]]
    return .object(post)
  }

  @Test func otherBytesThatSayTheSameAreNoNews() async throws {
    let pair = try await Pair(files: Self.files)
    let text = try pair.text("ana", "posts/marche.json")
    try pair.save("ana", "posts/marche.json", text.replacingOccurrences(of: "  ", with: "\t"))
    try pair.git(
      "ana", "-c", "user.name=Ana", "-c", "user.email=ana@exemple.example", "commit", "--quiet", "-am",
      "Mise en page")
    _ = try await pair.sync("ana")
    let report = try await pair.sync("leo")
    #expect(report.received.count == 1)
    #expect(report.findings.map(\.rule) == [])
  }

  @Test func anotherTitleIsNewsOfItsDocument() async throws {
    let pair = try await Pair(files: Self.files)
    try pair.change("ana", "/title", "Marché couvert")
    _ = try await pair.sync("ana")
    #expect(try await pair.sync("leo").findings.map(\.rule) == ["limit"])
  }

  /// Also where a rule compares every text with all others.
  @Test(arguments: [false, true]) func portionsFindWhatAllAtOnceFinds(_ compares: Bool) async throws {
    let pair = try await Pair(["ana"], files: Self.sample(comparing: compares))
    let workspace = try pair.workspace("ana")
    let tree = try #require(try workspace.head().map { try workspace.objects.commit($0).tree })
    let paths = try workspace.objects.files(in: tree).map(\.path).filter { $0.isDocument && !$0.isSchema }
    let now = Instant(secondsSince1970: 1_795_500_000)
    let expected = try workspace.findings(in: tree, of: paths, at: now)
    #expect(expected.contains { $0.rule == "near" } == compares)
    for size in [1, 3, paths.count - 1] {
      #expect(try workspace.findings(in: tree, of: paths, at: now, portion: size) == expected, "\(size)")
    }
  }

  private static func sample(comparing: Bool) throws -> [(String, JSONValue)] {
    let folder = Corpus.packageRoot.appending(path: "Workspace").resolvingSymlinksInPath()
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") && !$0.hasPrefix("schemas/") && !$0.hasPrefix(".") }
    let rules: JSONValue = [
      [
        "id": "near", "check": "near-duplicate", "level": "warning", "enabled": true,
        "parameters": ["words": 5],
      ]
    ]
    var files = try names.map { name in
      let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
      guard case .object(var object) = try JSONValue(parsing: bytes) else { return (name, JSONValue.null) }
      if object["kind"] == "guideline" { object["rules"] = comparing ? rules : [] }
      return (name, .object(object))
    }
    // Says again what a post said, and is a reply: another kind, in another portion.
    let posts = files.filter { $0.0.hasPrefix("posts/") }.compactMap { $0.1["body"]?.text }
    let longest = posts.max { $0.utf8.count < $1.utf8.count } ?? ""
    for index in files.indices where files[index].0.hasPrefix("replies/") {
      guard case .object(var reply) = files[index].1 else { continue }
      reply["body"] = JSONValue(longest)
      files[index].1 = .object(reply)
    }
    return files
  }
}
