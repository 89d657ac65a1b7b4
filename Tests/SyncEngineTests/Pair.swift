import Foundation
import GitStore
import JSONTree
import ObjectModel
import SyncEngine
import TestSupport

/// A team address and people with a folder each, all on this disk.
final class Pair {
  let folder: TemporaryFolder
  var people: [String: Workspace] = [:]
  private var clock: Int64 = 1_790_000_000
  private var random = SeededRandom(seed: 1)

  var address: String { folder.path + "/team.git" }

  init(_ names: [String] = ["ana", "leo"], files: [(String, JSONValue)] = Pair.sample) async throws {
    folder = try TemporaryFolder()
    _ = try GitRepository.create(at: address, kind: .bare)
    let first = try Workspace.create(
      at: path(of: names[0]), files: files.map { (try WorkspacePath($0.0), $0.1.canonicalForm) },
      message: "Premier espace", by: attribution(names[0])
    ).workspace
    try first.setAddress(address)
    people[names[0]] = first
    _ = try await sync(names[0])
    for name in names.dropFirst() {
      people[name] = try await Workspace.clone(
        RemoteAddress(address), into: path(of: name), by: attribution(name),
        transport: { GitTransport(gitFolder: $0) }
      ).workspace
    }
  }

  static let sample: [(String, JSONValue)] = [
    ("ligne.json", ["kind": "workspace", "id": "ligne", "formatVersion": 1, "mergeRulesVersion": 1]),
    ("posts/marche.json", post(title: "Marché", at: "9 h")),
  ]

  /// A post that its schema accepts, with one field the schema does not know.
  static func post(title: String, at: String, id: String = "01m6pp5qb0wb7d3mnfvs9552f1") -> JSONValue {
    [
      "kind": "post", "id": JSONValue(id), "title": JSONValue(title), "at": JSONValue(at), "state": "draft",
      "createdAt": "2026-11-03T09:00:00-05:00", "createdBy": "ana",
    ]
  }

  func path(of name: String) -> String { folder.path + "/" + name }

  func attribution(_ name: String) -> Attribution {
    clock += 60
    return Attribution(name: name, email: "\(name)@exemple.example", time: clock, offsetMinutes: -300)
  }

  func workspace(_ name: String) throws -> Workspace {
    // Opened anew, as every command does.
    let opened = try Workspace(containing: path(of: name))
    people[name] = opened
    return opened
  }

  func sync(_ name: String, _ options: SyncOptions = SyncOptions()) async throws -> SyncReport {
    let workspace = try workspace(name)
    return try await workspace.sync(
      options, over: GitTransport(gitFolder: workspace.gitFolder), by: attribution(name),
      random: &random)
  }

  /// Writes a file as an editor would.
  func save(_ name: String, _ file: String, _ value: JSONValue) throws {
    try save(name, file, String(decoding: value.canonicalForm, as: UTF8.self))
  }

  func save(_ name: String, _ file: String, _ text: String) throws {
    let url = URL(filePath: path(of: name) + "/" + file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func text(_ name: String, _ file: String) throws -> String {
    try String(contentsOfFile: path(of: name) + "/" + file, encoding: .utf8)
  }

  func exists(_ name: String, _ file: String) -> Bool {
    FileManager.default.fileExists(atPath: path(of: name) + "/" + file)
  }

  func read(_ name: String, _ file: String) throws -> JSONValue {
    try JSONValue(parsing: Array(text(name, file).utf8))
  }

  /// Changes one document in a person's folder and commits it.
  func change(
    _ name: String, _ pointer: JSONPointer, _ value: JSONValue?, in file: String = "posts/marche.json"
  ) throws {
    var document = try read(name, file)
    if let value { try document.set(value, at: pointer) } else { _ = try document.remove(at: pointer) }
    try save(name, file, document)
    try commit(name)
  }

  @discardableResult
  func commit(_ name: String, _ message: String = "travail") throws -> CommitReport {
    try workspace(name).commit(nil, message: message, by: attribution(name))
  }

  @discardableResult
  func git(_ name: String, _ arguments: String...) throws -> String {
    try Program.git(arguments, in: name == "team.git" ? address : path(of: name))
  }
}
