import Documents
import EditorialChecks
import JSONTree
import ObjectModel
import WorkingCopy

/// What the documents of one tree are tied to: those of the tree for which an index was made, less what differs from it,
/// and what is new.
final class TreeTies: TiedDocuments {
  private let index: TiesIndex
  /// The places in the index of documents that are not in this tree, or are there with other bytes.
  private let gone: Set<Int>
  private let new: [TiesIndex.Record]
  private var read: [Int: TiesIndex.Record] = [:]
  /// Whether something in the index did not hold together; then nothing that was looked up counts.
  private(set) var isBroken = false

  init(_ index: TiesIndex, gone: Set<Int>, new: [TiesIndex.Record]) {
    (self.index, self.gone, self.new) = (index, gone, new)
  }

  /// Places of new ones come after those of the index, wherever that ends.
  private static let firstNew = 1 << 32

  func record(at place: Int) -> TiesIndex.Record? {
    if place >= Self.firstNew { return new[place - Self.firstNew] }
    if let record = read[place] { return record }
    guard let record = index.record(at: place) else {
      isBroken = true
      return nil
    }
    read[place] = record
    return record
  }

  func place(of path: WorkspacePath) -> Int? {
    found(TiesIndex.key(path: path)) { $0.path == path }.first
  }

  private func found(_ key: UInt64, where isMeant: (TiesIndex.Record) -> Bool) -> [Int] {
    let old = index.places(key).filter { !gone.contains($0) && record(at: $0).map(isMeant) ?? false }
    return old + new.indices.filter { isMeant(new[$0]) }.map { Self.firstNew + $0 }
  }

  var few: [Int] { found(TiesIndex.few) { $0.ties.isOfFew } }

  func ties(of place: Int) -> DocumentTies {
    record(at: place)?.ties ?? DocumentTies(id: "", kind: "", named: [], meetings: [])
  }

  func places(of id: JSONString) -> [Int] { found(TiesIndex.key(of: id)) { $0.ties.id == id } }
  func places(naming id: JSONString) -> [Int] {
    found(TiesIndex.key(naming: id)) { $0.ties.named.contains(id) }
  }
  func places(meeting number: UInt64) -> [Int] {
    found(TiesIndex.key(meeting: number)) { $0.ties.meetings.contains(number) }
  }
}

extension Workspace {
  /// What the documents of a tree are tied to; `nil` where that can't be told of one of them.
  ///
  /// - Parameter schemas: The folder of that tree.
  func ties(of tree: ObjectID, schemas: ObjectID?) throws -> TreeTies? {
    var memory = TiesMemory(try files.local.recall(TiesMemory.name))
    let stored = TiesIndex(try files.local.recall(TiesIndex.name)).flatMap {
      $0.schemas == schemas ? $0 : nil
    }
    if let stored, try objects.contains(stored.tree) {
      let changes = try objects.difference(from: stored.tree, to: tree).filter {
        $0.path.isDocument && !$0.path.isSchema
      }
      if changes.count <= Self.mostBesideIndex {
        var gone: Set<Int> = []
        var new: [TiesIndex.Record] = []
        for change in changes {
          for place in stored.places(TiesIndex.key(path: change.path)) {
            if stored.record(at: place)?.path ?? change.path == change.path { gone.insert(place) }
          }
          guard let file = change.new else { continue }
          guard let ties = try ties(of: file.id, at: change.path, schemas: schemas, &memory) else { continue }
          guard let ties else { return nil }
          new.append(TiesIndex.Record(path: change.path, file: file.id, ties: ties))
        }
        if memory.isWorthWriting { try files.local.remember(TiesMemory.name, memory.bytes) }
        return TreeTies(stored, gone: gone, new: new)
      }
    }
    return try newTies(of: tree, schemas: schemas, stored, &memory)
  }

  /// The same, from every document; what is known of the bytes of a file stays.
  func newTies(
    of tree: ObjectID, schemas: ObjectID?, _ stored: TiesIndex?, _ memory: inout TiesMemory
  ) throws -> TreeTies? {
    var known: [ObjectID: DocumentTies] = [:]
    for record in stored?.records ?? [] { known[record.file] = record.ties }
    var records: [TiesIndex.Record] = []
    for (path, file) in try objects.files(in: tree) where path.isDocument && !path.isSchema {
      if let ties = known[file.id] {
        records.append(TiesIndex.Record(path: path, file: file.id, ties: ties))
        continue
      }
      guard let ties = try ties(of: file.id, at: path, schemas: schemas, &memory) else { continue }
      guard let ties else { return nil }
      records.append(TiesIndex.Record(path: path, file: file.id, ties: ties))
    }
    let index = TiesIndex(tree: tree, schemas: schemas, records)
    // A few documents are read again as quickly as this is.
    if records.count > 20 { try files.local.remember(TiesIndex.name, index.encoded) }
    return TreeTies(index, gone: [], new: [])
  }

  /// Of so many documents an index need not know yet; more of them, and it is made again.
  private static let mostBesideIndex = 200

  /// - Returns: `nil` for a document that can't be read; nothing inside for one of which nothing can be told.
  private func ties(
    of file: ObjectID, at path: WorkspacePath, schemas: ObjectID?, _ memory: inout TiesMemory
  ) throws -> DocumentTies?? {
    if let known = memory.ties(of: file) { return known }
    guard case .success(let document) = try document(at: path, file, schemas: schemas) else { return nil }
    guard let ties = DocumentTies(of: document) else { return .some(nil) }
    memory.remember(ties, of: file)
    return ties
  }
}
