import Documents
import EditorialChecks
import JSONTree
import ObjectModel
import Testing
import Wording

/// Contradictions 10 to 14: texts that keep to the line apart and break it together. Git makes the merged text without a
/// word; the rules of the line and of the platforms find in it what neither side had.
struct MergedTextCase: CustomTestStringConvertible, Sendable {
  let what: String
  /// A rule for the guideline everybody starts from; `nil` where platforms decide without being asked.
  var line: JSONValue?
  var base: ContradictionCase.Step = { _ in }
  let ours, theirs: ContradictionCase.Step
  /// What finds it, in which field of the post, and at which words, where it is about some.
  let rule: String
  let pointer: JSONPointer
  var words: String?

  var testDescription: String { what }

  static let guideline = "guidelines/\(Tree.guideline).json"

  /// What the two start from, what each made of it, and what git makes of both.
  func trees() throws -> (base: Tree, ours: Tree, theirs: Tree, merged: Tree) {
    var start = Tree()
    start.set(line.map { [$0] } ?? [], at: "/rules", of: Self.guideline)
    try base(&start)
    var (left, right) = (start, start)
    try ours(&left)
    try theirs(&right)
    return (start, left, right, try Tree.merged(base: start, ours: left, theirs: right))
  }

  /// A thread of two messages, apart from each other in the file: what one person writes in the first and another in the
  /// second is read one after the other.
  static let thread: JSONPointer = "/variants/facebook/thread"

  static let all = [
    MergedTextCase(
      what: "10. within the limit apart, over it together: body and link",
      base: {
        $0.set(["mode": "follows", "title": "Titre"], at: "/variants/mastodon")
        $0.set(JSONValue(String(repeating: "On répare. ", count: 30)), at: "/body")
      },
      ours: { $0.set(JSONValue(String(repeating: "On répare. ", count: 44)), at: "/body") },
      theirs: { $0.set([["id": "page", "url": "https://laravaude.example/mitaines"]], at: "/links") },
      rule: "limit", pointer: "/body"),
    MergedTextCase(
      what: "11. too many hashtags together",
      base: {
        $0.set(
          ["id": "instagram", "platform": "instagram", "handle": "ravaude", "state": "active"],
          at: "/channels/1", of: "channels.json")
        $0.set(["mode": "follows"], at: "/variants/instagram")
        $0.set(["Bottes", "Jeudi", "Mitaines", "Tuques"], at: "/hashtags")
      },
      ours: { $0.set(["Aiguille", "Bottes", "Jeudi", "Mitaines", "Tuques"], at: "/hashtags") },
      theirs: { $0.set(["Bottes", "Jeudi", "Mitaines", "Tuques", "Zigzag"], at: "/hashtags") },
      rule: "limit", pointer: "/hashtags"),
    MergedTextCase(
      what: "12. too many exclamation marks together",
      line: [
        "id": "sobre", "check": "occurrence", "level": "error",
        "parameters": ["tokens": ["!"], "max": 1, "per": "post"],
      ],
      base: { $0.set(Self.messages("Un fil.", "Une aiguille."), at: thread) },
      ours: { $0.set(Self.messages("Un fil!", "Une aiguille."), at: thread) },
      theirs: { $0.set(Self.messages("Un fil.", "Une aiguille!"), at: thread) },
      rule: "sobre", pointer: "/variants/facebook/thread/@deux/body", words: "!"),
    MergedTextCase(
      what: "12. too many emoji together",
      line: [
        "id": "emojis", "check": "occurrence", "level": "warning",
        "parameters": ["class": "emoji", "max": 1, "per": "post"],
      ],
      base: { $0.set(Self.messages("Un fil.", "Une aiguille."), at: thread) },
      ours: { $0.set("On répare le jeudi. 🧶", at: "/body") },
      theirs: { $0.set(Self.messages("Un fil.", "Une aiguille. 🪡"), at: thread) },
      rule: "emojis", pointer: "/variants/facebook/thread/@deux/body", words: "🪡"),
    MergedTextCase(
      what: "13. tu and vous mixed",
      line: ["id": "adresse", "check": "address", "level": "warning", "parameters": ["address": "mixed"]],
      base: { $0.set(Self.messages("Un fil.", "Une aiguille."), at: thread) },
      ours: { $0.set(Self.messages("Vous serez bienvenue avec un fil.", "Une aiguille."), at: thread) },
      theirs: { $0.set(Self.messages("Un fil.", "Apporte ton aiguille."), at: thread) },
      rule: "adresse", pointer: "/variants/facebook/thread/@deux/body", words: "ton"),
    MergedTextCase(
      what: "14. inclusive convention changed, text in the old one",
      line: ["id": "inclusif", "check": "inclusive", "level": "warning"],
      base: { $0.set("parentheses", at: "/inclusive/convention", of: Self.guideline) },
      ours: { $0.set("doublet", at: "/inclusive/convention", of: Self.guideline) },
      theirs: { $0.set("Aux étudiant(e)s : on répare le jeudi.", at: "/body") },
      rule: "inclusif", pointer: "/body", words: "étudiant(e)s"),
    MergedTextCase(
      what: "14. two conventions, one in each message of a thread",
      line: ["id": "inclusif", "check": "inclusive", "level": "warning"],
      base: {
        $0.set([:], at: "/inclusive", of: Self.guideline)
        $0.set(Self.messages("Un fil.", "Une aiguille."), at: thread)
      },
      ours: { $0.set(Self.messages("Aux étudiant-e-s.", "Une aiguille."), at: thread) },
      theirs: { $0.set(Self.messages("Un fil.", "Aux voisin(e)s."), at: thread) },
      rule: "inclusif", pointer: "/variants/facebook/thread/@deux/body", words: "voisin(e)s"),
  ]

  private static func messages(_ first: String, _ second: String) -> JSONValue {
    [["id": "un", "body": JSONValue(first)], ["id": "deux", "body": JSONValue(second)]]
  }
}

@Suite struct MergedTextTests {
  @Test(arguments: MergedTextCase.all) func isFoundInWhatGitMakesAndInNeitherSide(_ c: MergedTextCase) throws
  {
    let trees = try c.trees()
    for (side, tree) in [("base", trees.base), ("ours", trees.ours), ("theirs", trees.theirs)] {
      let found = check(try tree.collection(), at: Tree.now)
      #expect(found.map { "\($0.rule) \($0.pointer) \($0.message.english)" } == [], "\(side)")
    }
    let documents = try trees.merged.collection()
    let found = check(documents, at: Tree.now)
    let finding = try #require(found.first)
    #expect(found.count == 1, "\(found.map { "\($0.rule) \($0.pointer) \($0.message.english)" })")
    #expect(finding.rule == c.rule && finding.pointer == c.pointer)
    #expect(finding.path.text == Tree.path(of: Tree.post))
    let text = documents[finding.id]?.value.value(at: finding.pointer)?.text
    let words = finding.range.flatMap { range in
      text.map { String(String.UnicodeScalarView(Array($0.unicodeScalars)[range])) }
    }
    if let expected = c.words { #expect(words == expected) }
  }

  /// A sync tells of it when it takes in the other side.
  @Test(arguments: MergedTextCase.all) func isNewToBothSides(_ c: MergedTextCase) throws {
    let trees = try c.trees()
    let merged = try trees.merged.collection()
    for side in [trees.ours, trees.theirs] {
      let found = newFindings(in: merged, since: try side.collection(), at: Tree.now)
      #expect(found.map(\.rule) == [c.rule])
    }
  }
}
