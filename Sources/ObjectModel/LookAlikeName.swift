/// A name in a folder, as a file system sees it that ignores case and Unicode form: equal to those it would cover.
public struct LookAlikeName: Hashable, Sendable {
  // Swift's String is equal to every canonically equivalent one: here, for once, just what is wanted.
  private let folded: String

  public init(_ name: some Sequence<UInt8>) {
    let bytes = Array(name)
    if bytes.allSatisfy({ $0 < 0x80 }) {
      // Nearly all names; a folder may hold ten thousand.
      folded = String(decoding: bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    } else {
      // Upper case first: it takes `ß` to `SS` and the Kelvin sign to `K`, which lower case alone leaves apart.
      folded = String(decoding: bytes, as: UTF8.self).uppercased().lowercased()
    }
  }
}
