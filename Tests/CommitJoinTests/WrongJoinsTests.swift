import CommitJoin
import JSONTree
import ObjectModel
import Simulation
import Synchronization
import Testing
import ThreeWayMerge

/// Joins made wrong on purpose. Each law must be broken by one of them, or it would not see a fault.
@Suite struct WrongJoinsTests {
  struct Wrong: CustomTestStringConvertible, Sendable {
    let what: String
    let breaks: Set<Law>
    let joiner: Joiner

    var testDescription: String { what }

    init(_ what: String, breaks: Set<Law>, joiner: Joiner) {
      (self.what, self.breaks, self.joiner) = (what, breaks, joiner)
    }
  }

  static let wrongs = [
    Wrong(
      "takes the first head as it is",
      breaks: [.nothingLost, .sameIDInEveryOrder, .commutative, .sameTreeStepByStep],
      joiner: .writing { request, _ in try request.store.commit(request.heads[0]).tree }),
    Wrong(
      "drops the records of conflicts", breaks: [.nothingLost, .joinIsF],
      joiner: .writing { request, tree in
        let records = try request.store.files(in: tree).filter { $0.path.documentOfRecord != nil }
        return try request.store.tree(applying: records.map { ($0.path, nil) }, to: tree)
      }),
    Wrong(
      "folds by time and over the first commit", breaks: [.joinIsF, .fastPathIsF],
      joiner: .writing { request, _ in try byTime(request) }),
    Wrong(
      "puts two words together", breaks: [.nothingInvented],
      joiner: .changing { document in document["title"] = "crimsonze" }),
    Wrong(
      "prints without white space", breaks: [.canonical],
      joiner: .rewriting { $0.canonicalBytes }),
    Wrong(
      "writes half a document", breaks: [.canonical],
      joiner: .rewriting { Array($0.canonicalForm.dropLast(3)) }),
    Wrong(
      "says a record shows what it does not", breaks: [.recordsWellFormed],
      joiner: .writing { request, tree in
        let edits = try request.store.files(in: tree).filter { $0.path.documentOfRecord != nil }.map {
          path, _ in
          let conflict = Conflict(kind: .value, base: nil, candidates: [.value("zz1"), .value("zz2")])
          let record = ConflictRecord(OpenConflicts([(JSONPointer([.key("title")]), conflict)])).value
            .canonicalForm
          return (path, Optional(TreeFile(id: try request.store.write(blob: record))))
        }
        return try request.store.tree(applying: edits, to: tree)
      }),
    Wrong(
      "keeps the order of arrival in the commit", breaks: [.sameIDInEveryOrder, .jointsVerify],
      joiner: Joiner { request in
        var outcome = try Joiner.ligne.join(request)
        var commit = try request.store.commit(outcome.commit)
        guard JointCommit.isClaimed(by: commit), !request.heads.contains(outcome.commit) else {
          return outcome
        }
        commit.parents = request.heads
        outcome.commit = try request.store.write(commit)
        return outcome
      }),
    Wrong(
      "makes a commit although one head holds everything", breaks: [.idempotent, .identity, .settles],
      joiner: Joiner { request in
        var outcome = try Joiner.ligne.join(request)
        let heads = request.heads + [request.anchor].compactMap { $0 }
        guard heads.contains(outcome.commit) else { return outcome }
        let times = try heads.map { ($0, try request.store.commit($0).committer.time + 1) }
        guard times.count > 1 else { return outcome }
        outcome.commit = try request.store.write(JointCommit.commit(joining: times, tree: outcome.tree))
        return outcome
      }),
    Wrong(
      "has another result each time", breaks: [.deterministic, .sameIDInEveryOrder],
      joiner: counting()),
    Wrong(
      "refuses when three meet", breaks: [.neverFails],
      joiner: Joiner { request in
        if request.heads.count > 2 { throw ObjectStoreError.missing(.emptyTree) }
        return try Joiner.ligne.join(request)
      }),
    Wrong(
      "does not name forged joint commits", breaks: [.truthful],
      joiner: Joiner(join: Joiner.ligne.join) { request in
        var facts = try Joiner.ligne.facts(request)
        facts.forged = []
        return facts
      }),
    Wrong(
      "forgets a commit of somebody's own", breaks: [.truthful],
      joiner: Joiner(join: Joiner.ligne.join) { request in
        var facts = try Joiner.ligne.facts(request)
        facts.own = facts.own.map { own in own.subtracting(own.min().map { [$0] } ?? []) }
        return facts
      }),
  ]

