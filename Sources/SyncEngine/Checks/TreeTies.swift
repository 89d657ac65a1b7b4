import ConcurrentMap
import Documents
import EditorialChecks
import JSONTree
import ObjectModel
import ThreeWayMerge
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
  var asking: [Int] { found(TiesIndex.asking) { $0.ties.asksUntil != nil } }

  func ties(of place: Int) -> DocumentTies {
    record(at: place)?.ties ?? DocumentTies(id: "", kind: "", named: [], meetings: [], asksUntil: nil)
  }

  func places(of id: JSONString) -> [Int] { found(TiesIndex.key(of: id)) { $0.ties.id == id } }
  func places(naming id: JSONString) -> [Int] {
    found(TiesIndex.key(naming: id)) { $0.ties.named.contains(id) }
  }
  func decisions(naming id: JSONString) -> [Int] {
    found(TiesIndex.key(decidingAbout: id)) { $0.ties.isDecision && $0.ties.named.contains(id) }
  }
  func places(meeting number: UInt64) -> [Int] {
    found(TiesIndex.key(meeting: number)) { $0.ties.meetings.contains(number) }
  }
}

/// The documents that a difference between two trees touches, by path.
struct Touched {
  /// In the new tree and not, or otherwise, in the old one.
  var changed: Set<WorkspacePath>
  /// Whose texts may have to be said something new of.
  var texts: Set<WorkspacePath>
  /// Of which anything new may have to be said.
  var asked: Set<WorkspacePath>
}

extension Workspace {
  /// What the difference between two trees touches; `nil` where that may be every document, or can't be told.
  ///
  /// - Parameters:
  ///   - written: Documents of whose authors there may be others now, whether they differ or not.
  ///   - guarded: Every id that the settings and the team have or had.
  ///   - kinds: Of which a change touches every document.
  func touched(
    from old: ObjectID, to new: ObjectID, andWith written: Set<AuthorTable.Writing> = [],
    guarded: Set<JSONString>, countingForAll kinds: (JSONString) -> Bool = DocumentTies.isOfFew
  ) throws -> Touched? {
    let schemas = try objects.folder(named: "schemas", in: new)
    guard try objects.folder(named: "schemas", in: old) == schemas else { return nil }
    // The newer one last: its index is the one that stays.
    guard let before = try ties(of: old, schemas: schemas), let after = try ties(of: new, schemas: schemas)
    else { return nil }
    // The last are those whose words are as they were.
    var paths: (changed: Set<WorkspacePath>, gone: Set<WorkspacePath>, others: Set<WorkspacePath>) = (
      [], [], []
    )
    for change in try objects.difference(from: old, to: new) {
      if let document = change.path.documentOfRecord {
        // Something is to be settled in it, or is no more.
        paths.others.insert(document)
      } else if change.path.isDocument, try !saysTheSame(change, schemas: schemas) {
        if change.new == nil { paths.gone.insert(change.path) } else { paths.changed.insert(change.path) }
      }
      // What is said of a picture is said of another one now, or it is open which.
      let file = DocumentTies.number(of: change.path.documentOfRecord ?? change.path)
      for ties in [before, after] {
        paths.others.formUnion(ties.places(meeting: file).compactMap { ties.record(at: $0)?.path })
      }
    }
    let asked = paths.changed.union(paths.gone).union(paths.others).union(written.map(\.path))
    func places(in ties: TreeTies) -> Set<Int> {
      Set(asked.compactMap(ties.place(of:)) + written.compactMap(\.id).flatMap(ties.places(of:)))
    }
    let places = (before: places(in: before), after: places(in: after))
    guard
      let touched = TouchedDocuments(
        places, before: before, after: after, guarded: guarded, countingForAll: kinds)
    else { return nil }
    func documents(_ places: Set<Int>, _ ties: TreeTies) -> Set<WorkspacePath> {
      Set(places.compactMap { ties.record(at: $0)?.path })
    }
    let texts = documents(touched.texts, after).union(paths.changed)
    let all = texts.union(documents(touched.after, after)).union(documents(touched.before, before))
    return before.isBroken || after.isBroken
      ? nil : Touched(changed: paths.changed, texts: texts, asked: all)
  }

  /// The posts of a tree that show pictures, by the files of these.
  func posts(showing files: [WorkspacePath], in tree: ObjectID) throws -> Set<WorkspacePath> {
    guard let ties = try ties(of: tree, schemas: objects.folder(named: "schemas", in: tree)) else {
      return []
    }
    let records = files.flatMap { ties.places(meeting: DocumentTies.number(of: $0)) }
    let shown = records.flatMap { ties.places(naming: ties.ties(of: $0).id) }
    let posts = shown.filter { ties.ties(of: $0).kind == Post.kind }.compactMap { ties.record(at: $0)?.path }
    return ties.isBroken ? [] : Set(posts)
  }

