import Foundation
import JSONTree
import TestSupport
import Testing

/// `merge-file` on files that have nothing to do with a workspace.
@Suite struct MergeFileTests {
  private let folder: TemporaryFolder
  private let desk: Desk

  init() throws {
    folder = try TemporaryFolder()
    desk = try Desk("Ana Côté <ana@ravaude.example>", in: folder, at: folder.path)
  }

  private func merge(
    _ base: String, _ ours: String, _ theirs: String, _ options: String...
  ) throws -> TestSupport.Program.Result {
    for (name, text) in [("base", base), ("ours", ours), ("theirs", theirs)] {
      try desk.write(text, to: name)
    }
    return try desk.ligne(["merge-file", "base", "ours", "theirs"] + options)
  }

  /// Each in the layout of its file, with both changes in it.
  @Test(arguments: [
    ("{\n\t\"b\": 1,\n\t\"a\": [1, 2]\n}\n", "{\n\t\"b\": 2,\n\t\"a\": [1, 2, 3]\n}\n"),
    ("{\n    \"b\" : 1,\n    \"a\" : [ 1, 2 ]\n}", "{\n    \"b\" : 2,\n    \"a\" : [ 1, 2, 3 ]\n}"),
    ("{\"b\":1,\"a\":[1,2]}\r\n", "{\"b\":2,\"a\":[1,2,3]}\r\n"),
  ])
  func keepsTheOrderOfKeysAndTheLayout(base: String, both: String) throws {
    let first = base.range(of: "1")
    let changed = base.replacingCharacters(in: try #require(first), with: "2")
    let last = try #require(base.range(of: "2", options: .backwards))
    let separator = base.contains(", ") ? ", " : ","
    let grown = base.replacingCharacters(in: last, with: "2\(separator)3")
    let answer = try merge(base, changed, grown)
    #expect(answer.status == 0)
    #expect(String(decoding: answer.output, as: UTF8.self) == both)
  }

  @Test func numbersAndEscapesStayAsTheyWereWritten() throws {
    let answer = try merge(
      #"{"n": 1.0, "s": "caf\u00e9", "x": 1}"#, #"{"n": 1.0, "s": "caf\u00e9", "x": 2}"#,
      #"{"n": 1.0, "s": "caf\u00e9", "x": 1, "y": 1e2}"#)
    #expect(answer.text == #"{"n": 1.0, "s": "caf\u00e9", "x": 2, "y": 1e2}"#)
  }

  @Test func aPlainTextIsMergedByItsWords() throws {
    let answer = try merge(
      "Un.\nDeux trois quatre.\n", "Un.\nDeux bis trois quatre.\n", "Un.\nDeux trois cinq.\n")
    #expect(answer.status == 0)
    #expect(answer.text == "Un.\nDeux bis trois cinq.")
  }

  @Test func aListOfNamelessThingsIsOneQuestionAndSaysWhy() throws {
    let answer = try merge(
      #"{"l": [{"a": 1}, {"a": 2}, {"a": 3}]}"#, #"{"l": [{"a": 9}, {"a": 8}, {"a": 3}]}"#,
      #"{"l": [{"a": 7}, {"a": 6}, {"a": 3}]}"#, "--output", "out", "--path", "x.json")
    #expect(answer.status == 2)
    #expect(answer.errorText.contains("/l") && answer.errorText.contains("éléments sans nom"))
    #expect(try JSONValue(parsing: Array(desk.read("out").utf8))["l"]?.array?.count == 3)
  }

  @Test func namesUsedTwiceAreSaid() throws {
    let twice = #"{"l": [{"id": "a", "x": 1}, {"id": "a", "x": 2}]}"#
    try desk.write(
      #"{"properties": {"l": {"type": "array", "x-merge": {"list": "id"}}}}"#, to: "schema.json")
    let answer = try merge(
      twice, twice.replacing("1", with: "3"), twice.replacing("2", with: "4"), "--schema", "schema.json")
    #expect(answer.status == 2)
    #expect(answer.errorText.contains("/l"))
    #expect(answer.errorText.contains("deux éléments"))
  }

  @Test func aSchemaDecidesHowAFieldMerges() throws {
    let (base, ours, theirs) = (#"{"l": ["a"]}"#, #"{"l": ["a", "b"]}"#, #"{"l": ["a", "c"]}"#)
    for (rule, status, merged) in [
      ("set", Int32(0), #"{"l": ["a", "b", "c"]}"#), ("atomic", 2, #"{"l": ["a", "c"]}"#),
    ] {
      try desk.write(#"{"properties": {"l": {"x-merge": "\#(rule)"}}}"#, to: "schema.json")
      let answer = try merge(base, ours, theirs, "--schema", "schema.json")
      #expect(answer.status == status)
      #expect(answer.text == merged, "\(rule)")
    }
  }

  @Test(arguments: ["{", "[]", #"{"properties": {"l": {"x-merge": "magic"}}}"#, #"{"requierd": []}"#])
  func aSchemaThatCannotServeIsNamed(_ schema: String) throws {
    try desk.write(schema, to: "schema.json")
    let answer = try merge("{}", "{}", "{}", "--schema", "schema.json", "--json")
    #expect(answer.status == 1)
    let error = try JSONValue(parsing: answer.output)["error"]
    #expect(error?["code"] == "broken-schema")
    #expect(error?["message"]?.text?.contains("schema.json") == true)
  }

  @Test func aResultNamedLikeStandardOutputGoesThere() throws {
    let answer = try merge("{}", #"{"a": 1}"#, #"{"b": 1}"#, "--path", "x.json", "--output", "-")
    #expect(answer.status == 0)
    #expect(answer.output == (try merge("{}", #"{"a": 1}"#, #"{"b": 1}"#, "--path", "x.json")).output)
    #expect(!answer.output.isEmpty)
  }

  @Test(arguments: ["base", "ours", "theirs"]) func whatCannotBeReadLeavesEveryFileAlone(_ which: String)
    throws
  {
    var texts = ["base": "{}", "ours": "{\"a\": 1}", "theirs": "{\"b\": 1}"]
    texts[which] = "{\"a\": "
    let answer = try merge(
      texts["base"] ?? "", texts["ours"] ?? "", texts["theirs"] ?? "", "--path", "x.json", "--output", "ours")
    #expect(answer.status == 1)
    #expect(answer.errorText.contains(which))
    for (name, text) in texts { #expect(try desk.read(name) == text) }
  }
}
