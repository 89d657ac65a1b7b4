/// Finds for each element of a changed list the element it was before, to write it in the same layout.
///
/// By the text of the key field, else by equal value, else by its neighbours: an element that stands where one is
/// gone takes its place. Whatever the answer, the list says the same; a better match keeps more of what the author
/// wrote.
///
/// - Returns: Indices of `old`, each at most once, and `nil` for what is new.
func matchElements(_ new: [JSONValue], to old: [JSONValue], keyField: JSONString) -> [Int?] {
  var matching = ElementMatching(old: old, count: new.count)
  // Most lists are changed in one place.
  var head = 0
  while head < min(new.count, old.count), new[head] == old[head] {
    matching.match(head, to: head)
    head += 1
  }
  var tail = 0
  while tail < min(new.count, old.count) - head, new[new.count - 1 - tail] == old[old.count - 1 - tail] {
    matching.match(new.count - 1 - tail, to: old.count - 1 - tail)
    tail += 1
  }

  let (changed, candidates) = (head..<new.count - tail, head..<old.count - tail)
  matching.matchFirst(changed, candidates) {
    old[$0][keyField]?.string
  } key: {
    new[$0][keyField]?.string
  }
  matching.matchFirst(changed, candidates) {
    old[$0]
  } key: {
    new[$0]
  }
  matching.matchNeighbours(changed)
  return matching.found
}

private struct ElementMatching {
  private(set) var found: [Int?]
  private var isTaken: [Bool]

  init(old: [JSONValue], count: Int) {
    found = [Int?](repeating: nil, count: count)
    isTaken = [Bool](repeating: false, count: old.count)
  }

  mutating func match(_ new: Int, to old: Int) {
    found[new] = old
    isTaken[old] = true
  }

  /// Matches what has the same key, the first with the first, the second with the second.
  mutating func matchFirst<Key: Hashable>(
    _ new: Range<Int>, _ old: Range<Int>, _ oldKey: (Int) -> Key?, key newKey: (Int) -> Key?
  ) {
    var waiting: [Key: [Int]] = [:]
    for index in old.reversed() where !isTaken[index] {
      if let key = oldKey(index) { waiting[key, default: []].append(index) }
    }
    for index in new where found[index] == nil {
      if let key = newKey(index), let match = waiting[key]?.popLast() { self.match(index, to: match) }
    }
  }

  /// Matches what is left to what is left beside the match of a neighbour.
  mutating func matchNeighbours(_ new: Range<Int>) {
    for index in new where found[index] == nil {
      let before = index == 0 ? -1 : found[index - 1]
      if let before, before + 1 < isTaken.count, !isTaken[before + 1] { match(index, to: before + 1) }
    }
    for index in new.reversed() where found[index] == nil {
      let after = index + 1 == found.count ? isTaken.count : found[index + 1]
      if let after, after > 0, !isTaken[after - 1] { match(index, to: after - 1) }
    }
  }
}
