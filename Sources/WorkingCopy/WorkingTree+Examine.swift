import ObjectModel
import SystemPackage

/// A write of a plan, and what stands in its place before anything is changed.
struct ExaminedWrite {
  enum State {
    case done(KnownFile?)
    case pending
    case blocked(Obstacle)
  }

  let write: FileWrite
  var state = State.pending
  /// Of the file in its place.
  var permissions: UInt32?
  var identity: FileIdentity?
}

extension WorkingTree {
  /// Looks which writes are still to be done, and may be, in the order in which they have to be done.
  func examine(_ plan: [FileWrite], below top: OpenFolder) throws(WorkingCopyError) -> [ExaminedWrite] {
    var examined: [ExaminedWrite] = []
    for write in plan.inOrderOfWork { examined.append(try examine(write, below: top)) }
    try untangle(&examined, below: top)
    return examined
  }

  private func examine(
    _ write: FileWrite, below top: OpenFolder
  ) throws(WorkingCopyError) -> ExaminedWrite {
    var examined = ExaminedWrite(write: write)
    let folder: OpenFolder
    switch try top.place(of: write.path) {
    case .folder(let found): folder = found
    case .missing(let above):
      if write.new == nil { examined.state = .done(nil) } else { try above.checkWritable() }
      return examined
    // What blocks it now may be a file this plan removes; the time to tell is when its turn comes.
    case .blocked: return examined
    }
    let name = EntryName(write.path.name)
    guard let status = try folder.status(of: name) else {
      if write.new == nil { examined.state = .done(nil) } else { try folder.checkWritable() }
      return examined
    }
    if Obstacle.Kind(inPlaceOfFile: status) != nil { return examined }
    examined.permissions = UInt32(status.permissions)
    examined.identity = status.stamp.identity
    do throws(WorkingCopyError) {
      if let reading = try folder.read(name), let new = write.new,
        ObjectID(blob: reading.bytes) == new.id, reading.mode == new.mode
      {
        examined.state = .done(KnownFile(id: new.id, mode: new.mode, stamp: reading.stamp))
        return examined
      }
    } catch {
      switch error {
      // Nobody could tell afterwards whether it was what was expected.
      case .disk(.read, _, let reason) where reason.isRefusal:
        examined.state = .blocked(
          Obstacle(path: write.path, standing: write.path, kind: .unreadable(reason)))
        return examined
      // It is being changed; what it is by then is looked at after the exchange.
      case .keepsChanging, .notAFile, .tooBig: break
      default: throw error
      }
    }
    try folder.checkWritable()
    return examined
  }

  /// Sees to plans that change only the case of a name, on file systems where both names are one file.
  ///
  /// There, the file under the new name seems to be done, until the removal of the old name takes it away; and once
  /// both are done, the old name still seems to be there.
  private func untangle(
    _ examined: inout [ExaminedWrite], below top: OpenFolder
  ) throws(WorkingCopyError) {
    let writes = Dictionary(
      examined.indices.filter { examined[$0].write.new != nil }.compactMap { place in
        examined[place].identity.map { ($0, place) }
      }, uniquingKeysWith: { first, _ in first })
    for place in examined.indices where examined[place].write.new == nil {
      guard let identity = examined[place].identity, let other = writes[identity] else { continue }
      if try top.standsExactly(at: examined[place].write.path) {
        if case .done = examined[other].state { examined[other].state = .pending }
      } else {
        examined[place].state = .done(nil)
      }
    }
  }
}

extension OpenFolder {
  /// Whether a file is listed by these very bytes, and not only found by them.
  fileprivate func standsExactly(at path: WorkspacePath) throws(WorkingCopyError) -> Bool {
    for place in path.foldersAbove + [path] {
      guard try folder(at: place.parent)?.names().contains(EntryName(place.name)) == true else {
        return false
      }
    }
    return true
  }
}

extension [FileWrite] {
  /// Removals first, so that a file can take the place of a folder or of a name that differs by case only; of those,
  /// the deepest first, so that a folder is empty when its turn comes.
  fileprivate var inOrderOfWork: [FileWrite] {
    let sorted = sorted { $0.path < $1.path }
    return sorted.filter { $0.new == nil }.reversed() + sorted.filter { $0.new != nil }
  }
}
