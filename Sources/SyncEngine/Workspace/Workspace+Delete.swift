import Documents
import EditorialChecks
import JSONTree
public import ObjectModel
import ThreeWayMerge
public import Wording

/// Documents that were taken out of the folder.
public struct DeletionReport: Hashable, Sendable {
  /// Sorted by path.
  public var deleted: [WorkspacePath]
  /// Those of them that the newest version has; the others are in the copy alone.
  public var committed: [WorkspacePath]
  /// The commit that holds what no version does of them; `nil` where all of it is committed.
  public var kept: ObjectID?
  /// What speaks of them and stays, sorted by path: decisions, comments, what went out, what uses a picture.
  public var speakingOfThem: [WorkspacePath]
  /// How many questions were open in them.
  public var questions: Int
}

/// Why a document is not deleted. Nothing was changed.
public enum DeletionRefused: Error, Hashable, Sendable {
  /// It is a file of the workspace, and no document.
  case noDocument(WorkspacePath)
  /// There is one such document in a workspace, which can't be without it.
  case needed(WorkspacePath)
  /// It records what happened, and is in a version.
  case writtenOnce(WorkspacePath, kind: Sentence)
  /// A crisis that goes on.
  case openCrisis(WorkspacePath)
}

extension Workspace {
  /// Takes documents out of the folder; nothing is committed.
  ///
  /// What no version holds of them is kept first. The versions that have them stay as they are.
  ///
  /// - Throws: ``DeletionRefused``; `WorkspaceError.deletedDocument` for what does not stand there. Then all of them stay.
  public func delete(_ paths: Set<WorkspacePath>, by attribution: Attribution) throws -> DeletionReport {
    try refuseUnfinishedGit()
    let sorted = paths.sorted()
    let state = try localState()
    let origins = Dictionary(try moves(in: state).map { ($1, $0) }) { first, _ in first }
    var committed: [WorkspacePath] = []
    for path in sorted {
      if try readingOfFile(at: path) == nil { throw WorkspaceError.deletedDocument(path) }
      let before = try state.headTree.flatMap { tree in
        let origin = origins[path] ?? path
        return try objects.file(at: origin, in: tree).map { (path: origin, file: $0) }
      }
      if before?.path == path { committed.append(path) }
      try refuseToDelete(path, before: before)
    }
    let questions = try sorted.map { try openConflicts(in: $0).count }.reduce(0, +)
    let speaking = try speakers(of: paths, in: treeToRead(state))
    let kept = try write(
      sorted.map { Edit(path: $0, content: nil) }, for: "delete", by: attribution, keeping: .delete)
    return DeletionReport(
      deleted: sorted, committed: committed, kept: kept, speakingOfThem: speaking, questions: questions)
  }

  /// - Parameter before: The same document as the newest version has it, wherever: what it is where nobody can read it now.
  private func refuseToDelete(
    _ path: WorkspacePath, before: (path: WorkspacePath, file: TreeFile)?
  ) throws {
    guard path.isDocument, !path.isSchema else { throw DeletionRefused.noDocument(path) }
    let schemas = try schemas()
    if path == Self.settingsPath || schemas.kinds.contains(where: { $0.placement.path == path.text }) {
      throw DeletionRefused.needed(path)
    }
    func kind(_ value: JSONValue?) -> DocumentKind? { value.flatMap(schemas.kind) }
    // What can't be read says nothing of itself; the newest version may.
    let standing = try? document(at: path)
    let old = before.flatMap { entry in
      (try? readDocument(entry.path, objects.blob(entry.file.id)).get())
    }
    if let kind = kind(old), kind.placement.isWrittenOnce {
      throw DeletionRefused.writtenOnce(path, kind: kind.title)
    }
    if let value = standing ?? old, kind(value)?.name == CrisisActivation.kind,
      !CrisisActivation(value).isClosed
    {
      throw DeletionRefused.openCrisis(path)
    }
  }

