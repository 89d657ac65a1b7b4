import SystemPackage

/// Where something was when it was opened: for messages and probes, never to find it again.
///
/// Its bytes as they are; to check that they are a path costs more than most calls of the system, and is left to
/// those who ask.
package struct ShownPath: Hashable, Sendable {
  package let bytes: [UInt8]

  init(_ path: FilePath) { bytes = path.withPlatformString { Array(EntryName(systemName: $0).bytes) } }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  func appending(_ name: EntryName) -> ShownPath {
    ShownPath(bytes + (bytes.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + name.bytes)
  }

  var path: FilePath {
    (bytes + [0]).withUnsafeBytes {
      FilePath(platformString: $0.baseAddress!.assumingMemoryBound(to: CChar.self))
    }
  }
}
