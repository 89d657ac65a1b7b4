import Crypto

/// The SHA-256 of exact bytes: how reviews and waivers name the text they are about.
///
/// Source: FIPS 180-4.
public struct SHA256Digest: Hashable, Sendable {
  public let bytes: [UInt8]

  public init(of bytes: [UInt8]) { self.bytes = Array(SHA256.hash(data: bytes)) }

  /// The digest of a text in UTF-8, as it is written.
  public init(of text: String) { self.init(of: Array(text.utf8)) }

  /// 64 hexadecimal digits, in lower case.
  public var hex: String { hexadecimal(bytes) }
}
