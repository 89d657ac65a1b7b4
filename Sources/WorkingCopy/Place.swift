import ObjectModel
import SystemPackage

/// The folder a file is in, or would be.
enum Place {
  case folder(OpenFolder)
  /// There is no such folder; this is the last one on the way that exists.
  case missing(below: OpenFolder)
  /// Something that is not a folder stands on the way.
  case blocked(Obstacle)
}

extension OpenFolder {
  /// Finds the folder of a file, from the workspace's folder down, never through a link.
  ///
  /// - Parameter made: Called with each folder in which one had to be made (`nil`: at the top). Without it, none is
  ///   made.
  func place(
    of path: WorkspacePath, making made: ((WorkspacePath?) -> Void)? = nil
  ) throws(WorkingCopyError) -> Place {
    var folder = self
    for standing in path.foldersAbove {
      let name = EntryName(standing.name)
      var entered = try folder.enter(name)
      if case .nothing = entered, let made {
        do throws(WorkingCopyError) {
          try folder.makeFolder(name)
        } catch let error where error.reason == .fileExists {
          // Somebody else was faster; if what they made is no folder, the next look says so.
        }
        made(standing.parent)
        entered = try folder.enter(name)
      }
      switch entered {
      case .folder(let inner): folder = inner
      case .nothing: return .missing(below: folder)
      case .obstacle(let kind): return .blocked(Obstacle(path: path, standing: standing, kind: kind))
      }
    }
    return .folder(folder)
  }

  /// Opens a folder of the workspace (`nil`: its own); `nil` if it is none, or none any more.
  func folder(at path: WorkspacePath?) throws(WorkingCopyError) -> OpenFolder? {
    guard let path else { return self }
    guard case .folder(let above) = try place(of: path),
      case .folder(let folder) = try above.enter(EntryName(path.name))
    else { return nil }
    return folder
  }

  enum Entered {
    case folder(OpenFolder)
    case nothing
    case obstacle(Obstacle.Kind)
  }

  /// Opens a folder inside this one, if it is one.
  func enter(_ name: EntryName) throws(WorkingCopyError) -> Entered {
    for _ in 0..<attempts {
      guard let status = try status(of: name) else { return .nothing }
      if let kind = Obstacle.Kind(inPlaceOfFolder: status) { return .obstacle(kind) }
      do throws(WorkingCopyError) {
        return .folder(try folder(named: name))
      } catch let error where error.saysChangedMeanwhile {
        // It was a folder a moment ago: look again.
      }
    }
    throw .keepsChanging(path: path(of: name))
  }
}

extension WorkingCopyError {
  /// Whether somebody made, moved or removed something between looking at it and using it.
  var saysChangedMeanwhile: Bool {
    switch reason {
    case .fileExists?, .noSuchFileOrDirectory?, .notDirectory?, .tooManySymbolicLinkLevels?: true
    default: false
    }
  }
}

extension WorkspacePath {
  /// The folders it lies in, from the top down.
  var foldersAbove: [WorkspacePath] {
    var folders: [WorkspacePath] = []
    var next = parent
    while let folder = next {
      folders.append(folder)
      next = folder.parent
    }
    return folders.reversed()
  }

  /// The folders it lies in, from the workspace's own (`nil`) down.
  var placesAbove: [WorkspacePath?] { [nil] + foldersAbove }
}

extension Set<WorkspacePath?> {
  /// In the order of their bytes; first the workspace's own folder, if it is one of them.
  var fromTheTop: [WorkspacePath?] { (contains(nil) ? [nil] : []) + compactMap { $0 }.sorted() }
}

extension Obstacle.Kind {
  /// Why this is no folder; `nil` if it is one.
  init?(inPlaceOfFolder status: EntryStatus) {
    switch status.kind {
    case .folder: return nil
    case .file: self = .file
    case .link: self = .link
    case .special: self = .specialFile
    }
  }

  /// Why this is no file of a workspace; `nil` if it may be one.
  init?(inPlaceOfFile status: EntryStatus) {
    switch status.kind {
    case .folder: self = .folder
    case .link: self = .link
    case .special: self = .specialFile
    case .file:
      guard status.stamp.size > WorkingTree.largestFile else { return nil }
      self = .tooBig
    }
  }
}

/// Somebody who changes one thing again and again can make us look this often.
let attempts = 8
