import JSONTree
import ObjectModel
import Simulation
import Testing
import ThreeWayMerge

@testable import CommitJoin

/// Joint commits are believed only after they were made again; each way to forge one is found and named.
@Suite struct JoinVerificationTests {
  /// Two people who changed different fields of one document, and commits made by hand on top.
  struct History {
    let store = InMemoryObjectStore()
    var root: ObjectID
    var ana: ObjectID
    var leo: ObjectID

    init() throws {
      root = .emptyTree
      ana = .emptyTree
      leo = .emptyTree
      root = try commit(["a": "1", "b": "1"], after: [])
      ana = try commit(["a": "2", "b": "1"], after: [root])
      leo = try commit(["a": "1", "b": "2"], after: [root])
    }

    func tree(_ value: JSONValue) throws -> ObjectID {
      let file = TreeFile(id: try store.write(blob: value.canonicalForm))
      return try store.tree(applying: [(WorkspacePath("a.json"), file)], to: nil)
    }

    func commit(_ value: JSONValue, after parents: [ObjectID], message: String = "travail\n") throws
      -> ObjectID
    {
      let author = Signature(name: "P", email: "p@exemple.example", time: 1_790_000_000, offsetMinutes: 0)
      return try store.write(
        Commit(tree: tree(value), parents: parents, author: author, committer: author, message: message))
    }

    func graph(_ heads: ObjectID...) throws -> CommitGraph {
      var graph = CommitGraph()
      for head in heads { try graph.add(head, from: store) }
      return graph
    }

    func joined(_ heads: ObjectID...) throws -> ObjectID {
      var graph = CommitGraph()
      for head in heads { try graph.add(head, from: store) }
      var join = try Join(heads: heads, of: graph, in: store) { _ throws(ObjectStoreError) in .byShape }
      return try join.join(heads, anchor: nil).commit
    }

    /// A joint commit with something changed before it is stored.
    func forged(_ joint: ObjectID, _ change: (inout Commit) throws -> Void) throws -> ObjectID {
      var commit = try store.commit(joint)
      try change(&commit)
      return try store.write(commit)
    }

    func verified(_ heads: ObjectID...) throws -> JoinVerification {
      var graph = CommitGraph()
      for head in heads { try graph.add(head, from: store) }
      return try JoinVerification(of: heads, in: graph, store: store) { _ throws(ObjectStoreError) in .byShape
      }
    }
  }

  @Test func whatLigneJoinsIsSound() throws {
    let history = try History()
    let joint = try history.joined(history.ana, history.leo)
    let later = try history.commit(["a": "3", "b": "2"], after: [joint])
    let other = try history.commit(["a": "2", "b": "3"], after: [joint])
    let second = try history.joined(later, other)
    for head in [second, try history.commit(["a": "9"], after: [second])] {
      let found = try history.verified(head)
      #expect(found.sound == 2)
      #expect(found.forged.isEmpty && found.unknown.isEmpty && found.plainMerges.isEmpty)
    }
  }

