public import ObjectModel
import SystemPackage

extension WorkingTree {
  /// Lists every file in the workspace's folder, and reads those that may have changed.
  ///
  /// One question to the system per file; a file is opened only if its stamp differs from the one it was known by,
  /// or if that stamp is too young to be believed. Links are not followed, and a folder that is swapped for a link
  /// meanwhile leads nowhere. A file that disappears during the scan is not listed. Git's folder is passed over,
  /// and so are the files that ``apply(_:content:)`` itself keeps beside others where it has to.
  ///
  /// - Parameters:
  ///   - known: The files as they were last seen.
  ///   - knownAsOf: The `asOf` of the scan that saw them; `nil` believes nothing and reads every file. A file
  ///     written at or after that moment may have changed again within the same tick of the clock, and is read.
  ///   - isIgnored: Whether a file, or a folder with all below it, is none of the workspace's business.
  /// - Throws: `.disk` if the folder of the workspace itself can not be listed. What is wrong with anything below
  ///   it is told in ``Scan/refused``.
  public func scan(
    known: [WorkspacePath: KnownFile] = [:], knownAsOf: FileTime? = nil,
    isIgnored: (_ path: WorkspacePath, _ isFolder: Bool) -> Bool = { _, _ in false }
  ) throws(WorkingCopyError) -> Scan {
    let remembered = RememberedFiles(known)
    let found = try compare(with: remembered, knownAsOf: knownAsOf, isIgnored: isIgnored)
    let gone = Set(found.missing).union(found.read.compactMap(\.place))
    let same = (0..<remembered.count).filter { !gone.contains($0) }.map { place in
      let file = remembered.file(at: place)
      return ScannedFile(
        path: remembered.path(at: place), id: file.id, mode: file.mode, stamp: file.stamp, wasHashed: false)
    }
    return Scan(
      files: (same + found.read.map(\.file)).sorted { $0.path < $1.path }, refused: found.refused,
      asOf: found.asOf)
  }

  /// Compares the workspace's folder, or some of it, with what is known of its files, and reads those that may have
  /// changed. See ``scan(known:knownAsOf:isIgnored:)``.
  ///
  /// - Parameters:
  ///   - paths: Only these files, and all in these folders; `nil` for everything. Nothing is said of the rest.
  ///   - isIgnored: Not asked of what is held, nor of a folder with something in it that is.
  public func compare(
    with known: some KnownFiles, knownAsOf: FileTime?, only paths: [WorkspacePath]? = nil,
    isIgnored: (_ path: WorkspacePath, _ isFolder: Bool) -> Bool = { _, _ in false }
  ) throws(WorkingCopyError) -> FolderComparison {
    // Asked before anything is looked at: what changes from here on has this time or a later one.
    let asOf = local.fileSystemTime()
    let wanted = paths.map { paths in
      paths.map { $0.text.utf8.split(separator: slash).map { Array($0) } }
        .sorted { $0.lexicographicallyPrecedes($1) { $0.lexicographicallyPrecedes($1) } }
    }
    var walk = FolderWalk(known, as: knownAsOf ?? .never, FolderComparison(asOf: asOf))
    walk.begin(with: paths)
    let top = try OpenFolder.open(root, probe: probe)
    try walk.visit(top, below: [], depth: 0, wanted: wanted?[...], isIgnored)
    return walk.end()
  }
}

/// One walk through a folder, in step with what is known of its files.
private struct FolderWalk<Known: KnownFiles> {
  private let known: Known
  private let believedBefore: FileTime
  private var result: FolderComparison
  /// The places of which something is to be said.
  private var asked: [Range<Int>] = []
  /// Which places were met.
  private var isMet: [Bool]
  /// The walk meets paths in their order, so what comes before this place was passed.
  private var cursor = 0

  init(_ known: Known, as believedBefore: FileTime, _ result: FolderComparison) {
    (self.known, self.believedBefore, self.result) = (known, believedBefore, result)
    isMet = Array(repeating: false, count: known.count)
  }

