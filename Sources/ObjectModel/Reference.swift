/// A name for an object: `refs/heads/main`.
public struct Reference: Hashable, Sendable {
  public var name: String
  public var id: ObjectID

  public init(name: String, id: ObjectID) {
    self.name = name
    self.id = id
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.id == right.id && left.name.utf8.elementsEqual(right.name.utf8)
  }

  /// Whether a reference can have this name.
  ///
  /// Names begin with `refs/` or are one word in capitals: `HEAD`, `FETCH_HEAD`.
  ///
  /// Source: git-check-ref-format(1), and `refname_is_safe` of git's `refs.c`.
  public static func isWellFormed(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    let parts = bytes.split(separator: slash, omittingEmptySubsequences: false)
    guard let first = parts.first, bytes.last != UInt8(ascii: ".") else { return false }
    // Anything else would name some other file of the repository: "objects/…", "config".
    if parts.count == 1, !first.allSatisfy({ isCapital($0) || $0 == UInt8(ascii: "_") }) { return false }
    if parts.count > 1, !first.elementsEqual("refs".utf8) { return false }
    for part in parts {
      if part.isEmpty || part.first == UInt8(ascii: ".") || part.suffix(5).elementsEqual(".lock".utf8) {
        return false
      }
    }
    for (place, byte) in bytes.enumerated() {
      if byte < 0x20 || byte == 0x7F || " ~^:?*[\\".utf8.contains(byte) { return false }
      let next = place + 1 < bytes.count ? bytes[place + 1] : 0
      if byte == UInt8(ascii: "."), next == UInt8(ascii: ".") { return false }
      if byte == UInt8(ascii: "@"), next == UInt8(ascii: "{") { return false }
    }
    return true
  }
}

private func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

func checkReferenceName(_ name: String) throws(ObjectStoreError) {
  guard Reference.isWellFormed(name) else {
    throw .failed(operation: "move the reference \(name)", detail: "it can't have this name")
  }
}
