import CommitJoin
import JSONTree
import ObjectModel
import ThreeWayMerge

/// What must hold of every history; ARCHITECTURE.md, "The laws".
public enum Law: String, CaseIterable, Sendable {
  case neverFails = "never-fails"
  case sameIDInEveryOrder = "same-id-in-every-order"
  case sameTreeStepByStep = "same-tree-step-by-step"
  case idempotent
  case identity
  case commutative
  case fastPathIsF = "fast-path-is-f"
  /// No law: three-way merges of joint commits differ from F where three changes meet. Looked at when asked for.
  case fastPathOverJoints = "fast-path-over-joints"
  case joinIsF = "join-is-f"
  case nothingLost = "nothing-lost"
  case nothingInvented = "nothing-invented"
  case canonical
  case recordsWellFormed = "records-well-formed"
  case jointsVerify = "joints-verify"
  case truthful
  case settles
  case deterministic

  /// Those that must hold.
  public static let all = Set(allCases).subtracting([.fastPathOverJoints])
}

/// A law that a history broke.
public struct Breach: Hashable, Sendable, CustomStringConvertible {
  public var law: Law
  public var detail: String

  public var description: String { "\(law.rawValue): \(detail)" }
}

/// A history that was played, and what its heads join to.
public struct Trial {
  public let history: History
  public let team: Team
  /// The heads of all, and `main`, each once.
  let heads: [ObjectID]
  let joined: JoinOutcome

  /// Plays a history and joins everybody's work.
  public init(_ history: History, joiner: Joiner = .ligne) throws {
    self.history = history
    team = try Team(people: history.people, joiner: joiner)
    try team.play(history)
    var seen: Set<ObjectID> = []
    heads = (team.heads + [team.main]).filter { seen.insert($0).inserted }
    joined = try team.join(heads)
  }

  /// What came of a history.
  public struct Report: Sendable {
    /// At most one per law, in the order of ``Law``.
    public var breaches: [Breach] = []
    /// The team's trace when everybody's work was joined.
    public var trace: UInt64 = 0
    /// What it has in it, for counting: kinds of conflicts and notices, of commits and of what people did.
    public var met: Set<String> = []
  }

  /// Plays a history and checks it.
  ///
  /// - Parameter laws: Those looked at; what is not looked at costs nothing.
  public static func report(
    of history: History, laws: Set<Law> = Law.all, joiner: Joiner = .ligne
  ) -> Report {
    let trial: Trial
    do { trial = try Trial(history, joiner: joiner) } catch {
      return Report(breaches: [Breach(law: .neverFails, detail: "\(error)")])
    }
    let trace = trial.team.trace
    // What can't be read here breaks a law below.
    let met = (try? trial.met()) ?? []
    var breaches: [Breach] = []
    for law in Law.allCases where laws.contains(law) {
      do {
        if let detail = try trial.breach(of: law) { breaches.append(Breach(law: law, detail: detail)) }
      } catch {
        breaches.append(Breach(law: .neverFails, detail: "\(law.rawValue): \(error)"))
      }
    }
    return Report(breaches: breaches, trace: trace, met: met)
  }

  /// The files of the join that differ from the first commit, each on a line, for people who look into a case.
  public func changedFiles() throws -> [String] {
    try team.store.difference(from: tree(team.order[0]), to: joined.tree).map { change in
      guard let file = change.new else { return "\(change.path): gone" }
      let bytes = try team.store.blob(file.id)
      let compact = (try? JSONValue(parsing: bytes))?.canonicalBytes ?? bytes
      return "\(change.path): \(String(decoding: compact, as: UTF8.self))"
    }
  }

  /// What a history and its join have in them.
  private func met() throws -> Set<String> {
    var met = Set(joined.notices.map { "notice: \($0.notice.kind.rawValue)" })
    for document in try team.reader.documents(in: joined.tree) {
      for (_, conflict) in document.state.conflicts.list {
        met.insert("conflict: \(conflict.kind.rawValue)")
        if conflict.candidates.count > 2 { met.insert("conflict of three or more") }
      }
    }
    for id in team.order {
      guard let made = team.ledger[id] else { continue }
      switch made.kind {
      case .joint: met.insert(made.parents.count > 2 ? "joint commit of three or more" : "joint commit")
      case .forged: met.insert("forged joint commit")
      case .byPerson:
        if made.parents.count > 1 { met.insert("merge by git") }
        guard let seen = made.seen, seen != made.tree else { break }
        let changes = try team.store.difference(from: seen, to: made.tree)
        if changes.contains(where: { $0.path.documentOfRecord != nil }) { met.insert("resolution") }
        if changes.contains(where: { $0.new == nil && $0.path.documentOfRecord == nil }) {
          met.insert("deletion")
        }
        if changes.contains(where: { $0.path.text.hasPrefix("schemas/") }) { met.insert("schema change") }
      }
    }
    return met
  }

