/// Where the team's copy is: an address git may be given, checked once, here.
///
/// Taken: `https`, `http`, `ssh`, `git` and `file` addresses, the short form of ssh (`user@host:path`), and
/// paths. Everything else git would understand is refused, because it can run programs: `ext::` and other
/// helpers, options in the place of a host. Addresses also come from files colleagues wrote, so it does not
/// matter who typed one.
public struct RemoteAddress: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case path, file, http, https, ssh, git
  }

  /// What git is given. May hold a password; `shown` is for people.
  public let text: String
  public let kind: Kind

  /// - Parameter text: As typed. A path without `/` is taken as a path (`./team`), never as the name of a
  ///   remote.
  /// - Throws: `TransportError.addressRefused`, with the reason.
  public init(_ text: String) throws(TransportError) {
    do throws(AddressRefusal) {
      (self.text, kind) = try checked(text)
    } catch {
      throw .addressRefused(legible(text, limit: 200), error)
    }
  }

  /// The address without passwords.
  public var shown: String { legible(text, limit: 500) }
}

extension RemoteAddress: CustomStringConvertible, CustomReflectable {
  public var description: String { shown }
  // Printing a value that holds an address must not print its password.
  public var customMirror: Mirror { Mirror(self, children: ["shown": shown]) }
}

/// The rules, in the order git itself decides: helper, scheme, short form of ssh, path.
private func checked(_ text: String) throws(AddressRefusal) -> (String, RemoteAddress.Kind) {
  if text.isEmpty { throw .empty }
  if text.utf8.count > 4096 { throw .tooLong }
  if text.unicodeScalars.contains(where: isInvisible) { throw .controlCharacter }
  if text.utf8.first == hyphen { throw .looksLikeAnOption }

  let bytes = Array(text.utf8)
  let scheme = bytes.prefix(while: isSchemeByte)
  let rest = bytes[scheme.endIndex...]
  if !scheme.isEmpty, rest.starts(with: "::".utf8) { throw .runsAProgram }
  if !scheme.isEmpty, rest.starts(with: "://".utf8) {
    let name = String(decoding: scheme, as: UTF8.self)
    let kind: RemoteAddress.Kind
    switch name {
    case "https": kind = .https
    case "http": kind = .http
    case "ssh": kind = .ssh
    case "git": kind = .git
    case "file": kind = .file
    default: throw .unknownScheme(name)
    }
    let path = rest.dropFirst(3)
    if holdsEncodedControl(path) { throw .controlCharacter }
    if kind == .file {
      guard path.first == slash else { throw .noHost }
    } else {
      try checkAuthority(path.prefix { $0 != slash && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
    }
    return (text, kind)
  }
  // Git's own rule: a colon before the first slash makes it a host, unless it is in brackets.
  if let colon = colonOfShortForm(bytes) {
    try checkAuthority(bytes[..<colon])
    // "-" at the front of the path would be an option of the program at the other end.
    if bytes.dropFirst(colon + 1).first == hyphen { throw .looksLikeAnOption }
    return (text, .ssh)
  }
  let isPlain = !bytes.contains(slash)
  return (isPlain ? "./" + text : text, .path)
}

/// `user:password@host:port`, each part optional but the host.
private func checkAuthority(_ authority: ArraySlice<UInt8>) throws(AddressRefusal) {
  let at = authority.lastIndex(of: UInt8(ascii: "@"))
  let user = authority[..<(at ?? authority.startIndex)]
  let host = authority[(at.map { $0 + 1 } ?? authority.startIndex)...]
  if host.isEmpty { throw .noHost }
  if host.first == hyphen || user.first == hyphen { throw .looksLikeAnOption }
  guard host.allSatisfy({ isHostByte($0) }) else { throw .unreadableHost }
}

private func colonOfShortForm(_ bytes: [UInt8]) -> Int? {
  var inBrackets = false
  for (place, byte) in bytes.enumerated() {
    switch byte {
    case UInt8(ascii: "["): inBrackets = true
    case UInt8(ascii: "]"): inBrackets = false
    case slash where !inBrackets: return nil
    case UInt8(ascii: ":") where !inBrackets: return place
    default: break
    }
  }
  return nil
}

/// `%00` to `%1F` and `%7F`: git decodes them before it hands them to credential helpers, line by line.
private func holdsEncodedControl(_ bytes: ArraySlice<UInt8>) -> Bool {
  bytes.indices.contains { place in
    guard bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.endIndex else { return false }
    let high = bytes[place + 1]
    let low = bytes[place + 2]
    return high == UInt8(ascii: "0") || high == UInt8(ascii: "1")
      || (high == UInt8(ascii: "7") && (low == UInt8(ascii: "f") || low == UInt8(ascii: "F")))
  }
}

private let hyphen = UInt8(ascii: "-")
private let slash = UInt8(ascii: "/")

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: false
  }
}

/// RFC 3986, section 3.1; git takes the same bytes before its `::`.
private func isSchemeByte(_ byte: UInt8) -> Bool {
  isLetterOrDigit(byte) || byte == UInt8(ascii: "+") || byte == hyphen || byte == UInt8(ascii: ".")
}

/// Names, numbers, aliases of a ssh configuration, IPv6 in brackets, a port; beyond ASCII for local names.
private func isHostByte(_ byte: UInt8) -> Bool {
  isLetterOrDigit(byte) || byte >= 0x80 || "-._:[]%".utf8.contains(byte)
}
