import ObjectModel

extension IndexTable {
  /// The index with some entries set and others taken out; what is between them is copied as it lies there.
  ///
  /// Files that could have changed without a trace since it was written get a size of zero, as git does it: once the
  /// index is newer than they are, nothing else would tell.
  ///
  /// - Parameters:
  ///   - set: Each takes the place of whatever has its path, in every stage; nothing can stand inside a file, and no file
  ///     where another one needs a folder.
  ///   - remove: Paths that are taken out in every stage.
  ///
  /// Source: git, `Documentation/technical/racy-git.txt`; here with `ctime` as well, because some programs set `mtime` back.
  func changed(set: [IndexFile.Entry], remove: [[UInt8]]) -> IndexTable {
    let set = Dictionary(set.map { ($0.path, $0) }) { _, last in last }.values.sorted(
      by: IndexFile.Entry.precedes)
    var gone = gone(set: set.map(\.path), remove: remove)[...]
    var made = Array(bytes[..<12])
    made.reserveCapacity(end + set.reduce(0) { $0 + $1.path.count + 72 })
    var starts: [UInt32] = []
    starts.reserveCapacity(count + set.count)

    func copy(_ range: Range<Int>) {
      if range.isEmpty { return }
      let from = start(of: range.lowerBound)
      let moved = made.count - from
      made += bytes[from..<start(of: range.upperBound)]
      for place in range { starts.append(UInt32(Int(self.starts[place]) + moved)) }
    }
    var place = 0
    func copy(upTo end: Int) {
      while let range = gone.first, range.lowerBound < end {
        copy(place..<max(place, range.lowerBound))
        place = max(place, range.upperBound)
        gone.removeFirst()
      }
      copy(place..<max(place, end))
      place = max(place, end)
    }
    for entry in set {
      copy(upTo: entry.path.withUnsafeBytes { self.place(of: $0) })
      starts.append(UInt32(made.count))
      entry.encode(into: &made)
    }
    copy(upTo: count)
    let number = UInt32(starts.count)
    for byte in 0..<4 { made[8 + byte] = UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * byte)) }
    var folders = folders
    for path in set.map(\.path) + remove { folders?.forget(path) }
    let table = IndexTable(
      bytes: made, starts: starts, end: made.count, folders: folders, writtenAt: writtenAt)
    return table.distrusting(set: Set(set.map(\.path)))
  }

  /// The whole index file.
  ///
  /// - Parameter folders: What is known of folders; other extensions are caches of git's own, which it makes again.
  func encoded(folders: FolderIDs?) -> [UInt8] {
    var file = end == bytes.count ? bytes : Array(bytes[..<end])
    if let folders {
      let content = folders.encoded
      file += FolderIDs.signature
      let size = UInt32(content.count)
      file += (0..<4).map { UInt8(truncatingIfNeeded: size >> UInt32(24 - 8 * $0)) }
      file += content
    }
    return file + ObjectID(checksumOf: file[...]).bytes
  }

  private func start(of place: Int) -> Int { place == count ? end : Int(starts[place]) }

  /// - Parameter set: Those are known as they are now.
  private func distrusting(set: Set<[UInt8]>) -> IndexTable {
    guard let writtenAt else { return self }
    var made: [UInt8]?
    for place in starts.indices where !(max(modified(at: place), changed(at: place)) < writtenAt) {
      if size(at: place) == 0 || set.contains(path(at: place)) { continue }
      var bytes = made ?? bytes
      made = nil
      for byte in 0..<4 { bytes[Int(starts[place]) + Offset.size + byte] = 0 }
      made = bytes
    }
    guard let made else { return self }
    return IndexTable(bytes: made, starts: starts, end: end, folders: folders, writtenAt: writtenAt)
  }

  /// The places of entries that make room, as ranges, sorted.
  private func gone(set: [[UInt8]], remove: [[UInt8]]) -> [Range<Int>] {
    func range(from first: [UInt8], to last: [UInt8]) -> Range<Int> {
      let start = first.withUnsafeBytes { place(of: $0) }
      return start..<last.withUnsafeBytes { place(of: $0, from: start) }
    }
    var gone = (set + remove).map { range(from: $0, to: $0 + [0]) }
    for path in set {
      gone.append(range(from: path + [slash], to: path + [slash + 1]))
      for end in path.indices where path[end] == slash {
        let folder = Array(path[..<end])
        gone.append(range(from: folder, to: folder + [0]))
      }
    }
    return gone.filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
  }
}

private let slash = UInt8(ascii: "/")
