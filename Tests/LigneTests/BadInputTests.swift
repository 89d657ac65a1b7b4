import Foundation
import JSONTree
import TestSupport
import Testing

/// What can't be used is named at its exact place, and everything else is checked all the same.
@Suite struct BadInputTests {
  /// Rules beside one that works. The words say what is wrong to whoever wrote it.
  static let rules: [(what: String, rules: String, places: [String], words: String)] = [
    (
      "a pattern nobody can read",
      #"{"id": "motif", "check": "existence", "level": "warning", "parameters": {"patterns": ["foin", "(herbe"]}}"#,
      ["/rules/@motif/parameters/patterns/1"], "(herbe"
    ),
    (
      "a check nobody knows", #"{"id": "inconnu", "check": "humour", "level": "warning"}"#,
      ["/rules/@inconnu/check"], "humour"
    ),
    (
      "references in a circle",
      #"""
      {"id": "a", "check": "existence", "level": "warning", "parameters": {"from": "/rules/@b/parameters"}},
      {"id": "b", "check": "existence", "level": "warning", "parameters": {"from": "/rules/@a/parameters"}}
      """#,
      ["/rules/@a/parameters/from", "/rules/@b/parameters/from"], "tournent en rond"
    ),
    (
      "a reference to nothing",
      #"{"id": "vide", "check": "existence", "level": "warning", "parameters": {"from": "/rules/@nul/parameters"}}"#,
      ["/rules/@vide/parameters/from"], "ne mène à rien"
    ),
    (
      "a setting the check does not have",
      #"{"id": "faute", "check": "length", "level": "warning", "parameters": {"mx": 3}}"#,
      ["/rules/@faute/parameters/mx"], "mx"
    ),
  ]

  @Test(arguments: rules) func aRuleThatCantBeUsedIsNamedAndTheOthersRun(
    _ what: String, _ rules: String, _ places: [String], _ words: String
  ) throws {
    let desk = try Desk()
    let guideline = try #require(try CheckTests.list(desk, "guideline").first)
    let sound =
      #"{"id": "foin", "check": "existence", "level": "warning", "parameters": {"tokens": ["foin"]}}"#
    let set = try desk.ligne(["set", guideline, "/rules", "[\(rules), \(sound)]"])
    #expect(set.status == 0, "\(set.errorText)")
    let post = try CheckTests.post(desk, "Du foin.")
    let answer = try desk.ligne(["check", "--json"])
    let found = try JSONValue(parsing: answer.output).array ?? []
    #expect(
      found.map { "\($0["rule"]?.text ?? "") \($0["pointer"]?.text ?? "")" } == places.map {
        "broken-rule \($0)"
      } + ["foin /body"])
    for finding in found.dropLast() {
      #expect(finding["path"]?.text == guideline && finding["level"] == "warning")
      #expect(finding["message"]?.text?.contains(words) == true, "\(finding)")
      #expect(finding["line"] != nil && finding["column"] != nil)
    }
    #expect(found.last?["path"]?.text == post)
    // Nothing here is an error: nobody has to come.
    #expect(answer.status == 0)
    #expect(try desk.ligne(["check"]).text.contains(words))
  }

  // MARK: - Size

  @Test func aFileThatIsTooBigIsNamedAndTheRestIsChecked() throws {
    let desk = try CheckTests.desk()
    let post = try CheckTests.post(desk, "Du foin.")
    var big = try JSONValue(parsing: Array(desk.read(post).utf8))
    try big.set(JSONValue(String(repeating: "Du foin. ", count: 600_000)), at: "/body")
    try big.set("01m7000000000000000000000b", at: "/id")
    try desk.write(String(decoding: big.canonicalForm, as: UTF8.self), to: "posts/gros.json")
    let answer = try desk.ligne(["check", "--json"])
    #expect(answer.status == 2)
    let found = try JSONValue(parsing: answer.output).array ?? []
    #expect(found.map { $0["rule"] } == ["too-big", "foin"], "\(found)")
    #expect(found.first?["path"] == "posts/gros.json")
    #expect(found.first?["message"]?.text?.contains("5\u{A0}4") == true, "\(found)")
  }

  /// As large as a document may be: nobody writes so much, and nothing stops.
  @Test func aBodyThatIsNearlyTooBigIsChecked() throws {
    let desk = try CheckTests.desk()
    let post = try CheckTests.post(desk, "Du trèfle.")
    var big = try JSONValue(parsing: Array(desk.read(post).utf8))
    // 29 bytes each, so that many bytes are few signs.
    let body = String(repeating: "🧶🧶🧶🧶🧶🧶🧶 ", count: 140_000)
    try big.set(JSONValue(body + "foin"), at: "/body")
    try desk.write(String(decoding: big.canonicalForm, as: UTF8.self), to: post)
    let answer = try desk.ligne(["check", post, "--json"])
    #expect(answer.status == 2)
    let found = try JSONValue(parsing: answer.output).array ?? []
    #expect(found.map { $0["rule"] } == ["foin"], "\(found.map { $0["message"] })")
    #expect(found.first?["range"] == ["start": 1_120_000, "end": 1_120_004])
  }

  // MARK: - Dictionaries

  /// A post in a language for which no computer of ours has a dictionary.
  @Test func aMissingDictionaryIsNamedAndTheRestIsChecked() throws {
    let desk = try Desk()
    let guideline = try #require(try CheckTests.list(desk, "guideline").first)
    let rules = """
      [{"id": "mots", "check": "spelling", "level": "error"},
       {"id": "foin", "check": "existence", "level": "error", "parameters": {"tokens": ["foin"], "language": "*"}}]
      """
    _ = try desk.ligne(["set", guideline, "/rules", rules])
    let post = try CheckTests.post(desk, "Bisitatu foin gure lantegia.")
    _ = try desk.ligne(["set", post, "/language", "eu"])
    let answer = try desk.ligne(["check", "--json"])
    #expect(answer.status == 2)
    #expect(try JSONValue(parsing: answer.output).array?.map { $0["rule"] } == ["foin"])
    #expect(answer.errorText.contains("L’orthographe n’a pas été vérifiée"))
    #expect(try desk.ligne(["check"], in: "en").errorText.contains("Spelling was not checked"))
  }

  /// The program that knows the words is not there at all; `PATH` has git and nothing else.
  @Test func aMissingProgramIsNamedAndTheRestIsChecked() throws {
    let desk = try CheckTests.desk()
    let guideline = try #require(try CheckTests.list(desk, "guideline").first)
    let rules = """
      [{"id": "mots", "check": "spelling", "level": "error"},
       {"id": "foin", "check": "existence", "level": "warning", "parameters": {"tokens": ["foin"]}}]
      """
    _ = try desk.ligne(["set", guideline, "/rules", rules])
    _ = try CheckTests.post(desk, "Du foin mangé par la communaté.")
    let tools = desk.folder.path + "/outils"
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: tools + "/git", withDestinationPath: "/usr/bin/git")
    let answer = try desk.ligne(["check", "--json"], environment: ["PATH": tools])
    #expect(answer.status == 0, "\(answer.errorText)")
    #expect(try JSONValue(parsing: answer.output).array?.map { $0["rule"] } == ["foin"])
    #expect(answer.errorText.contains("hunspell") && answer.errorText.contains("apt-get install"))
  }
}
