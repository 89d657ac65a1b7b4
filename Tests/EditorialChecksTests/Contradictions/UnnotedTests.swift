import Documents
import EditorialChecks
import JSONTree
import Testing
import Wording

/// A review from a tool that notes only the whole: what changed can't be told apart, that something did can.
@Suite struct UnnotedTests {
  @Test(arguments: [
    ("/body", Tree.path(of: Tree.post), "Autre."), ("/channels/0/handle", "channels.json", "ravaude.perso"),
    ("/altText", "assets/\(Tree.asset).json", "Deux mitaines."),
  ])
  func aChangeAfterApprovalIsNamedOnce(_ pointer: String, _ path: String, _ value: String) throws {
    var tree = Tree()
    tree.set([["id": "image", "asset": JSONValue(Tree.asset)]], at: "/assets")
    try tree.review(by: "noemie", number: 30, fields: ["contents": [:]])
    #expect(try tree.findings() == [])
    tree.set(JSONValue(value), at: try JSONPointer(parsing: pointer), of: path)
    let found = try tree.findings()
    #expect(found.map(\.rule) == ["approved-then-edited"])
    #expect(found.first?.message.english.contains("the text, a picture or the account has changed") == true)
  }
}
