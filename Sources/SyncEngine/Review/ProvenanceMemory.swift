import JSONTree
import ObjectModel

/// What the history up to a version says of whose yes counts and whose words documents hold: a cache in `.git/ligne`, and
/// never more than that.
///
/// What it says of a version holds for every later one, with what the versions between them add.
struct ProvenanceMemory {
  static let name = "provenance"
  /// Another way to tell authors is another version, and what was remembered before counts for nothing.
  private static let version = Array("ligne-provenance-3".utf8)

  var versions: KnownVersions
  /// The first version: the identity of the workspace.
  let identity: ObjectID
  /// Whether the history of another workspace is mixed in.
  let isMixed: Bool
  /// The versions that changed what decides whose yes counts, oldest first.
  var guarded: [ObjectID]
  /// `nil` where nobody has asked.
  var authors: AuthorTable?

  init(
    versions: KnownVersions, identity: ObjectID, isMixed: Bool, guarded: [ObjectID], authors: AuthorTable?
  ) {
    (self.versions, self.identity, self.isMixed) = (versions, identity, isMixed)
    (self.guarded, self.authors) = (guarded, authors)
  }

  var head: ObjectID { versions.head }

  /// Whether the next command would gain.
  ///
  /// - Parameter stored: What the next command would begin with.
  func isWorthWriting(insteadOf stored: ProvenanceMemory?) -> Bool {
    guard let stored else { return true }
    // What was found of two histories is found anew wherever they are joined.
    if isMixed, stored.head != head { return true }
    return versions.isWorthWriting(insteadOf: stored.versions) || guarded != stored.guarded
      || (authors != nil) != (stored.authors != nil)
  }
}

extension ProvenanceMemory {
  /// - Parameter bytes: What ``bytes`` once gave; `nil` for anything else.
  init?(_ bytes: [UInt8]?) {
    guard let bytes, bytes.starts(with: Self.version) else { return nil }
    var reader = ByteReader(bytes, at: Self.version.count)
    guard let versions = KnownVersions(&reader), let identity = reader.id(),
      let isMixed = reader.number(), let guarded = reader.list(bytesOfEach: 20, { $0.id() }),
      let hasAuthors = reader.number()
    else { return nil }
    (self.versions, self.identity, self.guarded) = (versions, identity, guarded)
    self.isMixed = isMixed != 0
    if hasAuthors != 0 {
      guard let authors = AuthorTable(&reader) else { return nil }
      self.authors = authors
    }
    guard reader.isAtEnd else { return nil }
  }

  var bytes: [UInt8] {
    var bytes = Self.version
    versions.append(to: &bytes)
    bytes += identity.bytes
    bytes.append(number: UInt16(isMixed ? 1 : 0))
    bytes.append(list: guarded) { $0 += $1.bytes }
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
  /// What was read of the versions that decide whose yes counts, for the head that was asked about last.
  private var trust: (head: ObjectID, trust: Trust)?

  func memory(at head: ObjectID, withAuthors: Bool) -> ProvenanceMemory? {
    known.last { $0.head == head && (!withAuthors || $0.authors != nil) }
  }

  var newest: ProvenanceMemory? { known.last }

  /// What is known of a head, or what `read` finds.
  func trust(at head: ObjectID, _ read: () throws -> Trust) rethrows -> Trust {
    if let trust, trust.head == head { return trust.trust }
    let found = try read()
    trust = (head, found)
    return found
  }

  /// Two heads are compared, and no more: the one that was asked about last stays.
  func note(_ memory: ProvenanceMemory) {
    known = known.filter { $0.head != memory.head }.suffix(1) + [memory]
  }
}
