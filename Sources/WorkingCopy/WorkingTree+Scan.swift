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
    // Asked before anything is looked at: what changes from here on has this time or a later one.
    let asOf = local.fileSystemTime()
    let believedBefore = knownAsOf ?? .never
    var scan = Scan(files: [], refused: [], asOf: asOf)
    scan.files.reserveCapacity(known.count)

    func visit(_ folder: OpenFolder, _ names: [EntryName], below prefix: [UInt8]) {
      for (name, status) in inTreeOrder(names, of: folder, below: prefix, refusing: &scan.refused) {
        let bytes = prefix + name.bytes
        func refuse(_ reason: RefusedFile.Reason) {
          scan.refused.append(RefusedFile(path: bytes, reason: reason))
        }
        let path: WorkspacePath
        do throws(PathRefusal) {
          path = try WorkspacePath(utf8: bytes)
        } catch {
          refuse(.name(error))
          continue
        }
        if isIgnored(path, status.kind == .folder) { continue }

        switch status.kind {
        case .link: refuse(.link)
        case .special: refuse(.specialFile)
        case .file:
          if let known = known[path], known.stamp == status.stamp, !known.stamp.isRacy(asOf: believedBefore) {
            scan.files.append(
              ScannedFile(
                path: path, id: known.id, mode: known.mode, stamp: known.stamp, wasHashed: false))
            continue
          }
          do throws(WorkingCopyError) {
            guard let reading = try folder.read(name) else { continue }
            scan.files.append(
              ScannedFile(
                path: path, id: ObjectID(blob: reading.bytes), mode: reading.mode, stamp: reading.stamp,
                wasHashed: true))
          } catch {
            refuse(RefusedFile.Reason(error))
          }
        case .folder:
          do throws(WorkingCopyError) {
            let inner = try folder.folder(named: name)
            let names = try inner.names()
            if names.contains(gitName) {
              refuse(.nestedRepository)
            } else {
              visit(inner, names, below: bytes + [UInt8(ascii: "/")])
            }
          } catch let error where error.reason == .noSuchFileOrDirectory {
            continue
          } catch {
            refuse(RefusedFile.Reason(error))
          }
        }
      }
    }

    let top = try OpenFolder.open(root, probe: probe)
    visit(top, try top.names().filter { $0 != gitName }, below: [])
    scan.refused.sort { $0.path.lexicographicallyPrecedes($1.path) }
    return scan
  }
}

/// The entries of a folder so that a walk meets whole paths in the order of their bytes: a folder sorts as if its
/// name ended in `/`. One that disappeared is left out.
private func inTreeOrder(
  _ names: [EntryName], of folder: OpenFolder, below prefix: [UInt8], refusing refused: inout [RefusedFile]
) -> [(name: EntryName, status: EntryStatus)] {
  var entries: [(name: EntryName, status: EntryStatus, key: [UInt8])] = []
  entries.reserveCapacity(names.count)
  for name in names where ExchangeFile.reading(besideName: name) == nil {
    do throws(WorkingCopyError) {
      guard let status = try folder.status(of: name) else { continue }
      let key = Array(name.bytes) + (status.kind == .folder ? [UInt8(ascii: "/")] : [])
      entries.append((name, status, key))
    } catch {
      refused.append(RefusedFile(path: prefix + name.bytes, reason: RefusedFile.Reason(error)))
    }
  }
  entries.sort { $0.key.lexicographicallyPrecedes($1.key) }
  return entries.map { ($0.name, $0.status) }
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
