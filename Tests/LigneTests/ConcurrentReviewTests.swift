import Foundation
import JSONTree
import TestSupport
import Testing

/// The table “Concurrent steps”, from end to end: two people with a folder each, an address between them, the program as it
/// is run from a shell. Both end with the same files and the same state, whoever synced first.
@Suite struct ConcurrentReviewTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let what: String
    var base: [[String]] = []
    let ours, theirs: [[String]]
    let state: String
    /// What the answer of `sync` or `check` has to say, where somebody has to know.
    var rule: String?

    var testDescription: String { what }
  }

  static let nine = #"{"at": "2026-11-23T09:00:00-05:00", "zone": "America/Toronto"}"#
  static let ten = #"{"at": "2026-11-23T10:00:00-05:00", "zone": "America/Toronto"}"#
  static let approve = ["review", "approve", "POST"]
  static let schedule = ["set", "POST", "/variants/fb/schedule", nine]
  static let edit = ["set", "POST", "/body", "Une mitaine sauvée.\n\nUn fil.\n\nUne aiguille."]
  static let crisis = [
    "new", "crisis-activation", "--title", "Rappel", "--set", #"/plan="01m20fy9a0t9ne85h343v1qmpv""#, "--set",
    #"/level="1""#, "--set",
    #"/hold="all""#, "--set", #"/state="active""#,
  ]
  static func publish(_ url: String) -> [String] {
    [
      "new", "publication", "--set", #"/post="ID""#, "--channel", "fb", "--set", #"/contentHash="HASH""#,
      "--set",
      "/url=\"\(url)\"",
    ]
  }

  static let rows: [Row] = [
    Row(
      what: "approve | edit an approved field: stale", ours: [approve], theirs: [edit], state: "stale",
      rule: "approved-then-edited"),
    Row(
      what: "approve | edit only labels and assignee: approved", ours: [approve],
      theirs: [["set", "POST", "/labels", #"["hiver"]"#], ["set", "POST", "/assignee", "leo-roy"]],
      state: "approved"),
    Row(
      what: "approve | request changes: changes requested", ours: [approve],
      theirs: [["review", "request-changes", "POST", "-m", "Plus court"]], state: "changes-requested"),
    Row(
      what: "edit and get approval | edit and get approval: stale twice",
      ours: [["set", "POST", "/body", "Une mitaine bleue.\n\nUn fil.\n\nUne aiguille."], approve],
      theirs: [
        ["set", "POST", "/body", "Une mitaine trouée.\n\nUn fil.\n\nUne aiguille et un dé."], approve,
      ],
      state: "stale", rule: "approved-then-edited"),
    Row(
      what: "schedule 9:00 | schedule 10:00: to settle, not scheduled", base: [approve],
      ours: [schedule], theirs: [["set", "POST", "/variants/fb/schedule", ten]], state: "conflicted"),
    Row(
      what: "schedule | cancel: cancelled", base: [approve], ours: [schedule],
      theirs: [["set", "POST", "/state", "cancelled"]], state: "cancelled"),
    Row(
      what: "declare a crisis | schedule in its scope: held", base: [approve], ours: [crisis],
      theirs: [schedule], state: "held", rule: "held-by-crisis"),
    Row(
      what: "declare a crisis | approve in its scope: held", base: [schedule], ours: [crisis],
      theirs: [approve], state: "held", rule: "held-by-crisis"),
    Row(
      what: "close a crisis | raise its level: active, at the higher level",
      base: [approve, schedule, crisis],
      ours: [["set", "CRISIS", "/closedLevel", #""1""#], ["set", "CRISIS", "/state", "closed"]],
      theirs: [["set", "CRISIS", "/level", #""3""#]], state: "held"),
    Row(
      what: "publish | edit: published, edited since", base: [approve],
      ours: [publish("https://ravaude.example/1")], theirs: [edit], state: "published-diverged"),
    Row(
      what: "publish | publish: an alarm, both links kept", base: [approve],
      ours: [publish("https://ravaude.example/1")], theirs: [publish("https://ravaude.example/2")],
      state: "published", rule: "published-twice"),
    Row(
      what: "delete | edit: the edited post stays, the deletion is a question", ours: [["DELETE"]],
      theirs: [edit],
      state: "conflicted"),
    Row(
      what: "archive | comment: archived, the comment kept", ours: [["set", "POST", "/state", "archived"]],
      theirs: [["new", "comment", "--set", #"/subject="ID""#, "--body", "Bravo."]], state: "archived"),
  ]

  @Test(arguments: rows) func endsWhereTheTableSays(_ row: Row) throws {
    let (ana, leo) = try Self.team()
    let post = try Self.post(ana)
    try Self.run(row.base, at: ana, post)
    for desk in [ana, leo] { _ = try desk.ligne(["sync"]) }
    try Self.run(row.ours, at: ana, post)
    try Self.run(row.theirs, at: leo, post)
    #expect(try ana.ligne(["sync"]).status != 1)
    let received = try leo.ligne(["sync", "--json"])
    #expect(received.status != 1, "\(received.errorText)")
    #expect(try ana.ligne(["sync"]).status != 1)

    for desk in [ana, leo] {
      let list = try JSONValue(parsing: desk.ligne(["list", "post", "--json"]).output)
      #expect(list.array?.first?["state"]?.text == row.state, "\(desk.author)")
    }
    #expect(try ana.git("rev-parse", "HEAD^{tree}") == leo.git("rev-parse", "HEAD^{tree}"))
    #expect(try ana.git("rev-parse", "HEAD") == leo.git("rev-parse", "HEAD"))
    guard let rule = row.rule else { return }
    // Before anything was shared, who brought the two together was told.
    let told = try JSONValue(parsing: received.output)["findings"]?.array ?? []
    #expect(told.contains { $0["rule"]?.text == rule }, "\(told)")
    let found = try JSONValue(parsing: ana.ligne(["check", "--json"]).output).array ?? []
    #expect(found.contains { $0["rule"]?.text == rule })
  }

  @Test func aStaleYesSaysWhoApprovedWhichWordsAndWhoChangedThem() throws {
    let (ana, leo) = try Self.team()
    let post = try Self.post(ana)
    try Self.run([Self.approve], at: ana, post)
    try Self.run([Self.edit], at: leo, post)
    for desk in [ana, leo, ana] { _ = try desk.ligne(["sync"]) }
    let shown = try JSONValue(parsing: ana.ligne(["review", "show", post.path, "--json"]).output)
    let stale = try #require(shown["stale"]?.array?.first)
    #expect(stale["name"] == "Ana Côté")
    #expect(stale["changedBy"]?.array?.map { $0["by"] } == ["Léo Roy"])
    #expect(stale["fields"]?.array?.map { $0["pointer"] } == ["/body"])
    let words = try ana.ligne(["review", "show", post.path]).text
    #expect(words.contains("L’approbation donnée par Ana Côté"))
    #expect(words.contains("Une mitaine [-trouée-]{+sauvée+}."))
    #expect(try ana.ligne(["review", "show", post.path], in: "en").text.contains("Changed since by Léo Roy"))
    #expect(try JSONValue(parsing: ana.ligne(["review", "list", "--json"]).output).array?.count == 1)
  }

  // MARK: - Two people

  static func team() throws -> (ana: Desk, leo: Desk) {
    let ana = try Desk()
    let address = ana.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: ana.folder.path)
    let id = try #require(
      try JSONValue(parsing: Array(ana.read("team.json").utf8))["id"]?.text)
    try ana.write(
      """
      {"id": "\(id)", "kind": "team", "createdAt": "2026-11-01T09:00:00-05:00", "createdBy": "ana-cote", "members": [
        {"id": "ana-cote", "name": "Ana Côté", "email": "ana@ravaude.example", "rights": {"*": ["approve", "manage"]}},
        {"id": "leo-roy", "name": "Léo Roy", "email": "leo@ravaude.example", "rights": {"*": ["approve"]}}]}
      """, to: "team.json")
    let channels = try JSONValue(parsing: Array(ana.read("channels.json").utf8))["id"]?.text ?? ""
    try ana.write(
      """
      {"id": "\(channels)", "kind": "channels", "createdAt": "2026-11-01T09:00:00-05:00", "createdBy": "ana-cote",
       "channels": [{"id": "fb", "platform": "facebook", "handle": "ravaude"}]}
      """, to: "channels.json")
    for words in [
      [
        "new", "post", "--title", "Soirée", "--channel", "fb", "--body",
        "Une mitaine trouée.\n\nUn fil.\n\nUne aiguille.",
      ], ["commit", "-m", "Un post"], ["remote", address], ["sync"],
    ] {
      let answer = try ana.ligne(words)
      guard answer.status == 0 else { throw Desk.Trouble(text: answer.errorText) }
    }
    return (ana, try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address))
  }

  static func post(_ desk: Desk) throws -> (path: String, id: String) {
    let row = try #require(
      try JSONValue(parsing: desk.ligne(["list", "post", "--json"]).output).array?.first)
    return (try #require(row["path"]?.text), try #require(row["id"]?.text))
  }

  /// Does steps, then keeps them as one version.
  static func run(_ steps: [[String]], at desk: Desk, _ post: (path: String, id: String)) throws {
    if steps.isEmpty { return }
    for step in steps {
      if step == ["DELETE"] {
        try FileManager.default.removeItem(atPath: desk.path + "/" + post.path)
        continue
      }
      var words = step
      for (index, word) in words.enumerated() {
        if word == "POST" { words[index] = post.path }
        if word == "CRISIS" {
          words[index] = try #require(
            try JSONValue(parsing: desk.ligne(["list", "crisis-activation", "--json"]).output).array?.first?[
              "path"]?
              .text)
        }
        words[index] = words[index].replacing("\"ID\"", with: "\"\(post.id)\"")
        if words[index].contains("\"HASH\"") {
          let shown = try JSONValue(parsing: desk.ligne(["review", "show", post.path, "--json"]).output)
          words[index] = words[index].replacing(
            "\"HASH\"", with: "\"\(try #require(shown["contentHash"]?.text))\"")
        }
      }
      let answer = try desk.ligne(words)
      #expect(answer.status == 0, "\(words) \(answer.errorText)")
    }
    let answer = try desk.ligne(["commit", "-m", "Un pas"])
    #expect(answer.status != 1, "\(answer.errorText)")
  }
}