  /// The documents of a tree that name some of its documents, sorted by path; not where another one bears the same id.
  private func speakers(of paths: Set<WorkspacePath>, in tree: ObjectID) throws -> [WorkspacePath] {
    let schemas = try objects.folder(named: "schemas", in: tree)
    let all = try tied(to: paths, in: tree, schemas: schemas)
    let standing = Set(all.filter { !paths.contains($0.path) }.map(\.ties.id))
    let gone = Set(all.filter { paths.contains($0.path) }.map(\.ties.id)).subtracting(standing)
    let kinds = try rulebook.schemas(in: schemas)
    return Set(
      all.filter { entry in
        !paths.contains(entry.path) && kinds.kind(named: entry.ties.kind)?.placement.isSingle != true
          && !gone.isDisjoint(with: entry.ties.named)
      }.map(\.path)
    ).sorted()
  }

  /// Some documents of a tree, and those that name them or bear their ids; where that can't be told without reading, every one.
  private func tied(
    to paths: Set<WorkspacePath>, in tree: ObjectID, schemas: ObjectID?
  ) throws -> [(path: WorkspacePath, ties: DocumentTies)] {
    if let ties = try ties(of: tree, schemas: schemas) {
      let gone = paths.compactMap(ties.place(of:))
      let ids = gone.map { ties.ties(of: $0).id }
      let near = Set(gone + ids.flatMap { ties.places(naming: $0) + ties.places(of: $0) })
      let found = near.compactMap { place in ties.record(at: place).map { (path: $0.path, ties: $0.ties) } }
      if !ties.isBroken { return found }
    }
    return try collection(ofTree: tree).documents.all.compactMap { document in
      DocumentTies(of: document).map { (path: document.path, ties: $0) }
    }
  }
}

extension DeletionRefused: ExplainedError {
  public var code: String {
    switch self {
    case .noDocument: "no-document"
    case .needed: "needed-document"
    case .writtenOnce: "written-once"
    case .openCrisis: "open-crisis"
    }
  }

  public var message: Sentence {
    switch self {
    case .noDocument(let path):
      Sentence(fr: "\(path.text) n’est pas un document.", en: "\(path.text) is no document.")
    case .needed(let path):
      Sentence(
        fr: "Un espace ne peut pas être sans \(path.text).", en: "A workspace can’t be without \(path.text).")
    case .writtenOnce(let path, let kind):
      Sentence(
        fr: "Ce qui a été noté reste : \(path.text) (« \(kind.french) »).",
        en: "What was recorded stays: \(path.text) (“\(kind.english)”).")
    case .openCrisis(let path):
      Sentence(fr: "Cette crise dure encore : \(path.text)", en: "This crisis goes on: \(path.text)")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .noDocument:
      Sentence(
        fr: "« ligne list » montre les documents; un fichier d’une autre sorte se supprime dans le dossier.",
        en: "“ligne list” shows the documents; a file of another sort is deleted in the folder.")
    case .needed(let path):
      Sentence(
        fr:
          "« ligne edit \(path.typed) » l’ouvre, « ligne set \(path.typed) CHAMP VALEUR » en change un champ.",
        en:
          "“ligne edit \(path.typed)” opens it, “ligne set \(path.typed) FIELD VALUE” changes a field of it.")
    case .writtenOnce:
      Sentence(
        fr:
          "Une décision plus récente remplace la vôtre; ce qui est sorti se retire par « ligne publish DOCUMENT --nature withdrawal ».",
        en:
          "A later decision takes the place of yours; what went out is taken back by “ligne publish DOCUMENT --nature withdrawal”."
      )
    case .openCrisis(let path):
      Sentence(
        fr: "« ligne crisis end \(path.shortName) » la termine; elle peut être supprimée ensuite.",
        en: "“ligne crisis end \(path.shortName)” ends it; it may be deleted after that.")
    }
  }
}
