public import SystemPackage

/// The folder that a clone makes, from its first step until it holds the team's workspace.
///
/// A clone that fails takes the folder away again. One that is killed can't; so before anything else it leaves a note
/// there that says which address it copies, and the next clone of that address begins anew in the same place. The note
/// is locked while the clone runs (`flock(2)`), so two of them don't take each other for killed.
public final class UnfinishedClone {
  private let file: OpenFile
  private let local: LocalFolder
  /// Whether somebody began it before, and was killed.
  public let wasBegun: Bool

  private init(_ file: OpenFile, in local: LocalFolder, wasBegun: Bool) {
    (self.file, self.local, self.wasBegun) = (file, local, wasBegun)
  }

  /// Begins a clone in a folder that does not exist yet, is empty, or holds an unfinished one of the same address.
  ///
  /// - Parameters:
  ///   - folder: An absolute path. It is made, with those above it that are missing.
  ///   - address: As a person gave it; compared byte for byte.
  /// - Returns: `nil` where the folder holds anything else, which stays as it is.
  /// - Throws: ``WorkingCopyError/held(by:)`` where another program makes the same clone now; `.disk` where the folder
  ///   can't be made, read or written.
  public static func begin(
    in folder: FilePath, of address: String
  ) throws(WorkingCopyError) -> UnfinishedClone? {
    let local = LocalFolder(folder.appending(".git").appending("ligne"))
    let note = Array(address.utf8)
    if try !WorkingTree.isEmptyOrMissing(folder) {
      do throws(WorkingCopyError) {
        switch try local.readSmall(noteName) {
        case note: break
        // Killed in its very first steps.
        case nil, []: guard try holdsNoFile(folder) else { return nil }
        default: return nil
        }
      } catch let error where error.reason == .notDirectory {
        return nil
      }
    }
    for place in WorkingTree.missingFolders(of: local.path).reversed() {
      try LocalFolder(place).create()
    }
    let own = try local.openCreating()
    let file = try own.openOrCreate(EntryName(noteName))
    // One that failed may have taken the note away between our opening and our locking; then somebody else may lock another.
    guard try file.tryLock(),
      try own.status(of: EntryName(noteName))?.stamp.inode == file.status().stamp.inode
    else { throw .held(by: nil) }
    let wasBegun = try file.status().stamp.size > 0
    try file.replaceContent(with: note)
    try file.flush()
    try own.flush()
    return UnfinishedClone(file, in: local, wasBegun: wasBegun)
  }

  /// Removes what a killed clone left, all but the note.
  ///
  /// - Returns: `false` where there is more than git's folder, and nothing was removed.
  public func startAnew() throws(WorkingCopyError) -> Bool {
    let folder = try OpenFolder.open(git.removingLastComponent(), probe: .none)
    for name in try folder.names() where name != EntryName(".git") {
      if try !folder.isTrial(named: name) { return false }
    }
    try removeTrials()
    try OpenFolder.open(git, probe: .none).removeEverything(but: EntryName("ligne"))
    try local.openCreating().removeEverything(but: EntryName(Self.noteName))
    return true
  }

  /// Removes what libgit2 made in the folder to see whether it can hold links, and left there where it was killed or the disk
  /// was full.
  public func removeTrials() throws(WorkingCopyError) {
    let folder = try OpenFolder.open(git.removingLastComponent(), probe: .none)
    for name in try folder.names() where try folder.isTrial(named: name) { try folder.remove(name) }
  }

  private var git: FilePath { local.path.removingLastComponent() }

  /// Takes the note away: the folder holds a workspace now.
  public func finish() throws(WorkingCopyError) { try local.removeSmall(Self.noteName) }

  /// The note, in `.git/ligne`.
  public static let noteName = "clone"

  /// Whether there are empty folders of git's at most, and an empty note.
  private static func holdsNoFile(_ folder: FilePath) throws(WorkingCopyError) -> Bool {
    var place = folder
    for name in [".git", "ligne", noteName] {
      let names = try OpenFolder.open(place, probe: .none).names()
      if names.isEmpty { return true }
      guard names == [EntryName(name)] else { return false }
      place.append(name)
    }
    return true
  }
}

extension OpenFolder {
  /// Whether an entry is what libgit2 tries out in a new folder: an empty file, or a link.
  fileprivate func isTrial(named name: EntryName) throws(WorkingCopyError) -> Bool {
    guard name.text.hasPrefix("_git2_"), let status = try status(of: name) else { return false }
    return status.kind == .link || status.kind == .file && status.stamp.size == 0
  }
}