  mutating func begin(with paths: [WorkspacePath]?) {
    guard let paths else {
      asked = [0..<known.count]
      return
    }
    for path in paths {
      let bytes = Array(path.text.utf8)
      for (first, last) in [(bytes, bytes + [0]), (bytes + [slash], bytes + [slash + 1])] {
        asked.append(known.place(of: first)..<known.place(of: last))
      }
    }
  }

  mutating func end() -> FolderComparison {
    for range in asked {
      for place in range where !isMet[place] && known.isFile(at: place) {
        isMet[place] = true
        result.missing.append(place)
      }
    }
    result.missing.sort()
    result.refused.sort { $0.path.lexicographicallyPrecedes($1.path) }
    return result
  }

  /// - Parameters:
  ///   - prefix: The folder's path with the slash that follows.
  ///   - wanted: The rest of the paths that are asked for; `nil` for everything in it.
  mutating func visit(
    _ folder: OpenFolder, below prefix: [UInt8], depth: Int, wanted: ArraySlice<[[UInt8]]>?,
    _ isIgnored: (_ path: WorkspacePath, _ isFolder: Bool) -> Bool
  ) throws(WorkingCopyError) {
    let listing: FolderListing
    if let wanted {
      var names: [EntryName] = depth > 0 ? [gitName] : []
      for path in wanted {
        let name = EntryName(path[depth])
        if names.last != name { names.append(name) }
      }
      listing = folder.listing(of: names)
    } else {
      listing = try folder.listing()
    }
    if depth > 0, (0..<listing.count).contains(where: { listing.isGit($0) }) {
      result.refused.append(RefusedFile(path: Array(prefix.dropLast()), reason: .nestedRepository))
      return
    }
    var bytes = prefix
    for index in 0..<listing.count {
      let entry = listing[index]
      // On the top, git's own folder.
      if listing.isGit(index) { continue }
      bytes.removeSubrange(prefix.count...)
      listing.withName(of: entry) { bytes.append(contentsOf: $0) }
      let isPlain = WorkspacePath.isPlainName(bytes[prefix.count...])
      if !isPlain, ExchangeFile.reading(besideName: listing.name(of: entry)) != nil { continue }
      guard let status = entry.status else {
        refuse(bytes, .unreadable(entry.failure))
        continue
      }
      if !isPlain || depth >= WorkspacePath.greatestDepth || bytes.count > WorkspacePath.longestPath {
        do throws(PathRefusal) {
          _ = try WorkspacePath(utf8: bytes)
        } catch {
          refuse(bytes, .name(error))
          continue
        }
      }
      switch status.kind {
      case .folder:
        let name = listing.name(of: entry)
        let inside = wanted?.filter { $0[depth].elementsEqual(name.bytes) }
        enter(
          name, in: folder, at: bytes, depth: depth,
          wanted: inside.flatMap { $0.contains { $0.count == depth + 1 } ? nil : $0[...] }, isIgnored)
      default:
        if let wanted, !wanted.contains(where: { isLast($0, depth, listing, entry) }) {
          // Not asked for by itself: something is that would lie in it.
          if status.kind == .link { refuse(bytes, .link) }
          if status.kind == .special { refuse(bytes, .specialFile) }
          continue
        }
        look(at: entry, status, of: listing, in: folder, at: bytes, isIgnored)
      }
    }
  }

  private func isLast(
    _ path: [[UInt8]], _ depth: Int, _ listing: FolderListing, _ entry: FolderListing.Entry
  ) -> Bool {
    path.count == depth + 1 && listing.withName(of: entry) { $0.elementsEqual(path[depth]) }
  }

