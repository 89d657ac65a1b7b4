import Foundation
import GitStore
import ObjectModel
import TestSupport

/// A workspace of one device and a team's copy, as real repositories in a temporary folder.
struct GitTeam {
  let folder: TemporaryFolder
  /// The team's copy: a bare repository.
  var copy: String { folder["team.git"].path }
  var workspace: String { workspace(of: "ana") }
  func workspace(of device: String) -> String { folder[device].path }

  init() throws {
    folder = try TemporaryFolder("ligne-team")
    try Program.git("init", "-q", "--bare", "-b", "main", "team.git", in: folder.path)
    try addDevice("ana")
  }

  func addDevice(_ name: String) throws {
    try Program.git("init", "-q", "-b", "main", name, in: folder.path)
  }

  /// A transport that sees nothing of the machine's configuration.
  func transport(
    _ device: String = "ana", environment: [String: String] = [:], limits: TransferLimits = TransferLimits()
  ) -> GitTransport {
    GitTransport(
      gitFolder: folder[device].path + "/.git",
      environment: Program.gitEnvironment.merging(environment) { _, new in new }, prompts: .refused,
      limits: limits)
  }

  /// Writes a version of one file, moves no reference, and returns its id.
  @discardableResult
  func commit(_ text: String, after parents: ObjectID..., device: String = "ana") throws -> ObjectID {
    try commit(text, parents: parents, device: device)
  }

  func commit(_ text: String, parents: [ObjectID], device: String = "ana") throws -> ObjectID {
    let folder = folder[device].path
    let blob = try Program.git("hash-object", "-w", "--stdin", in: folder, input: Array(text.utf8))
    let tree = try Program.git("mktree", in: folder, input: Array("100644 blob \(blob)\ttext\n".utf8))
    let words = parents.flatMap { ["-p", $0.hex] }
    return try commit(tree: tree, words, device: device)
  }

  func commit(tree: String, _ words: [String] = [], device: String = "ana") throws -> ObjectID {
    let result = try Program.run(
      "git", ["commit-tree", "-m", "a version", tree] + words, environment: Program.gitEnvironment,
      folder: folder[device].path)
    return try id(result.text)
  }

  /// What a reference holds in a repository of this folder; `nil` if there is none.
  func reference(_ name: String, in repository: String) throws -> ObjectID? {
    let result = try Program.run(
      "git", ["rev-parse", "--verify", "--quiet", name], environment: Program.gitEnvironment,
      folder: folder[repository].path)
    return ObjectID(hex: result.text)
  }

  func references(in repository: String, below prefix: String = "refs/") throws -> [String] {
    try Program.git("for-each-ref", "--format=%(refname)", prefix, in: folder[repository].path)
      .split(separator: "\n").map(String.init)
  }

  func setReference(_ name: String, to id: ObjectID, in repository: String) throws {
    try Program.git("update-ref", name, id.hex, in: folder[repository].path)
  }

  /// Puts a commit and its reference into the team's copy without the transport under test.
  func share(_ id: ObjectID, as name: String, from device: String = "ana") throws {
    try Program.git(
      "-c", "core.hooksPath=/dev/null", "push", "-q", "--force", copy, "\(id.hex):\(name)",
      in: folder[device].path)
  }

  /// A check of the team at its copy, or of the person at the workspace.
  func addHook(_ name: String, _ script: String, to gitFolder: String) throws {
    try Program.install("#!/bin/sh\n\(script)\n", at: folder["\(gitFolder)/hooks/\(name)"].path)
  }

  func address(_ text: String? = nil) throws -> RemoteAddress { try RemoteAddress(text ?? copy) }
}

func id(_ hex: String) throws -> ObjectID {
  struct NotAnID: Error { let text: String }
  guard let id = ObjectID(hex: hex) else { throw NotAnID(text: hex) }
  return id
}

/// What a sync fetches.
let everything = [
  RefSpec("refs/heads/main", to: "refs/ligne/incoming/main"),
  RefSpec("refs/ligne/devices/*", to: "refs/ligne/incoming/devices/*"),
]

/// The error a call throws; `nil` if it throws none.
func thrown(_ body: () async throws -> Void) async -> TransportError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? TransportError ?? .other(text: "not a transport error: \(error)")
  }
}

extension GitTeam {
  /// Versions with incompressible content, each of about `size` bytes.
  func bigHistory(_ count: Int, size: Int, device: String = "ana") throws -> ObjectID {
    var random = SeededRandom(seed: 7)
    var parents: [ObjectID] = []
    for _ in 0..<count {
      let text = String((0..<size).map { _ in Character(Unicode.Scalar(UInt8(33 + random.next() % 90))) })
      parents = [try commit(text, parents: parents, device: device)]
    }
    return parents[0]
  }
}
