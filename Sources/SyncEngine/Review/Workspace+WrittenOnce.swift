import CommitJoin
import ConcurrentMap
import Documents
public import EditorialChecks
import JSONTree
import ObjectModel
import ThreeWayMerge
import Wording
import WorkingCopy

/// Decisions are events: written once, never edited, and another one says otherwise. Git lets anybody change or delete their
/// files, and a refusal that is gone refuses nothing. So a commit leaves out what somebody does to the decisions of others,
/// and a sync and `verify` name what was done to them with plain git.
extension Workspace {
  /// A decision that a change rewrites or takes away.
  struct Rewriting {
    /// As it was before the change.
    var document: Document
    /// Where it is with other words; `nil` where it is gone.
    var now: WorkspacePath?
    /// Of its writer, who may not be whom it names by now.
    var decision: WrittenDecision
  }

  /// What changes do to the decisions of others.
  ///
  /// Who moves one, deletes it with what it is about, gives back what its writer wrote, or settles what that one said
  /// differently in two places, rewrites nothing.
  ///
  /// - Parameters:
  ///   - old: The tree before, of the version by whose history it is told what a writer wrote.
  ///   - head: That version.
  ///   - places: Where documents are after the change; asked only where a decision is among what changed.
  ///   - isOwn: Whether whoever makes the changes wrote a decision.
  ///   - bytes: Reads a file of the tree after; `nil` where it is gone meanwhile.
  private func rewritings(
    in changes: [PathChange], of old: ObjectID, at head: ObjectID, places: () throws -> DocumentPlaces,
    isOwn: (WrittenDecision) throws -> Bool, reading bytes: (PathChange) throws -> [UInt8]?
  ) throws -> [Rewriting] {
    let changes = changes.filter { $0.path.isDocument && !$0.path.isSchema }
    let found = try decisions(before: changes, in: old)
    if found.isEmpty { return [] }
    func value(_ change: PathChange) throws -> JSONValue? {
      try change.new == nil ? nil : bytes(change).flatMap { try? JSONValue(parsing: $0) }
    }
    var arrived: [JSONString: (path: WorkspacePath, value: JSONValue)] = [:]
    if found.contains(where: { $0.change.new == nil }) {
      for change in changes where change.old == nil {
        if let value = try value(change), let id = value["id"]?.string { arrived[id] = (change.path, value) }
      }
    }
    var doubtful: [(document: Document, now: (path: WorkspacePath, value: JSONValue)?)] = []
    let known = try places()
    for (change, document) in found {
      let now = try value(change).map { (path: change.path, value: $0) } ?? arrived[document.id]
      // What nobody can read is named as that.
      if now == nil, change.new != nil { continue }
      if let now, try now.value == document.value || isSettled(document, as: now.value, in: old) { continue }
      if now == nil {
        guard try WrittenDecision(document)?.subjects.contains(where: known.hold) == true else { continue }
      }
      doubtful.append((document, now))
    }
    if doubtful.isEmpty { return [] }
    let written = try decisions(
      Dictionary(
        doubtful.map { ($0.document.id, Set([$0.document.path, $0.now?.path].compactMap(\.self))) },
        uniquingKeysWith: { $0.union($1) }), upTo: head)
    return try doubtful.compactMap { document, now in
      guard let decision = written[document.id] ?? WrittenDecision(document), try !isOwn(decision) else {
        return nil
      }
      if let now {
        return decision.words.contains(now.value)
          ? nil : Rewriting(document: document, now: now.path, decision: decision)
      }
      // Of two copies one is left.
      let copies = try known.values(of: document.id)
      return copies.contains(where: decision.words.contains)
        ? nil : Rewriting(document: document, now: nil, decision: decision)
    }
  }

