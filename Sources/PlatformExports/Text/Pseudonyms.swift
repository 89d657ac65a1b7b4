import Crypto
import JSONTree

/// Names that stand for people, the same for the same person wherever the same secret is used.
///
/// HMAC-SHA-256 of the name with the team's secret, cut to 60 bits. Who has the secret can find out whether somebody
/// they suspect is behind a name; who has not, can't, short of guessing the secret.
///
/// Source: RFC 2104 (HMAC).
public struct Pseudonyms: Sendable {
  private let key: SymmetricKey

  /// - Parameter secret: At least ``leastSecret`` bytes that nobody can guess.
  public init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

  /// In bytes.
  public static let leastSecret = 16

  /// The pseudonym of somebody, by the name or number a platform knows them by.
  func person(_ name: String) -> String { "p-" + code("person", name.lowercased()) }

  /// What stands for an identifier that would lead to somebody.
  func identifier(_ id: String) -> String { "x-" + code("identifier", id) }

  private func code(_ use: String, _ text: String) -> String {
    let message = Array(use.utf8) + [0] + Array(text.utf8)
    let code = HMAC<SHA256>.authenticationCode(for: message, using: key)
    let digits = code.prefix(8).flatMap { [$0 >> 4, $0 & 15] }.prefix(15)
    return digits.map { String($0, radix: 16) }.joined()
  }
}

extension PlatformExport {
  /// The same without what says who the others are.
  ///
  /// Names, handles and numbers of people other than us become pseudonyms, in texts as well where they are written with
  /// `@` or are the full name of somebody who wrote in this export; identifiers that lead to them, too. E-mail addresses
  /// and telephone numbers in what others wrote are masked. Addresses of their messages and everything else the export
  /// said of a message are left out. What people say of themselves and others in other words stays.
  ///
  /// - Parameters:
  ///   - account: Whose names stay.
  ///   - masks: What stands in the place of an e-mail address and of a telephone number.
  public func pseudonymised(
    by pseudonyms: Pseudonyms, of account: OwnAccount, masks: (email: String, telephone: String)
  ) -> PlatformExport {
    var names = ForeignNames(of: account)
    for message in conversations.flatMap(\.messages) where !message.isOurs {
      if let author = message.author { names.add(author) }
    }
    let ours = Set(
      posts.map { Bytes($0.externalId) }
        + conversations.flatMap(\.messages).filter(\.isOurs)
        .map { Bytes($0.externalId) })
    func identifier(_ id: String) -> String { ours.contains(Bytes(id)) ? id : pseudonyms.identifier(id) }

    var export = self
    for place in export.conversations.indices {
      let conversation = conversations[place]
      export.conversations[place].externalId = identifier(conversation.externalId)
      if !ours.contains(Bytes(conversation.externalId)) { export.conversations[place].permalink = nil }
      export.conversations[place].messages = conversation.messages.map { message in
        var message = message
        message.externalId = identifier(message.externalId)
        message.inReplyTo = message.inReplyTo.map(identifier)
        message.text = names.replaced(in: message.text, by: pseudonyms)
        message.source = [:]
        if !message.isOurs {
          message.author = message.author.map(pseudonyms.person)
          message.permalink = nil
          message.text = masked(message.text, masks)
        }
        return message
      }
      // Ids that changed may sort otherwise within a second.
      export.conversations[place].messages.sort { left, right in
        left.at != right.at
          ? left.at < right.at : left.externalId.utf8.lexicographicallyPrecedes(right.externalId.utf8)
      }
    }
    export.conversations.sort { $0.externalId.utf8.lexicographicallyPrecedes($1.externalId.utf8) }
    for place in export.posts.indices {
      export.posts[place].text = names.replaced(in: posts[place].text, by: pseudonyms)
      export.posts[place].source = [:]
    }
    return export
  }
}

/// A text by its bytes.
struct Bytes: Hashable {
  let bytes: [UInt8]
  init(_ text: String) { bytes = Array(text.utf8) }
}

/// The names in a text that are not ours.
private struct ForeignNames {
  private let own: Set<Bytes>
  /// Full names of people who wrote, by the bytes of their first two words; the longest first.
  private var fullNames: [ArraySlice<UInt8>: [(bytes: [UInt8], name: String)]] = [:]
  /// How long the first word of a name is at most.
  private var longestFirstWord = 0
  private var known: Set<Bytes> = []

  init(of account: OwnAccount) {
    let handle = (account.handle ?? "").lowercased()
    let bare = handle.hasPrefix("@") ? String(handle.dropFirst()) : handle
    // Of `ravaude@social.example`, people write the first part alone as well.
    own = Set([bare, String(bare.prefix { $0 != "@" })].map { Bytes($0) })
  }

  mutating func add(_ name: String) {
    // A single word may be any word.
    let bytes = Array(name.utf8)
    guard bytes.count >= 5, let space = bytes.firstIndex(of: UInt8(ascii: " ")), space > 0,
      known.insert(Bytes(name)).inserted
    else { return }
    longestFirstWord = max(longestFirstWord, space)
    let beginning = bytes[..<Self.endOfWord(after: space, in: bytes)]
    fullNames[beginning, default: []].append((bytes, name))
    fullNames[beginning]?.sort {
      $0.bytes.count != $1.bytes.count
        ? $0.bytes.count > $1.bytes.count : $0.bytes.lexicographicallyPrecedes($1.bytes)
    }
  }

  /// The name of somebody that begins at a place of a text, and ends with a word.
  private func fullName(at place: Int, in bytes: [UInt8]) -> (bytes: [UInt8], name: String)? {
    let reach = bytes[place..<min(place + longestFirstWord + 1, bytes.count)]
    guard let space = reach.firstIndex(of: UInt8(ascii: " ")) else { return nil }
    return fullNames[bytes[place..<Self.endOfWord(after: space, in: bytes)]]?.first { name in
      let end = place + name.bytes.count
      return bytes[place...].starts(with: name.bytes) && (end == bytes.count || !isWordByte(bytes[end]))
    }
  }

  /// Where the word behind a space ends.
  private static func endOfWord(after space: Int, in bytes: [UInt8]) -> Int {
    var end = space + 1
    while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
    return end
  }

  func replaced(in text: String, by pseudonyms: Pseudonyms) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var at = 0
    while at < bytes.count {
      let follows = at > 0 && isWordByte(bytes[at - 1])
      if bytes[at] == UInt8(ascii: "@"), !follows {
        let end = handleEnd(after: at + 1, in: bytes)
        let handle = String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
        if end > at + 1, !own.contains(Bytes(handle.lowercased())) {
          result += ("@" + pseudonyms.person("@" + handle)).utf8
          at = end
          continue
        }
      } else if !follows, let found = fullName(at: at, in: bytes) {
        result += pseudonyms.person(found.name).utf8
        at += found.bytes.count
        continue
      }
      result.append(bytes[at])
      at += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `ana`, `ana@social.example`, `ana.bsky.social`; a full stop at the end ends a sentence.
  private func handleEnd(after start: Int, in bytes: [UInt8]) -> Int {
    var end = start
    var hasHost = false
    while end < bytes.count {
      if isWordByte(bytes[end]) || bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: "-") {
        end += 1
      } else if bytes[end] == UInt8(ascii: "@"), !hasHost, end > start {
        hasHost = true
        end += 1
      } else {
        break
      }
    }
    while end > start, !isWordByte(bytes[end - 1]) { end -= 1 }
    return end
  }
}

/// Letters of ASCII, digits, the underscore, and every byte of a longer character.
func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
    true
  default: false
  }
}
