import Documents
import EditorialChecks
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

/// Each contradiction is brought about by two people whose edits plain git merges without a word; it is named in what
/// comes out, and was in neither side.
@Suite struct ContradictionTests {
  @Test(arguments: ContradictionCase.all) func isNamedWhereGitIsSilent(_ c: ContradictionCase) throws {
    var base = Tree()
    try c.base(&base)
    var (ours, theirs) = (base, base)
    try c.ours(&ours)
    try c.theirs(&theirs)
    #expect(ours != base && theirs != base, "both have done something")
    let merged = try Tree.merged(base: base, ours: ours, theirs: theirs)

    for (side, tree) in [("base", base), ("ours", ours), ("theirs", theirs)] {
      #expect(try tree.findings().filter { $0.rule == c.rule }.map(\.path) == [], "\(side) has it already")
    }
    let found = try merged.findings().filter { $0.rule == c.rule }
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.level == c.level)
    #expect(finding.path.text == c.path)
    let collection = try merged.collection()
    let value = try #require(collection.all.first { $0.path == finding.path }).value
    #expect(value.value(at: finding.pointer) != nil, "the place exists: \(finding.pointer)")
    for words in c.names {
      #expect(finding.message.french.contains(words), "\(finding.message.french)")
      #expect(finding.message.english.contains(words), "\(finding.message.english)")
    }
  }

  /// Two rules that find the same would ask twice.
  @Test func everyRuleHasACaseAndAName() {
    let rules = contradictionRules
    #expect(Set(rules).count == rules.count)
    #expect(Set(ContradictionCase.all.map(\.rule)) == Set(rules).subtracting(["imported-twice"]))
    for rule in rules { #expect(rule.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil) }
  }

  @Test func theWorkspaceOfTheseTestsContradictsNothing() throws {
    #expect(try Tree().findings().map(\.rule) == [])
  }

  /// The same documents in another order, at the same moment, give the same findings in the same order.
  @Test func findingsComeInOneOrder() throws {
    var tree = Tree()
    tree.addReply(20, by: "etienne")
    tree.addReply(21, by: "wassila")
    tree.declareCrisis()
    tree.schedule(at: "2026-11-23T09:00:00-05:00")
    tree.schedule(Tree.other, at: "2026-11-23T09:04:00-05:00")
    let all = try tree.collection().all
    let first = contradictions(in: .init(all), at: Tree.now)
    #expect(first.count > 3)
    #expect(contradictions(in: .init(all.reversed()), at: Tree.now) == first)
  }

  /// A post in which two times, or two titles, wait for somebody does not go out by itself, whatever the policy.
  @Test func whatIsToBeSettledIsNotCalledScheduled() throws {
    var tree = Tree()
    tree.set("optional", at: "/workflow/preset", of: "ligne.json")
    tree.set(
      ["preset": "required", "by": "gaspard", "at": "2026-11-20T09:00:00-05:00"],
      at: "/workflow/previous", of: "ligne.json")
    tree.schedule(at: ContradictionCase.morning)
    let documents = try tree.collection()
    func rules(conflicted: Set<JSONString>) -> [String] {
      check(documents, conflicted: conflicted, at: Tree.now).map(\.rule).filter(contradictionRules.contains)
    }
    #expect(rules(conflicted: []) == ["loosened-policy-used"])
    #expect(rules(conflicted: [JSONString(Tree.post)]) == [])
    #expect(rules(conflicted: [JSONString(Tree.other)]) == ["loosened-policy-used"])

    // Settling it brings out what was hidden.
    func brought(before: Set<JSONString>) -> [String] {
      newFindings(in: documents, since: documents, conflictedBefore: before, at: Tree.now).map(\.rule)
    }
    #expect(brought(before: []) == [])
    #expect(brought(before: [JSONString(Tree.post)]) == ["loosened-policy-used"])
  }

  /// Both import the same export: the id is made of what the platform calls the conversation, so it is one file.
  @Test func theSameExportImportedTwiceIsNothingToDo() throws {
    let base = Tree()
    var side = base
    side.add(
      "conversations/facebook-\(Tree.id(70)).json", "conversation", 70,
      ["channel": "facebook", "externalId": "77", "triage": "new", "messages": []])
    let merged = try Tree.merged(base: base, ours: side, theirs: side)
    #expect(merged == side)
    #expect(try merged.findings() == [])

    // Noted by hand under another id, it is.
    side.add(
      "conversations/facebook-\(Tree.id(71)).json", "conversation", 71,
      ["channel": "facebook", "externalId": "77", "triage": "new", "messages": []])
    #expect(try side.findings().map(\.rule) == ["imported-twice"])
  }
}

/// The page about contradictions lists the rules there are, in their order.
@Suite struct ContradictionPageTests {
  @Test func namesEveryRule() throws {
    let page = try String(
      contentsOf: Corpus.packageRoot.appending(path: "docs/CONTRADICTIONS.md"), encoding: .utf8)
    let rules = page.matches(of: /\n\| [0-9]* ?\| `([a-z-]+)` \|/).map { String($0.output.1) }
    #expect(rules == contradictionRules)
  }
}