  /// The decisions among the documents that changes change, as they were.
  private func decisions(
    before changes: [PathChange], in tree: ObjectID
  ) throws -> [(change: PathChange, document: Document)] {
    let schemas = try rulebook.schemas(in: objects.folder(named: "schemas", in: tree))
    var found: [(change: PathChange, document: Document)] = []
    for portion in changes.filter({ $0.old != nil }).portions(of: 512) {
      let files = try portion.compactMap { change -> (PathChange, [UInt8])? in
        guard let old = change.old else { return nil }
        do throws(ObjectStoreError) {
          return (change, try objects.blob(old.id))
        } catch .missing, .malformed {
          // What is lost here keeps nobody from going on, and `verify` names it.
          return nil
        }
      }
      let documents = files.concurrentMap(portion: 16) { change, bytes in
        try? Document.recognize(change.path, bytes, schemas: schemas).get()
      }
      for ((change, _), document) in zip(files, documents) {
        if let document, document.kind.placement.isWrittenOnce { found.append((change, document)) }
      }
    }
    return found
  }

  /// Decisions as their writers wrote them, by every version in which they stood.
  ///
  /// - Parameter places: Where each stands, or stood last; where it was before is found from there.
  /// - Returns: Without those of which the history is lost here.
  private func decisions(
    _ places: [JSONString: Set<WorkspacePath>], upTo head: ObjectID
  ) throws -> [JSONString: WrittenDecision] {
    do {
      var graph = CommitGraph()
      try takeHistory(of: head, into: &graph)
      let versions = Array(graph.commits(of: [head]).reversed())
      return try decisions(places, in: versions)
    } catch ObjectStoreError.missing, ObjectStoreError.malformed {
      return [:]
    }
  }

  private func decisions(
    _ places: [JSONString: Set<WorkspacePath>], in versions: [ObjectID]
  ) throws -> [JSONString: WrittenDecision] {
    var (decisions, seen): ([JSONString: WrittenDecision], Set<ObjectID>) = ([:], [])
    var earlier: [JSONString: Set<WorkspacePath>] = [:]
    // Most versions change nothing in the folders where decisions are.
    var folders: [[UInt8]: Set<ObjectID>] = [:]
    for version in versions {
      let commit = try objects.commit(version)
      let top = try objects.tree(commit.tree)
      let changed = Set(places.values.joined().compactMap { $0.components.first.map { Array($0.utf8) } })
        .filter { name in
          top[name].map { folders[name, default: []].insert($0.id).inserted } ?? false
        }
      if changed.isEmpty { continue }
      let schemas = try objects.folder(named: "schemas", in: commit.tree)
      for (id, paths) in places.sorted(by: { $0.key < $1.key }) {
        for path in paths.sorted() where changed.contains(Array((path.components.first ?? "").utf8)) {
          guard let file = try objects.file(at: path, in: commit.tree), seen.insert(file.id).inserted,
            case .success(let document) = try self.document(at: path, file.id, schemas: schemas),
            document.id == id
          else { continue }
          if decisions[id] == nil {
            decisions[id] = WrittenDecision(document)
            if let before = try formerPath(of: id, in: commit), !paths.contains(before) {
              earlier[id] = [before]
            }
          } else if let known = decisions[id], let parent = commit.parents.first, !isJoint(commit) {
            let (author, tree) = (commit.author, try objects.commit(parent).tree)
            guard try isWriter(of: known, name: author.name, email: author.email, in: tree) else { continue }
            let before = try objects.file(at: path, in: tree).flatMap {
              try? JSONValue(parsing: objects.blob($0.id))
            }
            decisions[id]?.write(document.value, over: before)
          }
        }
      }
    }
    if earlier.isEmpty { return decisions }
    return try self.decisions(places.merging(earlier) { $0.union($1) }, in: versions)
  }

  /// Where a version had a document before that it brought to another place.
  private func formerPath(of id: JSONString, in commit: Commit) throws -> WorkspacePath? {
    guard let parent = commit.parents.first else { return nil }
    let before = try objects.commit(parent).tree
    let gone = try objects.difference(from: before, to: commit.tree).filter { $0.new == nil }
    return try decisions(before: gone, in: before).first { $0.document.id == id }?.document.path
  }

