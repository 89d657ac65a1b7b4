import ObjectModel
import SystemPackage

/// Carries out the prepared writes of one plan, one file after the other.
struct Materialiser {
  private var pending: [PendingWrite]
  private let top: OpenFolder
  private let exchange: ExchangeFolder
  /// What became of each write, by its place in the plan.
  private var outcomes: [Outcome]
  /// Whether a file of the workspace was found to lie on another disk than Ligne's own folder.
  private var preparesBeside = false
  /// Folders in which a name changed; `nil` is the workspace's own.
  private var touched: Set<WorkspacePath?> = []
  /// Folders that stay even if they are empty for a moment.
  private let needed: Set<WorkspacePath>

  private struct Outcome {
    var obstacle: Obstacle?
    /// How many files were taken out of this place.
    var tookOut = 0
  }

  init(pending: [PendingWrite], top: OpenFolder, exchange: ExchangeFolder) {
    self.pending = pending
    self.top = top
    self.exchange = exchange
    outcomes = pending.map { _ in Outcome() }
    needed = Set(pending.filter { $0.write.new != nil }.flatMap(\.write.path.foldersAbove))
  }
}

// MARK: One file

extension Materialiser {
  /// Puts the new file in its place, or takes the old one away.
  mutating func carryOut(_ place: Int) throws(WorkingCopyError) {
    let path = pending[place].write.path
    for _ in 0..<attempts {
      outcomes[place].obstacle = nil
      if try attempt(place, path) { return }
    }
    throw .keepsChanging(path: top.path.appending(path.text))
  }

  /// `false` if it is worth looking again, because something changed while we were at it.
  private mutating func attempt(_ place: Int, _ path: WorkspacePath) throws(WorkingCopyError) -> Bool {
    do throws(WorkingCopyError) {
      return try pending[place].write.new == nil ? takeAway(place, path) : put(place, path)
    } catch {
      if error.saysChangedMeanwhile { return false }
      guard error.reason == .improperLink, !preparesBeside else { throw error }
      try exchange.noteFilesBeside()
      preparesBeside = true
      return false
    }
  }

  private mutating func put(_ place: Int, _ path: WorkspacePath) throws(WorkingCopyError) -> Bool {
    guard let folder = try folder(of: path, place, making: true) else { return true }
    let name = EntryName(path.name)
    let (source, file) = try prepared(place, path, for: folder)

    guard let standing = try folder.status(of: name) else {
      try source.placeWhereNothingIs(file, folder, name)
      touched.insert(path.parent)
      return true
    }
    // An empty folder is nobody's work.
    if standing.kind == .folder, try folder.removeIfEmpty(name) { return false }
    if note(Obstacle.Kind(inPlaceOfFile: standing), place, path) { return true }
    touched.insert(path.parent)
    do throws(WorkingCopyError) {
      try source.exchange(file, with: folder, name)
    } catch let error where error.saysNotSupported {
      // The next attempt finds the place free.
      try moveAside(place, path, folder, name)
      return outcomes[place].obstacle != nil
    }
    // It may have been swapped for something else between looking and exchanging.
    let displaced = try source.status(of: file)
    if note(displaced.flatMap(Obstacle.Kind.init(inPlaceOfFile:)), place, path) {
      try source.exchange(file, with: folder, name)
    } else {
      outcomes[place].tookOut += 1
    }
    return true
  }

  private mutating func takeAway(_ place: Int, _ path: WorkspacePath) throws(WorkingCopyError) -> Bool {
    guard let folder = try folder(of: path, place, making: false) else { return true }
    let name = EntryName(path.name)
    // A folder of that name is somebody's, and the file is gone.
    guard let standing = try folder.status(of: name), standing.kind != .folder else { return true }
    if note(Obstacle.Kind(inPlaceOfFile: standing), place, path) { return true }
    touched.insert(path.parent)
    try moveAside(place, path, folder, name)
    if outcomes[place].obstacle == nil { try removeEmptyFolders(above: path) }
    return true
  }

  /// Takes a file out of its place, whatever it is by now.
  private mutating func moveAside(
    _ place: Int, _ path: WorkspacePath, _ folder: OpenFolder, _ name: EntryName
  ) throws(WorkingCopyError) {
    let (shelf, aside) = try shelf(for: ExchangeFile(place, .old(outcomes[place].tookOut)), path, folder)
    try folder.rename(name, to: shelf, aside)
    let displaced = try shelf.status(of: aside)
    if note(displaced.flatMap(Obstacle.Kind.init(inPlaceOfFile:)), place, path) {
      try shelf.placeWhereNothingIs(aside, folder, name)
    } else {
      outcomes[place].tookOut += 1
    }
  }

  /// The folder of a file; `nil`, after noting what has to be told, if there is none.
  private mutating func folder(
    of path: WorkspacePath, _ place: Int, making: Bool
  ) throws(WorkingCopyError) -> OpenFolder? {
    var made: [WorkspacePath?] = []
    defer { touched.formUnion(made) }
    switch try top.place(of: path, making: making ? { made.append($0) } : nil) {
    case .folder(let folder): return folder
    case .missing: return nil
    case .blocked(let obstacle):
      // Below a file there is no file to take away.
      if making || obstacle.kind != .file { outcomes[place].obstacle = obstacle }
      return nil
    }
  }

  private mutating func note(_ kind: Obstacle.Kind?, _ place: Int, _ path: WorkspacePath) -> Bool {
    guard let kind else { return false }
    outcomes[place].obstacle = Obstacle(path: path, standing: path, kind: kind)
    return true
  }

