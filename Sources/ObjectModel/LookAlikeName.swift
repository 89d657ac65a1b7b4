/// A name in a folder, as a file system sees it that ignores case and Unicode form: equal to those it would cover.
public struct LookAlikeName: Hashable, Sendable {
  // Swift's String is equal to every canonically equivalent one: here, for once, just what is wanted.
  private let folded: String

  public init(_ name: some Sequence<UInt8>) {
    // Upper case first: it takes `ß` to `SS` and the Kelvin sign to `K`, which lower case alone leaves apart.
    folded = String(decoding: Array(name), as: UTF8.self).uppercased().lowercased()
  }
}
