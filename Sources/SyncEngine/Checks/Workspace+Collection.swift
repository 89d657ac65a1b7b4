import ConcurrentMap
public import Documents
import EditorialChecks
public import ObjectModel
import ThreeWayMerge
import WorkingCopy

extension Workspace {
  /// Every document of a version that can be read, and what is wrong with those that can't; both by path.
  ///
  /// A document whose schema objects to some field of it is read: the rest of it still says something.
  public func collection(
    ofTree tree: ObjectID?
  ) throws -> (documents: DocumentCollection, left: [CommitReport.LeftOut]) {
    guard let tree else { return (DocumentCollection([]), []) }
    let schemas = try objects.folder(named: "schemas", in: tree)
    var documents: [Document] = []
    var left: [CommitReport.LeftOut] = []
    let files = try objects.files(in: tree).filter { $0.path.isDocument && !$0.path.isSchema }
    for (file, document) in zip(
      files, try self.documents(files.map { ($0.path, $0.file.id) }, schemas: schemas, mostlyInFolder: true))
    {
      switch document {
      case .success(let document): documents.append(document)
      case .failure(let problem): left.append(CommitReport.LeftOut(path: file.path, problem: problem))
      }
    }
    return (try collection(of: documents, in: tree), left.sorted { $0.path < $1.path })
  }

  /// Documents of a version, with the bytes of the pictures of which they say something.
  func collection(of documents: [Document], in tree: ObjectID) throws -> DocumentCollection {
    let named = DocumentCollection.filesNamed(by: documents)
    var files: [WorkspacePath: ObjectID] = [:]
    if named.count > Self.mostLookedUp {
      for (path, file) in try objects.files(in: tree) where named.contains(path) { files[path] = file.id }
    } else {
      for path in named { files[path] = try objects.file(at: path, in: tree)?.id }
    }
    return DocumentCollection(documents, files: files)
  }

  /// More files than these are looked for by listing all there are.
  private static let mostLookedUp = 32

  /// The documents of a version that a check of some of them has to read.
  ///
  /// What each is tied to is remembered by the id of its file, so that the cost follows what is checked and not what
  /// there is. Where a rule compares texts with all others, and where that can't be told, it is every document.
  ///
  /// - Parameter head: The version by whose history it is told whose yes counts.
  /// - Returns: Those documents, and what is wrong with the ones of `paths` that can't be read.
  func collection(
    ofTree tree: ObjectID, toCheck paths: Set<WorkspacePath>, judgedAt head: ObjectID?
  ) throws -> (documents: DocumentCollection, left: [CommitReport.LeftOut]) {
    let schemas = try objects.folder(named: "schemas", in: tree)
    let found = try needed(ofTree: tree, schemas: schemas, toCheck: paths, judgedAt: head)
    if let found, !comparesTexts(in: found.documents) { return found }
    let (documents, left) = try collection(ofTree: tree)
    return (documents, left.filter { paths.contains($0.path) })
  }

  /// - Returns: `nil` where it can't be told which documents are needed.
  func needed(
    ofTree tree: ObjectID, schemas: ObjectID?, toCheck paths: Set<WorkspacePath>, judgedAt head: ObjectID?
  ) throws -> (documents: DocumentCollection, left: [CommitReport.LeftOut])? {
    var ties = try self.ties(of: tree, schemas: schemas)
    let guarded = try head.map(guardedIDs(at:)) ?? []
    for _ in 0..<2 {
      guard let known = ties else { return nil }
      var left: [CommitReport.LeftOut] = []
      var asked: Set<Int> = []
      for path in paths.sorted() where path.isDocument && !path.isSchema {
        if let place = known.place(of: path) {
          asked.insert(place)
        } else if let file = try objects.file(at: path, in: tree),
          case .failure(let problem) = try document(at: path, file.id, schemas: schemas)
        {
          left.append(CommitReport.LeftOut(path: path, problem: problem))
        }
      }
      var needed: [Document] = []
      let records = documentsNeeded(toCheck: asked, among: known, guarded: guarded)
        .compactMap(known.record)
      for (record, document) in zip(
        records, try documents(records.map { ($0.path, $0.file) }, schemas: schemas))
      {
        switch document {
        case .success(let document): needed.append(document)
        case .failure(let problem):
          // What was remembered when another schema described its kind.
          if paths.contains(record.path) {
            left.append(CommitReport.LeftOut(path: record.path, problem: problem))
          }
        }
      }
      if !known.isBroken {
        return (try collection(of: needed, in: tree), left.sorted { $0.path < $1.path })
      }
      var memory = TiesMemory(nil)
      ties = try newTies(of: tree, schemas: schemas, nil, &memory)
    }
    return nil
  }

  func document(
    at path: WorkspacePath, _ file: ObjectID, schemas folder: ObjectID?
  ) throws -> Result<Document, DocumentProblem> {
    try documents([(path, file)], schemas: folder)[0]
  }

  /// Documents by path and file, in their order; those not read yet are read on all processors.
  ///
  /// - Parameters:
  ///   - remembering: Whether this command will ask for them again.
  ///   - mostlyInFolder: Whether nearly all of them stand in the folder as they are asked for.
  func documents(
    _ files: [(path: WorkspacePath, id: ObjectID)], schemas folder: ObjectID?, remembering: Bool = true,
    mostlyInFolder: Bool = false
  ) throws -> [Result<Document, DocumentProblem>] {
    let schemas = try rulebook.schemas(in: folder)
    var documents = files.map { documentMemory.document(at: $0.path, $0.id, schemas: folder) }
    // A portion at a time: the bytes of all are as many as the workspace has.
    for places in documents.indices.filter({ documents[$0] == nil }).portions(of: 512) {
      let sources = try places.map { place in
        let (path, id) = files[place]
        return (path: path, bytes: try (mostlyInFolder ? bytesOfFolder(path, id) : nil) ?? objects.blob(id))
      }
      let read = sources.concurrentMap(portion: 16) { path, bytes in
        Document.recognize(path, bytes, schemas: schemas)
      }
      for (place, document) in zip(places, read) {
        documents[place] = document
        if remembering {
          documentMemory.remember(document, at: files[place].path, files[place].id, schemas: folder)
        }
      }
    }
    return documents.compactMap(\.self)
  }

  /// The bytes of a file that stands in the folder just so: read there they need not be unpacked.
  ///
  /// - Returns: `nil` for any other, and where the folder can’t be read: git has it too.
  private func bytesOfFolder(_ path: WorkspacePath, _ id: ObjectID) -> [UInt8]? {
    guard let bytes = try? files.read(path)?.bytes, ObjectID(blob: bytes) == id else { return nil }
    return bytes
  }

  /// What the folder says: what stands in it, and what counts of the newest version where the folder says nothing.
  func treeToRead(_ state: LocalState) throws -> ObjectID { try treeToRead(state, standIns(in: state)) }

  func treeToRead(_ state: LocalState, _ standIns: StandIns) throws -> ObjectID {
    let tree = try folderTree(state)
    if standIns.files.isEmpty { return tree }
    return try objects.tree(applying: standIns.files.map { ($0.path, $0.file) }, to: tree)
  }

  /// What stands in the folder, as a tree: the newest version with everything uncommitted on top, and what is open in a
  /// document beside it.
  func folderTree(_ state: LocalState) throws -> ObjectID {
    let tree = try objects.tree(
      applying: state.changes.map { ($0.path, try stored($0.path, $0.new)) }, to: state.headTree)
    return try objects.tree(applying: edits(bringingAlong: recordPlaces(in: state), in: state), to: tree)
  }
}
