import Crypto
import Foundation
import TestSupport

/// A key of OpenSSH's program, and signatures made by hand where that program would not make them.
struct SSHKeys {
  let folder: TemporaryFolder
  let file: String
  let publicLine: String

  static let areHere = (try? Program.run("ssh-keygen", ["-?"])) != nil

  init(_ type: String, _ bits: Int? = nil) throws {
    folder = try TemporaryFolder("ligne-keys")
    file = folder.path + "/id"
    let size = bits.map { ["-b", "\($0)"] } ?? []
    _ = try Program.run(
      "ssh-keygen", ["-q", "-t", type, "-N", "", "-C", "ana@ravaude.example", "-f", file] + size)
    publicLine = String(decoding: try folder.read("id.pub"), as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  func sign(_ message: [UInt8], for purpose: String) throws -> String {
    String(
      decoding: try Program.run(
        "ssh-keygen", ["-Y", "sign", "-n", purpose, "-f", file, "-q"], input: message
      ).output,
      as: UTF8.self)
  }

  /// What `ssh-keygen -Y verify` says.
  func verifies(_ signature: String, of message: [UInt8], for purpose: String) throws -> Bool {
    try folder.write("ana \(publicLine)\n", to: "allowed")
    try folder.write(signature, to: "signature")
    return try Program.run(
      "ssh-keygen",
      [
        "-Y", "verify", "-f", folder.path + "/allowed", "-I", "ana", "-n", purpose, "-s",
        folder.path + "/signature",
      ],
      input: message
    ).status == 0
  }

  // MARK: By hand

  static func armored(_ bytes: [UInt8]) -> String {
    "-----BEGIN SSH SIGNATURE-----\n\(Data(bytes).base64EncodedString())\n-----END SSH SIGNATURE-----\n"
  }

  static func bytes(ofArmored text: String) throws -> [UInt8] {
    let lines = text.split(separator: "\n").dropFirst().dropLast()
    return Array(Data(base64Encoded: lines.joined()) ?? Data())
  }

  static func bytes(hex: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var digits = Substring(hex)
    while !digits.isEmpty {
      guard let byte = UInt8(digits.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      digits = digits.dropFirst(2)
    }
    return bytes
  }

  static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
  static func string(_ bytes: some Collection<UInt8>) -> [UInt8] { number(bytes.count) + bytes }

  static func blob(of point: [UInt8], _ name: String = "ssh-ed25519") -> [UInt8] {
    string(Array(name.utf8)) + string(point)
  }

  static func line(of point: [UInt8]) -> String {
    "ssh-ed25519 \(Data(blob(of: point)).base64EncodedString())"
  }

  static func line(of key: Curve25519.Signing.PublicKey) -> String { line(of: Array(key.rawRepresentation)) }

  /// What PROTOCOL.sshsig says is signed.
  private static func signed(_ message: [UInt8], for purpose: String) -> [UInt8] {
    Array("SSHSIG".utf8) + string(Array(purpose.utf8)) + string([]) + string(Array("sha512".utf8))
      + string(Array(SHA512.hash(data: message)))
  }

  private static func envelope(_ key: [UInt8], for purpose: String, _ signature: [UInt8]) -> [UInt8] {
    Array("SSHSIG".utf8) + number(1) + string(key) + string(Array(purpose.utf8)) + string([])
      + string(Array("sha512".utf8)) + string(signature)
  }

  static func signature(
    of message: [UInt8], for purpose: String, by key: Curve25519.Signing.PrivateKey
  ) throws -> [UInt8] {
    let value = try key.signature(for: signed(message, for: purpose))
    return envelope(
      blob(of: Array(key.publicKey.rawRepresentation)), for: purpose,
      string(Array("ssh-ed25519".utf8)) + string(Array(value)))
  }

  static func deviceSignature(
    of message: [UInt8], for purpose: String, by key: Curve25519.Signing.PrivateKey, flags: UInt8,
    counter: Int
  ) throws -> [UInt8] {
    let name = "sk-ssh-ed25519@openssh.com"
    let application = Array("ssh:".utf8)
    let told =
      Array(SHA256.hash(data: application)) + [flags] + number(counter)
      + Array(SHA256.hash(data: signed(message, for: purpose)))
    let value = try key.signature(for: told)
    return envelope(
      blob(of: Array(key.publicKey.rawRepresentation), name) + string(application), for: purpose,
      string(Array(name.utf8)) + string(Array(value)) + [flags] + number(counter))
  }
}
