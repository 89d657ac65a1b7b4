package import SystemPackage

/// A step that changes the disk, told before it is taken.
package enum DiskStep: Hashable, Sendable {
  case create(ShownPath)
  case write(ShownPath, bytes: [UInt8])
  /// What was written to the file survives a power cut.
  case flush(ShownPath)
  /// The new name replaces what bears it.
  case rename(ShownPath, to: ShownPath)
  /// The new name must be free.
  case renameToFreeName(ShownPath, to: ShownPath)
  case exchange(ShownPath, ShownPath)
  /// A second name for a file; it must be free.
  case link(ShownPath, to: ShownPath)
  case remove(ShownPath)
  case makeFolder(ShownPath)
  case removeFolder(ShownPath)
  /// The names in the folder survive a power cut.
  case flushFolder(ShownPath)
}

/// What tests see of the disk, and where they break it.
package struct DiskProbe: Sendable {
  private let before: (@Sendable (DiskStep) throws(Errno) -> Void)?

  /// - Parameter before: Called before each step; what it throws is taken for the system's answer, and the step is
  ///   not taken.
  package init(before: @escaping @Sendable (DiskStep) throws(Errno) -> Void) { self.before = before }

  private init() { before = nil }

  /// The disk as it is.
  package static let none = DiskProbe()

  package func announce(_ step: @autoclosure () -> DiskStep) throws(Errno) {
    if let before { try before(step()) }
  }
}