  /// Whether a document says something else than in a version only where that asks, and what it asks there.
  func isSettled(_ document: Document, as value: JSONValue, in tree: ObjectID) throws -> Bool {
    guard let record = try? document.path.conflictRecord, let file = try objects.file(at: record, in: tree)
    else { return false }
    let open = OpenConflicts(recordedIn: try objects.blob(file.id))
    if let here = open.here { return here.values.contains(value) }
    let (old, new) = (document.value.object ?? [:], value.object ?? [:])
    let changed = Set(old.members.map(\.key) + new.members.map(\.key)).filter { old[$0] != new[$0] }
    return changed.allSatisfy { key in
      let inside = open[JSONPointer.Step.key(key)]
      guard let here = inside.here else { return !inside.isEmpty }
      return new[key].map(here.values.contains) ?? here.offersDeletion
    }
  }

  // MARK: - Who wrote it

  /// Whether a decision is of the person with a name and an address, by the team of a version.
  func isWriter(of decision: WrittenDecision, name: String, email: String, in tree: ObjectID) throws -> Bool {
    let team = try team(in: tree)
    let member = team?.member(withEmail: email)
    if let id = member?.id, id == decision.writer { return true }
    // Who was no member when they wrote it is known by their name; a member’s name is nobody’s proof.
    return team?.member(decision.writer) == nil
      && [JSONString(name), member?.name.map { JSONString($0) }].contains(decision.writer)
  }

  private func isWriter(
    of decision: WrittenDecision, _ attribution: Attribution?, in tree: ObjectID
  ) throws -> Bool {
    let person = try attribution.map { (name: $0.name, email: $0.email) } ?? userIdentity()
    guard let person else { return false }
    return try isWriter(of: decision, name: person.name, email: person.email, in: tree)
  }

  /// The name of whoever wrote a decision, by the team of a version.
  private func nameOfWriter(of decision: WrittenDecision, in tree: ObjectID) throws -> String {
    try team(in: tree)?.member(decision.writer)?.name ?? decision.writer.text
  }

  private func team(in tree: ObjectID) throws -> Team? {
    guard let path = Self.teamPath, let file = try objects.file(at: path, in: tree) else { return nil }
    return (try? JSONValue(parsing: objects.blob(file.id))).map { Team($0) }
  }

  // MARK: - What is left out

  /// What changes of the folder do to what others decided, by every path a commit has to leave as it is.
  func rewritingsOfOthers(
    in changes: [PathChange], state: LocalState, by attribution: Attribution?
  ) throws -> [WorkspacePath: DocumentProblem] {
    guard let head = state.head, let headTree = state.headTree else { return [:] }
    let found = try rewritings(
      in: changes, of: headTree, at: head,
      places: {
        try DocumentPlaces(
          of: folderTree(state), before: headTree, unreadable: self.problems(in: headTree), in: self)
      },
      isOwn: { try isWriter(of: $0, attribution, in: headTree) },
      reading: { change in try files.read(change.path)?.bytes })
    var problems: [WorkspacePath: DocumentProblem] = [:]
    for rewriting in found {
      let writer = try nameOfWriter(of: rewriting.decision, in: headTree)
      let path = rewriting.document.path
      let isInPlace = rewriting.now == path
      problems[path] = DocumentProblem(
        path: path, reason: isInPlace ? .rewritten(by: writer, movedFrom: nil) : .takenAway(by: writer))
      if let now = rewriting.now, !isInPlace {
        problems[now] = DocumentProblem(path: now, reason: .rewritten(by: writer, movedFrom: path))
      }
    }
    return problems
  }

