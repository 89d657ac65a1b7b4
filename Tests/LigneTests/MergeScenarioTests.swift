import Foundation
import JSONTree
import TestSupport
import Testing

/// The meetings of two edits that other mergers get wrong without telling anybody, through `merge-file` and through
/// `sync`: both give the same document and the same open questions, whichever side is called ours and whoever syncs
/// first.
@Suite struct MergeScenarioTests {
  /// What two people did to the same post, and what must come of it.
  struct Scenario: CustomTestStringConvertible, Sendable {
    var name: String
    var ana: Edit
    var leo: Edit
    /// What the document says afterwards.
    var expected: Edit
    /// `pointer kind candidates`, as many as there is to settle.
    var conflicts: [String] = []
    /// `pointer kind`
    var notices: [String] = []

    var testDescription: String { name }
  }

  /// An edit of the post: single fields, and the parts of its thread, in their order.
  struct Edit: Sendable {
    var title = "Marché"
    var assignee = "ana"
    var body = "Une nappe rouge sur la table."
    var thread = [("un", "Le fil."), ("deux", "La laine."), ("trois", "Le nœud.")]

    func applied(to post: JSONValue) throws -> JSONValue {
      var post = post
      try post.set(JSONValue(title), at: "/title")
      try post.set(JSONValue(assignee), at: "/assignee")
      try post.set(JSONValue(body), at: "/body")
      let parts = thread.map { JSONValue.object(["id": JSONValue($0.0), "body": JSONValue($0.1)]) }
      try post.set(["mastodon": ["mode": "diverges", "thread": .array(parts)]], at: "/variants")
      return post
    }
  }

  static let part = "/variants/mastodon/thread/@"

  static let scenarios = [
    Scenario(
      name: "two different fields, beside each other", ana: Edit(assignee: "leo"),
      leo: Edit(body: "Une nappe rouge sur la grande table."),
      expected: Edit(assignee: "leo", body: "Une nappe rouge sur la grande table.")),
    Scenario(
      name: "the same field", ana: Edit(title: "Marché d’automne"), leo: Edit(title: "Marché d’hiver"),
      expected: Edit(title: "Marché d’hiver"), conflicts: ["/title value 2"]),
    Scenario(
      name: "the same word", ana: Edit(body: "Une nappe cramoisie sur la table."),
      leo: Edit(body: "Une nappe bronze sur la table."),
      expected: Edit(body: "Une nappe cramoisie sur la table."), conflicts: ["/body text 2"]),
    Scenario(
      name: "the same edit by both", ana: Edit(body: "Une nappe bleue sur la table."),
      leo: Edit(body: "Une nappe bleue sur la table."), expected: Edit(body: "Une nappe bleue sur la table.")),
    Scenario(
      name: "moved by one, edited by the other",
      ana: Edit(thread: [("trois", "Le nœud."), ("un", "Le fil."), ("deux", "La laine.")]),
      leo: Edit(thread: [("un", "Le fil."), ("deux", "La laine."), ("trois", "Le nœud, serré.")]),
      expected: Edit(thread: [("trois", "Le nœud, serré."), ("un", "Le fil."), ("deux", "La laine.")])),
    Scenario(
      name: "moved by both",
      ana: Edit(thread: [("trois", "Le nœud."), ("un", "Le fil."), ("deux", "La laine.")]),
      leo: Edit(thread: [("un", "Le fil."), ("trois", "Le nœud."), ("deux", "La laine.")]),
      expected: Edit(thread: [("trois", "Le nœud."), ("un", "Le fil."), ("deux", "La laine.")]),
      notices: [part + "trois moved-twice"]),
    Scenario(
      name: "deleted by one, edited by the other",
      ana: Edit(thread: [("un", "Le fil."), ("trois", "Le nœud.")]),
      leo: Edit(thread: [("un", "Le fil."), ("deux", "La laine, lavée."), ("trois", "Le nœud.")]),
      expected: Edit(thread: [("un", "Le fil."), ("deux", "La laine, lavée."), ("trois", "Le nœud.")]),
      conflicts: [part + "deux delete-edit 2"]),
    Scenario(
      name: "deleted by one, moved by the other",
      ana: Edit(thread: [("un", "Le fil."), ("deux", "La laine.")]),
      leo: Edit(thread: [("trois", "Le nœud."), ("un", "Le fil."), ("deux", "La laine.")]),
      expected: Edit(thread: [("trois", "Le nœud."), ("un", "Le fil."), ("deux", "La laine.")]),
      conflicts: [part + "trois delete-edit 2"]),
    Scenario(
      name: "the same name added by both, with different words",
      ana: Edit(thread: Edit().thread + [("quatre", "On coupe.")]),
      leo: Edit(thread: Edit().thread + [("quatre", "On brûle.")]),
      expected: Edit(thread: Edit().thread + [("quatre", "On coupe.")]),
      conflicts: [part + "quatre/body text 2"]),
    Scenario(
      name: "put in another order by one, edited by the other", ana: Edit(thread: Edit().thread.reversed()),
      leo: Edit(thread: [("un", "Le fil."), ("deux", "La laine, lavée."), ("trois", "Le nœud.")]),
      expected: Edit(thread: [("trois", "Le nœud."), ("deux", "La laine, lavée."), ("un", "Le fil.")])),
  ]