  struct Forgery: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var flaw: JoinVerification.Flaw
    var change: @Sendable (inout Commit, History) throws -> Void
  }

  static let forgeries = [
    Forgery(testDescription: "another tree", flaw: .tree) { commit, history in
      commit.tree = try history.tree(["a": "mine"])
    },
    Forgery(testDescription: "parents in another order", flaw: .parents) { commit, _ in
      commit.parents.reverse()
    },
    Forgery(testDescription: "a parent twice", flaw: .parents) { commit, _ in
      commit.parents.append(commit.parents[1])
    },
    Forgery(testDescription: "a parent behind another", flaw: .parents) { commit, history in
      commit.parents = (commit.parents + [history.root]).sorted()
    },
    Forgery(testDescription: "an author of its own", flaw: .form) { commit, _ in
      commit.author = Signature(name: "Ana", email: "ana@exemple.example", time: 0, offsetMinutes: 0)
    },
    Forgery(testDescription: "another time", flaw: .form) { commit, _ in
      commit.committer = Signature(name: "Ligne", email: "ligne@invalid", time: 1, offsetMinutes: 0)
    },
    Forgery(testDescription: "a header more", flaw: .form) { commit, _ in
      commit.extraHeaders = Array("encoding UTF-8\n".utf8)
    },
    Forgery(testDescription: "a version that is no number", flaw: .form) { commit, _ in
      commit.messageBytes = Array("Travail réuni / Work joined\n\nLigne-Join: x\n".utf8)
    },
  ]

  @Test(arguments: forgeries) func aForgeryIsNamed(_ forgery: Forgery) throws {
    let history = try History()
    let joint = try history.joined(history.ana, history.leo)
    let forged = try history.forged(joint) { try forgery.change(&$0, history) }
    // At the top, and under later work.
    for head in [forged, try history.commit(["a": "4"], after: [forged])] {
      let found = try history.verified(head)
      #expect(found.forged == [.init(id: forged, flaw: forgery.flaw)])
      #expect(found.sound == 0)
    }
  }

  @Test func aJoinOnTopOfAForgeryIsSoundAgain() throws {
    let history = try History()
    let joint = try history.joined(history.ana, history.leo)
    let forged = try history.forged(joint) { $0.tree = try history.tree(["a": "mine", "b": "2"]) }
    let other = try history.commit(["a": "2", "b": "5"], after: [history.ana])
    let found = try history.verified(try history.joined(forged, other))
    #expect(found.forged.map(\.id) == [forged])
    #expect(found.sound == 1)
  }

  @Test func aMergeByPlainGitIsNamedAndIsNoForgery() throws {
    let history = try History()
    let merge = try history.commit(["a": "2", "b": "2"], after: [history.leo, history.ana])
    let found = try history.verified(merge)
    #expect(found.plainMerges == [merge])
    #expect(found.forged.isEmpty && found.sound == 0)
  }

  @Test func newerRulesAreNeitherSoundNorForged() throws {
    let history = try History()
    let joint = try history.joined(history.ana, history.leo)
    let newer = try history.forged(joint) {
      $0.messageBytes = Array("Travail réuni / Work joined\n\nLigne-Join: 2\n".utf8)
      $0.tree = try history.tree(["a": "by other rules"])
    }
    let other = try history.commit(["a": "2", "b": "5"], after: [history.ana])
    let onTop = try history.joined(newer, other)
    let found = try history.verified(onTop)
    #expect(found.unknown == [.init(id: newer, rulesVersion: 2)])
    #expect(found.forged.isEmpty)
    #expect(
      try history.graph(newer, other).jointByNewerRules(between: [newer, other], in: history.store)
        == .init(id: newer, rulesVersion: 2))
    // Below what all have in common it changes nothing any more.
    let left = try history.commit(["a": "6"], after: [newer])
    let right = try history.commit(["a": "7"], after: [newer])
    #expect(
      try history.graph(left, right).jointByNewerRules(between: [left, right], in: history.store) == nil)
  }

  /// Random histories: whatever Ligne joined is found sound, all of it, from any head, and nothing else is.
  @Test(arguments: UInt64(1)...12) func randomHistoriesAreSound(seed: UInt64) throws {
    let history = Simulation.History(seed: seed, steps: 40)
    let team = try Team(people: history.people)
    try team.play(history)
    var graph = CommitGraph()
    for head in team.heads { try graph.add(head, from: team.store) }
    let found = try JoinVerification(of: team.heads, in: graph, store: team.store, rules: team.rules)
    let all = Set(graph.commits(of: team.heads))
    #expect(Set(found.forged.map(\.id)) == team.forgedCommits.intersection(all), "seed \(seed)")
    #expect(found.unknown.isEmpty, "seed \(seed)")
    #expect(found.sound == all.intersection(team.jointCommits).count, "seed \(seed)")
  }
}
