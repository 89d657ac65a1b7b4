import JSONTree
import TestSupport
import Testing

/// A name that many computers take for another one can't stay; whoever commits is told the new one.
@Suite struct LookAlikeNamesTests {
  @Test func aNameThatLooksLikeAnotherIsChangedAndTold() throws {
    let desk = try Desk()
    try desk.write("un", to: "notes.txt")
    _ = try desk.ligne(["commit", "-m", "un"])
    try desk.write("deux", to: "Notes.txt")
    let answer = try JSONValue(parsing: desk.ligne(["commit", "-m", "deux", "--json"]).output)
    let name = try #require(answer["renamed"]?.array?.first?.text)
    #expect(answer["documents"] == .array([JSONValue(name)]))
    #expect(name.hasPrefix("Notes-") && name.hasSuffix(".txt"))
    #expect(try desk.read(name) == "deux")
    #expect(try desk.read("notes.txt") == "un")
    let status = try JSONValue(parsing: desk.ligne(["status", "--json"]).output)
    #expect(status["changes"] == .array([]))
  }

  @Test(arguments: [("fr", "confondraient deux noms"), ("en", "take two names for one")])
  func itIsSaidInBothLanguages(_ language: String, _ words: String) throws {
    let desk = try Desk()
    try desk.write("un", to: "notes.txt")
    try desk.write("deux", to: "NOTES.txt")
    let answer = try desk.ligne(["commit", "-m", "deux"], in: language)
    #expect(String(decoding: answer.output, as: UTF8.self).contains(words))
  }
}