  /// A tree in which what others decided, and an older tree has, stands as it did.
  ///
  /// - Returns: Also the paths of those that would have been rewritten or taken away, sorted.
  func leavingDecisionsOfOthers(
    _ tree: ObjectID, since head: ObjectID, by attribution: Attribution
  ) throws -> (tree: ObjectID, decisions: [WorkspacePath]) {
    let old = try objects.commit(head).tree
    let others = try rewritings(
      in: objects.difference(from: old, to: tree), of: old, at: head,
      places: { try DocumentPlaces(of: tree, before: old, unreadable: problems(in: old), in: self) },
      isOwn: { try isWriter(of: $0, attribution, in: old) },
      reading: { change in try change.new.map { try objects.blob($0.id) } })
    var edits: [WorkspacePath: TreeFile?] = [:]
    for rewriting in others {
      let path = rewriting.document.path
      for file in [path, try? path.conflictRecord].compactMap(\.self) {
        edits.updateValue(try objects.file(at: file, in: old), forKey: file)
      }
      if let now = rewriting.now, now != path { edits.updateValue(nil, forKey: now) }
    }
    let kept = try objects.tree(
      applying: edits.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, to: tree)
    return (kept, others.map(\.document.path).sorted())
  }

  // MARK: - What others did

  /// What versions that came in did to the decisions of others, as findings.
  func rewritings(broughtInto newHead: ObjectID, since oldHead: ObjectID?) throws -> [Finding] {
    guard let oldHead else { return [] }
    let (old, new) = try (objects.commit(oldHead).tree, objects.commit(newHead).tree)
    let found = try rewritings(
      in: objects.difference(from: old, to: new), of: old, at: oldHead,
      places: { DocumentPlaces(of: new, before: old, unreadable: [], in: self) }, isOwn: { _ in false },
      reading: { change in try change.new.map { try objects.blob($0.id) } })
    if found.isEmpty { return [] }
    var history = DecisionHistory(
      of: Dictionary(found.map { ($0.document.id, $0.decision) }) { first, _ in first }, in: self)
    let versions = try provenanceMemory(at: newHead).versions.versions(notBehind: oldHead, in: objects) ?? []
    for (id, commit) in versions.reversed() where !isJoint(commit) { try history.take(id, commit) }
    let places = DocumentPlaces(of: new, before: old, unreadable: [], in: self)
    return try found.compactMap { rewriting in
      // Where its writer had the last word, it is theirs.
      guard let found = history.broken[rewriting.document.id] else { return nil }
      let shown =
        try rewriting.now
        ?? rewriting.decision.subjects.lazy.compactMap { try places.paths(of: $0).first }.first
      return rewriting.finding(
        in: shown ?? rewriting.document.path, by: found.author.name,
        of: try nameOfWriter(of: rewriting.decision, in: old), before: oldHead)
    }
  }

  /// What people’s versions did to the decisions of others, and nobody has put right since; in the order of the versions.
  ///
  /// - Parameters:
  ///   - versions: All of them, older ones first.
  ///   - forged: Those that only say that they join others.
  func rewritings(
    in versions: [ObjectID], head: ObjectID, forged: Set<ObjectID>
  ) throws -> [VerifyReport.Finding] {
    var history = DecisionHistory(of: nil, in: self)
    for id in versions {
      let commit = try objects.commit(id)
      if !isJoint(commit) || forged.contains(id) { try history.take(id, commit) }
    }
    let newest = try objects.commit(head).tree
    let places = try DocumentPlaces(of: newest, before: newest, unreadable: problems(in: newest), in: self)
    var found: [ObjectID: [VerifyReport.Finding]] = [:]
    for (id, broken) in history.broken.sorted(by: { $0.key < $1.key }) {
      guard let decision = history.decisions[id] else { continue }
      let values = try places.values(of: id)
      // A copy that is as it was does not make up for one that is not.
      let isRight = !values.isEmpty && values.allSatisfy(decision.words.contains)
      guard !isRight, try decision.subjects.contains(where: places.hold) else { continue }
      let writer = try nameOfWriter(of: decision, in: newest)
      found[broken.version, default: []].append(
        VerifyReport.Finding(
          refusal: values.isEmpty
            ? .takenAway(by: writer, after: broken.after) : .rewritten(by: writer, after: broken.after),
          version: VerifyReport.NamedVersion(id: broken.version, author: broken.author),
          path: Array(broken.path.text.utf8)))
    }
    return versions.flatMap { found[$0] ?? [] }
  }
}

