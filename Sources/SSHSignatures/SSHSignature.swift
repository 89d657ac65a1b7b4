import Crypto

/// A signature of some bytes for one purpose, as `ssh-keygen -Y sign` makes it.
///
/// It holds the public key it was made with; whose key that is, is for the caller to know.
///
/// Source: OpenSSH, `PROTOCOL.sshsig`, version 1.
public struct SSHSignature: Sendable {
  public let key: SSHPublicKey
  /// What it was made for; a signature for one purpose is none for another.
  public let namespace: [UInt8]
  private let digest: Digest
  private let value: SignatureValue
  private let reserved: [UInt8]

  private enum Digest: String {
    case sha256, sha512

    func bytes(of message: [UInt8]) -> [UInt8] {
      switch self {
      case .sha256: Array(SHA256.hash(data: message))
      case .sha512: Array(SHA512.hash(data: message))
      }
    }
  }

  /// Reads the text between `-----BEGIN SSH SIGNATURE-----` and its end, these lines included.
  public init(armored text: String) throws(SSHFormatError) {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
    guard lines.count >= 3, lines.removeFirst().elementsEqual(Self.head.utf8),
      lines.removeLast().elementsEqual(Self.foot.utf8), let bytes = base64Decoded(Array(lines.joined()))
    else { throw .malformed }
    try self.init(bytes)
  }

  private static let head = "-----BEGIN SSH SIGNATURE-----"
  private static let foot = "-----END SSH SIGNATURE-----"
  private static let magic = Array("SSHSIG".utf8)

  init(_ bytes: [UInt8]) throws(SSHFormatError) {
    var reader = SSHWireReader(bytes)
    guard try reader.bytes(6) == Self.magic else { throw .malformed }
    guard try reader.number() == 1 else { throw .unsupported }
    key = try SSHPublicKey(blob: try reader.string())
    namespace = try reader.string()
    reserved = try reader.string()
    guard let digest = try Digest(rawValue: String(decoding: reader.string(), as: UTF8.self)) else {
      throw .unsupported
    }
    self.digest = digest
    value = try SignatureValue(try reader.string(), for: key.material)
    guard reader.isAtEnd, !namespace.isEmpty else { throw .malformed }
  }

  /// Whether the key it holds signed exactly these bytes for this purpose.
  public func isOf(_ message: [UInt8], for purpose: String) -> Bool {
    guard namespace.elementsEqual(purpose.utf8) else { return false }
    var signed = SSHWireWriter()
    signed.append(raw: Self.magic)
    signed.append(string: namespace)
    signed.append(string: reserved)
    signed.append(string: Array(digest.rawValue.utf8))
    signed.append(string: digest.bytes(of: message))
    return value.isValid(of: signed.bytes, by: key.material)
  }
}
