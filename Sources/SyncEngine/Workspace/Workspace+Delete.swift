import Documents
import EditorialChecks
public import ObjectModel
public import Wording

/// Documents that were taken out of the folder.
public struct DeletionReport: Hashable, Sendable {
  /// Sorted by path.
  public var deleted: [WorkspacePath]
  /// The commit that holds what no version does of them; `nil` where all of it is committed.
  public var kept: ObjectID?
  /// What speaks of them and stays, sorted by path: decisions, comments, what went out, what uses a picture.
  public var speakingOfThem: [WorkspacePath]
}

/// Why a document is not deleted. Nothing was changed.
public enum DeletionRefused: Error, Hashable, Sendable {
  /// There is one such document in a workspace, which can't be without it.
  case needed(WorkspacePath)
  /// It records what happened, and is in a version.
  case writtenOnce(WorkspacePath, kind: Sentence)
}

extension Workspace {
  /// Takes documents out of the folder; nothing is committed.
  ///
  /// What no version holds of them is kept first. The versions that have them stay as they are.
  ///
  /// - Throws: ``DeletionRefused``; `WorkspaceError.deletedDocument` for what does not stand there. Then all of them stay.
  public func delete(_ paths: Set<WorkspacePath>, by attribution: Attribution) throws -> DeletionReport {
    try refuseUnfinishedGit()
    let headTree = try tree(of: head())
    let schemas = try schemas()
    let sorted = paths.sorted()
    for path in sorted {
      if try files.read(path) == nil { throw WorkspaceError.deletedDocument(path) }
      if path == Self.settingsPath { throw DeletionRefused.needed(path) }
      // What can't be read is of no kind.
      guard let value = try? document(at: path), let kind = schemas.kind(of: value) else { continue }
      if kind.placement.isSingle { throw DeletionRefused.needed(path) }
      let isCommitted = try headTree.map { try objects.file(at: path, in: $0) != nil } ?? false
      if kind.placement.isWrittenOnce, isCommitted {
        throw DeletionRefused.writtenOnce(path, kind: kind.title)
      }
    }
    let around = try documents(around: paths, in: treeToRead(localState()), judgedAt: head()).collection.all
    let gone = Set(around.filter { paths.contains($0.path) }.map(\.id))
    let speaking = around.filter { document in
      !paths.contains(document.path) && !document.kind.placement.isSingle
        && DocumentTies(of: document).map { !gone.isDisjoint(with: $0.named) } ?? false
    }
    let kept = try write(
      sorted.map { Edit(path: $0, content: nil) }, for: "delete", by: attribution, keeping: .delete)
    return DeletionReport(deleted: sorted, kept: kept, speakingOfThem: speaking.map(\.path).sorted())
  }
}

extension DeletionRefused: ExplainedError {
  public var code: String {
    switch self {
    case .needed: "needed-document"
    case .writtenOnce: "written-once"
    }
  }

  public var message: Sentence {
    switch self {
    case .needed(let path):
      Sentence(
        fr: "Un espace ne peut pas être sans \(path.text).", en: "A workspace can’t be without \(path.text).")
    case .writtenOnce(let path, let kind):
      Sentence(
        fr: "Ce qui a été noté reste : \(path.text) (« \(kind.french) »).",
        en: "What was recorded stays: \(path.text) (“\(kind.english)”).")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .needed:
      Sentence(
        fr: "« ligne edit » et « ligne set » en changent les champs.",
        en: "“ligne edit” and “ligne set” change its fields.")
    case .writtenOnce:
      Sentence(
        fr:
          "Une décision plus récente remplace la vôtre, un retrait se note (« ligne publish --nature withdrawal »), "
          + "un commentaire se règle (« ligne comment resolve »).",
        en:
          "A later decision takes the place of yours, a withdrawal is recorded (“ligne publish --nature withdrawal”), "
          + "a comment is resolved (“ligne comment resolve”).")
    }
  }
}
