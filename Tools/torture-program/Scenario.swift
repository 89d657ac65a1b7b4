import Foundation
import TestSupport

/// A command in a situation that gives it something to do.
struct Scenario: Sendable {
  var name: String
  /// What Ana types.
  var command: [String]
  /// Where calls are counted and spoiled.
  var side = Side.workspace
  /// Whether it may leave some of its documents written: each of them whole, and the rest when it is typed again.
  var mayStopHalfway = false
  /// Whether Ana has no workspace before, so that the next command can only be the same again.
  var beginsWithNothing = false
  /// Brings the founded team into the situation.
  var prepare: @Sendable (World) throws -> Void

  enum Side: String, Sendable {
    /// Ana's folder with its `.git`: what her computer does.
    case workspace = "ana"
    /// The team's address: what the host does.
    case address = "team.git"
  }

  var isSync: Bool { command.first == "sync" }
}

extension Scenario {
  static let all = [
    Scenario(name: "commit", command: ["commit", "-m", "What Ana did"]) { world in
      try world.ana.must("set", Post.first.path, "/body", "Ana's words.")
      // Not in canonical form: the commit has to write it back.
      let second = "\(world.ana.folder)/\(Post.second.path)"
      let text = try String(contentsOfFile: second, encoding: .utf8)
      try Data(text.replacing("{\n", with: "{\n\n\n", maxReplacements: 1).utf8).write(
        to: URL(filePath: second))
      try FileManager.default.removeItem(atPath: "\(world.ana.folder)/\(Post.third.path)")
      try world.ana.must("new", "post", "--title", "fifth", "--body", "A fifth post.")
    },
    // So much that it becomes a pack.
    Scenario(name: "commit-many", command: ["commit", "-m", "Notes"]) { world in
      let folder = URL(filePath: "\(world.ana.folder)/notes")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for number in 1...120 {
        try Data("Note \(number)\n".utf8).write(to: folder.appending(path: "\(number).txt"))
      }
    },
    Scenario(name: "sync-received", command: ["sync", "--json"]) { world in
      try leoShares(world, to: [.first, .second])
      try world.ana.must("set", Post.third.path, "/body", "Not committed.")
    },
    Scenario(name: "sync-joined", command: ["sync", "--json"]) { world in
      try leoShares(world, to: [.first, .second])
      try world.ana.must("set", Post.first.path, "/title", "Ana's title")
      try world.ana.must("commit", "-m", "A title")
      try world.ana.must("set", Post.second.path, "/title", "Not committed.")
    },
    Scenario(name: "sync-conflicting", command: ["sync", "--json"]) { world in
      try inConflict(world)
      try world.ana.must("set", Post.fourth.path, "/body", "Not committed.")
    },
    Scenario(name: "sync-at-host", command: ["sync", "--json"], side: .address) { world in
      try leoShares(world, to: [.first])
      try world.ana.must("set", Post.first.path, "/title", "Ana's title")
      try world.ana.must("commit", "-m", "A title")
    },
    Scenario(name: "resolve", command: ["resolve", Post.first.path, "/body", "--take", "1"]) { world in
      try inConflict(world)
      let answer = try world.ana.ligne(["sync"])
      guard answer.result.status == 2 else { throw TortureFailure("\(answer)") }
      try world.ana.must("set", Post.fourth.path, "/body", "Not committed.")
    },
    Scenario(name: "restore", command: ["restore", Post.first.path, "--to", "-1"]) { world in
      try world.ana.must("set", Post.first.path, "/body", "Ana's words.")
      try world.ana.must("commit", "-m", "Words")
      try world.ana.must("set", Post.first.path, "/title", "Not committed.")
      try world.ana.must("set", Post.fourth.path, "/body", "Not committed either.")
    },
    Scenario(
      name: "import", command: ["import", "csv", ".git/messages.csv", "--channel", "fb"], mayStopHalfway: true
    ) { world in
      try world.ana.must("channel", "add", "fb=facebook:laravaude")
      try world.ana.must("commit", "-m", "An account")
      // Where it is no file of the workspace.
      let rows = (1...5).map { "conv-\($0),Mireille,2026-11-20T10:0\($0):00-05:00,Question \($0)?" }
      let table = (["conversation,author,at,text"] + rows).joined(separator: "\n")
      try Data(table.utf8).write(to: URL(filePath: "\(world.ana.folder)/.git/messages.csv"))
      try world.ana.must("set", Post.fourth.path, "/body", "Not committed.")
    },
    Scenario(name: "clone", command: ["clone", "../team.git", "."], beginsWithNothing: true) { world in
      try FileManager.default.removeItem(atPath: world.ana.folder)
      try FileManager.default.createDirectory(atPath: world.ana.folder, withIntermediateDirectories: false)
    },
    Scenario(name: "set", command: ["set", Post.first.path, "/body", "Ana's words."]) { world in
      try world.ana.must("set", Post.fourth.path, "/body", "Not committed.")
    },
  ]

  private static func leoShares(_ world: World, to posts: [Post]) throws {
    for post in posts { try world.leo.must("set", post.path, "/body", "Leo's words.") }
    try world.leo.must("new", "post", "--title", "fifth", "--body", "A fifth post.")
    try FileManager.default.removeItem(atPath: "\(world.leo.folder)/\(Post.fourth.path)")
    try world.leo.must("commit", "-m", "What Leo did")
    try world.leo.must("sync")
  }

  private static func inConflict(_ world: World) throws {
    try world.leo.must("set", Post.first.path, "/body", "Leo's words.")
    try world.leo.must("commit", "-m", "What Leo did")
    try world.leo.must("sync")
    try world.ana.must("set", Post.first.path, "/body", "Ana's words.")
    try world.ana.must("commit", "-m", "What Ana did")
  }
}
