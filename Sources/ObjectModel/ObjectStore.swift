/// The four kinds of object git stores; Ligne reads and writes the first three.
public enum ObjectKind: String, Sendable {
  case blob, tree, commit, tag
}

/// An object as git hashes it: its kind and its content, without git's own header.
public struct RawObject: Hashable, Sendable {
  public var kind: ObjectKind
  public var bytes: [UInt8]

  public init(kind: ObjectKind, bytes: [UInt8]) {
    self.kind = kind
    self.bytes = bytes
  }
}

/// What an object is, before reading it.
public struct ObjectHeader: Hashable, Sendable {
  public var kind: ObjectKind
  /// Bytes of content.
  public var size: Int

  public init(kind: ObjectKind, size: Int) {
    self.kind = kind
    self.size = size
  }
}

/// A place that keeps git objects and references.
///
/// Everything above works on this protocol, so that the join and the history can run over memory in tests and in
/// the simulator. An object, once written, is never changed or removed through it.
public protocol ObjectStore {
  /// The object of this id.
  func object(_ id: ObjectID) throws(ObjectStoreError) -> RawObject

  func contains(_ id: ObjectID) throws(ObjectStoreError) -> Bool

  /// Kind and size of an object, without its content where the store can tell them apart; `nil` if it is missing.
  func header(of id: ObjectID) throws(ObjectStoreError) -> ObjectHeader?

  /// Stores an object and returns its id. Written twice, it is stored once.
  ///
  /// When it returns, the object can be read back, also after a power cut.
  func write(_ object: RawObject) throws(ObjectStoreError) -> ObjectID

  /// Stores several objects: what one of them refers to comes before it, or was there already.
  ///
  /// When it returns, all can be read back, also after a power cut. If it throws, some may be there, and none without what
  /// it refers to.
  func write(_ objects: [RawObject]) throws(ObjectStoreError)

  /// The object a reference points at; `nil` if there is no such reference. Symbolic references are followed.
  func reference(_ name: String) throws(ObjectStoreError) -> ObjectID?

  /// All references whose full name begins with `prefix`, sorted by the bytes of their names.
  func references(withPrefix prefix: String) throws(ObjectStoreError) -> [Reference]

  /// Moves a reference, if it still is where the caller saw it (compare and swap).
  ///
  /// - Parameters:
  ///   - expected: What the caller saw; `nil` for "it does not exist".
  ///   - new: Where it shall point; `nil` deletes it.
  ///   - reason: One line for the log of the reference.
  /// - Throws: `.referenceMoved` if somebody else moved it meanwhile.
  func moveReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID?, reason: String
  ) throws(ObjectStoreError)
}
