public import ObjectModel

/// Files as they were last seen, sorted by the bytes of their paths, for a walk that goes through both in step.
///
/// A folder may hold a hundred thousand of them, and nearly all are as they were: so nothing is copied out of here for
/// a file of which there is nothing to say.
public protocol KnownFiles {
  /// How many there are.
  var count: Int { get }

  /// How the path at a place compares with another one, byte by byte: negative where it comes before, zero where it is
  /// the same, positive where it comes after.
  ///
  /// - Parameter place: From 0; paths never go back from one place to the next.
  func order(at place: Int, to path: [UInt8]) -> Int

  /// Whether the path at a place begins with these bytes.
  func hasPrefix(_ prefix: [UInt8], at place: Int) -> Bool

  /// Whether it is a file of a workspace; not a link, nor something git is in the middle of merging.
  func isFile(at place: Int) -> Bool

  /// Whether the file had this stamp when it was seen, as far as the memory of stamps goes.
  func hasStamp(_ stamp: FileStamp, at place: Int) -> Bool

  /// What was seen of it.
  func file(at place: Int) -> KnownFile

  /// Whether no rule leaves it out, because a version holds it.
  func isHeld(at place: Int) -> Bool
}

extension KnownFiles {
  /// The first place whose path is not before these bytes, looked for from a place on.
  public func place(of path: [UInt8], from start: Int = 0) -> Int {
    var (low, high) = (start, count)
    while low < high {
      let middle = low + (high - low) / 2
      if order(at: middle, to: path) < 0 { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where the file of this path stands; `nil` if none is known.
  public func place(of path: WorkspacePath) -> Int? {
    let bytes = Array(path.text.utf8)
    var place = place(of: bytes)
    // A path that git is in the middle of merging stands there more than once.
    while place < count, order(at: place, to: bytes) == 0 {
      if isFile(at: place) { return place }
      place += 1
    }
    return nil
  }
}

/// What became of the files of a folder since they were seen.
public struct FolderComparison: Sendable {
  /// The places of files that are gone, or that could not be looked at: see ``isHidden(_:)``.
  public var missing: [Int] = []
  /// Files that were read, sorted by path; each is at its place, or was not known.
  ///
  /// Nothing else differs: whatever is neither here nor missing is as it was.
  public var read: [ReadFile] = []
  /// What was passed over, and why, sorted by the bytes of the path. Each blocks only itself.
  public var refused: [RefusedFile] = []
  /// See ``Scan/asOf``.
  public var asOf: FileTime

  public struct ReadFile: Hashable, Sendable {
    public var place: Int?
    public var file: ScannedFile

    public init(place: Int?, file: ScannedFile) { (self.place, self.file) = (place, file) }
  }

  public init(asOf: FileTime) { self.asOf = asOf }

  /// See ``Scan/isHidden(_:)``.
  public func isHidden(_ path: WorkspacePath) -> Bool { refused.hide(path) }
}

extension [RefusedFile] {
  /// Whether one of them is this path, or a folder above it.
  public func hide(_ path: WorkspacePath) -> Bool {
    let bytes = path.text.utf8
    return contains { refusal in
      let prefix = refusal.path
      guard bytes.starts(with: prefix) else { return false }
      return bytes.count == prefix.count || bytes.dropFirst(prefix.count).first == UInt8(ascii: "/")
    }
  }
}

/// A few files as a memory of them, by path.
struct RememberedFiles: KnownFiles {
  private let paths: [WorkspacePath]
  private let files: [KnownFile]

  init(_ files: [WorkspacePath: KnownFile]) {
    let sorted = files.sorted { $0.key < $1.key }
    (paths, self.files) = (sorted.map(\.key), sorted.map(\.value))
  }

  var count: Int { files.count }
  func isFile(at place: Int) -> Bool { true }
  func hasStamp(_ stamp: FileStamp, at place: Int) -> Bool { files[place].stamp == stamp }
  func file(at place: Int) -> KnownFile { files[place] }
  func isHeld(at place: Int) -> Bool { false }
  func path(at place: Int) -> WorkspacePath { paths[place] }

  func order(at place: Int, to path: [UInt8]) -> Int {
    let own = Array(paths[place].text.utf8)
    return own == path ? 0 : own.lexicographicallyPrecedes(path) ? -1 : 1
  }

  func hasPrefix(_ prefix: [UInt8], at place: Int) -> Bool { paths[place].text.utf8.starts(with: prefix) }
}
