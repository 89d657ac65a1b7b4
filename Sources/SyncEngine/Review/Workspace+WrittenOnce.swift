import Documents
public import EditorialChecks
import JSONTree
import ObjectModel
import ThreeWayMerge
import Wording
import WorkingCopy

/// A decision, or another account of something that happened, that a change rewrites or takes away although it was to be
/// written once.
struct Rewriting {
  /// As it was, and where.
  var document: Document
  /// Where it is with other words; `nil` where it is gone.
  var now: WorkspacePath?
  /// A document it names that is still there.
  var subject: JSONString?

  /// Who wrote it: the id of a member, else a name.
  var writer: JSONString { document.value["by"]?.string ?? document.value["createdBy"]?.string ?? "" }

  /// Whether it is of a person who changes it: what is one’s own may be taken back.
  func isOwn(of names: [JSONString]) -> Bool { names.contains(writer) }
}

/// Decisions are events: written once, never edited, and another one says otherwise. Git lets anybody change or delete their
/// files, and a refusal that is gone refuses nothing. So a commit leaves out what somebody does to the decisions of others,
/// and a sync and `verify` name what was done to them with plain git.
extension Workspace {
  /// What a change of trees does to what was to be written once.
  ///
  /// Who moves such a document, or deletes it with what it is about, rewrites nothing.
  ///
  /// - Parameter isThere: Whether a document of an id is still there.
  func rewritings(
    from old: ObjectID, to new: ObjectID, isThere: (JSONString) throws -> Bool
  ) throws -> [Rewriting] {
    let changes = try objects.difference(from: old, to: new).filter {
      $0.path.isDocument && !$0.path.isSchema
    }
    return try rewritings(in: changes, schemas: objects.folder(named: "schemas", in: old), isThere: isThere) {
      file, _ in try objects.blob(file.id)
    }
  }

  /// The same of changes that were found already.
  ///
  /// - Parameters:
  ///   - schemas: The folder of the tree before.
  ///   - bytes: Reads a file as it is now; `nil` where it is gone meanwhile.
  func rewritings(
    in changes: [PathChange], schemas: ObjectID?, isThere: (JSONString) throws -> Bool,
    reading bytes: (TreeFile, WorkspacePath) throws -> [UInt8]?
  ) throws -> [Rewriting] {
    let files = changes.compactMap { change in change.old.map { (path: change.path, id: $0.id) } }
    let records = try zip(
      changes.filter { $0.old != nil }, documents(files, schemas: schemas, remembering: false)
    )
    .compactMap { change, document in
      (try? document.get()).flatMap { $0.kind.placement.isWrittenOnce ? (change, $0) : nil }
    }
    if records.isEmpty { return [] }
    func now(_ change: PathChange) throws -> JSONValue? {
      try change.new.flatMap { try bytes($0, change.path) }.flatMap { try? JSONValue(parsing: $0) }
    }
    var arrived: [JSONString: (path: WorkspacePath, value: JSONValue)] = [:]
    if records.contains(where: { $0.0.new == nil }) {
      for change in changes where change.old == nil {
        if let value = try now(change), let id = value["id"]?.string { arrived[id] = (change.path, value) }
      }
    }
    return try records.compactMap { change, document in
      let found = try now(change).map { (path: change.path, value: $0) } ?? arrived[document.id]
      if let found, found.value == document.value { return nil }
      let subject = try DocumentTies(of: document)?.named.first(where: isThere)
      // What nobody can read now is named as that.
      if found == nil, change.new != nil || subject == nil { return nil }
      return Rewriting(document: document, now: found?.path, subject: subject)
    }
  }

  /// What changes of the folder do to what others decided, by every path a commit has to leave as it is.
  func rewritingsOfOthers(
    in changes: [PathChange], state: LocalState, by attribution: Attribution?
  ) throws -> [WorkspacePath: DocumentProblem] {
    let documents = changes.filter { $0.path.isDocument && !$0.path.isSchema }
    guard documents.contains(where: { $0.old != nil }), let headTree = state.headTree else { return [:] }
    var places: DocumentPlaces?
    let schemas = try objects.folder(named: "schemas", in: headTree)
    let names = try self.names(of: attribution, in: headTree)
    let found = try rewritings(in: documents, schemas: schemas) { id in
      let known = try places ?? DocumentPlaces(of: folderTree(state), in: self)
      places = known
      return try known.hold(id)
    } reading: { _, path in
      try files.read(path)?.bytes
    }
    var problems: [WorkspacePath: DocumentProblem] = [:]
    for rewriting in found where !rewriting.isOwn(of: names) {
      for path in Set([rewriting.document.path, rewriting.now].compactMap(\.self)) {
        let writer = try nameOfWriter(of: rewriting, in: headTree)
        let reason: DocumentProblem.Reason =
          rewriting.now == nil ? .takenAway(by: writer) : .rewritten(by: writer)
        problems[path] = DocumentProblem(path: path, reason: reason)
      }
    }
    return problems
  }