/// Where the documents of a tree are, by their ids; looked up at the first question.
private final class DocumentPlaces {
  private let workspace: Workspace
  private let tree, before: ObjectID
  private let unreadable: [WorkspacePath]
  private var known: [ObjectID: TreeTies?] = [:]

  /// - Parameters:
  ///   - before: A tree in which documents may be read that nobody can read by now.
  ///   - unreadable: Documents of that tree that nobody can read there either.
  init(of tree: ObjectID, before: ObjectID, unreadable: [WorkspacePath], in workspace: Workspace) {
    (self.tree, self.before, self.workspace) = (tree, before, workspace)
    self.unreadable = unreadable
  }

  /// - Returns: `nil` where that can’t be told.
  private func records(of id: JSONString, in tree: ObjectID) throws -> [TiesIndex.Record]? {
    let ties: TreeTies?
    if let found = known[tree] {
      ties = found
    } else {
      ties = try workspace.ties(of: tree, schemas: workspace.objects.folder(named: "schemas", in: tree))
      known.updateValue(ties, forKey: tree)
    }
    guard let ties else { return nil }
    let records = ties.places(of: id).compactMap(ties.record)
    return ties.isBroken ? nil : records
  }

  func paths(of id: JSONString) throws -> [WorkspacePath] { try records(of: id, in: tree)?.map(\.path) ?? [] }

  /// Whether one of that id is there, readable or not; where that can’t be told, it is taken to be.
  func hold(_ id: JSONString) throws -> Bool {
    guard let now = try records(of: id, in: tree), let then = try records(of: id, in: before) else {
      return true
    }
    if !now.isEmpty { return true }
    // By its name, while nobody can read it; one without an id in its name may be any.
    let hidden = unreadable.filter { $0.idInName.map { JSONString($0) == id } ?? true }
    return try (then.map(\.path) + hidden).contains { try workspace.objects.file(at: $0, in: tree) != nil }
  }

  func values(of id: JSONString) throws -> [JSONValue] {
    let files = try records(of: id, in: tree)?.map { ($0.path, $0.file) } ?? []
    let schemas = try workspace.objects.folder(named: "schemas", in: tree)
    return try workspace.documents(files, schemas: schemas).compactMap { try? $0.get().value }
  }
}

extension Workspace.Rewriting {
  /// - Parameters:
  ///   - shown: The document a person has to open.
  ///   - person: Who did it.
  ///   - writer: The name of whoever wrote it.
  ///   - head: A version that has it as it was.
  fileprivate func finding(
    in shown: WorkspacePath, by person: String, of writer: String, before head: ObjectID
  ) -> Finding {
    let name = document.path.shortName
    let restore = "ligne restore \((now ?? document.path).typed) --to \(head.hex.prefix(10))"
    let message =
      now == nil
      ? Sentence(
        fr:
          "\(person) a supprimé ce que \(writer) avait décidé ou noté ici (\(name)) : « \(restore) » le ramène.",
        en:
          "\(person) deleted what \(writer) had decided or noted here (\(name)): “\(restore)” brings it back."
      )
      : Sentence(
        fr: "\(person) a réécrit ce que \(writer) avait décidé ou noté : « \(restore) » remet ses mots.",
        en: "\(person) rewrote what \(writer) had decided or noted: “\(restore)” puts the words back.")
    var finding = Finding(
      rule: now == nil ? Finding.deletedDecision : Finding.rewrittenDecision, level: .warning,
      in: Document(path: shown, value: document.value, kind: document.kind), message)
    if now == nil, let subject = decision.subjects.first { finding.id = subject }
    return finding
  }
}

extension Finding {
  fileprivate static let deletedDecision = "decision-deleted"
  fileprivate static let rewrittenDecision = "decision-rewritten"

  /// Whether it is about what somebody did, which no check of the documents as they are now can find.
  public var isAboutAChange: Bool { [Self.deletedDecision, Self.rewrittenDecision].contains(rule) }
}
