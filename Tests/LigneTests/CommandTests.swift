import ArgumentParser
import Documents
import JSONTree
import Testing
import Wording

@testable import ligne

/// The words of README.md, as scripts write them.
@Suite struct CommandTests {
  @Test func `init`() throws {
    let command = try #require(
      try Spine.parse(
        "init", "salon", "--brand", "Maison", "--language", "fr-FR", "--zone", "Europe/Paris", "--workflow",
        "multi-level", "--channel", "masto=mastodon:@maison@mastodon.social", "--channel",
        "site=web:https://a.b",
        "--empty", as: Ligne.Init.self))
    #expect(command.folder == "salon")
    #expect(command.brand == "Maison")
    #expect(command.language == "fr-FR")
    #expect(command.zone == "Europe/Paris")
    #expect(command.workflow == .multiLevel)
    #expect(command.channels.map(\.id) == ["masto", "site"])
    #expect(command.channels.map(\.platform) == ["mastodon", "web"])
    #expect(command.channels.map(\.handle) == ["@maison@mastodon.social", "https://a.b"])
    #expect(command.empty)
  }

  @Test func initWithItsDefaults() throws {
    let command = try #require(try Spine.parse("init", "--brand", "Maison", as: Ligne.Init.self))
    #expect(command.folder == nil)
    #expect([command.language, command.zone] == ["fr-CA", "America/Toronto"])
    #expect(command.workflow == .optional)
    #expect(command.channels.isEmpty && !command.empty)
  }

  @Test func cloneAndRemote() throws {
    let clone = try #require(try Spine.parse("clone", "git@h:t.git", "salon", as: Ligne.Clone.self))
    #expect([clone.address, clone.folder] == ["git@h:t.git", "salon"])
    #expect(try Spine.parse("remote", as: Ligne.Remote.self)?.address == nil)
    #expect(try Spine.parse("remote", "/srv/t.git", as: Ligne.Remote.self)?.address == "/srv/t.git")
  }

  @Test func new() throws {
    let command = try #require(
      try Spine.parse(
        "new", "post", "--title", "Lancement", "--channel", "masto", "--channel", "site", "--from", "-",
        "--set",
        "/labels=[\"a\"]", "--set", "/note=a=b", as: Ligne.New.self))
    #expect([command.kind, command.title, command.source] == ["post", "Lancement", "-"])
    #expect(command.channels == ["masto", "site"])
    #expect(command.assignments.map(\.pointer) == ["/labels", "/note"])
    #expect(command.assignments.map(\.value) == [#"["a"]"#, "a=b"])
  }

  @Test func check() throws {
    let command = try #require(try Spine.parse("check", "01hx", "--fix", as: Ligne.Check.self))
    #expect(command.documents == ["01hx"])
    #expect(command.fix)
    #expect(try Spine.parse("commit", "-m", "x", "--strict", as: Ligne.Commit.self)?.strict == true)
  }

  @Test func showListEdit() throws {
    let show = try #require(try Spine.parse("show", "01hx", "/title", "--at", "-1", as: Ligne.Show.self))
    #expect([show.document, show.pointer, show.at] == ["01hx", "/title", "-1"])
    let list = try #require(
      try Spine.parse(
        "list", "post", "--state", "draft", "--channel", "masto", "--label", "été", as: Ligne.List.self))
    #expect([list.kind, list.state, list.channel, list.label] == ["post", "draft", "masto", "été"])
    #expect(try Spine.parse("edit", "01hx", as: Ligne.Edit.self)?.document == "01hx")
  }

  @Test func set() throws {
    let command = try #require(try Spine.parse("set", "01hx", "/title", "Bonjour", as: Ligne.Set.self))
    #expect([command.document, command.pointer, command.value] == ["01hx", "/title", "Bonjour"])
    #expect(try Spine.parse("set", "01hx", "/rank", "-5", "--json", as: Ligne.Set.self)?.value == "-5")
    #expect(try Spine.parse("set", "01hx", "/rank", "--", "--json", as: Ligne.Set.self)?.value == "--json")
    let deletion = try #require(try Spine.parse("set", "01hx", "/rank", "--delete", as: Ligne.Set.self))
    #expect(deletion.delete && deletion.value == nil)
  }

  @Test func statusDiffCommit() throws {
    #expect(try Spine.parse("status", "--json", as: Ligne.Status.self)?.options.json == true)
    let diff = try #require(
      try Spine.parse("diff", "01hx", "--from", "-2", "--to", "-1", as: Ligne.Diff.self))
    #expect([diff.document, diff.from, diff.to] == ["01hx", "-2", "-1"])
    let commit = try #require(
      try Spine.parse("commit", "-m", "- un point", "posts/a.json", "01hx", as: Ligne.Commit.self))
    #expect(commit.message == "- un point")
    #expect(commit.documents == ["posts/a.json", "01hx"])
  }

  @Test func syncAndConflicts() throws {
    let sync = try #require(try Spine.parse("sync", "--no-push", "--dry-run", as: Ligne.Sync.self))
    #expect(sync.noPush && sync.dryRun)
    #expect(try Spine.parse("conflicts", as: Ligne.Conflicts.self)?.document == nil)
  }

  @Test func resolve() throws {
    #expect(try Spine.parse("resolve", "d", "/p", "--take", "2", as: Ligne.Resolve.self)?.take == 2)
    #expect(try Spine.parse("resolve", "d", "/p", "--value", "-5", as: Ligne.Resolve.self)?.value == "-5")
    #expect(try Spine.parse("resolve", "d", "/p", "--edit", as: Ligne.Resolve.self)?.edit == true)
    #expect(try Spine.parse("resolve", "--all", as: Ligne.Resolve.self)?.all == true)
    #expect(try Spine.parse("resolve", "d", "--all", as: Ligne.Resolve.self)?.document == "d")
  }

  @Test func logRestoreMergeFile() throws {
    let log = try #require(
      try Spine.parse(
        "log", "d", "--field", "/body", "--since", "2026-11-01", "--author", "Ana", "--limit", "5",
        as: Ligne.Log.self))
    #expect([log.document, log.field, log.since, log.author] == ["d", "/body", "2026-11-01", "Ana"])
    #expect(log.limit == 5)
    let restore = try #require(
      try Spine.parse("restore", "d", "--to", "-1", "--field", "/body", as: Ligne.Restore.self))
    #expect([restore.document, restore.to, restore.field] == ["d", "-1", "/body"])
    let merge = try #require(
      try Spine.parse(
        "merge-file", "b", "o", "t", "--output", "r", "--path", "posts/a.json", "--schema", "s",
        as: Ligne.MergeFile.self))
    #expect([merge.base, merge.ours, merge.theirs] == ["b", "o", "t"])
    #expect([merge.output, merge.path, merge.schema] == ["r", "posts/a.json", "s"])
    let driver = try Spine.parse("merge-file", "b", "o", "t", "posts/a.json", as: Ligne.MergeFile.self)
    #expect(driver?.driverPath == "posts/a.json")
  }

  @Test func verifyAndDiffFile() throws {
    #expect(try Spine.parse("verify", "--json", as: Ligne.Verify.self)?.options.json == true)
    let words = ["posts/a.json", "/tmp/a", "0123", "100644", "posts/a.json", "0000", "100644"]
    let parsed = try Spine.parseAsRoot(CommandWords(["diff-file", "--"] + words).words) as? Ligne.DiffFile
    #expect(parsed?.words == words)
  }

  /// Said by us, in validation: wrong words, exit 64.
  @Test(arguments: [
    ["resolve", "d", "/p"], ["resolve", "--take", "1"], ["resolve", "d", "/p", "--take", "0"],
    ["resolve", "d", "/p", "--take", "1", "--edit"], ["resolve", "d", "/p", "--all"],
    ["resolve", "--all", "--take", "1"], ["resolve", "d", "/p", "--value", "a", "--take", "1"],
    ["set", "d", "/p"], ["set", "d", "/p", "v", "--delete"], ["init"], ["init", "--brand", "  "],
    ["init", "--brand", "B", "--channel", "a"], ["init", "--brand", "B", "--channel", "a=b"],
    ["init", "--brand", "B", "--channel", "a=b:c", "--channel", "a=d:e"],
    ["new"], ["new", "post", "--body", "a", "--from", "b"], ["new", "post", "--set", "=a"],
    ["new", "post", "--set", "/title"], ["commit"], ["restore", "d"], ["log", "--limit", "0"],
    ["log", "--field", "/body"], ["merge-file", "a", "b"], ["merge-file", "a", "b", "c", "d", "--path", "e"],
    ["show"], ["edit"], ["clone"], ["diff-file", "a", "b"],
  ])
  func refusesWordsThatDoNotGoTogether(_ words: [String]) {
    #expect(throws: (any Error).self) { try Spine.parseAsRoot(CommandWords(words).words) }
    do {
      _ = try Spine.parseAsRoot(CommandWords(words).words)
    } catch {
      #expect(Spine.exitCode(for: error).rawValue == 64, "\(error)")
    }
  }

  // MARK: Options of every command

  @Test(arguments: [
    ["-C", "salon", "--json", "list"], ["list", "-C", "salon", "--json"], ["-C", "salon", "list", "--json"],
    ["-Csalon", "--json", "list"],
  ])
  func globalOptionsStandAnywhere(_ words: [String]) throws {
    let command = try #require(try Spine.parseAsRoot(CommandWords(words).words) as? Ligne.List)
    #expect(command.options.folder == "salon")
    #expect(command.options.json)
  }

  /// The help lists what the contract promises; a command it does not list cannot be run.
  @Test func everyCommandOfTheContractIsListed() {
    let listed = Ligne.commandGroups.flatMap(\.commands).compactMap { $0.configuration.commandName }
    let promised = Spine.commands.compactMap { $0.configuration.commandName }
    #expect(Swift.Set(listed).isSuperset(of: promised))
    #expect(listed.count == Swift.Set(listed).count)
  }
}

