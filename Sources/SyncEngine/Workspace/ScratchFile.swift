import SystemPackage
import WorkingCopy

/// A file for a person to write in, outside of the documents; it is never shared.
public struct ScratchFile {
  /// An absolute path.
  public let path: String
  fileprivate let name: String
  fileprivate let local: any SmallFiles

  public func read() throws -> [UInt8] { try local.readSmall(name) ?? [] }

  /// A file that stays is in nobody's way, so trouble here is not told.
  public func remove() { try? local.removeSmall(name) }
}

extension Workspace {
  public func makeScratchFile(_ bytes: [UInt8], ending: String) throws -> ScratchFile {
    let name = "edit.\(ending)"
    try files.local.writeSmall(name, bytes)
    return ScratchFile(path: files.local.place(of: name), name: name, local: files.local)
  }
}
