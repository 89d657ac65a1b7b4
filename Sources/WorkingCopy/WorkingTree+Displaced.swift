import ObjectModel

public import struct SystemPackage.FilePath

extension WorkingTree {
  /// What earlier commands displaced and nobody has settled yet, the oldest first.
  ///
  /// Besides what ``apply(_:content:)`` reported and what one that was killed could not report any more, this finds
  /// late writers: an editor that had the old file open and wrote into it after it was displaced. What turns out to
  /// hold nothing new is removed on the way.
  ///
  /// The workspace must be locked (``WorkspaceLock``).
  public func unsettled() throws(WorkingCopyError) -> [DisplacedFile] {
    let top = try OpenFolder.open(root, probe: probe)
    var found: [DisplacedFile] = []
    for exchange in try ExchangeFolder.all(in: local) {
      switch try exchange.plan() {
      case .never:
        try exchange.discard()
      // Nobody can tell any more what these files are; that is no reason to throw them away.
      case .damaged:
        continue
      case .written(let plan):
        var left = 0
        for kept in try exchange.kept(plan, below: top) {
          switch try kept.judge(Patience(milliseconds: 0)) {
          // Where the system can't tell who has a file open, this second look is the last.
          case .expected, .expectedSoFar: try kept.folder.remove(kept.name)
          case .stillOpen: left += 1
          case .unexpected(let displaced):
            left += 1
            found.append(displaced)
          }
        }
        if left == 0 { try exchange.remove() }
      }
    }
    return found
  }

  /// Whether an earlier command left anything that ``unsettled()`` has to look at; needs no lock.
  public func hasLeftovers() throws(WorkingCopyError) -> Bool { try ExchangeFolder.isAnyLeft(in: local) }

  /// Folders of earlier exchanges in which files lie that nobody can tell the meaning of any more; they stay.
  public func unexplained() throws(WorkingCopyError) -> [FilePath] {
    var folders: [FilePath] = []
    for exchange in try ExchangeFolder.all(in: local) {
      if case .damaged = try exchange.plan() { folders.append(exchange.folder.path) }
    }
    return folders
  }

  /// Says that what a displaced file held is in safety, so that it need not be kept any longer.
  ///
  /// One that was written to again since it was reported stays, and is found again by ``unsettled()``. One that
  /// some program still has open stays until that has closed it, and is found again only if it changes. One that
  /// can't be read stays.
  ///
  /// The workspace must be locked (``WorkspaceLock``).
  ///
  /// - Parameter displaced: As reported by ``apply(_:content:)`` or ``unsettled()``.
  public func settle(_ displaced: DisplacedFile) throws(WorkingCopyError) {
    guard let keptAt = displaced.keptAt, let found = displaced.found.map(ObjectID.init(blob:)) else { return }
    let top = try OpenFolder.open(root, probe: probe)
    for exchange in try ExchangeFolder.all(in: local) {
      guard case .written(let plan) = try exchange.plan() else { continue }
      var left = 0
      for kept in try exchange.kept(plan, below: top) {
        if kept.folder.path(of: kept.name) == keptAt, try kept.settle(asHolding: found) {
          continue
        }
        left += 1
      }
      if left == 0 { try exchange.remove() }
    }
  }
}

/// A file that was taken out of its place, or was prepared for it.
struct KeptFile {
  let folder: OpenFolder
  let name: EntryName
  let file: ExchangeFile
  let write: FileWrite
  /// The number of the exchange, if the file lies in the workspace and its name has to tell.
  let exchange: Int?

  enum Judgement {
    /// It holds what was expected, and nobody can change it any more.
    case expected
    /// It holds what was expected; the system can't tell whether anybody has it open.
    case expectedSoFar
    /// It holds what was expected, or is just being written; some program has it open. Or it is no file at all.
    case stillOpen
    case unexpected(DisplacedFile)
  }

  /// Looks whether it holds anything nobody knows.
  ///
  /// - Parameter patience: How long to wait for a program that has it open: it may be saving right now.
  func judge(_ patience: Patience) throws(WorkingCopyError) -> Judgement {
    guard try folder.status(of: name)?.kind == .file else { return .stillOpen }
    do throws(WorkingCopyError) {
      let open = try folder.file(named: name)
      var users = open.otherUsers()
      while users == .some, patience.wait() { users = open.otherUsers() }
      guard let reading = try open.readOnce() else { return .stillOpen }
      guard knows(ObjectID(blob: reading.bytes)) else { return .unexpected(displaced(reading)) }
      return switch users {
      case .none: .expected
      case .unknown: .expectedSoFar
      case .some: .stillOpen
      }
    } catch {
      switch error {
      case .disk(.read, _, let reason) where reason.isRefusal: return .unexpected(displaced(nil))
      case .tooBig: return .unexpected(displaced(nil))
      default: throw error
      }
    }
  }

  /// Removes it if it holds this and no program has it open; else `false`.
  func settle(asHolding id: ObjectID) throws(WorkingCopyError) -> Bool {
    let open = try folder.file(named: name)
    let users = open.otherUsers()
    guard let reading = try open.readOnce(), ObjectID(blob: reading.bytes) == id else { return false }
    if users == .none {
      try folder.remove(name)
      return true
    }
    let settled = ExchangeFile(file.place, .settled(id))
    let settledName = exchange.map(settled.besideName(inExchange:)) ?? settled.name
    if name != settledName { try folder.rename(name, to: folder, settledName) }
    return false
  }

  private func knows(_ id: ObjectID) -> Bool {
    switch file.part {
    case .draft: true
    case .new, .old: id == write.expected || id == write.new?.id
    case .settled(let settled): id == settled
    }
  }

  private func displaced(_ found: FileReading?) -> DisplacedFile {
    DisplacedFile(
      path: write.path, expected: write.expected, new: write.new, found: found?.bytes,
      keptAt: folder.path(of: name), savedAt: found?.stamp.modified)
  }
}

/// How long one command waits for other programs, all in all.
final class Patience {
  private var left: Int

  init(milliseconds: Int) { left = milliseconds }

  /// Waits a moment; `false` if there was none left.
  func wait() -> Bool {
    guard left > 0 else { return false }
    left -= moment
    Pause.milliseconds(moment)
    return true
  }

  private let moment = 2
}
