import JSONTree
import ObjectModel

/// Who ever changed what documents say, by their addresses.
///
/// A document is known by where it stood and by its id, and one that was given another id by the old one as well: who wrote
/// its words stays their author whatever is done to it. Two that are taken for one by chance have each other's authors, and
/// each of these only loses a yes of theirs.
struct AuthorTable {
  /// A document as a version wrote it.
  struct Writing: Hashable {
    var path: WorkspacePath
    /// `nil` where it has none.
    var id: JSONString?
  }

  private struct Entry: Hashable, Comparable {
    var document: UInt64
    var person: UInt32

    static func < (left: Self, right: Self) -> Bool {
      (left.document, left.person) < (right.document, right.person)
    }
  }

  /// The addresses of all of them.
  private(set) var people: [JSONString] = []
  private var numbers: [JSONString: UInt32] = [:]
  /// Sorted.
  private var known: [Entry] = []
  private var added: [UInt64: Set<UInt32>] = [:]
  /// Which ids a document had before it was given its own.
  private var formerIDs: [UInt64: Set<UInt64>] = [:]

  init() {}

  /// - Returns: Whether that was not known.
  mutating func note(_ email: JSONString, wrote writing: Writing) -> Bool {
    let person = number(of: email)
    var isNew = false
    for key in Self.keys(of: writing) where !isKnown(Entry(document: key, person: person)) {
      if added[key, default: []].insert(person).inserted { isNew = true }
    }
    return isNew
  }

  /// Somebody gave a document another id.
  ///
  /// - Returns: Whether that was not known.
  mutating func note(_ old: JSONString, became new: JSONString) -> Bool {
    formerIDs[Self.key(of: new), default: []].insert(Self.key(of: old)).inserted
  }

  /// Who wrote a document, by their addresses.
  func authors(of writing: Writing) -> Set<JSONString> {
    var authors: Set<JSONString> = []
    for key in withFormerIDs(Self.keys(of: writing)) {
      var place = place(of: Entry(document: key, person: 0))
      while place < known.count, known[place].document == key {
        authors.insert(people[Int(known[place].person)])
        place += 1
      }
      for person in added[key] ?? [] { authors.insert(people[Int(person)]) }
    }
    return authors
  }

  private static func keys(of writing: Writing) -> [UInt64] {
    [lookupKey(1, writing.path.text)] + (writing.id.map { [key(of: $0)] } ?? [])
  }

  private static func key(of id: JSONString) -> UInt64 { lookupKey(2, id.text) }

  private func withFormerIDs(_ keys: [UInt64]) -> Set<UInt64> {
    var all = Set(keys)
    var stack = keys
    while let key = stack.popLast() {
      for former in formerIDs[key] ?? [] where all.insert(former).inserted { stack.append(former) }
    }
    return all
  }

  private mutating func number(of email: JSONString) -> UInt32 {
    if let number = numbers[email] { return number }
    let number = UInt32(people.count)
    people.append(email)
    numbers[email] = number
    return number
  }

  private func isKnown(_ entry: Entry) -> Bool {
    let place = place(of: entry)
    return place < known.count && known[place] == entry
  }

  /// The place of the first entry that is not before one.
  private func place(of entry: Entry) -> Int {
    var (low, high) = (0, known.count)
    while low < high {
      let middle = low + (high - low) / 2
      if known[middle] < entry { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension AuthorTable {
  /// - Returns: `nil` for anything else than ``append(to:)`` gave.
  init?(_ reader: inout ByteReader) {
    guard let people = reader.list(bytesOfEach: 4, { $0.longText() }),
      let known = reader.list(
        bytesOfEach: 12,
        { reader -> Entry? in
          guard let document = reader.doubleWord(), let person = reader.word() else { return nil }
          return Entry(document: document, person: person)
        }),
      known.allSatisfy({ $0.person < people.count }),
      let pairs = reader.list(
        bytesOfEach: 16,
        { reader -> (UInt64, UInt64)? in
          guard let new = reader.doubleWord(), let old = reader.doubleWord() else { return nil }
          return (new, old)
        })
    else { return nil }
    self.known = known
    for (new, old) in pairs { formerIDs[new, default: []].insert(old) }
    for person in people { _ = number(of: JSONString(person)) }
    guard self.people.count == people.count else { return nil }
  }

  func append(to bytes: inout [UInt8]) {
    let new = added.flatMap { document, people in people.map { Entry(document: document, person: $0) } }
    bytes.append(list: people) { $0.append(longText: $1.text) }
    bytes.append(list: (known + new).sorted()) { bytes, entry in
      bytes.append(number: entry.document)
      bytes.append(number: entry.person)
    }
    let pairs = formerIDs.flatMap { new, former in former.map { (new, $0) } }
    bytes.append(list: pairs.sorted { $0 < $1 }) { bytes, pair in
      bytes.append(number: pair.0)
      bytes.append(number: pair.1)
    }
  }
}
