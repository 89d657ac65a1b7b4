import ObjectModel

/// Remembers what is asked of a store, and may have no room.
final class WatchedStore: ObjectStore {
  private let store = InMemoryObjectStore()
  private let isFull: Bool
  /// How many objects were read.
  var read = 0
  /// What was written, in its order.
  var written: [ObjectKind] = []

  init(isFull: Bool = false) { self.isFull = isFull }

  func object(_ id: ObjectID) throws(ObjectStoreError) -> RawObject {
    read += 1
    return try store.object(id)
  }
  func write(_ object: RawObject) throws(ObjectStoreError) -> ObjectID {
    if isFull { throw .failed(operation: "write", detail: "full") }
    written.append(object.kind)
    return store.write(object)
  }
  func contains(_ id: ObjectID) -> Bool { store.contains(id) }
  func reference(_ name: String) throws(ObjectStoreError) -> ObjectID? { try store.reference(name) }
  func references(withPrefix prefix: String) throws(ObjectStoreError) -> [Reference] {
    try store.references(withPrefix: prefix)
  }
  func moveReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(ObjectStoreError) {
    try store.moveReference(name, from: expected, to: new, reason: reason)
  }
}
