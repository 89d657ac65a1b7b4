import Documents
import EditorialChecks
import JSONTree
import Testing

/// Contradictions 10 to 14: texts that keep to the line apart and break it together. The rules of the line and of the
/// platforms find them in the merged text, as they would in a text of one hand; here is that git makes that text without
/// a word, and that nothing else speaks of it.
struct MergedTextCase: CustomTestStringConvertible, Sendable {
  let what: String
  var base: ContradictionCase.Step = { _ in }
  let ours, theirs: ContradictionCase.Step
  /// The place of the merged text, and what the two made of it.
  var path = Tree.path(of: Tree.post)
  let pointer: JSONPointer
  let merged: JSONValue

  var testDescription: String { what }

  /// The three versions and what git makes of them.
  func trees() throws -> (base: Tree, ours: Tree, theirs: Tree, merged: Tree) {
    var start = Tree()
    try base(&start)
    var (left, right) = (start, start)
    try ours(&left)
    try theirs(&right)
    return (start, left, right, try Tree.merged(base: start, ours: left, theirs: right))
  }

  /// A thread of two messages, apart from each other in the file: what one person writes in the first and another in the
  /// second stands together in the post.
  static let thread: JSONPointer = "/variants/facebook/thread"

  static let all = [
    MergedTextCase(
      what: "10. within the limit apart, over it together: body and tracked link",
      base: {
        $0.set(["mode": "follows", "title": "Titre"], at: "/variants/mastodon")
        $0.set(JSONValue(String(repeating: "On répare. ", count: 30)), at: "/body")
      },
      ours: { $0.set(JSONValue(String(repeating: "On répare. ", count: 44)), at: "/body") },
      theirs: { $0.set([["id": "page", "url": "https://laravaude.example/mitaines"]], at: "/links") },
      pointer: "/body", merged: JSONValue(String(repeating: "On répare. ", count: 44))),
    MergedTextCase(
      what: "11. too many hashtags together",
      base: { $0.set(["Bottes", "Jeudi", "Mitaines", "Tuques"], at: "/hashtags") },
      ours: { $0.set(["Aiguille", "Bottes", "Jeudi", "Mitaines", "Tuques"], at: "/hashtags") },
      theirs: { $0.set(["Bottes", "Jeudi", "Mitaines", "Tuques", "Zigzag"], at: "/hashtags") },
      pointer: "/hashtags", merged: ["Aiguille", "Bottes", "Jeudi", "Mitaines", "Tuques", "Zigzag"]),
    MergedTextCase(
      what: "12. too many exclamation marks together",
      base: { $0.set(Self.messages("Un fil.", "Une aiguille."), at: thread) },
      ours: { $0.set(Self.messages("Un fil!", "Une aiguille."), at: thread) },
      theirs: { $0.set(Self.messages("Un fil.", "Une aiguille!"), at: thread) },
      pointer: thread, merged: Self.messages("Un fil!", "Une aiguille!")),
    MergedTextCase(
      what: "13. tu and vous mixed",
      base: { $0.set(Self.messages("Un fil.", "Une aiguille."), at: thread) },
      ours: { $0.set(Self.messages("Prenez votre fil.", "Une aiguille."), at: thread) },
      theirs: { $0.set(Self.messages("Un fil.", "Prends ton aiguille."), at: thread) },
      pointer: thread, merged: Self.messages("Prenez votre fil.", "Prends ton aiguille.")),
    MergedTextCase(
      what: "14. inclusive convention changed, text in the old one",
      ours: {
        $0.set("parentheses", at: "/inclusive/convention", of: "guidelines/\(Tree.guideline).json")
      },
      theirs: { $0.set("Aux étudiantes et étudiants : on répare le jeudi.", at: "/body") },
      path: "guidelines/\(Tree.guideline).json", pointer: "/inclusive/convention", merged: "parentheses"),
  ]

  private static func messages(_ first: String, _ second: String) -> JSONValue {
    [["id": "un", "body": JSONValue(first)], ["id": "deux", "body": JSONValue(second)]]
  }
}

@Suite struct MergedTextTests {
  @Test(arguments: MergedTextCase.all) func gitMakesTheTextWithoutAWord(_ c: MergedTextCase) throws {
    let trees = try c.trees()
    #expect(trees.merged.files[c.path]?.value(at: c.pointer) == c.merged)
    #expect(trees.ours != trees.base && trees.theirs != trees.base)
    #expect(trees.merged != trees.ours && trees.merged != trees.theirs)
    #expect(try trees.merged.findings() == [])
  }
}
