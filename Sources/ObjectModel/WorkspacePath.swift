/// The place of a file in a workspace: `posts/2026/launch.json`.
///
/// Relative, with `/` between its parts, and such that every computer a colleague may use can hold it: the name
/// of a path that exists was checked (see ``PathRefusal`` for what is refused, and why). Two paths are equal when
/// their UTF-8 bytes are, and sort by them, which is also the order of git's trees walked depth first.
public struct WorkspacePath: Sendable {
  /// The whole path, as it was written.
  public let text: String

  /// Reads a path that a person typed or a program computed.
  public init(_ text: String) throws(PathRefusal) {
    try self.init(checking: text)
  }

  /// Reads a path from a tree, an index or the file system, where nothing promises that names are UTF-8.
  public init(utf8 bytes: some Sequence<UInt8>) throws(PathRefusal) {
    guard let text = String(validating: Array(bytes), as: UTF8.self) else { throw .notUTF8 }
    try self.init(checking: text)
  }

  private init(checking text: String) throws(PathRefusal) {
    if text.utf8.isEmpty { throw .empty }
    if text.utf8.first == slash { throw .absolute }
    if text.utf8.count > Self.longestPath { throw .pathTooLong(bytes: text.utf8.count) }
    self.text = text
    if let parts = plainParts(of: text.utf8), parts <= Self.greatestDepth { return }
    // Split by bytes: to Swift, a slash and a combining accent after it are one Character, not a separator.
    let parts = text.utf8.split(separator: slash, omittingEmptySubsequences: false)
    if parts.count > Self.greatestDepth { throw .tooDeep(parts: parts.count) }
    for part in parts {
      if let refusal = PathRefusal(ofComponent: Substring(part)) { throw refusal }
    }
  }

  private init(unchecked text: String) { self.text = text }

  /// The longest part of a path, in bytes: room for a prefix of a temporary name within the 255 of file systems.
  public static let longestComponent = 200
  /// The longest path, in bytes: with the folder it lies in, still short enough for Windows and for archives.
  public static let longestPath = 400
  /// The greatest number of parts.
  public static let greatestDepth = 16
}

extension WorkspacePath {
  /// The names from the top folder down; the last one is the file's.
  public var components: [String] {
    text.utf8.split(separator: slash).map { String(Substring($0)) }
  }

  /// The last part.
  public var name: String {
    guard let place = text.utf8.lastIndex(of: slash) else { return text }
    return String(text[text.utf8.index(after: place)...])
  }

  /// The folder it lies in; `nil` at the top.
  public var parent: WorkspacePath? {
    text.utf8.lastIndex(of: slash).map { WorkspacePath(unchecked: String(text[..<$0])) }
  }

  /// A path inside this folder.
  ///
  /// - Parameter rest: One name or several with `/` between them.
  public func appending(_ rest: String) throws(PathRefusal) -> WorkspacePath {
    try WorkspacePath(text + "/" + rest)
  }

  /// The same with a path, whose names need no second look.
  public func appending(_ rest: WorkspacePath) throws(PathRefusal) -> WorkspacePath {
    let path = WorkspacePath(unchecked: text + "/" + rest.text)
    if path.text.utf8.count > Self.longestPath { throw .pathTooLong(bytes: path.text.utf8.count) }
    let parts = 1 + path.text.utf8.count { $0 == slash }
    if parts > Self.greatestDepth { throw .tooDeep(parts: parts) }
    return path
  }

  /// Whether this path lies in a folder, at any depth; a path does not lie in itself.
  public func isInside(_ folder: WorkspacePath) -> Bool {
    let (own, outer) = (text.utf8Span, folder.text.utf8Span)
    return own.count > outer.count && countOfShared(own.span, outer.span) == outer.count
      && own.span[outer.count] == slash
  }

  /// The way from a folder to this path; `nil` where it does not lie in it.
  public func relative(to folder: WorkspacePath) -> WorkspacePath? {
    guard isInside(folder) else { return nil }
    let start = text.utf8.index(text.startIndex, offsetBy: folder.text.utf8.count + 1)
    return WorkspacePath(unchecked: String(text[start...]))
  }

