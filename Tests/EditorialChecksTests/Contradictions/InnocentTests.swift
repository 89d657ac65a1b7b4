import Documents
import EditorialChecks
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

/// What looks like a contradiction and is none: false alarms cost more than misses.
@Suite struct InnocentTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let what: String
    let make: @Sendable (inout Tree) throws -> Void

    init(_ what: String, _ make: @escaping @Sendable (inout Tree) throws -> Void) {
      (self.what, self.make) = (what, make)
    }

    var testDescription: String { what }
  }

  static let talk = "conversations/\(Tree.conversation).json"
  static let morning = ContradictionCase.morning

  static let cases: [Case] = [
    Case("approved again after the edit") {
      try $0.review(by: "noemie", number: 30)
      $0.set("Autre.", at: "/body")
      try $0.review(by: "noemie", at: "2026-11-20T11:00:00-05:00", number: 31)
    },
    Case("approved, then labels, assignee and title changed") {
      try $0.review(by: "noemie", number: 30)
      $0.set(["neuf"], at: "/labels")
      $0.set("wassila", at: "/assignee")
      $0.set("Autre titre", at: "/title")
    },
    Case("edited after approval, and cancelled") {
      try $0.review(by: "noemie", number: 30)
      $0.set("Autre.", at: "/body")
      $0.set("cancelled", at: "/state")
    },
    Case("a crisis and a draft") { $0.declareCrisis() },
    Case("a crisis over before the post’s time") {
      $0.declareCrisis(["state": "closed", "closedAt": "2026-11-20T10:00:00-05:00"])
      $0.schedule(at: morning)
    },
    Case("one answer proposed, one still a draft, one withdrawn") {
      $0.addReply(20, by: "etienne")
      $0.addReply(21, by: "wassila", ["state": "draft"])
      $0.addReply(22, by: "wassila", ["state": "withdrawn"])
    },
    Case("two answers to two messages") {
      $0.addReply(20, by: "etienne")
      $0.addReply(21, by: "wassila", ["inReplyTo": "982"])
    },
    Case("a withdrawn answer to a deleted message") {
      $0.addReply(20, by: "etienne", ["state": "withdrawn"])
      $0.set("2026-11-19T08:10:00-05:00", at: "/messages/0/deletedAt", of: talk)
    },
    Case("our own last word in a closed conversation") {
      $0.set("closed", at: "/triage", of: talk)
      $0.set("2026-11-19T08:00:00-05:00", at: "/triageAt", of: talk)
      $0.set(
        ["externalId": "983", "author": "La Ravaude", "at": "2026-11-19T09:00:00-05:00", "text": "Merci."],
        at: "/messages/-", of: talk)
    },
    Case("a closed conversation of which nobody noted when") {
      $0.set("closed", at: "/triage", of: talk)
    },
    Case("a variant with its own text, and nothing noted") {
      $0.set(["mode": "diverges", "body": "Propre."], at: "/variants/facebook")
    },
    Case("two posts ten minutes apart, and two on two channels") {
      $0.schedule(at: morning)
      $0.schedule(Tree.other, at: "2026-11-23T09:10:00-05:00")
      $0.set(["mode": "follows"], at: "/variants/mastodon", of: Tree.path(of: Tree.other))
      $0.schedule(Tree.other, at: morning, on: "mastodon")
    },
    Case("three words quoted twice, from one source") {
      for post in [Tree.post, Tree.other] {
        $0.set("On a dit « deux petits mots ».", at: "/body", of: Tree.path(of: post))
        $0.set([JSONValue(Tree.source)], at: "/sources", of: Tree.path(of: post))
      }
    },
    Case("a post that keeps to its milestone") {
      $0.set(["milestone": "ouverture", "minutes": -30], at: "/variants/facebook/anchor")
      $0.schedule(at: "2026-11-23T08:30:00-04:00")
    },
    Case("the current statement") {
      $0.addReply(20, by: "wassila", ["statement": ["id": JSONValue(Tree.statement), "version": 2]])
    },
    Case("a yes without the right beside one with it") {
      try $0.review(by: "noemie", number: 30)
      try $0.review(by: "etienne", number: 31)
    },
    Case("a rule that was an error when the post was approved") {
      $0.set("error", at: "/rules/0/level", of: "guidelines/\(Tree.guideline).json")
      try $0.review(by: "noemie", number: 30, fields: ["errorRules": ["sobre"]])
    },
    Case("an error on another channel") {
      $0.set("error", at: "/rules/0/level", of: "guidelines/\(Tree.guideline).json")
      $0.set(["channels": ["mastodon"]], at: "/rules/0/scope", of: "guidelines/\(Tree.guideline).json")
      try $0.review(by: "noemie", number: 30, fields: ["errorRules": []])
    },
    Case("the contact of the deputy") {
      let path = "crisis/plans/\(Tree.plan).json"
      $0.set("418 555-0101", at: "/roster/porte-parole/contact", of: path)
      $0.set("gaspard", at: "/roster/porte-parole/contactOf", of: path)
    },
    Case("a suggestion that was taken") {
      $0.addComment(
        40, by: "noemie",
        ["nature": "suggestion", "anchor": ["exact": "le jeudi"], "replacement": "le mardi"])
      $0.set("Mitaines : on répare le mardi.", at: "/body")
    },
    Case("a suggestion that was accepted, and its words edited again") {
      $0.addComment(
        40, by: "noemie",
        ["nature": "suggestion", "anchor": ["exact": "le jeudi"], "replacement": "le lundi"])
      $0.addComment(41, by: "etienne", ["nature": "acceptance", "parent": JSONValue(Tree.id(40))])
      $0.set("Mitaines : on répare le mardi.", at: "/body")
    },
    Case("a suggestion that was closed") {
      $0.addComment(
        40, by: "noemie",
        ["nature": "suggestion", "anchor": ["exact": "le jeudi"], "replacement": "le lundi"])
      $0.addComment(41, by: "etienne", ["nature": "resolution", "parent": JSONValue(Tree.id(40))])
      $0.set("Mitaines : on répare le mardi.", at: "/body")
    },
    Case("a comment on a passage that was edited and then resolved") {
      $0.addComment(40, by: "noemie", ["nature": "note", "anchor": ["exact": "le jeudi"]])
      $0.set("Mitaines : on répare le mardi.", at: "/body")
      $0.addComment(
        41, by: "etienne",
        ["nature": "resolution", "parent": JSONValue(Tree.id(40)), "anchor": ["exact": "le mardi"]])
    },
    Case("permission granted until after the post") {
      $0.set("granted", at: "/permission", of: "assets/\(Tree.asset).json")
      $0.set("2026-12-31T00:00:00-05:00", at: "/permissionUntil", of: "assets/\(Tree.asset).json")
      $0.set([["id": "image", "asset": JSONValue(Tree.asset)]], at: "/assets")
      $0.schedule(at: morning)
    },
    Case("at the very end of the embargo") {
      $0.set(JSONValue(morning), at: "/embargoUntil")
      $0.schedule(at: morning)
    },
    Case("a channel with an audience in another zone") {
      $0.set("America/Vancouver", at: "/channels/0/timeZone", of: "channels.json")
      $0.schedule(at: "2026-11-23T09:00:00-08:00", zone: "America/Vancouver")
    },
    Case("a closed channel where everything is published") {
      try $0.publish(by: "noemie", number: 50, url: "https://fb.example/1")
      $0.set([:], at: "/variants", of: Tree.path(of: Tree.other))
      $0.set("closed", at: "/channels/0/state", of: "channels.json")
    },
    Case("published, withdrawn, published again") {
      for (number, nature) in [(50, "publication"), (51, "withdrawal"), (52, "publication")] {
        try $0.publish(
          nature, by: "noemie", at: "2026-11-19T0\(number - 45):00:00-05:00", number: number,
          url: "https://fb.example/\(number)")
      }
    },
    Case("published and corrected") {
      try $0.publish(by: "noemie", number: 50, url: "https://fb.example/1")
      $0.set("Mitaines : on répare le mardi.", at: "/body")
      try $0.publish(
        "correction", by: "noemie", at: "2026-11-20T11:00:00-05:00", number: 51, url: "https://fb.example/1")
    },
    Case("a record dated in the future, alone") {
      try $0.review(by: "noemie", at: "2027-11-20T10:00:00-05:00", number: 30)
    },
    Case("clocks a few minutes apart") {
      try $0.review(by: "noemie", at: "2026-11-20T12:05:00-05:00", number: 30)
      try $0.review(by: "gaspard", number: 31)
    },
  ]

  @Test(arguments: cases) func isNoContradiction(_ c: Case) throws {
    var tree = Tree()
    try c.make(&tree)
    #expect(try tree.findings().map { "\($0.rule): \($0.message.english)" } == [])
  }

  /// The sample has one contradiction, on purpose: two answers to one question.
  @Test(arguments: ["2026-11-20T12:00:00-05:00", "2026-11-27T12:00:00-05:00", "2027-06-01T12:00:00-04:00"])
  func theSampleHasTwoAnswersAndNothingElse(at time: String) throws {
    let folder = Corpus.packageRoot.appending(path: "Workspace").resolvingSymlinksInPath()
    let documents = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") && !$0.hasPrefix("schemas/") && !$0.hasPrefix(".") }
      .map { path in
        let bytes = Array(try Data(contentsOf: folder.appending(path: path)))
        return try Document.read(try WorkspacePath(path), bytes, schemas: .builtIn).get()
      }
    #expect(documents.count > 40)
    let now = try #require(Instant(rfc3339: time))
    let found = contradictions(in: DocumentCollection(documents), at: now)
    #expect(found.map(\.rule) == ["two-answers"])
    #expect(
      found.first?.path.text
        == "replies/2026/11/bottes-proposition-de-wassila-01m7rpawp0jq11gzf0ca0knjrs.json")
  }
}