  @Test(arguments: wrongs) func breaksItsLaws(_ wrong: Wrong) {
    var left = wrong.breaks
    for seed in UInt64(0)..<200 where !left.isEmpty {
      let laws = left
      let history = History(seed: seed, steps: 10)
      left.subtract(Trial.report(of: history, laws: laws, joiner: wrong.joiner).breaches.map(\.law))
    }
    #expect(left.isEmpty, "\(left.map(\.rawValue).sorted()) did not notice a join that \(wrong.what)")
  }

  @Test func everyLawCanBreak() {
    #expect(Self.wrongs.reduce(into: Set<Law>()) { $0.formUnion($1.breaks) } == Law.all)
  }

  @Test func aFailureIsMadeSmall() throws {
    let joiner = Self.wrongs[0].joiner
    let fails = { (history: History) in
      !Trial.report(of: history, laws: [.nothingLost], joiner: joiner).breaches.isEmpty
    }
    let history = try #require((UInt64(0)..<100).map { History(seed: $0) }.first { fails($0) })
    let small = history.shrunk(fails)
    #expect(fails(small))
    #expect(small.steps.count <= 3, "\(small)")
    #expect(small.steps.allSatisfy { $0.changes.count <= 1 })
  }

  /// Merges one head after the other over the first commit, by the date of the heads.
  private static func byTime(_ request: Joiner.Request) throws -> ObjectID {
    let store = request.store
    let heads = request.heads + [request.anchor].compactMap { $0 }
    let sorted = try heads.map { (try store.commit($0).committer.time, $0) }.sorted { $0 < $1 }.map(\.1)
    let root = request.graph.roots(of: heads[0]).sorted().first
    var state = try store.commit(sorted[0]).tree
    for head in sorted.dropFirst() {
      let versions = Versions(
        base: try root.map { try store.commit($0).tree }, ours: state, theirs: try store.commit(head).tree)
      state = try mergeTrees(versions, in: store) { _ throws(ObjectStoreError) in .byShape }.tree
    }
    return state
  }

  private static func counting() -> Joiner {
    let count = Mutex(0)
    return .changing { document in
      document["size"] = .number(
        JSONNumber(
          count.withLock { count in
            count += 1
            return count
          }))
    }
  }
}

extension Joiner {
  /// Ligne's join with another tree wherever it makes a joint commit.
  fileprivate static func writing(_ change: @escaping @Sendable (Request, ObjectID) throws -> ObjectID)
    -> Joiner
  {
    Joiner { request in
      var outcome = try Joiner.ligne.join(request)
      var commit = try request.store.commit(outcome.commit)
      let heads = request.heads + [request.anchor].compactMap { $0 }
      guard JointCommit.isClaimed(by: commit), !heads.contains(outcome.commit) else { return outcome }
      commit.tree = try change(request, outcome.tree)
      outcome.tree = commit.tree
      outcome.commit = try request.store.write(commit)
      return outcome
    }
  }

  /// Ligne's join with other bytes for each document.
  fileprivate static func rewriting(_ bytes: @escaping @Sendable (JSONValue) -> [UInt8]) -> Joiner {
    .writing { request, tree in
      let files = try request.store.files(in: tree).filter { $0.path.text.hasPrefix("posts/") }
      let edits = try files.map { path, file in
        let value = try JSONValue(parsing: request.store.blob(file.id))
        return (path, Optional(TreeFile(id: try request.store.write(blob: bytes(value)))))
      }
      return try request.store.tree(applying: edits, to: tree)
    }
  }

  fileprivate static func changing(_ change: @escaping @Sendable (inout JSONObject) -> Void) -> Joiner {
    .rewriting { value in
      guard var object = value.object else { return value.canonicalForm }
      change(&object)
      return JSONValue.object(object).canonicalForm
    }
  }
}