  /// What breaks a law; `nil` where it holds.
  public func breach(of law: Law) throws -> String? {
    switch law {
    case .neverFails: nil
    case .sameIDInEveryOrder: try sameIDInEveryOrder()
    case .sameTreeStepByStep: try sameTreeStepByStep()
    case .idempotent: try idempotent()
    case .identity: try identity()
    case .commutative: try commutative()
    case .fastPathIsF: try fastPath { frontier(of: users($0)).count == 1 }
    case .fastPathOverJoints: try fastPath { _ in true }
    case .joinIsF: try joinIsF()
    case .nothingLost: try nothingLost()
    case .nothingInvented: try nothingInvented()
    case .canonical: try canonical()
    case .recordsWellFormed: try recordsWellFormed()
    case .jointsVerify: try jointsVerify()
    case .truthful: try truthful()
    case .settles: try settles()
    case .deterministic: try deterministic()
    }
  }
}

// MARK: - Order

extension Trial {
  /// Every order in which heads arrive gives the same commit: all of three, and all of four.
  func sameIDInEveryOrder() throws -> String? {
    let some = Array(heads.prefix(4))
    let first = some == heads ? joined : try team.join(some)
    for order in permutations(of: some) where order != some {
      let other = try team.join(order)
      if other.commit != first.commit {
        return "\(names(some)) give \(first.commit), \(names(order)) \(other.commit)"
      }
      if other != first { return "\(names(some)) and \(names(order)) give other trees or notices" }
    }
    let anchored = try team.join(heads, anchor: team.main)
    if try team.join(heads.reversed(), anchor: team.main) != anchored {
      return "other from the back, on main"
    }
    return anchored.tree == joined.tree ? nil : "on main, the tree is another"
  }

  /// Joining one head after the other, in any order, ends in the same tree. (The first two commute.)
  func sameTreeStepByStep() throws -> String? {
    for last in heads.indices {
      let order = heads.indices.filter { $0 != last }.map { heads[$0] } + [heads[last]]
      var head = order[0]
      for next in order.dropFirst() { head = try team.join([head, next]).commit }
      if tree(head) != joined.tree {
        return "\(names(order)) one by one give \(describeDifference(tree(head)))"
      }
    }
    return nil
  }

  func idempotent() throws -> String? {
    for head in heads {
      let twice = try team.join([head, head])
      if twice.tree != tree(head) { return "\(name(head)) joined with itself has another tree" }
      if users(twice.commit) != users(head) { return "\(name(head)) joined with itself holds other commits" }
      if try team.join([head], anchor: head).commit != head { return "\(name(head)) does not stay" }
    }
    return nil
  }

  /// What a head holds already changes nothing, however old it is.
  func identity() throws -> String? {
    for head in heads {
      for known in [team.order[0]] + (team.ledger[head]?.parents ?? []) {
        let outcome = try team.join([head, known])
        if outcome.tree != tree(head) { return "\(name(head)) with \(name(known)) has another tree" }
        if users(outcome.commit) != users(head) {
          return "\(name(head)) with \(name(known)) holds other commits"
        }
      }
    }
    // With the very first commit among the heads all of history is looked at.
    let whole = try team.join(heads + [team.order[0]])
    return whole.commit == joined.commit
      ? nil : "all with the first commit: \(describeDifference(whole.tree))"
  }

  func commutative() throws -> String? {
    for pair in pairs where try team.join([pair.0, pair.1]) != team.join([pair.1, pair.0]) {
      return "\(name(pair.0)) and \(name(pair.1))"
    }
    return nil
  }

  /// Played again, a history makes the same objects.
  func deterministic() throws -> String? {
    let again = try Trial(history, joiner: team.joiner)
    // What laws joined since is in the trace of this one only.
    let length = again.team.order.count
    if Array(team.order.prefix(length)) != again.team.order {
      return "the second time other commits were made"
    }
    return again.joined == joined ? nil : "the second time the join was another"
  }

  /// Everybody syncs with `main` in turn: it only moves forward, and after one round each nothing moves any more.
  func settles() throws -> String? {
    var trees: Set<ObjectID> = []
    for order in [Array(team.heads), team.heads.reversed()] {
      var main = team.main
      var heads = order
      for round in 1...3 {
        let before = (main, heads)
        for index in heads.indices {
          let next = try team.join([heads[index]], anchor: main).commit
          if next != main, !team.graph.isAncestor(main, of: next) { return "main moves sideways" }
          main = next
          heads[index] = next
        }
        if before.0 == main, before.1 == heads { break }
        if round == 3 { return "there is no end of new commits" }
      }
      trees.insert(tree(main))
    }
    return trees.count == 1 && trees.contains(joined.tree) ? nil : "the trees at the end differ"
  }
}

// MARK: - F

