/// Goes over the bytes of a tree entry by entry, and accepts only what git writes.
///
/// Nothing is copied: of a folder of thousands of names most readers want one, or none.
struct TreeScanner {
  /// Where an entry and its parts stand in the bytes.
  struct Found {
    var start: Int
    var mode: FileMode
    var name: Range<Int>
    /// After the 20 bytes of the id.
    var end: Int
  }

  private let bytes: [UInt8]
  private var last: Found?
  /// How long the names of those files are that the last name begins with, or is: a folder of such a name would sort
  /// after them and need not be next ("a", "a.b", "a/").
  private var beginnings: [Int] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next entry; `nil` after the last one.
  mutating func next() throws(MalformedTree) -> Found? {
    let start = last?.end ?? 0
    if start == bytes.count { return nil }
    let found = try Self.entry(in: bytes, at: start)
    let shared = last.map { countOfShared($0.name, found.name) } ?? 0
    if let last, !precedes(last, found, shared) {
      let isSame = shared == last.name.count && shared == found.name.count
      throw isSame ? .duplicateName(at: start) : .unsorted(at: start)
    }
    while let length = beginnings.last, length > shared { beginnings.removeLast() }
    if found.mode != .directory {
      beginnings.append(found.name.count)
    } else if beginnings.last == found.name.count {
      throw .duplicateName(at: start)
    }
    last = found
    return found
  }

  /// The entry that begins at a byte, without regard to its neighbours.
  static func entry(in bytes: [UInt8], at start: Int) throws(MalformedTree) -> Found {
    var place = start
    var bits: UInt32 = 0
    while place < bytes.count, bytes[place] != UInt8(ascii: " ") {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(bytes[place]), place - start < 7
      else { throw .unreadableMode(at: start) }
      bits = bits << 3 | UInt32(bytes[place] & 7)
      place += 1
    }
    if place == start { throw .unreadableMode(at: start) }
    if bytes[start] == UInt8(ascii: "0") { throw .zeroPaddedMode(at: start) }
    let nameStart = place + 1
    place = nameStart
    var hasSlash = false
    while place < bytes.count, bytes[place] != 0 {
      if bytes[place] == slash { hasSlash = true }
      place += 1
    }
    if bytes.count - place <= 20 { throw .truncated(at: start) }
    if place == nameStart { throw .emptyName(at: start) }
    if hasSlash { throw .slashInName(at: start) }
    return Found(start: start, mode: FileMode(bits: bits), name: nameStart..<place, end: place + 21)
  }

  /// How many bytes two names have in common from their beginnings on.
  private func countOfShared(_ left: Range<Int>, _ right: Range<Int>) -> Int {
    let most = min(left.count, right.count)
    var count = 0
    while count < most, bytes[left.lowerBound + count] == bytes[right.lowerBound + count] { count += 1 }
    return count
  }

  /// Git's order; see `TreeEntry`.
  private func precedes(_ left: Found, _ right: Found, _ shared: Int) -> Bool {
    let next = shared < left.name.count ? bytes[left.name.lowerBound + shared] : left.mode.endOfName
    let other = shared < right.name.count ? bytes[right.name.lowerBound + shared] : right.mode.endOfName
    return next != other ? next < other : left.name.count < right.name.count
  }
}

extension TreeEntry {
  init(_ found: TreeScanner.Found, of bytes: [UInt8]) {
    self.init(
      name: Array(bytes[found.name]), mode: found.mode,
      id: ObjectID(bytes: bytes[(found.end - 20)..<found.end]))
  }
}
