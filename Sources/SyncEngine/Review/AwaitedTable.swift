import JSONTree
import ObjectModel
import Wording

/// Whose decision which documents wait for, and whose answer which conversations, in one tree: a cache in `.git/ligne`, and
/// never more than that.
struct AwaitedTable {
  /// That of the newest version, and that of the folder on top of it.
  static let names = (version: "awaited", folder: "awaited-folder")
  /// Another way to tell who is asked is another version, and what was remembered before counts for nothing.
  private static let version = Array("ligne-awaited-6".utf8)

  var head: ObjectID
  var tree: ObjectID
  /// A fingerprint of what decides whose yes counts, and of who made what is not committed.
  var authority: ObjectID
  /// When it was found out. Until then more documents may have waited; later they only get fewer.
  var since: Instant
  /// When the hour alone may change it; `nil` for never.
  var until: Instant?
  /// The ids of the people who are asked to decide, sorted, by document.
  var asked: [WorkspacePath: [JSONString]]
  /// Who has a conversation in hand in which somebody waits, sorted, by conversation.
  var inHand: [WorkspacePath: [JSONString]]

  /// Whatever waits for somebody.
  var paths: Set<WorkspacePath> { Set(asked.keys).union(inHand.keys) }

  func holds(at now: Instant) -> Bool { since <= now && (until.map { now < $0 } ?? true) }
}

extension AwaitedTable {
  /// - Parameter bytes: What ``bytes`` once gave; `nil` for anything else.
  init?(_ bytes: [UInt8]?) {
    guard let bytes, bytes.starts(with: Self.version) else { return nil }
    var reader = ByteReader(bytes, at: Self.version.count)
    guard let head = reader.id(), let tree = reader.id(), let authority = reader.id(),
      let since = reader.doubleWord(), let until = reader.doubleWord(),
      let asked = reader.list(bytesOfEach: 6, Self.entry),
      let inHand = reader.list(bytesOfEach: 6, Self.entry),
      reader.isAtEnd
    else { return nil }
    (self.head, self.tree, self.authority) = (head, tree, authority)
    self.since = Instant(secondsSince1970: Int(Int64(bitPattern: since)))
    let end = Int64(bitPattern: until)
    self.until = end == .max ? nil : Instant(secondsSince1970: Int(end))
    self.asked = Dictionary(asked, uniquingKeysWith: { first, _ in first })
    self.inHand = Dictionary(inHand, uniquingKeysWith: { first, _ in first })
  }

  private static func entry(_ reader: inout ByteReader) -> (WorkspacePath, [JSONString])? {
    guard let path = reader.text().flatMap({ try? WorkspacePath($0) }),
      let people = reader.list(bytesOfEach: 2, { $0.text().map { JSONString($0) } })
    else { return nil }
    return (path, people)
  }

  var bytes: [UInt8] {
    var bytes = Self.version + head.bytes + tree.bytes + authority.bytes
    bytes.append(number: UInt64(bitPattern: Int64(since.secondsSince1970)))
    bytes.append(number: UInt64(bitPattern: until.map { Int64($0.secondsSince1970) } ?? .max))
    for people in [asked, inHand] {
      bytes.append(list: people.sorted { $0.key < $1.key }) { bytes, entry in
        bytes.append(text: entry.key.text)
        bytes.append(list: entry.value) { $0.append(text: $1.text) }
      }
    }
    return bytes
  }
}
