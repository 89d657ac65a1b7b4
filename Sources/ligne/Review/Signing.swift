import Documents
import EditorialReview
import JSONTree
import SSHKeygen
import SSHSignatures
import SyncEngine
import SystemPackage
import Wording

/// A key of this computer that can sign.
struct SigningKey: Sendable {
  var key: SSHPublicKey
  /// The file with the private half, or with the public one where an agent has the private half.
  var file: FilePath?
}

extension Session {
  /// The names OpenSSH gives keys, the first it would choose first.
  private static let usualNames = ["id_ed25519", "id_ed25519_sk", "id_ecdsa", "id_ecdsa_sk", "id_rsa"]

  /// The folder of a person's keys; `nil` where the surroundings name no home.
  var keyFolder: FilePath? {
    environment["HOME"].flatMap { $0.isEmpty ? nil : FilePath($0).appending(".ssh") }
  }

  /// The keys of this computer: the one git signs with, then the usual files, then those of the agent.
  func signingKeys(in workspace: Workspace?) async throws -> [SigningKey] {
    var files: [FilePath] = []
    for setting in ["ligne.signingkey", "user.signingkey"] {
      guard let value = try workspace?.setting(setting), let file = expanded(value) else { continue }
      files.append(file)
    }
    if let keyFolder { files += Self.usualNames.map { keyFolder.appending($0) } }
    var keys: [SigningKey] = []
    for file in files {
      let isPublic = file.extension == "pub"
      let path = isPublic ? file.string : file.string + ".pub"
      guard let bytes = try? FileContents.read(path), let key = SSHPublicKey(firstLineOf: bytes) else {
        continue
      }
      keys.append(SigningKey(key: key, file: file))
    }
    if environment["SSH_AUTH_SOCK"] != nil {
      for key in await SSHKeygen.keysOfAgent() where !keys.contains(where: { $0.key == key }) {
        keys.append(SigningKey(key: key))
      }
    }
    return keys
  }

  /// A path as git's settings write it; a key written out is none.
  private func expanded(_ value: String) -> FilePath? {
    if value.hasPrefix("key::") || value.hasPrefix("ssh-") { return nil }
    if value.hasPrefix("~/"), let home = environment["HOME"] { return FilePath(home + value.dropFirst()) }
    return value.isEmpty ? nil : FilePath(value)
  }

  /// Signs a decision with a key of this computer that counts for this person.
  ///
  /// - Returns: `nil` where the person has no key that counts, or where none is here and none is needed.
  func signature(of draft: ReviewDraft, in workspace: Workspace) async throws -> String? {
    guard let statement = draft.statement else { return nil }
    let counting = draft.keys.compactMap { try? SSHPublicKey(line: $0) }
    if counting.isEmpty { return nil }
    guard let own = try await signingKeys(in: workspace).first(where: { counting.contains($0.key) }) else {
      if draft.needsSignature { throw DecisionRefused.unsigned }
      output.remark(
        Sentence(
          fr: "Votre clé n’est pas sur cet ordinateur : la décision est notée sans signature.",
          en: "Your key is not on this computer: the decision is recorded without a signature."), .attention)
      return nil
    }
    let program = try await SSHKeygen.find()
    if let file = own.file {
      return try await output.lendingTerminalWhileWaiting {
        try await program.sign(statement, for: Review.signaturePurpose, withKeyIn: file)
      }
    }
    // An agent is asked by the public half.
    let scratch = try workspace.makeScratchFile(Array((own.key.line + "\n").utf8), ending: "pub")
    defer { scratch.remove() }
    return try await output.lendingTerminalWhileWaiting {
      try await program.sign(
        statement, for: Review.signaturePurpose, withKeyIn: FilePath(scratch.path))
    }
  }
}

extension SSHPublicKey {
  /// The key in the first line of a file.
  init?(firstLineOf bytes: [UInt8]) {
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard let key = try? SSHPublicKey(line: String(decoding: line, as: UTF8.self)) else { return nil }
    self = key
  }
}