  private mutating func look(
    at entry: FolderListing.Entry, _ status: EntryStatus, of listing: FolderListing, in folder: OpenFolder,
    at bytes: [UInt8], _ isIgnored: (_ path: WorkspacePath, _ isFolder: Bool) -> Bool
  ) {
    let place = place(of: bytes)
    if status.kind == .file, let place, known.isHeld(at: place) || !isIgnored(path(bytes), false) {
      isMet[place] = true
      if known.hasStamp(status.stamp, at: place), !status.stamp.isRacy(asOf: believedBefore) { return }
    } else if place.map({ known.isHeld(at: $0) }) != true, isIgnored(path(bytes), false) {
      return
    }
    switch status.kind {
    case .link: return refuse(bytes, .link)
    case .special: return refuse(bytes, .specialFile)
    case .file, .folder: break
    }
    do throws(WorkingCopyError) {
      guard let reading = try folder.read(listing.name(of: entry)) else {
        // Gone since it was listed.
        if let place { isMet[place] = false }
        return
      }
      result.read.append(
        FolderComparison.ReadFile(
          place: place,
          file: ScannedFile(
            path: path(bytes), id: ObjectID(blob: reading.bytes), mode: reading.mode, stamp: reading.stamp,
            wasHashed: true)))
    } catch {
      if let place { isMet[place] = false }
      refuse(bytes, RefusedFile.Reason(error))
    }
  }

  private mutating func enter(
    _ name: EntryName, in folder: OpenFolder, at bytes: [UInt8], depth: Int, wanted: ArraySlice<[[UInt8]]>?,
    _ isIgnored: (_ path: WorkspacePath, _ isFolder: Bool) -> Bool
  ) {
    let prefix = bytes + [slash]
    if !holdsAny(below: prefix), isIgnored(path(bytes), true) { return }
    do throws(WorkingCopyError) {
      try visit(folder.folder(named: name), below: prefix, depth: depth + 1, wanted: wanted, isIgnored)
    } catch let error where error.reason == .noSuchFileOrDirectory {
      return
    } catch {
      refuse(bytes, RefusedFile.Reason(error))
    }
  }

  private mutating func refuse(_ path: [UInt8], _ reason: RefusedFile.Reason) {
    result.refused.append(RefusedFile(path: path, reason: reason))
  }

  /// Of bytes that were looked at.
  private func path(_ bytes: [UInt8]) -> WorkspacePath {
    guard let path = try? WorkspacePath(utf8: bytes) else { preconditionFailure("a path that was refused") }
    return path
  }

  /// Where a path is known as a file; `nil` where it is not.
  private mutating func place(of path: [UInt8]) -> Int? {
    advance(to: path)
    var place = cursor
    // A path that git is in the middle of merging stands there more than once.
    while place < known.count, known.order(at: place, to: path) == 0 {
      if known.isFile(at: place) { return place }
      place += 1
    }
    return nil
  }

  /// Whether a version holds something in a folder.
  private mutating func holdsAny(below prefix: [UInt8]) -> Bool {
    advance(to: prefix)
    var place = cursor
    while place < known.count, known.hasPrefix(prefix, at: place) {
      if known.isHeld(at: place) { return true }
      place += 1
    }
    return false
  }

  private mutating func advance(to path: [UInt8]) {
    // Nearly always it is the next one.
    for _ in 0..<4 {
      guard cursor < known.count, known.order(at: cursor, to: path) < 0 else { return }
      cursor += 1
    }
    cursor = known.place(of: path, from: cursor)
  }
}

extension FolderListing {
  fileprivate func isGit(_ index: Int) -> Bool {
    withName(of: self[index]) { $0.count == 4 && $0.elementsEqual(".git".utf8) }
  }
}

extension RefusedFile.Reason {
  /// What an error of reading one file says about it.
  fileprivate init(_ error: WorkingCopyError) {
    switch error {
    case .disk(_, _, .tooManySymbolicLinkLevels): self = .link
    case .disk(_, _, let reason): self = .unreadable(reason)
    case .notAFile: self = .specialFile
    case .tooBig(_, let bytes, _): self = .tooBig(bytes: bytes)
    default: self = .keepsChanging
    }
  }
}

private let gitName = EntryName(".git")
private let slash = UInt8(ascii: "/")
