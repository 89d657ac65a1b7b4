public import Foundation

/// A new, empty folder that disappears with the value.
///
/// Keep the value alive as long as the folder is needed: `withExtendedLifetime`, or a property of the suite.
/// A folder that a failed test should leave behind for a look is kept with `LIGNE_KEEP_TEMPORARY=1`.
public final class TemporaryFolder: Sendable {
  /// Without symbolic links, so that programs that resolve them print the same path.
  public let url: URL

  public var path: String { url.path }

  /// - Parameter parent: Where it is made; where this computer keeps such folders if `nil`.
  public init(_ name: String = "ligne-test", in parent: String? = nil) throws {
    let parent = (parent.map { URL(filePath: $0) } ?? FileManager.default.temporaryDirectory)
      .resolvingSymlinksInPath()
    url = parent.appending(path: "\(name)-\(UUID().uuidString.prefix(13).lowercased())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit {
    if ProcessInfo.processInfo.environment["LIGNE_KEEP_TEMPORARY"] != nil { return }
    // Nothing depends on it: a test that made a folder unreadable leaves it to the system's own cleaning.
    try? FileManager.default.removeItem(at: url)
  }

  public subscript(_ path: String) -> URL { url.appending(path: path) }

  /// Writes a file, with the folders above it, and returns its place.
  @discardableResult
  public func write(_ bytes: some Sequence<UInt8>, to path: String) throws -> URL {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file
  }

  @discardableResult
  public func write(_ text: String, to path: String) throws -> URL {
    try write(text.utf8, to: path)
  }

  public func read(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: url.appending(path: path)))
  }
}
