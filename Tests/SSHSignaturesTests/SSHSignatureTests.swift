import Crypto
import Foundation
import SSHSignatures
import TestSupport
import Testing

/// Signatures by OpenSSH's own program are accepted, for exactly what they were made for; `ssh-keygen -Y verify` says
/// the same of each.
@Suite(.enabled(if: SSHKeys.areHere, "ssh-keygen is not installed"), .serialized) struct SSHSignatureTests {
  static let kinds: [(type: String, bits: Int?)] = [
    ("ed25519", nil), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 2048), ("rsa", 3072),
  ]
  static let purpose = "ligne-review-v1"

  @Test(arguments: kinds) func acceptsWhatAPersonSigned(_ type: String, _ bits: Int?) throws {
    let keys = try SSHKeys(type, bits)
    let message = Array("Une mitaine trouée, un mardi.".utf8)
    let signature = try SSHSignature(armored: keys.sign(message, for: Self.purpose))
    #expect(signature.isOf(message, for: Self.purpose))
    #expect(signature.key == (try SSHPublicKey(line: keys.publicLine)))
    #expect(try SSHPublicKey(line: keys.publicLine).line == keys.publicLine)

    #expect(!signature.isOf(message + [0x20], for: Self.purpose))
    #expect(!signature.isOf([], for: Self.purpose))
  }

  /// A signature of a commit of git's, or of a file, is none of a review.
  @Test(arguments: ["git", "file", "ligne-review-v10", "ligne-review-v"])
  func aSignatureForOnePurposeIsNoneForAnother(_ other: String) throws {
    let keys = try SSHKeys("ed25519")
    let message = Array("oui".utf8)
    #expect(try !SSHSignature(armored: keys.sign(message, for: other)).isOf(message, for: Self.purpose))
  }

  @Test func fingerprintsAreThoseOpenSSHShows() throws {
    for (type, bits) in Self.kinds {
      let keys = try SSHKeys(type, bits)
      let shown = try Program.run("ssh-keygen", ["-l", "-f", keys.file + ".pub"]).text
      #expect(shown.contains(try SSHPublicKey(line: keys.publicLine).fingerprint + " "))
    }
  }

  /// One bit of a signature, of the key in it or of the message changed: refused here and by OpenSSH.
  @Test(arguments: ["ed25519", "ecdsa", "rsa"]) func agreesWithOpenSSHOnChangedSignatures(_ type: String)
    throws
  {
    let keys = try SSHKeys(type)
    let message = Array("Nos mitaines reviennent mardi.".utf8)
    let bytes = try SSHKeys.bytes(ofArmored: keys.sign(message, for: Self.purpose))
    var random = SeededRandom(seed: 7)
    var accepted = 0
    for number in 0..<40 {
      var changed = bytes
      // The first is left as it is: both have to accept that.
      if number > 0 {
        changed[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      let text = SSHKeys.armored(changed)
      let signature = try? SSHSignature(armored: text)
      let isOurs = signature?.isOf(message, for: Self.purpose) ?? false
      let isTheirs = signature.map { (try? SSHPublicKey(line: keys.publicLine)) == $0.key } ?? false
      let verdict = isOurs && isTheirs
      #expect(try keys.verifies(text, of: message, for: Self.purpose) == verdict, "change \(number)")
      accepted += verdict ? 1 : 0
    }
    #expect(accepted >= 1)
  }
}

/// What no program signs like that, made by hand.
@Suite struct HostileSignatureTests {
  static let message = Array("oui".utf8)

  /// Changes of a good signature and of what it signs: none is accepted. `LIGNE_HOSTILE=all` makes 100,000 of them.
  @Test func noChangedStatementIsAccepted() throws {
    let key = Curve25519.Signing.PrivateKey()
    let seed: UInt64 = 20_261_127
    var random = SeededRandom(seed: seed)
    let message = Array(#"{"review":{"by":"ana","verdict":"approve"},"workspace":"0123"}"#.utf8)
    let good = try SSHKeys.signature(of: message, for: "ligne-review-v1", by: key)
    #expect(try SSHSignature(armored: SSHKeys.armored(good)).isOf(message, for: "ligne-review-v1"))
    var accepted: [Int] = []
    let count = ProcessInfo.processInfo.environment["LIGNE_HOSTILE"] == "all" ? 100_000 : 10_000
    for number in 0..<count {
      var (signature, signed) = (good, message)
      let isOfMessage = Bool.random(using: &random)
      let place =
        isOfMessage
        ? Int.random(in: message.indices, using: &random) : Int.random(in: good.indices, using: &random)
      let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
      if isOfMessage { signed[place] ^= bit } else { signature[place] ^= bit }
      guard let parsed = try? SSHSignature(armored: SSHKeys.armored(signature)) else { continue }
      let isOwn = parsed.key == (try? SSHPublicKey(line: SSHKeys.line(of: key.publicKey)))
      if isOwn, parsed.isOf(signed, for: "ligne-review-v1") { accepted.append(number) }
    }
    #expect(accepted == [], "seed \(seed)")
  }

  /// The other number for the same signature: S and S + L. RFC 8032 wants the smaller one.
  @Test func aSignatureIsWrittenInOneWayOnly() throws {
    let key = Curve25519.Signing.PrivateKey()
    let good = try SSHKeys.signature(of: Self.message, for: "x", by: key)
    let order: [UInt8] = [
      0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ]
    var other = good
    var carry = 0
    for (index, digit) in order.enumerated() {
      let place = other.count - 32 + index
      let sum = Int(other[place]) + Int(digit) + carry
      (other[place], carry) = (UInt8(sum & 0xff), sum >> 8)
    }
    #expect(try SSHSignature(armored: SSHKeys.armored(good)).isOf(Self.message, for: "x"))
    #expect(try !SSHSignature(armored: SSHKeys.armored(other)).isOf(Self.message, for: "x"))
  }

  /// Points of small order: whoever has no private key at all could sign.
  @Test(arguments: [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  ]) func keysThatNeedNoPrivateHalfAreRefused(_ hex: String) throws {
    let point = try #require(SSHKeys.bytes(hex: hex))
    #expect(throws: SSHFormatError.unsupported) { try SSHPublicKey(line: SSHKeys.line(of: point)) }
  }

  /// A key in a device that was not touched signed nothing a person wanted.
  @Test(arguments: [(UInt8(1), true), (0, false), (5, true), (4, false)])
  func aDeviceHasToBeTouched(_ flags: UInt8, _ isAccepted: Bool) throws {
    let key = Curve25519.Signing.PrivateKey()
    let text = SSHKeys.armored(
      try SSHKeys.deviceSignature(of: Self.message, for: "x", by: key, flags: flags, counter: 7))
    #expect(try SSHSignature(armored: text).isOf(Self.message, for: "x") == isAccepted)
  }

  static let lines = [
    ("", "empty"), ("ssh-ed25519", "no key"), ("ssh-ed25519 AAAA", "too short"),
    ("ssh-dss AAAAB3NzaC1kc3M=", "DSA"),
    ("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti", "another name in front"),
    ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqtiAA==", "more behind"),
    ("ssh-ed25519-cert-v01@openssh.com AAAA", "certificate"),
  ]

  @Test(arguments: lines) func whatIsNoKeyIsRefused(_ line: String, _ why: String) {
    #expect(throws: SSHFormatError.self, "\(why)") { try SSHPublicKey(line: line) }
  }

  @Test(arguments: [
    "", "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----", "U1NIU0lH",
    "-----BEGIN SSH SIGNATURE-----\n!!!!\n-----END SSH SIGNATURE-----\n",
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAv////8=\n-----END SSH SIGNATURE-----\n",
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAf////8=\n-----END SSH SIGNATURE-----\n",
  ]) func whatIsNoSignatureIsRefused(_ text: String) {
    #expect(throws: SSHFormatError.self) { try SSHSignature(armored: text) }
  }

  @Test func aShortRSAKeyIsRefused() throws {
    guard SSHKeys.areHere else { return }
    #expect(throws: SSHFormatError.unsupported) { try SSHPublicKey(line: SSHKeys("rsa", 1024).publicLine) }
  }
}
