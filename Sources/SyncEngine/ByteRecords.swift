import ObjectModel

// Numbers, ids and texts one after the other, as the caches in `.git/ligne` that are looked up rather than read keep them.
// Numbers are little-endian.

/// Reads what was appended to bytes, and never past the end.
struct ByteReader {
  private let bytes: [UInt8]
  private var place: Int

  init(_ bytes: [UInt8], at place: Int) { (self.bytes, self.place) = (bytes, place) }

  /// Whether all was read.
  var isAtEnd: Bool { place == bytes.count }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, place >= 0, count <= bytes.count - place else { return nil }
    defer { place += count }
    return bytes[place..<(place + count)]
  }

  mutating func id() -> ObjectID? {
    take(20).map { slice in
      let place = slice.startIndex
      return ObjectID(
        words: (
          bytes.doubleWord(place).byteSwapped, bytes.doubleWord(place + 8).byteSwapped,
          bytes.word(place + 16).byteSwapped
        ))
    }
  }

  mutating func number() -> Int? { take(2).map { Int($0[$0.startIndex]) | Int($0[$0.startIndex + 1]) << 8 } }

  mutating func word() -> UInt32? { take(4).map { slice in bytes.word(slice.startIndex) } }

  mutating func doubleWord() -> UInt64? { take(8).map { slice in bytes.doubleWord(slice.startIndex) } }

  mutating func text() -> String? {
    guard let count = number(), let bytes = take(count) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  mutating func longText() -> String? {
    guard let count = word(), let bytes = take(Int(count)) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// What a list of so many has, if there is room for as many of that size.
  mutating func list<Element>(bytesOfEach size: Int, _ element: (inout Self) -> Element?) -> [Element]? {
    guard let count = word().map(Int.init), count <= (bytes.count - place) / size else { return nil }
    var list: [Element] = []
    list.reserveCapacity(count)
    for _ in 0..<count {
      guard let next = element(&self) else { return nil }
      list.append(next)
    }
    return list
  }
}

extension [UInt8] {
  func word(_ place: Int) -> UInt32 {
    UInt32(self[place]) | UInt32(self[place + 1]) << 8 | UInt32(self[place + 2]) << 16 | UInt32(
      self[place + 3]) << 24
  }

  func doubleWord(_ place: Int) -> UInt64 { UInt64(word(place)) | UInt64(word(place + 4)) << 32 }

  mutating func append(number: some FixedWidthInteger & UnsignedInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// Up to 64 KB of text.
  mutating func append(text: String) {
    append(number: UInt16(clamping: text.utf8.count))
    append(contentsOf: text.utf8.prefix(Int(UInt16.max)))
  }

  /// Text of any length.
  mutating func append(longText text: String) {
    append(number: UInt32(text.utf8.count))
    append(contentsOf: text.utf8)
  }

  /// How many, and then each.
  mutating func append<Item>(
    list: some Collection<Item>, _ append: (inout Self, Item) -> Void
  ) {
    self.append(number: UInt32(list.count))
    for element in list { append(&self, element) }
  }
}

/// What something is looked up by: FNV-1a of a text, after a number that tells one kind of question from the others.
func lookupKey(_ question: UInt64, _ text: String) -> UInt64 {
  var hash: UInt64 = (0xcbf2_9ce4_8422_2325 ^ question) &* 0x100_0000_01b3
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return hash
}