@Suite struct CommandWordsTests {
  @Test(arguments: [
    (["commit", "-m", "Corrigé"], ["commit", "-m=Corrigé"]),
    (["commit", "-mCorrigé le titre"], ["commit", "-m=Corrigé le titre"]),
    (["commit", "-m", "-C"], ["commit", "-m=-C"]),
    (["commit", "-m", "--json"], ["commit", "-m", "--json"]),
    (["commit", "-m", ""], ["commit", "-m", ""]),
    (["commit", "-m"], ["commit", "-m"]),
    (["commit", "--message=a"], ["commit", "--message=a"]),
    (["show", "d", "--at", "-1"], ["show", "d", "--at=-1"]),
    (["set", "d", "/p", "-5"], ["set", "d", "/p", "--", "-5"]),
    (["set", "d", "/p", "-5", "--json"], ["set", "d", "/p", "--json", "--", "-5"]),
    (["set", "d", "/p", "--", "-C", "x"], ["set", "d", "/p", "--", "-C", "x"]),
    (["new", "post", "--from", "-"], ["new", "post", "--from=-"]),
    (["list", "-1", "post"], ["list", "--", "-1", "post"]),
    (["---completion", "list", "--", "-C"], ["---completion", "list", "--", "-C"]),
    ([], []),
  ])
  func tieOptionsToTheirValues(_ arguments: [String], words: [String]) {
    #expect(CommandWords(arguments).words == words)
  }

