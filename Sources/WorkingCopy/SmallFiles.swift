import SystemPackage

/// Small files that are read and written whole, by a plain name such as `device`.
///
/// ``LocalFolder`` keeps them on disk; the simulator keeps them in memory.
public protocol SmallFiles {
  /// Makes the place for them, if it does not exist yet.
  func create() throws(WorkingCopyError)
  /// `nil` if there is none.
  func readSmall(_ name: String) throws(WorkingCopyError) -> [UInt8]?
  /// Whoever reads it, also after a power cut, finds the old or the new bytes, whole.
  func writeSmall(_ name: String, _ bytes: [UInt8]) throws(WorkingCopyError)
  /// Keeps what can be found out anew, without waiting for the disk.
  func remember(_ name: String, _ bytes: [UInt8]) throws(WorkingCopyError)
  /// What was remembered under a name; `nil` where nothing was, and where it did not survive a power cut.
  func recall(_ name: String) throws(WorkingCopyError) -> [UInt8]?
  /// Removes one, if it is there, so that it stays removed after a power cut.
  func removeSmall(_ name: String) throws(WorkingCopyError)
  /// Where another program finds it, as an absolute path.
  func place(of name: String) -> String
}

extension LocalFolder: SmallFiles {
  public func place(of name: String) -> String { path.appending(name).string }
}
