import ConcurrentMap
public import Documents
public import EditorialChecks
import EditorialReview
import JSONTree
public import ObjectModel
public import Wording
import WorkingCopy

/// What the line, the platforms and the other documents have to say of a folder.
public struct CheckReport: Sendable {
  public var findings: [Finding]
  /// The documents that were looked at, by path.
  public var documents: [Document]
  /// Documents that were to be looked at and that can't be read or break their schema.
  public var left: [CommitReport.LeftOut]
}

/// What applying safe suggestions did.
public struct CorrectionReport: Sendable {
  /// The findings that are gone.
  public var corrected: [Finding]
  /// The commit that holds what was written over and no version held; `nil` for nothing.
  public var kept: ObjectID?
}

extension Workspace {
  /// Checks documents as they stand in the folder.
  ///
  /// - Parameters:
  ///   - selection: Only these; `nil` for all.
  ///   - spelling: Answers to the words of ``spellingQuestions(_:at:)``.
  ///   - now: When it is asked; see ``EditorialChecks/check(_:schemas:only:conflicted:provenance:spelling:at:)``.
  public func check(
    _ selection: [WorkspacePath]?, spelling: SpellingAnswers? = nil, at now: Instant
  ) throws -> CheckReport {
    let state = try localState()
    let standIns = try standIns(in: state)
    let tree = try treeToRead(state, standIns)
    let schemas = try rulebook.schemas(ofTree: tree)
    let selected = selection.map(Set.init)
    var (documents, left) =
      try selected.map { try collection(ofTree: tree, toCheck: $0, judgedAt: head()) }
      ?? collection(ofTree: tree)
    let subjects = documents.all.filter { selected?.contains($0.path) ?? true }
    for document in subjects {
      guard !document.kind.schema.violations(of: document.value).isEmpty,
        let file = try objects.file(at: document.path, in: tree),
        case .failure(let problem) = Document.read(document.path, try objects.blob(file.id), schemas: schemas)
      else { continue }
      left.append(CommitReport.LeftOut(path: document.path, problem: problem))
    }
    left += standIns.left.filter { selected?.contains($0.path) ?? true }
    let findings = try EditorialChecks.check(
      documents, schemas: schemas, only: selected.map { _ in Set(subjects.map(\.id)) },
      conflicted: conflicted(of: documents, in: tree), provenance: provenance(of: documents, at: head()),
      spelling: spelling, at: now)
    return CheckReport(findings: findings, documents: subjects, left: left.sorted { $0.path < $1.path })
  }

  /// The words of documents of the folder that a dictionary is to be asked about, by language.
  public func spellingQuestions(
    _ selection: [WorkspacePath]?, at now: Instant
  ) throws -> [String: Set<String>] {
    let tree = try treeToRead(localState())
    let selected = selection.map(Set.init)
    let documents =
      try selected.map { try collection(ofTree: tree, toCheck: $0, judgedAt: nil) }?.documents
      ?? collection(ofTree: tree).documents
    let ids = selected.map { paths in Set(documents.all.filter { paths.contains($0.path) }.map(\.id)) }
    return try EditorialChecks.spellingQuestions(
      documents, schemas: rulebook.schemas(ofTree: tree), only: ids, at: now)
  }

  /// Writes the safe suggestions of some findings into the folder, uncommitted, as ``set(_:_:to:by:)`` would.
  ///
  /// What the folder holds of those documents and no version does is kept first. Nothing is written if one document
  /// would be refused.
  public func correct(_ report: CheckReport, by attribution: Attribution) throws -> CorrectionReport {
    try refuseUnfinishedGit()
    var corrected: [Finding] = []
    var contents: [Edit] = []
    // What its schema does not accept waits for its mending and holds up nothing else.
    let left = Set(report.left.map(\.path))
    for document in report.documents where !left.contains(document.path) {
      let (value, applied) = applyingSafeSuggestions(report.findings, to: document)
      if applied.isEmpty { continue }
      corrected += applied
      contents.append(Edit(path: document.path, value: value))
    }
    if contents.isEmpty { return CorrectionReport(corrected: [], kept: nil) }
    let kept = try write(contents, for: "check", by: attribution, keeping: .check)
    return CorrectionReport(corrected: corrected, kept: kept)
  }

  /// What is to be said of some documents of a version.
  ///
  /// Many are checked some at a time: what a portion is tied to is read for it and let go again.
  ///
  /// - Parameter size: How many are checked at once; what each is tied to comes on top.
  func findings(
    in tree: ObjectID, of paths: [WorkspacePath], at now: Instant, portion size: Int = portionToCheck
  ) throws -> [Finding] {
    let all = Set(paths)
    let portions = try portions(of: all.sorted(), size: size, in: tree)
    var findings: [Finding] = []
    for portion in portions {
      let selected = Set(portion)
      let documents = try collection(ofTree: tree, toCheck: selected, judgedAt: head()).documents
      let ids = Set(documents.all.filter { selected.contains($0.path) }.map(\.id))
      findings += try EditorialChecks.check(
        documents, schemas: rulebook.schemas(ofTree: tree), only: ids,
        conflicted: conflicted(of: documents, in: tree), provenance: provenance(of: documents, at: head()),
        at: now
      ).filter { selected.contains($0.path) || !all.contains($0.path) }
      if portions.count > 1 { documentMemory.forget() }
    }
    return findings
  }

