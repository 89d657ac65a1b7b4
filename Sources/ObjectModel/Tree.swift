/// What an entry of a tree is, in git's own numbers.
public enum FileMode: Hashable, Sendable {
  /// 100644
  case file
  /// 100755
  case executable
  /// 040000
  case directory
  /// 120000, a symbolic link
  case link
  /// 160000, a commit of another repository
  case submodule
  /// Anything else a repository may hold, such as the 100664 of early git.
  case other(UInt32)

  public init(bits: UInt32) {
    self =
      switch bits {
      case 0o100644: .file
      case 0o100755: .executable
      case 0o040000: .directory
      case 0o120000: .link
      case 0o160000: .submodule
      default: .other(bits)
      }
  }

  public var bits: UInt32 {
    switch self {
    case .file: 0o100644
    case .executable: 0o100755
    case .directory: 0o040000
    case .link: 0o120000
    case .submodule: 0o160000
    case .other(let bits): bits
    }
  }

  /// Whether it is one of the two modes of files a workspace keeps.
  public var isFile: Bool { self == .file || self == .executable }
}

/// One name in a folder.
public struct TreeEntry: Hashable, Sendable {
  /// As in the repository: any bytes but zero and `/`. ``WorkspacePath`` says whether it can be a file's name.
  public var name: [UInt8]
  public var mode: FileMode
  public var id: ObjectID

  public init(name: [UInt8], mode: FileMode, id: ObjectID) {
    self.name = name
    self.mode = mode
    self.id = id
  }
}

extension TreeEntry: Comparable {
  /// Git's order: by the bytes of the names, where a folder's name ends in `/`.
  ///
  /// A tree walked in this order, depth first, gives whole paths in the order of their bytes.
  public static func < (left: Self, right: Self) -> Bool {
    precedes(left.name, left.mode, right.name, right.mode)
  }

  static func precedes(
    _ left: [UInt8], _ leftMode: FileMode, _ right: [UInt8], _ rightMode: FileMode
  ) -> Bool {
    let shared = min(left.count, right.count)
    var place = 0
    while place < shared {
      if left[place] != right[place] { return left[place] < right[place] }
      place += 1
    }
    let next = place < left.count ? left[place] : leftMode.endOfName
    let other = place < right.count ? right[place] : rightMode.endOfName
    return next != other ? next < other : left.count < right.count
  }
}

extension FileMode {
  /// What git's order puts after the last byte of a name.
  var endOfName: UInt8 { self == .directory ? slash : 0 }
}

/// A folder: its names in git's order.
public struct Tree: Hashable, Sendable {
  /// Sorted, each name once.
  public let entries: [TreeEntry]

  /// - Parameter entries: In any order, each name once, no name empty or with a zero byte or a `/`.
  public init(_ entries: [TreeEntry]) {
    self.init(sorted: entries.sorted())
  }

  /// - Parameter entries: In git's order, with the promises of `init(_:)`.
  init(sorted entries: [TreeEntry]) {
    self.entries = entries
  }

  /// The entry of this name.
  public subscript(name: some Collection<UInt8>) -> TreeEntry? {
    let name = Array(name)
    return entry(name, .file) ?? entry(name, .directory)
  }

  /// A file and a folder of one name sort apart, so each is looked up on its own.
  private func entry(_ name: [UInt8], _ mode: FileMode) -> TreeEntry? {
    let place = Self.place(of: name, mode, in: entries[...])
    return place < entries.count && entries[place].name == name ? entries[place] : nil
  }

  /// Where an entry of this name stands, or would stand.
  private static func place(of name: [UInt8], _ mode: FileMode, in entries: ArraySlice<TreeEntry>) -> Int {
    var (low, high) = (entries.startIndex, entries.endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if TreeEntry.precedes(entries[middle].name, entries[middle].mode, name, mode) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}

/// Why bytes are not a tree as git writes it.
public enum MalformedTree: Error, Hashable, Sendable {
  /// The bytes end inside the entry that begins at this byte.
  case truncated(at: Int)
  /// The mode of the entry at this byte is not an octal number, or too large to be one.
  case unreadableMode(at: Int)
  /// The mode begins with a zero, so the same folder could have two ids.
  case zeroPaddedMode(at: Int)
  case emptyName(at: Int)
  case slashInName(at: Int)
  case unsorted(at: Int)
  case duplicateName(at: Int)
}

extension Tree {
  /// Reads the content of a tree object, and accepts only what `encoded` would write.
  ///
  /// Names are not judged here: `.git` or `..` is a readable tree, which `refusals(in:notIn:)` refuses.
  public init(decoding bytes: [UInt8]) throws(MalformedTree) {
    var entries: [TreeEntry] = []
    var scanner = TreeScanner(bytes)
    while let found = try scanner.next() { entries.append(TreeEntry(found, of: bytes)) }
    self.init(sorted: entries)
  }

  /// The content of the tree object.
  public var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.reduce(0) { $0 + $1.name.count + 28 })
    for entry in entries {
      bytes += String(entry.mode.bits, radix: 8).utf8
      bytes.append(UInt8(ascii: " "))
      bytes += entry.name
      bytes.append(0)
      bytes += entry.id.bytes
    }
    return bytes
  }
}
