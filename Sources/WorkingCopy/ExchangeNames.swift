import ObjectModel

/// The name of a file in an exchange: its write's place in the plan, and what it is there for.
///
/// `3.new`, `3.old.0`, `3.settled.5b1d…`.
struct ExchangeFile: Hashable {
  enum Part: Hashable {
    /// Being prepared; holds nothing of anybody's.
    case draft
    /// Prepared for its place; after an exchange, what stood in that place.
    case new
    /// Moved out of its place; more than one, if somebody saved again while there was no file.
    case old(Int)
    /// Told and settled with this content, but still open in some program, which may write again.
    case settled(ObjectID)
  }

  var place: Int
  var part: Part

  init(_ place: Int, _ part: Part) {
    self.place = place
    self.part = part
  }

  var text: String {
    switch part {
    case .draft: "\(place).draft"
    case .new: "\(place).new"
    case .old(let count): "\(place).old.\(count)"
    case .settled(let id): "\(place).settled.\(id.hex)"
    }
  }

  /// `nil` for any name `text` does not make.
  init?(_ bytes: some Collection<UInt8>) {
    let words = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard let place = words.first.flatMap(plainNumber) else { return nil }
    switch (words.count, words.dropFirst().first) {
    case (2, "draft"):
      self.init(place, .draft)
    case (2, "new"):
      self.init(place, .new)
    case (3, "old"):
      guard let count = plainNumber(words[2]) else { return nil }
      self.init(place, .old(count))
    case (3, "settled"):
      guard let id = ObjectID(hex: words[2]) else { return nil }
      self.init(place, .settled(id))
    default:
      return nil
    }
  }

  /// Its name in Ligne's own folder.
  var name: EntryName { EntryName(text) }

  /// Its name beside the file it is for, where that is on another disk: `.ligne-12-3.new`.
  func besideName(inExchange number: Int) -> EntryName { EntryName("\(besidePrefix)\(number)-\(text)") }

  /// The exchange and the file a name beside others stands for; `nil` for any other name.
  static func reading(besideName name: EntryName) -> (exchange: Int, file: ExchangeFile)? {
    guard name.bytes.starts(with: besidePrefix.utf8) else { return nil }
    let rest = name.bytes.dropFirst(besidePrefix.utf8.count)
    guard let hyphen = rest.firstIndex(of: UInt8(ascii: "-")),
      let exchange = plainNumber(String(decoding: rest[..<hyphen], as: UTF8.self)),
      let file = ExchangeFile(rest[(hyphen + 1)...])
    else { return nil }
    return (exchange, file)
  }
}

/// A number without sign, space or leading zero.
func plainNumber(_ digits: String) -> Int? {
  guard let number = Int(digits), number >= 0, "\(number)" == digits else { return nil }
  return number
}

private let besidePrefix = ".ligne-"
