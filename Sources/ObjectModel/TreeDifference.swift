import ByteSpans

extension ObjectStore {
  /// The entries of two folders that are not the same in both, each list in git's order.
  ///
  /// Most of a folder is the same before and after a change, so what is the same is compared as bytes and never made
  /// into entries.
  ///
  /// - Parameters:
  ///   - old: `nil` for nothing.
  ///   - new: `nil` for nothing.
  func entriesThatDiffer(
    _ old: ObjectID?, _ new: ObjectID?
  ) throws(ObjectStoreError) -> (old: [TreeEntry], new: [TreeEntry]) {
    if let old, let new, let difference = try difference(bytes(ofTree: old), bytes(ofTree: new)) {
      return difference
    }
    // One of them is not there, or is no tree as git writes it, which reading it whole says.
    return (
      try old.map { id throws(ObjectStoreError) in try tree(id).entries } ?? [],
      try new.map { id throws(ObjectStoreError) in try tree(id).entries } ?? []
    )
  }

  /// The entry of a folder with this name.
  ///
  /// Only that one is made: to find a document in many versions of its folder is to look at all the others, too.
  public func entry(named name: String, in folder: ObjectID) throws(ObjectStoreError) -> TreeEntry? {
    try entry(named: name.utf8, in: folder)
  }

  func entry(named name: some Collection<UInt8>, in folder: ObjectID) throws(ObjectStoreError) -> TreeEntry? {
    let (bytes, name) = (try bytes(ofTree: folder), Array(name))
    var start = 0
    while start < bytes.count {
      guard let end = endOfEntry(in: bytes.span, from: start) else { break }
      let nameEnd = end - 21
      let nameStart = nameEnd - name.count
      if nameStart > start, bytes[nameStart - 1] == UInt8(ascii: " "),
        firstDifference(bytes.span.extracting(nameStart..<nameEnd), name.span) == nil,
        let entry = try? TreeEntry(TreeScanner.entry(in: bytes, at: start), of: bytes), entry.name == name
      {
        return entry
      }
      start = end
    }
    // What is no tree as git writes it is named by reading it whole.
    return start == bytes.count ? nil : try tree(folder)[name]
  }

  /// - Returns: `nil` where something stands there that is no entry. What is behind the last difference is the same in both,
  ///   and is not looked at.
  private func difference(
    _ old: [UInt8], _ new: [UInt8]
  ) -> (old: [TreeEntry], new: [TreeEntry])? {
    var (olds, news) = ([TreeEntry](), [TreeEntry]())
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      // Both stand at the beginning of an entry. As far as the bytes are the same, so are the entries.
      let (leftRest, rightRest) = (old.span.extracting(left...), new.span.extracting(right...))
      let same = firstDifference(leftRest, rightRest) ?? min(leftRest.count, rightRest.count)
      if leftRest.count == same, rightRest.count == same { break }
      let end = left + same
      while left < end {
        guard let next = endOfEntry(in: old.span, from: left) else { return nil }
        if next > end { break }
        (left, right) = (next, right + next - left)
      }
      let leftFound: TreeScanner.Found?
      let rightFound: TreeScanner.Found?
      do throws(MalformedTree) {
        leftFound = try left == old.count ? nil : TreeScanner.entry(in: old, at: left)
        rightFound = try right == new.count ? nil : TreeScanner.entry(in: new, at: right)
      } catch {
        return nil
      }
      let one = leftFound.map { TreeEntry($0, of: old) }
      let other = rightFound.map { TreeEntry($0, of: new) }
      let (isBefore, isAfter) =
        switch (one, other) {
        case (let one?, let other?): (one < other, other < one)
        default: (false, false)
        }
      if let leftFound, let one, !isAfter {
        olds.append(one)
        left = leftFound.end
      }
      if let rightFound, let other, !isBefore {
        news.append(other)
        right = rightFound.end
      }
    }
    return (olds, news)
  }
}

/// Where the entry that begins at a byte ends: after the name and its zero, 20 bytes of id.
///
/// - Returns: The same place at the end of the bytes; `nil` inside an entry that is cut off.
private func endOfEntry(in bytes: Span<UInt8>, from start: Int) -> Int? {
  if start == bytes.count { return start }
  guard let zero = bytes.firstIndex(of: 0, from: start), bytes.count - zero > 20 else { return nil }
  return zero + 21
}
