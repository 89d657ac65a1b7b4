public import ObjectModel

/// What is going to lie at an address: objects byte for byte as given, and references.
///
/// Nothing is checked on the way, neither by git nor by our own types: a tree may be unsorted, a commit may have no
/// author, a file may be missing.
public struct HostileDraft: Sendable {
  /// The team's newest version, which the hostile one comes after, and what it holds at the top.
  public let base: ObjectID
  public let baseEntries: [TreeEntry]
  /// Objects by id. The id is that of the bytes, unless a case lied about it.
  public private(set) var objects: [ObjectID: RawObject] = [:]
  /// Files of nothing but zeros, by id, with their number of bytes.
  public private(set) var zeros: [ObjectID: Int] = [:]
  /// Files of the repository as they are written, by their path in it: references, `config`, `packed-refs`.
  public private(set) var files: [String: [UInt8]] = [:]
  /// The commit the case is about, to be named by it; `nil` where there is none that could be read.
  public private(set) var hostile: ObjectID?

  /// The reference of the hostile device.
  public let device: String
  public static let main = "refs/heads/main"

  public init(base: ObjectID, holding entries: [TreeEntry], device: String) {
    (self.base, baseEntries, self.device) = (base, entries, device)
  }

  /// An entry of a tree: its mode as it is written, its name in bytes.
  public struct Entry: Sendable {
    public var mode: String
    public var name: [UInt8]
    public var id: ObjectID

    public init(_ mode: String, _ name: [UInt8], _ id: ObjectID) {
      (self.mode, self.name, self.id) = (mode, name, id)
    }

    public init(_ mode: String, _ name: String, _ id: ObjectID) { self.init(mode, Array(name.utf8), id) }
    public init(_ name: [UInt8], _ id: ObjectID) { self.init("100644", name, id) }
    public init(_ name: String, _ id: ObjectID) { self.init("100644", name, id) }

    var isFolder: Bool { mode.hasSuffix("40000") }
  }

  // MARK: - Objects

  @discardableResult
  public mutating func add(_ kind: ObjectKind, _ bytes: [UInt8]) -> ObjectID {
    let object = RawObject(kind: kind, bytes: bytes)
    let id = ObjectID(hashing: object)
    objects[id] = object
    return id
  }

  public mutating func blob(_ bytes: [UInt8]) -> ObjectID { add(.blob, bytes) }
  public mutating func blob(_ text: String) -> ObjectID { add(.blob, Array(text.utf8)) }

  /// Objects under an id that is not theirs.
  public mutating func add(_ kind: ObjectKind, _ bytes: [UInt8], calledFalsely id: ObjectID) {
    objects[id] = RawObject(kind: kind, bytes: bytes)
  }

  /// A file of zeros, which is never in memory: it is written where the repository is.
  public mutating func zeros(_ count: Int) -> ObjectID {
    let id = ObjectID(zeros: count)
    zeros[id] = count
    return id
  }

  public mutating func forget(_ id: ObjectID) { objects[id] = nil }

  /// A tree of these entries, in git's order.
  public mutating func tree(_ entries: [Entry]) -> ObjectID {
    tree(
      asGiven: entries.sorted { sortKey($0).lexicographicallyPrecedes(sortKey($1)) })
  }

  /// A tree of these entries, in this order.
  public mutating func tree(asGiven entries: [Entry]) -> ObjectID {
    var bytes: [UInt8] = []
    for entry in entries { bytes += Array("\(entry.mode) ".utf8) + entry.name + [0] + entry.id.bytes }
    return add(.tree, bytes)
  }

  /// The top folder of the team's version with these entries more, or in the place of those of their names.
  public func top(with entries: [Entry]) -> [Entry] {
    let known = baseEntries.map { Entry(String($0.mode.bits, radix: 8), $0.name, $0.id) }
    return known.filter { known in !entries.contains { $0.name == known.name } } + entries
  }

  public static let eve = "Eve Malou <eve@exemple.example> 1790000000 -0500"

  /// A commit on the team's version, unless other parents are given.
  @discardableResult
  public mutating func commit(
    _ tree: ObjectID, parents: [ObjectID]? = nil, author: String = HostileDraft.eve,
    committer: String = HostileDraft.eve, headers: String = "", message: [UInt8] = Array("travail\n".utf8)
  ) -> ObjectID {
    let parents = (parents ?? [base]).map { "parent \($0.hex)\n" }.joined()
    let head = "tree \(tree.hex)\n\(parents)author \(author)\ncommitter \(committer)\n\(headers)\n"
    return add(.commit, Array(head.utf8) + message)
  }

  // MARK: - References

  /// Lets a reference lead to an object, and notes it as what the case is about.
  public mutating func point(_ reference: String? = nil, to id: ObjectID) {
    files[reference ?? device] = Array("\(id.hex)\n".utf8)
    hostile = objects[id]?.kind == .commit ? id : nil
  }

  /// A file of the repository that is no reference, such as `config`.
  public mutating func write(_ text: String, to file: String) { files[file] = Array(text.utf8) }

  // MARK: - What most cases are

  /// A version that holds these entries at the top, shared by the hostile device.
  public mutating func share(_ entries: [Entry]) { point(to: commit(tree(top(with: entries)))) }

  /// A version that holds one file, at a path of ordinary names.
  public mutating func version(of bytes: [UInt8], at path: String) -> ObjectID {
    var entry = Entry(String(path.split(separator: "/").last ?? ""), blob(bytes))
    for folder in path.split(separator: "/").dropLast().reversed() {
      entry = Entry("40000", String(folder), tree([entry]))
    }
    return commit(tree(top(with: [entry])))
  }

  public mutating func share(_ bytes: [UInt8], at path: String) { point(to: version(of: bytes, at: path)) }
  public mutating func share(_ text: String, at path: String) { share(Array(text.utf8), at: path) }
}

/// Git's order: a folder sorts as if its name ended in a slash.
private func sortKey(_ entry: HostileDraft.Entry) -> [UInt8] {
  entry.name + (entry.isFolder ? [UInt8(ascii: "/")] : [])
}
