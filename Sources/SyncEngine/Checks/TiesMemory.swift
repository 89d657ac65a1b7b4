import EditorialChecks
import JSONTree
import ObjectModel
import Wording

/// What documents are tied to, by the id of their file: a cache in `.git/ligne`, and never more than that.
///
/// Text, a line for each file: its id, the id of the document, what it names, what it meets, until when it asks, its kind.
struct TiesMemory {
  static let name = "ties-recent"
  /// Another way to find ties is another version, and what was remembered before counts for nothing.
  private static let version = "ligne-ties-3"

  private var known: [ObjectID: DocumentTies] = [:]
  private var asked: Set<ObjectID> = []
  private var news = 0

  /// - Parameter bytes: What ``bytes`` once gave; anything else is forgotten.
  init(_ bytes: [UInt8]?) {
    let lines = (bytes ?? []).split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, first.elementsEqual(Self.version.utf8) else { return }
    var read: [ObjectID: DocumentTies] = [:]
    read.reserveCapacity(lines.count)
    for line in lines.dropFirst() {
      guard let (file, ties) = Self.entry(line) else { return }
      read[file] = ties
    }
    known = read
  }

  mutating func ties(of file: ObjectID) -> DocumentTies? {
    asked.insert(file)
    return known[file]
  }

  mutating func remember(_ ties: DocumentTies, of file: ObjectID) {
    known[file] = ties
    news += 1
  }

  /// Whether the next command would gain: a few files are read again as quickly as this is written.
  var isWorthWriting: Bool { news > 8 }

  /// The ties of the files that were asked for.
  var bytes: [UInt8] {
    var text = Self.version
    for file in asked.sorted() {
      guard let ties = known[file], !ties.kind.text.utf8.contains(UInt8(ascii: "\n")) else { continue }
      text += "\n\(file.hex) \(ties.id) \(ties.named.map(\.text).joined(separator: ",")) "
      text += ties.meetings.map { String($0, radix: 36) }.joined(separator: ",")
      text += " " + (ties.asksUntil.map { String($0.secondsSince1970) } ?? "-") + " \(ties.kind)"
    }
    return Array(text.utf8)
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> (ObjectID, DocumentTies)? {
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 5, omittingEmptySubsequences: false)
    guard words.count == 6, let file = ObjectID(hex: text(words[0])) else { return nil }
    let named = words[2].split(separator: UInt8(ascii: ",")).map { JSONString(text($0)) }
    let meetings = words[3].split(separator: UInt8(ascii: ",")).compactMap { UInt64(text($0), radix: 36) }
    let ties = DocumentTies(
      id: JSONString(text(words[1])), kind: JSONString(text(words[5])), named: named, meetings: meetings,
      asksUntil: Int(text(words[4])).map { Instant(secondsSince1970: $0) })
    return (file, ties)
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
