public import ObjectModel

/// Remembers what is asked of a store, and may have no room.
public final class WatchedStore: ObjectStore {
  private let store = InMemoryObjectStore()
  private let isFull: Bool
  /// How many objects were read.
  public var read = 0
  /// What was written, in its order.
  public var written: [ObjectKind] = []

  public init(isFull: Bool = false) { self.isFull = isFull }

  public func object(_ id: ObjectID) throws(ObjectStoreError) -> RawObject {
    read += 1
    return try store.object(id)
  }
  public func write(_ object: RawObject) throws(ObjectStoreError) -> ObjectID {
    if isFull { throw .failed(operation: "write", detail: "full") }
    written.append(object.kind)
    return store.write(object)
  }
  public func contains(_ id: ObjectID) -> Bool { store.contains(id) }
  public func reference(_ name: String) throws(ObjectStoreError) -> ObjectID? { try store.reference(name) }
  public func references(withPrefix prefix: String) throws(ObjectStoreError) -> [Reference] {
    try store.references(withPrefix: prefix)
  }
  public func moveReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(ObjectStoreError) {
    try store.moveReference(name, from: expected, to: new, reason: reason)
  }
}