extension Trial {
  /// Two heads with a single merge base: one merge of three trees gives what the join gives.
  ///
  /// - Parameter isEligible: Whether a head's tree is that of one newest user commit.
  func fastPath(_ isEligible: (ObjectID) -> Bool) throws -> String? {
    for (left, right) in pairs {
      if !isEligible(left) || !isEligible(right) { continue }
      let bases = mergeBases(left, right)
      guard bases.count == 1, let base = bases.first, base != left, base != right else { continue }
      let plain = try merge(base: tree(base), tree(left), tree(right))
      let full = try team.join([left, right])
      if plain != full.tree {
        return "\(name(left)) and \(name(right)) over \(name(base)): \(try difference(plain, full.tree))"
      }
    }
    return nil
  }

  /// The join is F as ARCHITECTURE.md defines it, computed here the long way: all of history, no floor, sets of ids.
  func joinIsF() throws -> String? {
    var known: [Set<ObjectID>: ObjectID] = [:]
    let all = heads.reduce(into: Set<ObjectID>()) { $0.formUnion(users($1)) }
    let tree = try f(of: all, &known)
    return tree == joined.tree ? nil : try difference(tree, joined.tree)
  }

  private func f(of users: Set<ObjectID>, _ known: inout [Set<ObjectID>: ObjectID]) throws -> ObjectID {
    let frontier = self.frontier(of: users)
    if let tree = known[Set(frontier)] { return tree }
    var state = tree(frontier[0])
    var before = self.users(frontier[0])
    for member in frontier.dropFirst() {
      let base = try f(of: before.intersection(self.users(member)), &known)
      state = try merge(base: base, state, tree(member))
      before.formUnion(self.users(member))
    }
    known[Set(frontier)] = state
    return state
  }

  private func merge(base: ObjectID, _ ours: ObjectID, _ theirs: ObjectID) throws -> ObjectID {
    let reader = team.reader
    return try mergeTrees(Versions(base: base, ours: ours, theirs: theirs), in: team.store) {
      (folder) throws(ObjectStoreError) in try reader.rules(in: folder)
    }.tree
  }

  /// The user commits of a set that no other one of it holds, sorted.
  func frontier(of users: Set<ObjectID>) -> [ObjectID] {
    var held: Set<ObjectID> = []
    for user in users { held.formUnion(self.users(user).subtracting([user])) }
    return users.subtracting(held).sorted()
  }

  private func mergeBases(_ left: ObjectID, _ right: ObjectID) -> Set<ObjectID> {
    let common = ancestors(left).intersection(ancestors(right))
    var behind: Set<ObjectID> = []
    for id in common { for parent in team.ledger[id]?.parents ?? [] { behind.formUnion(ancestors(parent)) } }
    return common.subtracting(behind)
  }
}

// MARK: - Words

extension Trial {
  /// A word that somebody wrote is in a document or a candidate, unless somebody else took it away who had seen it.
  ///
  /// Somebody took a word away if it was in the join of their commit's parents and is not in their commit. That
  /// counts against a commit with the word only where that commit did not know of it: who brings a word back, with a
  /// revert or a resolution, after it was taken away, has it.
  func nothingLost() throws -> String? {
    let commits = heads.reduce(into: Set<ObjectID>()) { $0.formUnion(users($1)) }.sorted()
    let kept = try team.reader.marks(in: joined.tree)
    var holders: [Int: [ObjectID]] = [:]
    var removers: [Int: [ObjectID]] = [:]
    for id in commits {
      let marks = try team.reader.marks(in: tree(id))
      for mark in marks.subtracting(kept) { holders[mark, default: []].append(id) }
      guard let seen = team.ledger[id]?.seen else { continue }
      for mark in try team.reader.marks(in: seen).subtracting(marks) {
        removers[mark, default: []].append(id)
      }
    }
    for (mark, holders) in holders.sorted(by: { $0.key < $1.key }) {
      for holder in holders where (removers[mark] ?? []).allSatisfy(users(holder).contains) {
        return "m\(mark), which \(name(holder)) has, was taken away by nobody"
      }
    }
    return nil
  }

  /// Every word, number and key of the result stands in a commit somebody made.
  func nothingInvented() throws -> String? {
    var written: Set<JSONString> = []
    for head in heads { for id in users(head) { written.formUnion(try team.reader.tokens(in: tree(id))) } }
    let invented = try team.reader.tokens(in: joined.tree).subtracting(written).sorted()
    return invented.isEmpty ? nil : "nobody wrote " + invented.map { "“\($0)”" }.joined(separator: ", ")
  }
}

/// All orders of some elements.
func permutations<Element>(of elements: [Element]) -> [[Element]] {
  guard let first = elements.first else { return [[]] }
  return permutations(of: Array(elements.dropFirst())).flatMap { rest in
    (0...rest.count).map { place in
      var order = rest
      order.insert(first, at: place)
      return order
    }
  }
}