  /// Where a file of the exchange lies, so that it can be renamed into `folder` and out of it.
  ///
  /// On another disk than Ligne's own folder, that is the uppermost folder of the workspace on the same disk: it is
  /// never one that is to be removed.
  private func shelf(
    for file: ExchangeFile, _ path: WorkspacePath, _ folder: OpenFolder
  ) throws(WorkingCopyError) -> (folder: OpenFolder, name: EntryName) {
    guard preparesBeside else { return (exchange.folder, file.name) }
    let device = try folder.status().stamp.device
    var shelf = folder
    for above in path.placesAbove.reversed() {
      guard let above = try top.folder(at: above), try above.status().stamp.device == device else { break }
      shelf = above
    }
    return (shelf, file.besideName(inExchange: exchange.number))
  }

  /// The prepared file, on the same disk as the folder it is for.
  private mutating func prepared(
    _ place: Int, _ path: WorkspacePath, for folder: OpenFolder
  ) throws(WorkingCopyError) -> (folder: OpenFolder, name: EntryName) {
    let file = ExchangeFile(place, .new)
    let (source, name) = try shelf(for: file, path, folder)
    guard preparesBeside, try source.status(of: name) == nil, let new = pending[place].write.new,
      let reading = try exchange.folder.read(file.name)
    else { return (source, name) }
    // Under this name only when it is whole: what stands there is somebody's until it was looked at.
    let draft = ExchangeFile(place, .draft).besideName(inExchange: exchange.number)
    let written = try source.createFile(
      draft, reading.bytes, mode: new.mode, like: pending[place].permissions)
    try written.flush()
    pending[place].prepared = try written.status().stamp
    try source.rename(draft, to: source, name)
    return (source, name)
  }

  /// Removes the folders that a removed file left empty, from the deepest up.
  private mutating func removeEmptyFolders(above path: WorkspacePath) throws(WorkingCopyError) {
    for folder in path.foldersAbove.reversed() {
      guard !needed.contains(folder), let above = try top.folder(at: folder.parent),
        try above.removeIfEmpty(EntryName(folder.name))
      else { return }
      touched.remove(folder)
      touched.insert(folder.parent)
    }
  }
}

extension OpenFolder {
  /// Gives a file a name that must be free, by whichever way the file system knows.
  func placeWhereNothingIs(
    _ name: EntryName, _ folder: OpenFolder, _ other: EntryName
  ) throws(WorkingCopyError) {
    do throws(WorkingCopyError) {
      try renameToFreeName(name, to: folder, other)
    } catch let error where error.saysNotSupported {
      do throws(WorkingCopyError) {
        try link(name, to: folder, other)
        try remove(name)
      } catch let error
        where error.saysNotSupported || error.reason == .notPermitted || error.reason == .tooManyLinks
      {
        // No file system but FAT knows neither; there, somebody who saves in the next instant is not seen.
        if try folder.status(of: other) != nil {
          throw .disk(.write, path: folder.path(of: other), reason: .fileExists)
        }
        try rename(name, to: folder, other)
      }
    }
  }
}

extension WorkingCopyError {
  /// Whether the file system does not know this way of renaming.
  fileprivate var saysNotSupported: Bool {
    reason == .invalidArgument || reason == .noFunction || reason == .notSupported
  }
}

// MARK: All files

extension Materialiser {
  /// Returns when all names of the workspace survive a power cut as they are now.
  func flush() throws(WorkingCopyError) {
    try exchange.folder.flush()
    for path in touched.fromTheTop {
      try top.folder(at: path)?.flush()
    }
  }

  /// Looks at everything that was displaced, and removes what was expected.
  func look(into report: inout ApplyReport) throws(WorkingCopyError) {
    let patience = Patience(milliseconds: patienceWithEditors)
    var left = 0
    for kept in try exchange.kept(pending.map(\.write), below: top) {
      let judgement = try kept.judge(patience)
      if case .expected = judgement {
        try kept.folder.remove(kept.name)
      } else {
        left += 1
      }
      if case .unexpected(let displaced) = judgement { report.displaced.append(displaced) }
    }
    if left == 0 { try exchange.remove() }

    for (place, outcome) in outcomes.enumerated() {
      let write = pending[place].write
      if let obstacle = outcome.obstacle {
        report.obstacles.append(obstacle)
      } else if write.new == nil {
        report.removed.append(write.path)
      } else {
        report.written[write.path] = try known(place)
        if outcome.tookOut == 0, write.expected != nil {
          report.displaced.append(
            DisplacedFile(path: write.path, expected: write.expected, new: write.new, found: nil, keptAt: nil)
          )
        }
      }
    }
  }

  /// The file with its stamp, if it still is the one we put there.
  private func known(_ place: Int) throws(WorkingCopyError) -> KnownFile? {
    let write = pending[place].write
    guard let new = write.new, let prepared = pending[place].prepared,
      let status = try top.folder(at: write.path.parent)?.status(of: EntryName(write.path.name)),
      (status.stamp.identity, status.stamp.size, status.stamp.modified)
        == (prepared.identity, prepared.size, prepared.modified)
    else { return nil }
    return KnownFile(id: new.id, mode: status.mode, stamp: status.stamp)
  }
}

/// Milliseconds for all files together: an editor that is saving needs a few.
private let patienceWithEditors = 100
