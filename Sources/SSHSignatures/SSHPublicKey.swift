import Crypto

/// A person's public key, as OpenSSH writes it into `id_ed25519.pub`.
///
/// Two keys are equal when the same private key belongs to them, whatever is remarked behind.
public struct SSHPublicKey: Sendable {
  /// The key in the bytes of SSH, the algorithm first.
  public let blob: [UInt8]
  /// What stands behind the key: a person, a computer.
  public let comment: String
  let material: KeyMaterial

  /// Reads one line, `ssh-ed25519 AAAA… ana@laptop`.
  ///
  /// - Throws: `.unsupported` for DSA, certificates, RSA of fewer than 2,048 bits and Ed25519 keys for which signatures
  ///   can be made without the private key; `.malformed`, `.truncated` for what is no key.
  public init(line: String) throws(SSHFormatError) {
    let words = line.utf8.split(separator: UInt8(ascii: " "), maxSplits: 2)
    guard words.count >= 2, let blob = base64Decoded(words[1]) else { throw .malformed }
    let comment = words.count > 2 ? String(Substring(words[2])) : ""
    try self.init(blob: blob, comment: comment)
    guard words[0].elementsEqual(algorithm.utf8) else { throw .malformed }
  }

  init(blob: [UInt8], comment: String = "") throws(SSHFormatError) {
    (self.blob, self.comment) = (blob, comment)
    material = try KeyMaterial(blob)
  }

  /// `ssh-ed25519`, `rsa`…: how SSH names the kind of key.
  public var algorithm: String { material.algorithm.rawValue }

  /// The key as a line of `authorized_keys`: algorithm, key, and what is remarked behind.
  public var line: String {
    let words = "\(algorithm) \(base64Encoded(blob, isPadded: true))"
    return comment.isEmpty ? words : words + " " + comment
  }

  /// `SHA256:` and 43 digits of base64: what OpenSSH shows of a key, and what people compare by reading aloud.
  public var fingerprint: String { "SHA256:" + base64Encoded(Array(SHA256.hash(data: blob))) }
}

extension SSHPublicKey: Hashable {
  public static func == (left: Self, right: Self) -> Bool { left.blob == right.blob }
  public func hash(into hasher: inout Hasher) { hasher.combine(blob) }
}

/// What a key is made of.
enum KeyMaterial: Sendable {
  case ed25519([UInt8])
  /// A key in a device, which signs for the application it was made for.
  case deviceEd25519([UInt8], application: [UInt8])
  case ecdsa(Curve, point: [UInt8])
  case deviceECDSA(point: [UInt8], application: [UInt8])
  case rsa(exponent: [UInt8], modulus: [UInt8])

  enum Algorithm: String {
    case ed25519 = "ssh-ed25519"
    case deviceEd25519 = "sk-ssh-ed25519@openssh.com"
    case ecdsa256 = "ecdsa-sha2-nistp256"
    case ecdsa384 = "ecdsa-sha2-nistp384"
    case ecdsa521 = "ecdsa-sha2-nistp521"
    case deviceECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"
    case rsa = "ssh-rsa"
  }

  enum Curve: String, Sendable {
    case p256 = "nistp256"
    case p384 = "nistp384"
    case p521 = "nistp521"
  }

  var algorithm: Algorithm {
    switch self {
    case .ed25519: .ed25519
    case .deviceEd25519: .deviceEd25519
    case .ecdsa(.p256, _): .ecdsa256
    case .ecdsa(.p384, _): .ecdsa384
    case .ecdsa(.p521, _): .ecdsa521
    case .deviceECDSA: .deviceECDSA
    case .rsa: .rsa
    }
  }

  /// Source: RFC 4253, section 6.6 (RSA); RFC 5656, section 3.1 (ECDSA); RFC 8709, section 4 (Ed25519); OpenSSH,
  /// `PROTOCOL.u2f` (keys in devices).
  init(_ blob: [UInt8]) throws(SSHFormatError) {
    var reader = SSHWireReader(blob)
    guard let algorithm = try Algorithm(rawValue: String(decoding: reader.string(), as: UTF8.self)) else {
      throw .unsupported
    }
    switch algorithm {
    case .ed25519: self = .ed25519(try Self.ed25519Point(&reader))
    case .deviceEd25519:
      self = .deviceEd25519(try Self.ed25519Point(&reader), application: try reader.string())
    case .ecdsa256: self = .ecdsa(.p256, point: try Self.point(on: .p256, &reader))
    case .ecdsa384: self = .ecdsa(.p384, point: try Self.point(on: .p384, &reader))
    case .ecdsa521: self = .ecdsa(.p521, point: try Self.point(on: .p521, &reader))
    case .deviceECDSA:
      self = .deviceECDSA(point: try Self.point(on: .p256, &reader), application: try reader.string())
    case .rsa:
      let (exponent, modulus) = (try reader.naturalNumber(), try reader.naturalNumber())
      guard modulus.count * 8 - (modulus.first ?? 0).leadingZeroBitCount >= 2048 else { throw .unsupported }
      self = .rsa(exponent: exponent, modulus: modulus)
    }
    guard reader.isAtEnd else { throw .malformed }
  }

  private static func ed25519Point(_ reader: inout SSHWireReader) throws(SSHFormatError) -> [UInt8] {
    let point = try reader.string()
    guard point.count == 32 else { throw .malformed }
    var withoutSign = point
    withoutSign[31] &= 0x7f
    guard !pointsOfSmallOrder.contains(withoutSign) else { throw .unsupported }
    return point
  }

  private static func point(on curve: Curve, _ reader: inout SSHWireReader) throws(SSHFormatError) -> [UInt8]
  {
    guard try reader.string().elementsEqual(curve.rawValue.utf8) else { throw .malformed }
    return try reader.string()
  }
}

/// Points of Ed25519 whose multiples are only a few others: a signature of such a “key” can be made by anybody. Without
/// the bit of the sign, also as they are written with a number above the prime.
///
/// Source: RFC 8032, section 5.1.7 leaves it to the application; Chalkias, Garillot, Nikolaenko, *Taming the many
/// EdDSAs* (2020), table 1.
private let pointsOfSmallOrder: Set<[UInt8]> = {
  func number(_ first: UInt8, filledWith fill: UInt8, _ last: UInt8) -> [UInt8] {
    [first] + Array(repeating: fill, count: 30) + [last]
  }
  return [
    number(0, filledWith: 0, 0), number(1, filledWith: 0, 0),
    number(0xec, filledWith: 0xff, 0x7f), number(0xed, filledWith: 0xff, 0x7f),
    number(0xee, filledWith: 0xff, 0x7f),
    [
      0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
      0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    [
      0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
      0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
  ]
}()