  /// Whether a file has other bytes, or another mode, and as a document says what it said.
  private func saysTheSame(_ change: PathChange, schemas: ObjectID?) throws -> Bool {
    guard let old = change.old, let new = change.new,
      case .success(let before) = try document(at: change.path, old.id, schemas: schemas),
      case .success(let after) = try document(at: change.path, new.id, schemas: schemas)
    else { return false }
    return before.value == after.value
  }

  /// What the documents of a tree are tied to; `nil` where that can't be told of one of them.
  ///
  /// - Parameter schemas: The folder of that tree.
  func ties(of tree: ObjectID, schemas: ObjectID?) throws -> TreeTies? {
    var memory = TiesMemory(try files.local.recall(TiesMemory.name))
    func known() -> TiesIndex? { documentMemory.ties.flatMap { $0.schemas == schemas ? $0 : nil } }
    if known() == nil { documentMemory.ties = try storedTies() }
    let stored = known()
    if let stored, try objects.contains(stored.tree) {
      let changes = try objects.difference(from: stored.tree, to: tree).filter {
        $0.path.isDocument && !$0.path.isSchema
      }
      if changes.count <= Self.mostBesideIndex {
        var gone: Set<Int> = []
        for change in changes {
          for place in stored.places(TiesIndex.key(path: change.path)) {
            if stored.record(at: place)?.path ?? change.path == change.path { gone.insert(place) }
          }
        }
        let brought = changes.compactMap { change in change.new.map { (change.path, $0.id) } }
        guard let new = try records(of: brought, schemas: schemas, &memory) else { return nil }
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
    var unknown: [(path: WorkspacePath, id: ObjectID)] = []
    for (path, file) in try objects.files(in: tree) where path.isDocument && !path.isSchema {
      if let ties = known[file.id] {
        records.append(TiesIndex.Record(path: path, file: file.id, ties: ties))
      } else {
        unknown.append((path, file.id))
      }
    }
    guard let new = try self.records(of: unknown, schemas: schemas, &memory) else { return nil }
    records += new
    let index = TiesIndex(tree: tree, schemas: schemas, records)
    documentMemory.ties = index
    // A few documents are read again as quickly as this is.
    if records.count > 20 { try files.local.remember(TiesIndex.name, index.encoded) }
    return TreeTies(index, gone: [], new: [])
  }

  /// Of so many documents an index need not know yet; more of them, and it is made again.
  private static let mostBesideIndex = 200

  /// Keeps what the documents of a new version are tied to, where whoever asks next would have to read too many of them again.
  ///
  /// - Parameter ties: By the bytes of the documents, of those that the version changed.
  func remember(_ ties: [ObjectID: DocumentTies], of tree: ObjectID) {
    guard ties.count > Self.mostBesideIndex else { return }
    do {
      let schemas = try objects.folder(named: "schemas", in: tree)
      var memory = TiesMemory(nil)
      for (file, ties) in ties { memory.remember(ties, of: file) }
      let known = if let ties = documentMemory.ties { ties } else { try storedTies() }
      _ = try newTies(of: tree, schemas: schemas, known.flatMap { $0.schemas == schemas ? $0 : nil }, &memory)
    } catch {
      // The version is made. Whoever asks finds it out anew, and is told what is wrong.
    }
  }

  private func storedTies() throws -> TiesIndex? { TiesIndex(try files.local.recall(TiesIndex.name)) }

  /// What documents are tied to, without those that can't be read.
  ///
  /// - Returns: `nil` where there is one of which nothing can be told.
  private func records(
    of files: [(path: WorkspacePath, id: ObjectID)], schemas: ObjectID?, _ memory: inout TiesMemory
  ) throws -> [TiesIndex.Record]? {
    var records: [TiesIndex.Record] = []
    // What is checked at once is needed soon; of more than that only the ties stay in memory.
    let remembering = files.count <= Self.portionToCheck
    for portion in files.portions(of: Self.portionToCheck) {
      let unknown = portion.filter { memory.ties(of: $0.id) == nil }
      for (file, document) in zip(unknown, try documents(unknown, schemas: schemas, remembering: remembering))
      {
        guard case .success(let document) = document else { continue }
        guard let ties = DocumentTies(of: document) else { return nil }
        memory.remember(ties, of: file.id)
      }
      records += portion.compactMap { file in
        memory.ties(of: file.id).map { TiesIndex.Record(path: file.path, file: file.id, ties: $0) }
      }
    }
    return records
  }
}
