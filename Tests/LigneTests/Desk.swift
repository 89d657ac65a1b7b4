import Foundation
import TestSupport

/// A person at a computer: a workspace in a folder, and the program as it is run from a shell.
final class Desk: Sendable {
  let folder: TemporaryFolder
  let path: String
  let author: String

  /// - Parameters:
  ///   - cloning: The address of a team to join; `nil` starts a workspace.
  ///   - wishes: More words for the workspace that is started.
  ///   - date: When; the usual day if `nil`.
  init(
    _ author: String = "Ana Côté <ana@ravaude.example>", in folder: TemporaryFolder? = nil,
    cloning: String? = nil, wishing wishes: [String] = [], at date: String? = nil
  ) throws {
    self.folder = try folder ?? TemporaryFolder()
    self.author = author
    path = self.folder.path + "/" + (author.split(separator: " ").first.map(String.init) ?? "espace")
    try FileManager.default.createDirectory(
      atPath: self.folder.path + "/vide", withIntermediateDirectories: true)
    let words = cloning.map { ["clone", $0, path] } ?? ["init", path, "--brand", "La Ravaude"] + wishes
    let answer = try run(
      words, language: "fr", at: self.folder.path, author: author, date.map { ["LIGNE_DATE": $0] } ?? [:])
    guard answer.status == 0 else { throw Trouble(text: answer.errorText) }
  }

  /// A person in a folder that is there already.
  init(_ author: String, in folder: TemporaryFolder, at path: String) throws {
    (self.folder, self.author, self.path) = (folder, author, path)
  }

  struct Trouble: Error { var text: String }

  func ligne(
    _ words: [String], in language: String = "fr", outside: Bool = false, anonymous: Bool = false,
    environment: [String: String] = [:]
  ) throws -> TestSupport.Program.Result {
    try run(
      words, language: language, at: outside ? folder.path + "/vide" : path, author: anonymous ? "" : author,
      environment)
  }

  private func run(
    _ words: [String], language: String, at folder: String, author: String,
    _ environment: [String: String] = [:]
  ) throws -> TestSupport.Program.Result {
    try TestSupport.Program.run(
      ExecutableTests.path, words,
      environment: [
        "LIGNE_LANG": language, "LIGNE_AUTHOR": author, "LIGNE_DATE": "2026-11-21T09:00:00-05:00",
        "NO_COLOR": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": self.folder.path,
        "PATH": URL(filePath: ExecutableTests.path).deletingLastPathComponent().path + ":"
          + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
      ].merging(environment) { _, own in own }, folder: folder, timeLimit: .seconds(60))
  }

  func git(_ words: String...) throws -> String {
    let tools = URL(filePath: ExecutableTests.path).deletingLastPathComponent().path
    return try TestSupport.Program.git(
      words, in: path,
      environment: ["PATH": tools + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")])
  }

  func read(_ file: String) throws -> String {
    try String(contentsOfFile: path + "/" + file, encoding: .utf8)
  }

  func write(_ text: String, to file: String) throws {
    let url = URL(filePath: path + "/" + file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Everything git knows of the workspace and everything in its folder.
  func fingerprint() throws -> String {
    try git("for-each-ref") + git("status", "--porcelain") + git("rev-parse", "HEAD")
      + git("config", "--list", "--local")
  }
}
