import EditorialChecks
import JSONTree
import ObjectModel
import Wording

/// What the documents of a version are tied to, laid out so that what concerns a few of them is found without reading of
/// the others: a cache in `.git/ligne`, and never more than that.
///
/// Numbers are little-endian. After the head come the places of the records; then, sorted, the fingerprint of whatever a
/// document may be looked for by, each with the document; then the records, by path. Nothing in it is believed: what does
/// not hold together is as if it were not there.
struct TiesIndex {
  static let name = "ties-index"
  /// Another way to find ties is another version, and what was remembered before counts for nothing.
  private static let version = Array("ligne-ties-6".utf8)
  private static let headLength = version.count + 20 + 20 + 4 + 4 + 8

  /// The version, and its schemas.
  let tree: ObjectID
  let schemas: ObjectID?
  private let bytes: [UInt8]
  private let count: Int
  private let keys: Int

  /// A document in it.
  struct Record: Hashable {
    var path: WorkspacePath
    var file: ObjectID
    var ties: DocumentTies
  }
}

// MARK: - Made and read

extension TiesIndex {
  /// - Parameter records: In any order.
  init(tree: ObjectID, schemas: ObjectID?, _ records: [Record]) {
    let records = records.sorted { $0.path < $1.path }
    var keys: [(key: UInt64, place: UInt32)] = []
    for (place, record) in records.enumerated() {
      let ties = record.ties
      var own = [Self.key(1, ties.id.text), Self.key(3, record.path.text)]
      own += ties.named.map { Self.key(2, $0.text) } + ties.meetings.map(Self.key(meeting:))
      if ties.isOfFew { own.append(Self.few) }
      if ties.asksUntil != nil { own.append(Self.asking) }
      if ties.isDecision { own += ties.named.map { Self.key(4, $0.text) } }
      for key in own { keys.append((key, UInt32(place))) }
    }
    keys.sort { ($0.key, $0.place) < ($1.key, $1.place) }
    var content: [UInt8] = []
    var starts: [UInt32] = []
    for record in records {
      starts.append(UInt32(content.count))
      content += record.file.bytes
      content.append(text: record.path.text)
      content.append(text: record.ties.id.text)
      content.append(text: record.ties.kind.text)
      content.append(number: UInt16(clamping: record.ties.named.count))
      for id in record.ties.named.prefix(Int(UInt16.max)) { content.append(text: id.text) }
      content.append(number: UInt16(clamping: record.ties.meetings.count))
      for number in record.ties.meetings.prefix(Int(UInt16.max)) { content.append(number: number) }
      let end = record.ties.asksUntil.map { Int64($0.secondsSince1970) } ?? .min
      content.append(number: UInt64(bitPattern: end))
    }
    var bytes = Self.version + tree.bytes + (schemas?.bytes ?? Array(repeating: 0, count: 20))
    bytes.append(number: UInt32(records.count))
    bytes.append(number: UInt32(keys.count))
    bytes.append(number: UInt64(Self.headLength + 4 * starts.count + 12 * keys.count + content.count))
    for start in starts { bytes.append(number: start) }
    for (key, place) in keys {
      bytes.append(number: key)
      bytes.append(number: place)
    }
    (self.tree, self.schemas, count, self.keys) = (tree, schemas, records.count, keys.count)
    self.bytes = bytes + content
  }

  /// - Parameter bytes: What ``encoded`` once gave; `nil` for anything else.
  init?(_ bytes: [UInt8]?) {
    guard let bytes, bytes.count >= Self.headLength, bytes.starts(with: Self.version) else { return nil }
    let place = Self.version.count
    let schemas = ObjectID(bytes: bytes[(place + 20)..<(place + 40)])
    let (count, keys) = (Int(bytes.word(place + 40)), Int(bytes.word(place + 44)))
    guard bytes.doubleWord(place + 48) == UInt64(bytes.count),
      Self.headLength + 4 * count + 12 * keys <= bytes.count
    else { return nil }
    tree = ObjectID(bytes: bytes[place..<(place + 20)])
    self.schemas = schemas.bytes.allSatisfy { $0 == 0 } ? nil : schemas
    (self.bytes, self.count, self.keys) = (bytes, count, keys)
  }

  var encoded: [UInt8] { bytes }

  /// All documents in it, by path; `nil` where something does not hold together.
  var records: [Record]? {
    var records: [Record] = []
    records.reserveCapacity(count)
    for place in 0..<count {
      guard let record = record(at: place) else { return nil }
      records.append(record)
    }
    return records
  }

  /// The document at a place; `nil` where something does not hold together.
  func record(at place: Int) -> Record? {
    guard place < count else { return nil }
    let contentStart = Self.headLength + 4 * count + 12 * keys
    var reader = ByteReader(bytes, at: contentStart + Int(bytes.word(Self.headLength + 4 * place)))
    guard let file = reader.id(), let path = reader.text().flatMap({ try? WorkspacePath($0) }),
      let id = reader.text(),
      let kind = reader.text(), let namedCount = reader.number()
    else { return nil }
    var named: [JSONString] = []
    for _ in 0..<namedCount {
      guard let id = reader.text() else { return nil }
      named.append(JSONString(id))
    }
    guard let meetingCount = reader.number() else { return nil }
    var meetings: [UInt64] = []
    for _ in 0..<meetingCount {
      guard let number = reader.doubleWord() else { return nil }
      meetings.append(number)
    }
    guard let end = reader.doubleWord().map({ Int64(bitPattern: $0) }) else { return nil }
    let ties = DocumentTies(
      id: JSONString(id), kind: JSONString(kind), named: named, meetings: meetings,
      asksUntil: end == .min ? nil : Instant(secondsSince1970: Int(end)))
    return Record(path: path, file: file, ties: ties)
  }

  // MARK: Looked up; by chance one more may be found, which costs its reading

  static let few: UInt64 = 0
  static let asking: UInt64 = 2
  static func key(of id: JSONString) -> UInt64 { key(1, id.text) }
  static func key(naming id: JSONString) -> UInt64 { key(2, id.text) }
  static func key(decidingAbout id: JSONString) -> UInt64 { key(4, id.text) }
  static func key(path: WorkspacePath) -> UInt64 { key(3, path.text) }
  static func key(meeting number: UInt64) -> UInt64 { (number ^ 0x9E37_79B9_7F4A_7C15) | 1 }

  private static func key(_ question: UInt64, _ text: String) -> UInt64 { lookupKey(question, text) | 1 }

  /// The places of the documents that may be looked for by a fingerprint.
  func places(_ key: UInt64) -> [Int] {
    let start = Self.headLength + 4 * count
    var (low, high) = (0, keys)
    while low < high {
      let middle = low + (high - low) / 2
      if bytes.doubleWord(start + 12 * middle) < key { low = middle + 1 } else { high = middle }
    }
    var places: [Int] = []
    while low < keys, bytes.doubleWord(start + 12 * low) == key {
      let place = Int(bytes.word(start + 12 * low + 8))
      if place < count, places.last != place { places.append(place) }
      low += 1
    }
    return places
  }
}
