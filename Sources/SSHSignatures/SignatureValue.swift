import Crypto
import CryptoExtras

/// The signature proper, behind the name of how it was made.
///
/// Source: RFC 8709, section 6 (Ed25519); RFC 5656, section 3.1.2 (ECDSA); RFC 8332, section 3 (RSA); OpenSSH,
/// `PROTOCOL.u2f` (keys in devices).
struct SignatureValue: Sendable {
  private let method: Method
  /// Of Ed25519 and ECDSA both halves, each as long as the numbers of the curve; of RSA the number.
  private let bytes: [UInt8]
  /// Of a key in a device: its flags and its count of signatures.
  private let device: (flags: UInt8, counter: UInt32)?

  private enum Method { case ed25519, ecdsa, rsaSHA256, rsaSHA512 }

  /// - Throws: `.malformed` where the method is not one of the key's.
  init(_ blob: [UInt8], for key: KeyMaterial) throws(SSHFormatError) {
    var reader = SSHWireReader(blob)
    let name = try reader.string()
    func isNamed(_ text: String) -> Bool { name.elementsEqual(text.utf8) }
    switch key {
    case .ed25519, .deviceEd25519:
      guard isNamed(key.algorithm.rawValue) else { throw .malformed }
      method = .ed25519
      bytes = try reader.string()
      guard bytes.count == 64 else { throw .malformed }
    case .ecdsa(let curve, _):
      guard isNamed(key.algorithm.rawValue) else { throw .malformed }
      method = .ecdsa
      bytes = try Self.halves(try reader.string(), of: curve)
    case .deviceECDSA:
      guard isNamed(key.algorithm.rawValue) else { throw .malformed }
      method = .ecdsa
      bytes = try Self.halves(try reader.string(), of: .p256)
    case .rsa(_, let modulus):
      // The name of RSA with SHA-1 stands for no signature any more.
      guard isNamed("rsa-sha2-256") || isNamed("rsa-sha2-512") else { throw .unsupported }
      method = isNamed("rsa-sha2-256") ? .rsaSHA256 : .rsaSHA512
      bytes = try reader.string()
      guard bytes.count == modulus.count else { throw .malformed }
    }
    switch key {
    case .deviceEd25519, .deviceECDSA: device = (try reader.bytes(1)[0], try reader.number())
    case .ed25519, .ecdsa, .rsa: device = nil
    }
    guard reader.isAtEnd else { throw .malformed }
  }

  private static func halves(_ blob: [UInt8], of curve: KeyMaterial.Curve) throws(SSHFormatError) -> [UInt8] {
    var reader = SSHWireReader(blob)
    let halves = [try reader.naturalNumber(), try reader.naturalNumber()]
    guard reader.isAtEnd, halves.allSatisfy({ $0.count <= curve.size }) else { throw .malformed }
    return halves.flatMap { Array(repeating: 0, count: curve.size - $0.count) + $0 }
  }

  /// Whether the key signed these bytes. A key in a device must have been touched.
  func isValid(of message: [UInt8], by key: KeyMaterial) -> Bool {
    switch key {
    case .ed25519(let point): return isValid(of: message, byEd25519: point)
    case .deviceEd25519(let point, let application):
      return deviceMessage(message, application).map { isValid(of: $0, byEd25519: point) } ?? false
    case .ecdsa(let curve, let point): return isValid(of: message, by: point, on: curve)
    case .deviceECDSA(let point, let application):
      return deviceMessage(message, application).map { isValid(of: $0, by: point, on: .p256) } ?? false
    case .rsa(let exponent, let modulus): return isValid(of: message, byRSA: exponent, modulus)
    }
  }

  /// What a device signs: `nil` where nobody touched it.
  private func deviceMessage(_ message: [UInt8], _ application: [UInt8]) -> [UInt8]? {
    guard let device, device.flags & 1 == 1 else { return nil }
    var signed = SSHWireWriter()
    signed.append(raw: SHA256.hash(data: application))
    signed.append(raw: [device.flags])
    signed.append(device.counter)
    signed.append(raw: SHA256.hash(data: message))
    return signed.bytes
  }

  private func isValid(of message: [UInt8], byEd25519 point: [UInt8]) -> Bool {
    (try? Curve25519.Signing.PublicKey(rawRepresentation: point))?.isValidSignature(bytes, for: message)
      ?? false
  }

  private func isValid(of message: [UInt8], by point: [UInt8], on curve: KeyMaterial.Curve) -> Bool {
    switch curve {
    case .p256:
      guard let key = try? P256.Signing.PublicKey(x963Representation: point),
        let signature = try? P256.Signing.ECDSASignature(rawRepresentation: bytes)
      else { return false }
      return key.isValidSignature(signature, for: message)
    case .p384:
      guard let key = try? P384.Signing.PublicKey(x963Representation: point),
        let signature = try? P384.Signing.ECDSASignature(rawRepresentation: bytes)
      else { return false }
      return key.isValidSignature(signature, for: message)
    case .p521:
      guard let key = try? P521.Signing.PublicKey(x963Representation: point),
        let signature = try? P521.Signing.ECDSASignature(rawRepresentation: bytes)
      else { return false }
      return key.isValidSignature(signature, for: message)
    }
  }

  private func isValid(of message: [UInt8], byRSA exponent: [UInt8], _ modulus: [UInt8]) -> Bool {
    guard let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent) else { return false }
    let signature = _RSA.Signing.RSASignature(rawRepresentation: bytes)
    switch method {
    case .rsaSHA256:
      return key.isValidSignature(signature, for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
    case .rsaSHA512:
      return key.isValidSignature(signature, for: SHA512.hash(data: message), padding: .insecurePKCS1v1_5)
    case .ed25519, .ecdsa: return false
    }
  }
}

extension KeyMaterial.Curve {
  /// Bytes of a number.
  fileprivate var size: Int {
    switch self {
    case .p256: 32
    case .p384: 48
    case .p521: 66
    }
  }
}
