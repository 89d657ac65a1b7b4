import CommitJoin
import JSONTree
import ObjectModel
import ThreeWayMerge

// The laws of what is written down: its bytes, its records, its joint commits.

extension Trial {
  /// What a join wrote is JSON in canonical form; what somebody wrote otherwise may stay as it is.
  func canonical() throws -> String? {
    var theirs: Set<ObjectID> = []
    for (_, made) in team.ledger where made.kind != .joint {
      theirs.formUnion(try team.store.files(in: made.tree).map(\.file.id))
    }
    for (path, file) in try team.store.files(in: joined.tree) where path.name.hasSuffix(".json") {
      if theirs.contains(file.id) { continue }
      let bytes = try team.store.blob(file.id)
      guard let value = try? JSONValue(parsing: bytes) else { return "\(path) is no JSON" }
      if value.canonicalForm != bytes { return "\(path) is not in canonical form" }
    }
    return nil
  }

  /// A record a join wrote has a document, is what the printer makes of it, and the document shows its candidates.
  func recordsWellFormed() throws -> String? {
    let files = Dictionary(
      try team.store.files(in: joined.tree).map { ($0.path, $0.file) }, uniquingKeysWith: { $1 })
    let documents = Dictionary(
      try team.reader.documents(in: joined.tree).map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    for (path, file) in files.sorted(by: { $0.key < $1.key }) {
      guard let target = path.documentOfRecord, try !isSomebodys(path, file, files[target], of: target) else {
        continue
      }
      let bytes = try team.store.blob(file.id)
      guard let record = ConflictRecord(try JSONValue(parsing: bytes)) else { return "\(path) can't be read" }
      if record.value.canonicalForm != bytes { return "\(path) is not what is written for it" }
      guard let document = documents[target] else { return "\(path) has no document" }
      let list = record.conflicts.list
      if list.isEmpty { return "\(path) holds no conflict" }
      for (pointer, conflict) in list {
        let sorted = zip(conflict.candidates, conflict.candidates.dropFirst()).allSatisfy {
          $0 < $1 || $1 == .kept
        }
        if conflict.candidates.count < 2 || !sorted { return "\(path) \(pointer): candidates" }
        // What waits inside a file that is known by its bytes is shown nowhere.
        if document.form == .opaque, !pointer.steps.isEmpty { continue }
        let shown = document.state.value?.value(at: pointer, keyField: document.rule.keyField)
        guard let shown else { return "\(path) \(pointer) is not in the document" }
        if case .value(let value) = conflict.candidates[conflict.shown], value != shown {
          return "\(path) \(pointer): another value is shown"
        }
      }
    }
    return nil
  }

  /// Whether a person left a record and its document just so: there, or where the document was before another moved it.
  private func isSomebodys(
    _ path: WorkspacePath, _ record: TreeFile, _ file: TreeFile?, of target: WorkspacePath
  ) throws -> Bool {
    let commits = team.ledger.values.filter { $0.kind != .joint }
    for made in commits {
      if try team.store.file(at: path, in: made.tree) == record,
        try team.store.file(at: target, in: made.tree) == file
      {
        return true
      }
    }
    return try commits.contains { made in
      let files = try team.store.files(in: made.tree)
      return try files.contains { place in
        guard place.file == record, let former = place.path.documentOfRecord else { return false }
        return try team.store.file(at: former, in: made.tree) == file
      }
    }
  }

  /// Every joint commit is what joining its parents gives, byte for byte.
  func jointsVerify() throws -> String? {
    for id in team.order where team.ledger[id]?.kind == .joint {
      let commit = try team.store.commit(id)
      for parent in commit.parents
      where commit.parents.contains(where: { $0 != parent && ancestors($0).contains(parent) }) {
        return "\(name(id)): one parent is behind another"
      }
      let times = try commit.parents.map { ($0, try team.store.commit($0).committer.time) }
      let tree = try team.joiner.join(team.request(commit.parents)).tree
      if JointCommit.commit(joining: times, tree: tree).encoded != commit.encoded {
        return "\(name(id)) is not what its parents give"
      }
    }
    return nil
  }

  /// What a join says of user commits is so, and it names those that only pretend to be joint.
  func truthful() throws -> String? {
    let facts = try team.joiner.facts(team.request(heads))
    for (index, head) in heads.enumerated() {
      let known = heads.indices.filter { $0 != index }.reduce(into: Set<ObjectID>()) {
        $0.formUnion(users(heads[$1]))
      }
      let own = users(head).subtracting(known)
      // Of a single head only its newest commit is looked at.
      if heads.count > 1, facts.own[index] != own {
        return "\(name(head)) has \(own.count) commits of its own, not \(facts.own[index].count)"
      }
      if facts.newest[index] != frontier(of: users(head)).filter({ !known.contains($0) }) {
        return "the newest commits of \(name(head)) are others"
      }
      for (other, id) in heads.enumerated()
      where facts.holds[index][other] != users(id).isSubset(of: users(head)) {
        return "whether \(name(head)) holds \(name(id))"
      }
    }
    let forged = Set(team.order.filter { team.ledger[$0]?.kind == .forged })
    if let wrong = facts.forged.subtracting(forged).min() { return "\(name(wrong)) is not forged" }
    // Below what all have in common a join does not look.
    let common = heads.map(ancestors).reduce(ancestors(heads[0])) { $0.intersection($1) }
    let inSight = heads.reduce(into: Set<ObjectID>()) { $0.formUnion(ancestors($1)) }.subtracting(common)
    if let hidden = forged.intersection(inSight).subtracting(facts.forged).min() {
      return "\(name(hidden)) is forged"
    }
    return nil
  }
}
