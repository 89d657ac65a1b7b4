import JSONTree
import ObjectModel

/// What the history up to a version says of whose yes counts and whose words documents hold: a cache in `.git/ligne`, and
/// never more than that.
///
/// What it says of a version holds for every later one, with what the versions between them add.
struct ProvenanceMemory {
  static let name = "provenance"
  /// Another way to tell authors is another version, and what was remembered before counts for nothing.
  private static let version = Array("ligne-provenance-1".utf8)

  private(set) var head: ObjectID
  /// The first version: the identity of the workspace.
  let identity: ObjectID
  /// The versions that changed what decides whose yes counts, oldest first.
  var guarded: [ObjectID]
  /// `nil` where nobody has asked.
  var authors: AuthorTable?
  /// The versions behind the head, itself included; sorted.
  private var known: [ObjectID]
  private var added: Set<ObjectID>

  /// - Parameter versions: All behind the head, itself included.
  init(
    head: ObjectID, identity: ObjectID, guarded: [ObjectID], authors: AuthorTable?,
    behind versions: some Sequence<ObjectID>
  ) {
    (self.head, self.identity, self.guarded, self.authors) = (head, identity, guarded, authors)
    (known, added) = (versions.sorted(), [])
  }

  /// Whether a version is behind the head, or the head.
  func holds(_ version: ObjectID) -> Bool {
    if added.contains(version) { return true }
    var (low, high) = (0, known.count)
    while low < high {
      let middle = low + (high - low) / 2
      if known[middle] < version { low = middle + 1 } else { high = middle }
    }
    return low < known.count && known[low] == version
  }

  /// Goes on to a later head.
  ///
  /// - Parameter versions: Those between the two.
  mutating func advance(to head: ObjectID, with versions: some Sequence<ObjectID>) {
    self.head = head
    added.formUnion(versions)
  }

  /// Whether the next command would gain: a few versions are looked at again as quickly as this is written.
  ///
  /// - Parameter stored: What the next command would begin with.
  func isWorthWriting(insteadOf stored: ProvenanceMemory?) -> Bool {
    guard let stored else { return true }
    // Somebody went back with git, or put other versions in the place of those that were looked at.
    if stored.head != head, !holds(stored.head) || stored.holds(head) { return true }
    return added.count > 8 || guarded != stored.guarded || (authors != nil) != (stored.authors != nil)
  }

  /// Counts what was added as known: it is written down.
  mutating func settle() {
    known = (known + added).sorted()
    added = []
  }
}

extension ProvenanceMemory {
  /// - Parameter bytes: What ``bytes`` once gave; `nil` for anything else.
  init?(_ bytes: [UInt8]?) {
    guard let bytes, bytes.starts(with: Self.version) else { return nil }
    var reader = ByteReader(bytes, at: Self.version.count)
    guard let head = reader.id(), let identity = reader.id(),
      let guarded = reader.list(bytesOfEach: 20, { $0.id() }),
      let known = reader.list(bytesOfEach: 20, { $0.id() }), let hasAuthors = reader.number()
    else { return nil }
    (self.head, self.identity, self.guarded, self.known, added) = (head, identity, guarded, known, [])
    if hasAuthors != 0 {
      guard let authors = AuthorTable(&reader) else { return nil }
      self.authors = authors
    }
    guard reader.isAtEnd else { return nil }
  }

  var bytes: [UInt8] {
    var bytes = Self.version + head.bytes + identity.bytes
    bytes.append(list: guarded) { $0 += $1.bytes }
    bytes.append(list: (known + added).sorted()) { $0 += $1.bytes }
    bytes.append(number: UInt16(authors == nil ? 0 : 1))
    authors?.append(to: &bytes)
    return bytes
  }
}

/// What a command found out of the history, for its next question.
final class ProvenanceMemories {
  /// What lay in `.git/ligne` at the first question.
  var stored: ProvenanceMemory??
  /// The newest last.
  private var known: [ProvenanceMemory] = []

  func memory(at head: ObjectID, withAuthors: Bool) -> ProvenanceMemory? {
    known.last { $0.head == head && (!withAuthors || $0.authors != nil) }
  }

  var newest: ProvenanceMemory? { known.last }

  /// Two heads are compared, and no more: the one that was asked about last stays.
  func note(_ memory: ProvenanceMemory) {
    known = known.filter { $0.head != memory.head }.suffix(1) + [memory]
  }
}