  /// What is to be said of posts that show other pictures now, though nobody touched the posts.
  ///
  /// - Parameter changed: The files that a version changes; of documents nothing is said here.
  func findings(
    ofPictures changed: [WorkspacePath], in tree: ObjectID, at now: Instant
  ) throws -> [Finding] {
    let files = changed.filter { !$0.isDocument }
    let posts = files.isEmpty ? [] : try posts(showing: files, in: tree).subtracting(changed)
    if posts.isEmpty { return [] }
    return try findings(in: tree, of: posts.sorted(), at: now).filter {
      $0.rule == "approved-then-picture-changed" && posts.contains($0.path)
    }
  }

  /// All at once where a rule compares every text with all others: what one portion does not hold would not be compared.
  private func portions(
    of paths: [WorkspacePath], size: Int, in tree: ObjectID
  ) throws -> [ArraySlice<WorkspacePath>] {
    let portions = paths.portions(of: size)
    if portions.count <= 1 { return portions }
    let rules = try collection(ofTree: tree, toCheck: [], judgedAt: nil).documents
    return comparesTexts(in: rules) ? [paths[...]] : portions
  }

  static let portionToCheck = 4096

  /// About how many changed documents `commit` and `status` ask the line. More come from an import or a copy of a folder: their
  /// check takes most of the time, and what it says of thousands of texts nobody reads as a remark.
  static let mostCheckedOnTheWay = 1000

  /// What is to be said of a version and was not to be said of an earlier one.
  func findings(broughtInto newHead: ObjectID, since oldHead: ObjectID?, at now: Instant) throws -> [Finding]
  {
    let (new, old) = try (objects.commit(newHead).tree, tree(of: oldHead))
    if new == old { return [] }
    return try rewritings(broughtInto: newHead, since: oldHead)
      + findingsInDocuments(broughtInto: newHead, since: oldHead, at: now)
  }

  private func findingsInDocuments(
    broughtInto newHead: ObjectID, since oldHead: ObjectID?, at now: Instant
  ) throws -> [Finding] {
    if let oldHead, let found = try findings(broughtInto: newHead, sinceTouching: oldHead, at: now) {
      return found
    }
    return try findings(broughtInto: newHead, comparedWith: oldHead, at: now)
  }

  /// The same from every document of both versions.
  func findings(
    broughtInto newHead: ObjectID, comparedWith oldHead: ObjectID?, at now: Instant
  ) throws -> [Finding] {
    let (new, old) = try (objects.commit(newHead).tree, tree(of: oldHead))
    let (documents, before) = try (collection(ofTree: new).documents, collection(ofTree: old).documents)
    return try newFindings(
      in: documents, since: before, schemas: rulebook.schemas(ofTree: new),
      conflicted: conflicted(of: documents, in: new), conflictedBefore: conflicted(of: before, in: old),
      provenance: provenance(of: documents, at: newHead),
      provenanceBefore: provenance(of: before, at: oldHead),
      at: now)
  }

  /// The same from the documents alone that the difference touches.
  ///
  /// - Returns: `nil` where that may be all of them: whose yes counts changed, or a rule compares texts with all others.
  func findings(
    broughtInto newHead: ObjectID, sinceTouching oldHead: ObjectID, at now: Instant
  ) throws -> [Finding]? {
    let (new, old) = try (objects.commit(newHead).tree, objects.commit(oldHead).tree)
    // Whose words a document holds may change although the document does not.
    guard let written = try writings(upTo: newHead, since: oldHead),
      let touched = try touched(from: old, to: new, andWith: written, guarded: guardedIDs(at: newHead))
    else { return nil }
    let documents = try collection(ofTree: new, toCheck: touched.asked, judgedAt: newHead).documents
    if comparesTexts(in: documents) { return nil }
    return try newFindings(
      in: documents,
      since: { try collection(ofTree: old, toCheck: touched.asked, judgedAt: newHead).documents },
      changed: touched.changed, texts: touched.texts, asked: touched.asked.contains,
      schemas: rulebook.schemas(ofTree: new), conflicted: conflicted(of: documents, in: new),
      conflictedBefore: { try conflicted(of: $0, in: old) },
      provenance: provenance(of: documents, at: newHead),
      // The settings and the team went through the same versions.
      provenanceBefore: { try self.provenance(of: $0, at: newHead, wordsUntil: oldHead) }, at: now)
  }

  /// How many findings there are in documents that differ from the newest version.
  ///
  /// A look at the folder must cost little, so the answer is remembered until the folder changes or the day does.
  ///
  /// - Returns: `nil` where they are too many; see ``mostCheckedOnTheWay``.
  func countOfFindings(in state: LocalState, folderTree: ObjectID, at now: Instant) throws -> Int? {
    let changed = state.changes.filter { $0.new != nil && $0.path.isDocument }.map(\.path)
    if changed.isEmpty { return 0 }
    if changed.count > Self.mostCheckedOnTheWay { return nil }
    let key = "\(state.headTree?.hex ?? "-") \(folderTree.hex) \(now.date(offset: .utc))"
    if let bytes = try files.local.recall(Self.countMemory) {
      let words = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      if words.count == 2, words[0].utf8.elementsEqual(key.utf8), let count = Int(words[1]) { return count }
    }
    let count = try findings(in: folderTree, of: changed, at: now).count
    try files.local.remember(Self.countMemory, Array("\(key)\n\(count)".utf8))
    return count
  }

  private static let countMemory = "findings"
}