  /// A tree in which what others decided, and an older tree has, stands as it did.
  ///
  /// - Returns: Also the paths of those that would have been rewritten or taken away, sorted.
  func leavingDecisionsOfOthers(
    _ tree: ObjectID, since old: ObjectID, by attribution: Attribution
  ) throws -> (tree: ObjectID, decisions: [WorkspacePath]) {
    let names = try names(of: attribution, in: old)
    let documents = try DocumentPlaces(of: tree, in: self)
    let others = try rewritings(from: old, to: tree) { try documents.hold($0) }.filter {
      !$0.isOwn(of: names)
    }
    let edits = try others.flatMap { rewriting in
      let path = rewriting.document.path
      let moved = rewriting.now.flatMap { $0 == path ? nil : [($0, nil as TreeFile?)] } ?? []
      return moved + [(path, try objects.file(at: path, in: old))]
    }
    return (try objects.tree(applying: edits, to: tree), others.map(\.document.path).sorted())
  }

  /// What a person may be called in a document of theirs, by the team of a version.
  private func names(of attribution: Attribution?, in tree: ObjectID) throws -> [JSONString] {
    let known = try attribution.map { (name: $0.name, email: $0.email) } ?? userIdentity()
    guard let known else { return [] }
    return try names(of: known.name, known.email, in: tree)
  }

  private func names(of name: String, _ email: String, in tree: ObjectID) throws -> [JSONString] {
    let member = try team(in: tree)?.member(withEmail: email)?.id
    // Who is no member is known by their name; a member’s name is nobody’s proof.
    return member.map { [$0] } ?? [JSONString(name)]
  }

  /// The name of whoever wrote a decision, by the team of a version.
  func nameOfWriter(of rewriting: Rewriting, in tree: ObjectID) throws -> String {
    try team(in: tree)?.member(rewriting.writer)?.name ?? rewriting.writer.text
  }

  private func team(in tree: ObjectID) throws -> Team? {
    try Self.teamPath.flatMap { path in
      try objects.file(at: path, in: tree).flatMap { try? JSONValue(parsing: objects.blob($0.id)) }
    }.map { Team($0) }
  }

  // MARK: - What others did

  /// What versions that came in did to the decisions of others, as findings.
  func rewritings(broughtInto newHead: ObjectID, since oldHead: ObjectID?) throws -> [Finding] {
    guard let oldHead else { return [] }
    let (old, new) = try (objects.commit(oldHead).tree, objects.commit(newHead).tree)
    let places = try DocumentPlaces(of: new, in: self)
    let found = try rewritings(from: old, to: new) { try places.hold($0) }
    if found.isEmpty { return [] }
    let versions = try provenanceMemory(at: newHead).versions.versions(notBehind: oldHead, in: objects) ?? []
    return try found.compactMap { rewriting in
      let path = rewriting.document.path
      let version = try versions.first { try !isJoint($0) && changes($0, at: path) }
      let author = version?.author
      if let author, try isOwn(rewriting, author, in: old) { return nil }
      let shown = try rewriting.now ?? rewriting.subject.flatMap { try places.paths(of: $0)?.first }
      return rewriting.finding(
        in: shown ?? path, by: author?.name, of: try nameOfWriter(of: rewriting, in: old), before: oldHead)
    }
  }