  /// The same as `appending`, when only the new name is still to be checked: for walks over trees.
  ///
  /// - Parameter folder: Where the name stands, and how many parts that has; `nil` at the top.
  static func child(
    named bytes: [UInt8], of folder: WorkspacePath?, depth: Int
  ) throws(PathRefusal) -> WorkspacePath {
    let name: String
    if plainParts(of: bytes) == 1 {
      name = String(decoding: bytes, as: UTF8.self)
    } else {
      guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
      if bytes.contains(slash) { throw .separator("/") }
      if let refusal = PathRefusal(ofComponent: Substring(text)) { throw refusal }
      name = text
    }
    if depth >= greatestDepth { throw .tooDeep(parts: depth + 1) }
    guard let folder else { return WorkspacePath(unchecked: name) }
    let path = WorkspacePath(unchecked: folder.text + "/" + name)
    if path.text.utf8.count > longestPath { throw .pathTooLong(bytes: path.text.utf8.count) }
    return path
  }
}

extension WorkspacePath: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    let (one, other) = (left.text.utf8Span, right.text.utf8Span)
    return one.count == other.count && countOfShared(one.span, other.span) == one.count
  }

  public func hash(into hasher: inout Hasher) {
    // Equal bytes are equal texts, so the text's own, fast hash holds; canonically equivalent paths only share it.
    hasher.combine(text)
  }
}

extension WorkspacePath: Comparable, CustomStringConvertible {
  public static func < (left: Self, right: Self) -> Bool {
    let (one, other) = (left.text.utf8Span, right.text.utf8Span)
    let shared = countOfShared(one.span, other.span)
    if shared == one.count || shared == other.count { return one.count < other.count }
    return one.span[shared] < other.span[shared]
  }
  public var description: String { text }
}

/// How many bytes two texts have in common from their beginnings on.
///
/// Over spans: paths are compared all the time, and the views of a text hand out their bytes one call at a time.
private func countOfShared(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
  let most = min(left.count, right.count)
  var count = 0
  while count < most, left[count] == right[count] { count += 1 }
  return count
}

extension WorkspacePath {
  /// Whether a name is plainly fit to be a part of a path; `false` says nothing about it. For walks over many names.
  ///
  /// - Parameter name: The last part of some bytes.
  package static func isPlainName(_ name: ArraySlice<UInt8>) -> Bool { plainParts(of: name) == 1 }
}

let slash = UInt8(ascii: "/")

/// The number of parts of a path that is plainly harmless; `nil` says nothing about it.
///
/// A short cut for the names nearly all files have: ASCII letters, digits, `_`, `-` and `.`, no dot or hyphen at an
/// edge, nothing that begins like a device of Windows. Everything else is for ``PathRefusal`` to judge.
private func plainParts(of path: some Sequence<UInt8>) -> Int? {
  var parts = 1
  var length = 0
  var couldBeDevice = false
  var last = slash
  for byte in path {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      if length == 0 { couldBeDevice = beginsADevice(byte | 0x20) }
    case UInt8(ascii: "-"):
      if length == 0 { return nil }
    case UInt8(ascii: "."):
      // Of a device's length, with an extension or without.
      if length == 0 || couldBeDevice && length < 5 { return nil }
      couldBeDevice = false
    case slash:
      if length == 0 || last == UInt8(ascii: ".") || couldBeDevice && length < 5 { return nil }
      parts += 1
      length = -1
    default:
      return nil
    }
    last = byte
    length += 1
    if length > WorkspacePath.longestComponent { return nil }
  }
  return length == 0 || last == UInt8(ascii: ".") || couldBeDevice && length < 5 ? nil : parts
}

/// CON, AUX, NUL, PRN, COM1 and LPT1.
private func beginsADevice(_ letter: UInt8) -> Bool {
  switch letter {
  case UInt8(ascii: "c"), UInt8(ascii: "a"), UInt8(ascii: "n"), UInt8(ascii: "p"), UInt8(ascii: "l"): true
  default: false
  }
}
