import Foundation
import Glibc
import ObjectModel
import TestSupport
import WorkingCopy

import struct SystemPackage.FilePath

/// A workspace's folder of its own, with `.git/ligne` in it, for one test.
struct Sandbox: Sendable {
  private let folder: TemporaryFolder
  private let otherDisk: OtherDisk?
  /// The workspace's folder.
  let root: URL
  let local: FilePath

  enum Disks {
    case one
    /// Where flushing costs nothing, if there is such a disk: for tests that only count steps.
    case inMemory
    /// Ligne's own folder is on another disk than the workspace.
    case two
  }

  init(_ files: [String: String] = [:], on disks: Disks = .one) throws {
    folder = try TemporaryFolder("working-copy")
    otherDisk = disks == .one || !OtherDisk.exists ? nil : try OtherDisk()
    let workspacePlace = disks == .inMemory ? otherDisk?.url ?? folder.url : folder.url
    root = workspacePlace.appending(path: "workspace")
    let git = disks == .two ? otherDisk?.url ?? root : root.appending(path: ".git")
    local = FilePath(git.path).appending("ligne")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: git, withIntermediateDirectories: true)
    for (path, text) in files { try write(text, to: path) }
  }

  var tree: WorkingTree { WorkingTree(root: FilePath(root.path), localFolder: local) }

  func tree(_ probe: DiskProbe) -> WorkingTree {
    WorkingTree(root: FilePath(root.path), localFolder: local, probe: probe)
  }

  func write(_ text: String, to path: String) throws {
    let file = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// The text of a file; `nil` if there is none.
  func text(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: root.appending(path: path).path) else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(at: root.appending(path: path)) }

  func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      at: root.appending(path: path), withIntermediateDirectories: true)
  }

  func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: root.appending(path: path).path, withDestinationPath: target)
  }

  /// Everything in the workspace but `.git`: files with their text, folders with a `/` at the end, links with `->`.
  var contents: [String: String] {
    var found: [String: String] = [:]
    let all = FileManager.default.subpaths(atPath: root.path) ?? []
    for path in all where path != ".git" && !path.hasPrefix(".git/") {
      let file = root.appending(path: path).path
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: file) {
        found[path] = "-> \(target)"
        continue
      }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue { found[path + "/"] = "" } else { found[path] = text(path) }
    }
    return found
  }

  /// The files among `contents`.
  var files: [String: String] { contents.filter { !$0.key.hasSuffix("/") } }

  /// What is still left in Ligne's own folder once nobody has any file of it open.
  ///
  /// Tests beside this one start programs. Between its fork and its start, each holds a copy of every open file of
  /// this process, which is indistinguishable from an editor; so whatever is left is looked at again.
  var leftForGood: [String] {
    get throws {
      for _ in 0..<500 {
        let left = leftovers
        if left == [] { return left }
        Thread.sleep(forTimeInterval: 0.01)
        guard try tree.unsettled() == [] else { break }
      }
      return leftovers
    }
  }

  /// What is left in Ligne's own folder of the exchanges of files.
  var leftovers: [String] {
    (FileManager.default.subpaths(atPath: local.appending("exchange").string) ?? []).sorted()
  }
}

// MARK: Plans

/// A file's content to be, with its mode.
struct Wanted: Hashable, Sendable, ExpressibleByStringLiteral {
  var text: String
  var mode = FileMode.file
  init(_ text: String, mode: FileMode = .file) {
    self.text = text
    self.mode = mode
  }
  init(stringLiteral text: String) { self.init(text) }
}

/// A plan in words: `old` is what is believed to stand there.
struct Step: Sendable {
  var path: String
  var old: String?
  var new: Wanted?
  init(_ path: String, _ old: String?, _ new: Wanted?) {
    self.path = path
    self.old = old
    self.new = new
  }
}

func path(_ text: String) -> WorkspacePath {
  do { return try WorkspacePath(text) } catch { fatalError("\(text): \(error)") }
}

func id(_ text: String) -> ObjectID { ObjectID(hashing: RawObject(kind: .blob, bytes: Array(text.utf8))) }

extension [Step] {
  var writes: [FileWrite] {
    map { step in
      FileWrite(
        path: path(step.path), expected: step.old.map { id($0) },
        new: step.new.map { TreeFile(mode: $0.mode, id: id($0.text)) })
    }
  }

  /// Hands out the new contents of the plan.
  var content: @Sendable (ObjectID) throws -> [UInt8] {
    let texts = compactMap(\.new?.text)
    let byID = Dictionary(texts.map { (id($0), [UInt8]($0.utf8)) }, uniquingKeysWith: { first, _ in first })
    return { id in
      guard let bytes = byID[id] else { throw ObjectStoreError.missing(id) }
      return bytes
    }
  }
}

extension WorkingTree {
  @discardableResult
  func apply(
    _ steps: [Step], beforeExchange: (WorkspacePath) -> Void = { _ in }
  ) throws -> ApplyReport {
    try apply(steps.writes, beforeExchange: beforeExchange, content: steps.content)
  }
}

// MARK: Reports in words

extension ApplyReport {
  /// `a.json: found mine`, `b.json: found nothing`
  var displacedInWords: [String] {
    displaced.map { displaced in
      let found = displaced.found.map { String(decoding: $0, as: UTF8.self) }
      return "\(displaced.path): found \(found ?? "nothing")"
    }
  }

  /// `a/b.json: link at a`
  var obstaclesInWords: [String] { obstacles.map { "\($0.path): \($0.kind) at \($0.standing)" } }
}

// MARK: Rights

/// Does something as a person without any rights on other people's files, if this is the superuser.
///
/// Only this thread changes its person: `setfsuid(2)`.
func withoutRights<Result>(_ body: () throws -> Result) rethrows -> Result {
  typealias Function = @convention(c) (uid_t) -> CInt
  guard geteuid() == 0, let symbol = dlsym(nil, "setfsuid") else { return try body() }
  let setfsuid = unsafeBitCast(symbol, to: Function.self)
  _ = setfsuid(65534)
  defer { _ = setfsuid(0) }
  return try body()
}

/// A folder on a second disk, for what can not be renamed across; it disappears with the value.
final class OtherDisk: Sendable {
  static let exists: Bool = {
    var (here, there) = (stat(), stat())
    return stat(FileManager.default.temporaryDirectory.path, &here) == 0 && stat("/dev/shm", &there) == 0
      && here.st_dev != there.st_dev && access("/dev/shm", W_OK) == 0
  }()

  let url = URL(filePath: "/dev/shm/ligne-\(UUID().uuidString.lowercased())")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false) }
  deinit { try? FileManager.default.removeItem(at: url) }
}
