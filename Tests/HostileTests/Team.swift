import Foundation
import GitStore
import HostileCorpus
import ObjectModel
import TestSupport

/// A team’s address with hostile things and a sound document at it, and Ana’s folder, which knows of none of it yet.
final class Team {
  let folder: TemporaryFolder
  var ana: String { folder.path + "/ana" }
  /// The team’s version before.
  let base: ObjectID
  let drafts: [Met]
  /// Ana’s own repository before anything happened: every reference, and its settings.
  let before: String

  /// A case, and what was made of it here.
  struct Met {
    var hostile: HostileCase
    var draft: HostileDraft
    var reference: String { hostile.reference ?? draft.device }
  }

  static let soundPath = "posts/bon.json"
  static let colleague = "refs/ligne/devices/00000000000000b0"

  init(meeting cases: [HostileCase]) throws {
    let template = try Template.shared.get()
    folder = try TemporaryFolder("ligne-hostile")
    base = template.base
    let address = folder.path + "/team.git"
    try Program.run("cp", ["-a", template.folder.path + "/.", folder.path]).succeeded()
    try Program.git("config", "remote.origin.url", address, in: folder.path + "/ana")
    var sound = HostileDraft(base: template.base, holding: template.entries, device: Self.colleague)
    sound.share(post(title: "\"Bon\"", id: "01m7000000000000000000000a"), at: Self.soundPath)
    try sound.write(into: URL(filePath: address))
    var drafts: [Met] = []
    for (place, hostile) in cases.enumerated() {
      let digits = String(place, radix: 16)
      let name = String(repeating: "0", count: 8 - digits.utf8.count) + digits + "eeeeeeee"
      var draft = HostileDraft(
        base: template.base, holding: template.entries, device: "refs/ligne/devices/" + name)
      hostile.plant(&draft)
      try draft.write(into: URL(filePath: address))
      drafts.append(Met(hostile: hostile, draft: draft))
    }
    self.drafts = drafts
    before = try Self.state(of: folder.path + "/ana")
  }

  /// What may not change but by what is taken in.
  static func state(of workspace: String) throws -> String {
    try Program.git(
      "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/remotes", in: workspace)
      + "\n" + Program.git("config", "--list", "--local", in: workspace)
      + "\n" + Program.git("status", "--porcelain", in: workspace)
  }

  /// Runs the program in Ana’s folder.
  func ligne(_ words: String..., language: String = "fr", measuring: Bool = false) throws -> Answer {
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "ligne")
      .path
    let environment = [
      "LIGNE_LANG": language, "LIGNE_AUTHOR": "Ana Côté <ana@ravaude.example>",
      "LIGNE_DATE": "2026-11-21T09:00:00-05:00", "NO_COLOR": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_CONFIG_NOSYSTEM": "1", "HOME": folder.path,
    ]
    return try Answer(
      Program.measured(program, words, environment: environment, folder: ana, timeLimit: .seconds(300)))
  }

  func git(_ words: String...) throws -> String { try Program.git(words, in: ana) }
}

/// What one run of the program said, and what it cost.
struct Answer {
  var status: Int32
  var output: [UInt8]
  var remarks: [UInt8]
  /// The largest number of bytes the program, or a program it started, held in memory at once.
  var peakMemory: Int

  init(_ measured: (result: Program.Result, peakMemory: Int)) {
    (status, output, remarks) = (measured.result.status, measured.result.output, measured.result.errors)
    peakMemory = measured.peakMemory
  }

  /// The first character of the answer or the remarks that a terminal would obey or an eye not see.
  var firstObeyed: String? {
    for bytes in [output, remarks] {
      guard let text = String(validating: bytes, as: UTF8.self) else { return "bytes that are no text" }
      for scalar in text.unicodeScalars where scalar != "\n" && scalar.isObeyed {
        return "U+" + String(scalar.value, radix: 16, uppercase: true)
      }
    }
    return nil
  }

  var text: String { String(decoding: output + remarks, as: UTF8.self) }
}

extension Unicode.Scalar {
  fileprivate var isObeyed: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }
}

/// A workspace that was shared once, made once for all cases and copied for each.
private struct Template {
  let folder: TemporaryFolder
  let base: ObjectID
  let entries: [TreeEntry]

  static let shared = Result { try Template() }

  init() throws {
    folder = try TemporaryFolder("ligne-template")
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "ligne")
      .path
    let environment = [
      "LIGNE_LANG": "fr", "LIGNE_AUTHOR": "Ana Côté <ana@ravaude.example>",
      "LIGNE_DATE": "2026-11-02T09:00:00-05:00", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
      "HOME": folder.path,
    ]
    let run = { [folder] (words: [String]) in
      try Program.run(program, words, environment: environment, folder: folder.path).succeeded()
    }
    try Program.git("init", "-q", "--bare", "-b", "main", folder.path + "/team.git", in: folder.path)
    try run(["init", "ana", "--brand", "La Ravaude"])
    try run(["-C", "ana", "remote", folder.path + "/team.git"])
    try run(["-C", "ana", "sync"])
    let repository = try GitRepository.open(at: folder.path + "/ana")
    guard let head = try repository.reference("refs/heads/main") else { throw Missing() }
    base = head
    entries = try repository.tree(repository.commit(head).tree).entries
  }

  struct Missing: Error {}
}

extension Program.Result {
  fileprivate struct Failed: Error { var text: String }

  fileprivate func succeeded() throws {
    guard status == 0 else { throw Failed(text: errorText + text) }
  }
}