  @Test(arguments: scenarios) func asFiles(_ scenario: Scenario) throws {
    let desk = try Desk(in: folder)
    let schema = desk.path + "/schemas/post.schema.json"
    for (name, edit) in [("base", Edit()), ("ana", scenario.ana), ("leo", scenario.leo)] {
      try desk.write(text(of: edit.applied(to: [:])), to: name + ".json")
    }
    for (ours, theirs) in [("ana", "leo"), ("leo", "ana")] {
      let answer = try desk.ligne(
        ["merge-file", "base.json", ours + ".json", theirs + ".json", "--schema", schema, "--json"])
      #expect(answer.status == (scenario.conflicts.isEmpty ? 0 : 2))
      let json = try JSONValue(parsing: answer.output)
      #expect(json["value"] == (try scenario.expected.applied(to: [:])))
      #expect(json["clean"] == .bool(scenario.conflicts.isEmpty))
      #expect(Self.conflicts(json["conflicts"]) == scenario.conflicts)
      #expect(Self.notices(json["notices"]) == scenario.notices)
    }
  }

  /// A post for each scenario, all edited by both before anybody syncs.
  @Test(arguments: [true, false]) func asATeam(anaFirst: Bool) throws {
    let ana = try Desk(in: folder)
    var posts: [(scenario: Scenario, path: String, base: JSONValue)] = []
    for scenario in Self.scenarios {
      let made = try ana.ligne(["new", "post", "--title", "Marché", "--json"])
      let path = try #require(try JSONValue(parsing: made.output)["path"]?.text)
      posts.append((scenario, path, try Edit().applied(to: read(path, at: ana))))
      try ana.write(text(of: posts[posts.count - 1].base), to: path)
    }
    let address = folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: folder.path)
    for words in [["commit", "-m", "Dix posts"], ["remote", address], ["sync"]] {
      #expect(try ana.ligne(words).status == 0)
    }
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: folder, cloning: address)
    for (scenario, path, base) in posts {
      try ana.write(text(of: scenario.ana.applied(to: base)), to: path)
      try leo.write(text(of: scenario.leo.applied(to: base)), to: path)
    }
    for desk in [ana, leo] { #expect(try desk.ligne(["commit", "-m", "Dix rencontres"]).status == 0) }
    let (first, second) = anaFirst ? (ana, leo) : (leo, ana)
    #expect(try first.ligne(["sync"]).status == 0)
    let joining = try second.ligne(["sync", "--json"])
    #expect(joining.status == 2, "\(joining.text)")
    #expect(try first.ligne(["sync"]).status == 2)
    #expect(try first.git("rev-parse", "HEAD") == second.git("rev-parse", "HEAD"))

    let told = try JSONValue(parsing: joining.output)
    for desk in [first, second] {
      let open = try JSONValue(parsing: desk.ligne(["conflicts", "--json"]).output)
      for (scenario, path, base) in posts {
        let shown = try read(path, at: desk)
        #expect(shown == (try scenario.expected.applied(to: base)), "\(scenario.name)")
        #expect(Self.conflicts(open, in: path) == scenario.conflicts, "\(scenario.name)")
        #expect(Self.notices(told["notices"], in: path) == scenario.notices, "\(scenario.name)")
      }
    }
  }

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func text(of value: JSONValue) -> String { String(decoding: value.canonicalForm, as: UTF8.self) }

  private func read(_ path: String, at desk: Desk) throws -> JSONValue {
    try JSONValue(parsing: Array(desk.read(path).utf8))
  }

  private static func entries(_ list: JSONValue?, in path: String?) -> [JSONValue] {
    (list?.array ?? []).filter { path == nil || $0["path"]?.text == path }
  }

  private static func conflicts(_ list: JSONValue?, in path: String? = nil) -> [String] {
    entries(list, in: path).map {
      "\($0["pointer"]?.text ?? "") \($0["kind"]?.text ?? "") \($0["candidates"]?.array?.count ?? 0)"
    }
  }

  private static func notices(_ list: JSONValue?, in path: String? = nil) -> [String] {
    entries(list, in: path).map { "\($0["pointer"]?.text ?? "") \($0["kind"]?.text ?? "")" }
  }
}