  @Test func knowWhatIsAskedBeforeAnythingIsParsed() {
    let words = CommandWords(["-C", "list", "sync", "--json", "--no-color"])
    #expect(words.asksForJSON && words.refusesColour)
    #expect(words.command == "sync")
    #expect(!CommandWords(["commit", "-m", "a", "--", "--json"]).asksForJSON)
    #expect(!CommandWords(["new", "--title=--json"]).asksForJSON)
  }

  /// The list of options with a value is what the commands say of themselves, no more and no less.
  @Test func knowEveryOptionThatTakesAValue() throws {
    let dump = try JSONValue(parsing: Spine._dumpHelp().utf8)
    var (valued, flags): (Swift.Set<String>, Swift.Set<String>) = ([], [])
    var open = [dump["command"]].compactMap { $0 }
    while let command = open.popLast() {
      if command["commandName"] == "help" { continue }
      open += command["subcommands"]?.array ?? []
      for argument in command["arguments"]?.array ?? [] {
        let names = (argument["names"]?.array ?? []).map { name in
          (name["kind"] == "long" ? "--" : "-") + (name["name"]?.text ?? "")
        }
        if argument["kind"] == "option" { valued.formUnion(names) } else { flags.formUnion(names) }
      }
    }
    #expect(valued.count > 20)
    #expect(CommandWords.optionsWithValue == valued)
    #expect(valued.isDisjoint(with: flags), "one name, two meanings: \(valued.intersection(flags))")
  }
}

@Suite struct TypedValueTests {
  static let cases: [(text: String, value: JSONValue)] = [
    ("true", true), ("12", 12), ("-1.50", .number(JSONNumber(unchecked: "-1.50"))), ("null", .null),
    ("[\"a\"]", .array(["a"])), ("Bonjour", "Bonjour"), ("\"12\"", "12"), ("", ""), ("{a}", "{a}"),
    ("12 mots", "12 mots"),
  ]

  @Test(arguments: cases)
  func isJSONElseText(_ text: String, value: JSONValue) {
    #expect(JSONValue(typed: text, in: nil) == value)
  }

  /// A field that holds only text takes words that happen to be JSON.
  @Test(
    arguments: [
      ("post", "/title", "2026", "2026"), ("post", "/title", "\"2026\"", "2026"),
      ("rumour", "/verdict", "false", "false"), ("post", "/title", "null", .null),
      ("post", "/labels", "[\"a\"]", ["a"]), ("statement", "/version", "3", 3),
      ("post", "/nothingOfTheKind", "true", true),
    ] as [(String, String, String, JSONValue)])
  func wordsStayWordsWhereTextIsAskedFor(
    _ kind: String, _ pointer: String, _ text: String, _ value: JSONValue
  )
    throws
  {
    let schema = try #require(SchemaSet.builtIn.kind(named: JSONString(kind))?.schema)
    #expect(JSONValue(typed: text, in: schema.field(at: try JSONPointer(parsing: pointer))) == value)
  }
}
