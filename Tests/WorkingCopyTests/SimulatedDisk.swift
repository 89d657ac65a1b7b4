import Foundation
import TestSupport
import WorkingCopy

/// A disk as it may be found after a power cut: everything that was flushed, and any part of the rest.
///
/// It follows the steps of ``DiskProbe`` without taking them. A change of names is one indivisible change, as on
/// every journalling file system, however many folders it touches; it is sure to survive once one of these folders
/// was flushed. Content is sure to survive once the file was flushed; before, any beginning of it may be there.
///
/// Source: T. S. Pillai and others, "All File Systems Are Not Created Equal", OSDI 2014, for what may be lost.
struct SimulatedDisk {
  typealias Node = Int

  /// What may be lost of the changes that were not flushed.
  enum Loss: String, CaseIterable, Sendable {
    /// All those after some moment, as on ext4, XFS and Btrfs.
    case fromSomeMomentOn
    /// Any of them, which no file system we know of does, but none promises not to do. Only a folder that is gone
    /// was empty, whatever the file system.
    case any
  }

  private struct Change {
    var entries: [(folder: Node, name: String, node: Node?)]
    /// The folder that was removed, if one was.
    var emptied: Node?
    var isDurable = false
  }

  private struct Content {
    var now: [UInt8] = []
    var durable: [UInt8] = []
    var isDurable = true
  }

  private var changes: [Change] = []
  /// The names now, and as they were at the start.
  private var folders: [Node: [String: Node]] = [0: [:]]
  private var atStart: [Node: [String: Node]] = [:]
  private var files: [Node: Content] = [:]
  private var next = 1
  private let root: String

  /// - Parameter folder: A real folder; all that is in it counts as flushed.
  init(startingAs folder: URL) throws {
    root = folder.path
    for path in (FileManager.default.subpaths(atPath: root) ?? []).sorted() {
      let parts = path.split(separator: "/").map(String.init)
      guard let above = node(parts.dropLast()) else { continue }
      let file = folder.appending(path: path).path
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
      let new = make(isFolder: isFolder.boolValue)
      if !isFolder.boolValue {
        let bytes = [UInt8](FileManager.default.contents(atPath: file) ?? Data())
        files[new] = Content(now: bytes, durable: bytes)
      }
      folders[above]?[parts[parts.count - 1]] = new
    }
    atStart = folders
  }
}

// MARK: Following

extension SimulatedDisk {
  /// Takes a step, if a real disk would have.
  mutating func take(_ step: DiskStep) {
    switch step {
    case .create(let path):
      guard let (folder, name, node) = look(path), node == nil else { return }
      let new = make(isFolder: false)
      files[new] = Content()
      change([(folder, name, new)])
    case .write(let path, let bytes):
      guard let node = look(path)?.node else { return }
      files[node]?.now += bytes
      files[node]?.isDurable = false
    case .flush(let path):
      guard let node = look(path)?.node, let now = files[node]?.now else { return }
      files[node] = Content(now: now, durable: now)
    case .rename(let old, let new):
      guard let from = look(old), let to = look(new), let node = from.node else { return }
      change([(from.folder, from.name, nil), (to.folder, to.name, node)])
    case .renameToFreeName(let old, let new):
      guard let from = look(old), let to = look(new), let node = from.node, to.node == nil else { return }
      change([(from.folder, from.name, nil), (to.folder, to.name, node)])
    case .exchange(let one, let other):
      guard let from = look(one), let to = look(other), from.node != nil, to.node != nil else { return }
      change([(from.folder, from.name, to.node), (to.folder, to.name, from.node)])
    case .link(let old, let new):
      guard let node = look(old)?.node, let to = look(new), to.node == nil else { return }
      change([(to.folder, to.name, node)])
    case .remove(let path):
      guard let found = look(path), found.node != nil else { return }
      change([(found.folder, found.name, nil)])
    case .makeFolder(let path):
      guard let (folder, name, node) = look(path), node == nil else { return }
      change([(folder, name, make(isFolder: true))])
    case .removeFolder(let path):
      guard let found = look(path), let node = found.node, folders[node]?.isEmpty == true else { return }
      change([(found.folder, found.name, nil)])
      changes[changes.count - 1].emptied = node
    case .flushFolder(let path):
      guard let node = self.node(parts(of: path)) else { return }
      for place in changes.indices where changes[place].entries.contains(where: { $0.folder == node }) {
        changes[place].isDurable = true
      }
    }
  }

  private mutating func change(_ entries: [(folder: Node, name: String, node: Node?)]) {
    for (folder, name, node) in entries { folders[folder]?[name] = node }
    changes.append(Change(entries: entries))
  }

  private mutating func make(isFolder: Bool) -> Node {
    defer { next += 1 }
    if isFolder { folders[next] = [:] }
    return next
  }

  private func parts(of path: ShownPath) -> [String] {
    let text = String(decoding: path.bytes, as: UTF8.self)
    precondition(text == root || text.hasPrefix(root + "/"), "\(text) is outside \(root)")
    return text.dropFirst(root.count).split(separator: "/").map(String.init)
  }

  private func node(_ parts: some Sequence<String>) -> Node? {
    parts.reduce(Node?.some(0)) { folder, name in folder.flatMap { folders[$0]?[name] } }
  }

  private func look(_ path: ShownPath) -> (folder: Node, name: String, node: Node?)? {
    let parts = parts(of: path)
    guard let name = parts.last, let folder = node(parts.dropLast()) else { return nil }
    return (folder, name, folders[folder]?[name])
  }
}

// MARK: The power goes

extension SimulatedDisk {
  /// How many changes of names a power cut could undo now.
  var undecided: Int { changes.count { !$0.isDurable } }

  /// Lays out a state the disk may be found in.
  ///
  /// - Parameter kept: With `.fromSomeMomentOn`, how many of the undecided changes survive; else each survives by
  ///   chance.
  func layOut(in folder: URL, losing loss: Loss, kept: Int, _ random: inout SeededRandom) throws {
    var names = atStart
    for node in folders.keys where names[node] == nil { names[node] = [:] }
    var left = kept
    var touchedByLost: Set<Node> = []
    for change in changes {
      var survives = change.isDurable
      if !survives, loss == .any { survives = random.chance(1, in: 2) }
      if !survives, loss == .fromSomeMomentOn, left > 0 {
        survives = true
        left -= 1
      }
      guard survives, change.emptied.map({ !touchedByLost.contains($0) }) ?? true else {
        touchedByLost.formUnion(change.entries.map(\.folder))
        continue
      }
      for (folder, name, node) in change.entries { names[folder]?[name] = node }
    }
    try lay(out: 0, names, in: folder, &random)
  }

  private func lay(
    out node: Node, _ names: [Node: [String: Node]], in folder: URL, _ random: inout SeededRandom
  ) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, child) in (names[node] ?? [:]).sorted(by: { $0.key < $1.key }) {
      let place = folder.appending(path: name)
      if let content = files[child] {
        let length = [0, content.now.count / 2, content.now.count][Int(random.next() % 3)]
        try Data(content.isDurable ? content.durable : Array(content.now[..<length])).write(to: place)
      } else {
        try lay(out: child, names, in: place, &random)
      }
    }
  }
}
