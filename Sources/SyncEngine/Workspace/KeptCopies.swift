import GitStore
import ObjectModel

extension Workspace {
  /// What was about to touch uncommitted work when a copy of it was kept.
  enum KeptBefore {
    case sync, restore, check, undo, resolve, exchange, delete

    var message: String {
      switch self {
      case .sync: "Copie avant une mise en commun / Copy before a sync\n\nLigne-Kept: sync\n"
      case .check: "Copie avant des corrections / Copy before corrections\n\nLigne-Kept: check\n"
      case .undo: "Copie avant une annulation / Copy before an undo\n\nLigne-Kept: undo\n"
      case .resolve: "Copie avant un choix / Copy before a choice\n\nLigne-Kept: resolve\n"
      case .exchange:
        "Copie d’un texte enregistré pendant un échange / Copy of what was saved during an exchange\n\nLigne-Kept: exchange\n"
      case .delete: "Copie avant une suppression / Copy before a deletion\n\nLigne-Kept: delete\n"
      case .restore: "Copie avant un retour en arrière / Copy before going back\n\nLigne-Kept: restore\n"
      }
    }
  }

  /// Keeps a copy of uncommitted work before anything touches it, as a commit of its own under `refs/ligne/kept/`.
  ///
  /// - Parameter tree: What the folder holds, or as much of it as is in danger.
  @discardableResult
  func keepCopy(
    of tree: ObjectID, on head: ObjectID?, before command: KeptBefore, by attribution: Attribution
  ) throws -> ObjectID {
    let signature = attribution.signature
    let commit = try objects.write(
      Commit(
        tree: tree, parents: [head].compactMap { $0 }, author: signature, committer: signature,
        message: command.message))
    try objects.keep([commit])
    let name = SyncReferences.kept + commit.hex
    if try repository.reference(name) == nil {
      try repository.moveReference(name, from: nil, to: commit, reason: "ligne: kept")
    }
    return commit
  }
}
