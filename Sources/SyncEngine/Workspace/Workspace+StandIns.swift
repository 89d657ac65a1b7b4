import Documents
import ObjectModel
import ThreeWayMerge
import WorkingCopy

/// Documents of the newest version that count where the folder has nothing, or nothing that can be read, in their place.
struct StandIns {
  /// By path, sorted; where one was moved, by its place in the folder.
  var files: [(path: WorkspacePath, file: TreeFile)] = []
  /// Those whose own file is there and can't be read, with why.
  var left: [CommitReport.LeftOut] = []
}

/// What decides for others does not stop deciding because somebody’s file of it was damaged or thrown away: a refusal, what went
/// out, a crisis, whose yes counts, where we speak. Until a version says otherwise, that of the newest one counts. What was
/// recorded once is as it was recorded, whatever the folder makes of it.
extension Workspace {
  func standIns(in state: LocalState) throws -> StandIns {
    var standIns = StandIns()
    let changes = state.changes.filter { $0.old != nil && $0.path.isDocument && !$0.path.isSchema }
    guard !changes.isEmpty, let headTree = state.headTree else { return standIns }
    let schemas = try objects.folder(named: "schemas", in: headTree)
    let olds = try documents(
      changes.compactMap { change in change.old.map { (change.path, $0.id) } }, schemas: schemas,
      remembering: false)
    let folderSchemas = try self.schemas()
    var moves: [WorkspacePath: WorkspacePath]?
    for (change, old) in zip(changes, olds) {
      guard case .success(let old) = old, let file = change.old else { continue }
      let (isRecord, isNeeded) = (old.kind.placement.isWrittenOnce, old.isNeeded)
      if change.new != nil {
        guard isRecord || isNeeded || old.kind.name == Guideline.kind,
          let reading = try readingOfFile(at: change.path)
        else { continue }
        switch Document.recognize(change.path, reading.bytes, schemas: folderSchemas) {
        case .success(let document):
          if isRecord || document.kind.name != old.kind.name { standIns.files.append((change.path, file)) }
        case .failure(let problem):
          standIns.files.append((change.path, file))
          standIns.left.append(CommitReport.LeftOut(path: change.path, problem: problem))
        }
      } else if isRecord || isNeeded {
        moves = try moves ?? self.moves(in: state)
        let place = moves?[change.path]
        if let place, !isRecord || state.file(at: place)?.id == file.id { continue }
        standIns.files.append((place ?? change.path, file))
      }
    }
    standIns.files.sort { $0.path < $1.path }
    return standIns
  }
}

extension Document {
  /// Whether the workspace goes by it, so that it can’t be without: there is one such document, or it is a crisis that goes on.
  var isNeeded: Bool {
    kind.placement.isSingle
      || kind.name == CrisisActivation.kind && !CrisisActivation(value).isClosed
  }
}
