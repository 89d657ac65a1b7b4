/// An object store in memory, for tests and for the simulator. It behaves as a repository on disk does.
///
/// Not `Sendable`, like the repository it stands for: one store per task.
public final class InMemoryObjectStore: ObjectStore {
  private var objects: [ObjectID: RawObject] = [:]
  /// By the bytes of their names: to `String`, two names can be equal that are two to git.
  private var references: [[UInt8]: Target] = [:]

  private enum Target {
    case object(ObjectID)
    case reference(String)
  }

  /// An empty store whose `HEAD` is the branch `main`, as in a new repository.
  public init() {
    references[Array("HEAD".utf8)] = .reference("refs/heads/main")
  }

  public var objectCount: Int { objects.count }

  public func object(_ id: ObjectID) throws(ObjectStoreError) -> RawObject {
    guard let object = objects[id] else { throw .missing(id) }
    return object
  }

  public func contains(_ id: ObjectID) -> Bool { objects[id] != nil }

  public func header(of id: ObjectID) -> ObjectHeader? {
    objects[id].map { ObjectHeader(kind: $0.kind, size: $0.bytes.count) }
  }

  public func write(_ object: RawObject) -> ObjectID {
    let id = ObjectID(hashing: object)
    objects[id] = object
    return id
  }

  /// Takes an object away, as damage would: what depends on it must cope.
  public func lose(_ id: ObjectID) { objects[id] = nil }

  public func reference(_ name: String) throws(ObjectStoreError) -> ObjectID? {
    if case .object(let id) = references[try resolved(name)] { id } else { nil }
  }

  public func references(withPrefix prefix: String) throws(ObjectStoreError) -> [Reference] {
    var found: [Reference] = []
    for name in references.keys.sorted(by: { $0.lexicographicallyPrecedes($1) })
    where name.starts(with: Array(prefix.utf8)) && name.starts(with: Array("refs/".utf8)) {
      let text = String(decoding: name, as: UTF8.self)
      if let id = try reference(text) { found.append(Reference(name: text, id: id)) }
    }
    return found
  }

  public func moveReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(ObjectStoreError) {
    try checkReferenceName(name)
    let place = try resolved(name)
    let found = try reference(name)
    guard found == expected else { throw .referenceMoved(name: name, found: found) }
    guard let new else {
      references[place] = nil
      return
    }
    guard contains(new) else { throw .missing(new) }
    if expected == nil, let other = references.keys.first(where: { inTheWay($0, of: place) }) {
      throw .failed(
        operation: "move the reference \(name)",
        detail: "\(String(decoding: other, as: UTF8.self)) is in the way")
    }
    references[place] = .object(new)
  }

  /// Makes a reference the name of another reference, as `HEAD` is of a branch.
  public func setSymbolicReference(_ name: String, to target: String) throws(ObjectStoreError) {
    try checkReferenceName(name)
    try checkReferenceName(target)
    references[Array(name.utf8)] = .reference(target)
  }

  /// The name at the end of symbolic references.
  private func resolved(_ name: String) throws(ObjectStoreError) -> [UInt8] {
    var place = Array(name.utf8)
    for _ in 0..<5 {  // As many as git follows.
      guard case .reference(let target) = references[place] else { return place }
      place = Array(target.utf8)
    }
    throw .failed(operation: "read the reference \(name)", detail: "it names itself")
  }

  /// `refs/heads/a` and `refs/heads/a/b` would be a file and a folder of one name.
  private func inTheWay(_ other: [UInt8], of name: [UInt8]) -> Bool {
    other != name && (other.starts(with: name + [slash]) || name.starts(with: other + [slash]))
  }
}