  /// What people’s versions did to the decisions of others, and nobody has put right since; in the order of the versions.
  ///
  /// - Parameter versions: All of them, older ones first.
  func rewritings(
    in versions: [ObjectID], head: ObjectID
  ) throws -> [VerifyReport.Finding] {
    let newest = try objects.commit(head).tree
    let places = try DocumentPlaces(of: newest, in: self)
    var found: [VerifyReport.Finding] = []
    for id in versions {
      let commit = try objects.commit(id)
      guard let parent = commit.parents.first, !isJoint(commit) else { continue }
      let before = try objects.commit(parent).tree
      for rewriting in try rewritings(from: before, to: commit.tree, isThere: { try places.hold($0) }) {
        let (document, path) = (rewriting.document, rewriting.document.path)
        // In a merge by plain git it may be somebody else’s doing.
        guard try changes(commit, at: path), try !isOwn(rewriting, commit.author, in: before),
          try !places.values(of: document.id).contains(document.value)
        else { continue }
        let writer = try nameOfWriter(of: rewriting, in: before)
        found.append(
          VerifyReport.Finding(
            refusal: rewriting.now == nil
              ? .takenAway(by: writer, after: parent) : .rewritten(by: writer, after: parent),
            version: VerifyReport.NamedVersion(id: id, author: commit.author), path: Array(path.text.utf8)))
      }
    }
    return found
  }

  private func isOwn(_ rewriting: Rewriting, _ author: Signature, in tree: ObjectID) throws -> Bool {
    rewriting.isOwn(of: try names(of: author.name, author.email, in: tree))
  }

  /// Whether a version has another file at a path than all it was made from.
  private func changes(_ commit: Commit, at path: WorkspacePath) throws -> Bool {
    let own = try objects.file(at: path, in: commit.tree)
    return try commit.parents.allSatisfy { try objects.file(at: path, in: objects.commit($0).tree) != own }
  }
}

/// Where the documents of a tree are, by their ids; looked up at the first question.
private final class DocumentPlaces {
  private let workspace: Workspace
  private let tree: ObjectID
  private let schemas: ObjectID?
  private var known: TreeTies??

  init(of tree: ObjectID, in workspace: Workspace) throws {
    (self.tree, self.workspace) = (tree, workspace)
    schemas = try workspace.objects.folder(named: "schemas", in: tree)
  }

  /// - Returns: `nil` where that can’t be told.
  private func records(of id: JSONString) throws -> [TiesIndex.Record]? {
    let ties = try known ?? workspace.ties(of: tree, schemas: schemas)
    known = ties
    guard let ties else { return nil }
    let records = ties.places(of: id).compactMap(ties.record)
    return ties.isBroken ? nil : records
  }

  func paths(of id: JSONString) throws -> [WorkspacePath]? { try records(of: id)?.map(\.path) }

  /// Whether one of that id is there; where that can’t be told, it is taken to be.
  func hold(_ id: JSONString) throws -> Bool { try records(of: id)?.isEmpty != true }

  func values(of id: JSONString) throws -> [JSONValue] {
    let files = try records(of: id)?.map { ($0.path, $0.file) } ?? []
    return try workspace.documents(files, schemas: schemas).compactMap { try? $0.get().value }
  }
}

extension Rewriting {
  /// - Parameters:
  ///   - shown: The document a person has to open.
  ///   - person: Who did it, where that is known.
  ///   - writer: The name of whoever wrote it.
  ///   - head: A version that has it as it was.
  fileprivate func finding(
    in shown: WorkspacePath, by person: String?, of writer: String, before head: ObjectID
  ) -> Finding {
    let name = document.path.shortName
    let restore = "ligne restore \(document.path.text) --to \(head.hex.prefix(10))"
    let who = person ?? "?"
    let message =
      now == nil
      ? Sentence(
        fr:
          "\(who) a supprimé ce que \(writer) avait décidé ou noté ici (\(name)) : « \(restore) » le ramène.",
        en: "\(who) deleted what \(writer) had decided or noted here (\(name)): “\(restore)” brings it back.")
      : Sentence(
        fr: "\(who) a réécrit ce que \(writer) avait décidé ou noté : « \(restore) » remet ses mots.",
        en: "\(who) rewrote what \(writer) had decided or noted: “\(restore)” puts the words back.")
    var finding = Finding(
      rule: now == nil ? Finding.deletedDecision : Finding.rewrittenDecision, level: .warning,
      in: Document(path: shown, value: document.value, kind: document.kind), message)
    if now == nil, let subject { finding.id = subject }
    return finding
  }
}

extension Finding {
  fileprivate static let deletedDecision = "decision-deleted"
  fileprivate static let rewrittenDecision = "decision-rewritten"

  /// Whether it is about what somebody did, which no check of the documents as they are now can find.
  public var isAboutAChange: Bool { [Self.deletedDecision, Self.rewrittenDecision].contains(rule) }
}
