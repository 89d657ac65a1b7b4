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
      guard let end = endOfEntry(in: bytes, from: start) else { break }
      let nameEnd = end - 21
      let nameStart = nameEnd - name.count
      if nameStart > start, bytes[nameStart - 1] == UInt8(ascii: " "),
        isSame(bytes, nameStart, name, 0, count: name.count),
        let entry = try? TreeEntry(TreeScanner.entry(in: bytes, at: start), of: bytes), entry.name == name
      {
        return entry
      }
      start = end
    }
    // What is no tree as git writes it is named by reading it whole.
    return start == bytes.count ? nil : try tree(folder)[name]
  }

  /// - Returns: `nil` where something stands there that is no entry.
  private func difference(
    _ old: [UInt8], _ new: [UInt8]
  ) -> (old: [TreeEntry], new: [TreeEntry])? {
    var (olds, news) = ([TreeEntry](), [TreeEntry]())
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      guard let leftEnd = endOfEntry(in: old, from: left) else { return nil }
      let length = leftEnd - left
      if length > 0, right + length <= new.count, isSame(old, left, new, right, count: length) {
        (left, right) = (leftEnd, right + length)
        continue
      }
      guard let rightEnd = endOfEntry(in: new, from: right) else { return nil }
      let one: TreeEntry?
      let other: TreeEntry?
      do throws(MalformedTree) {
        one = try length == 0 ? nil : TreeEntry(TreeScanner.entry(in: old, at: left), of: old)
        other = try rightEnd == right ? nil : TreeEntry(TreeScanner.entry(in: new, at: right), of: new)
      } catch {
        return nil
      }
      switch (one, other) {
      case (let one?, let other?) where one < other:
        olds.append(one)
        left = leftEnd
      case (let one?, let other?) where !(other < one):
        olds.append(one)
        news.append(other)
        (left, right) = (leftEnd, rightEnd)
      case (_, let other?):
        news.append(other)
        right = rightEnd
      case (let one?, nil):
        olds.append(one)
        left = leftEnd
      case (nil, nil):
        return (olds, news)
      }
    }
    return (olds, news)
  }
}

/// Where the entry that begins at a byte ends: after the name and its zero, 20 bytes of id.
///
/// - Returns: The same place at the end of the bytes; `nil` inside an entry that is cut off.
private func endOfEntry(in bytes: [UInt8], from start: Int) -> Int? {
  if start == bytes.count { return start }
  var place = start
  while place < bytes.count, bytes[place] != 0 { place += 1 }
  return bytes.count - place > 20 ? place + 21 : nil
}

/// Whether two arrays have the same bytes from two places on.
private func isSame(_ old: [UInt8], _ left: Int, _ new: [UInt8], _ right: Int, count: Int) -> Bool {
  // From the end, where the ids are: that is where entries of one name differ.
  var place = count - 1
  while place >= 0 {
    if old[left + place] != new[right + place] { return false }
    place -= 1
  }
  return true
}
