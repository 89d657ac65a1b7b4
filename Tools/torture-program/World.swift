import Foundation
import JSONTree
import TestSupport

/// Two people and their team's address, below one folder that can be copied.
struct World: Sendable {
  var folder: String
  var program: String

  var address: String { "\(folder)/team.git" }
  var ana: Person { Person(name: "Ana", folder: "\(folder)/ana", program: program) }
  var leo: Person { Person(name: "Leo", folder: "\(folder)/leo", program: program) }

  /// A copy of everything. Addresses are relative, so each copy is a team of its own.
  func copy(to other: String) throws -> World {
    let copied = try Program.run("cp", ["-a", "--reflink=auto", folder, other])
    guard copied.status == 0 else { throw TortureFailure("cp: \(copied.errorText)") }
    return World(folder: other, program: program)
  }

  func remove() throws { try FileManager.default.removeItem(atPath: folder) }

  /// A team of two with four posts, everything shared.
  static func founded(in folder: String, program: String) throws -> World {
    let world = World(folder: folder, program: program)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Program.git("init", "-q", "--bare", "-b", "main", "team.git", in: folder)
    try world.ana.must("init", "ana", "--brand", "Torture", in: folder)
    for post in Post.allCases {
      let made = try world.ana.must(
        "new", "post", "--title", post.rawValue, "--body", "The first words of \(post.rawValue).", "--json")
      guard let path = made.json?["path"]?.text else { throw TortureFailure("\(made)") }
      // Names that do not depend on chance.
      try FileManager.default.moveItem(
        atPath: "\(world.ana.folder)/\(path)", toPath: "\(world.ana.folder)/\(post.path)")
    }
    try world.ana.must("commit", "-m", "Four posts")
    try world.ana.must("remote", "../team.git")
    try world.ana.must("sync")
    try world.leo.must("clone", world.address, "leo", in: folder)
    // Ligne writes down whole paths; these have to mean the copy's own address.
    for person in [world.ana, world.leo] {
      try Program.git("config", "remote.origin.url", "../team.git", in: person.folder)
    }
    return world
  }
}

/// The posts of the team.
enum Post: String, CaseIterable {
  case first, second, third, fourth

  var path: String { "posts/\(rawValue).json" }
}
