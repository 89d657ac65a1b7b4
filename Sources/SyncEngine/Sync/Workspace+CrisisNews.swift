import Documents
import JSONTree
import ObjectModel

extension Workspace {
  /// What became of crises between two versions, by path.
  func crisisNews(in newHead: ObjectID, since oldHead: ObjectID?) throws -> [SyncReport.CrisisNews] {
    let tree = try objects.commit(newHead).tree
    let old = try oldHead.map { try objects.commit($0).tree }
    if tree == old { return [] }
    let folder = try WorkspacePath("crisis/activations")
    let files = try objects.files(in: tree, under: folder).map(\.path)
    return try files.compactMap { path in
      guard let value = try readable(path, in: tree), value["kind"]?.string == CrisisActivation.kind,
        let id = value["id"]?.string
      else { return nil }
      let now = CrisisActivation(value)
      let before = try old.flatMap { try readable(path, in: $0) }.map(CrisisActivation.init)
      guard let step = SyncReport.CrisisNews.Step(from: before, to: now) else { return nil }
      let person = step == .closed ? now.closedBy : now.declaredBy
      return SyncReport.CrisisNews(
        path: path, id: id, step: step, title: now.title ?? path.text, level: now.level,
        by: try person.map { try name(of: $0, in: tree) })
    }
  }

  /// What can be read of a document; what can’t be is told elsewhere.
  private func readable(_ path: WorkspacePath, in tree: ObjectID) throws -> JSONValue? {
    do {
      return try document(at: path, inTree: tree)
    } catch WorkspaceError.problem {
      return nil
    }
  }

  private func name(of person: JSONString, in tree: ObjectID) throws -> String {
    let team = try readable(WorkspacePath("team.json"), in: tree).map(Team.init)
    return team?.member(person)?.shownName ?? person.text
  }
}

extension SyncReport.CrisisNews.Step {
  /// `nil` where nothing happened that the team has to know.
  fileprivate init?(from before: CrisisActivation?, to now: CrisisActivation) {
    switch (before.map(\.isClosed), now.isClosed) {
    case (nil, false): self = .declared
    case (false, true): self = .closed
    case (true, false): self = .goesOn
    case (false, false):
      guard before?.level != now.level else { return nil }
      self = .raised
    case (nil, true), (true, true): return nil
    }
  }
}
