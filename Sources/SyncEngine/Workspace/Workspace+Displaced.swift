import GitStore
import JSONTree
import ObjectModel
import ThreeWayMerge
import WorkingCopy

/// An editor saved a file in the moment it was exchanged: its text and ours are merged, neither is covered.
extension Workspace {
  /// What has to be written so that what was found in the place of files is in the folder again, merged with what
  /// stands there now.
  ///
  /// A copy of each is kept first. What can't be read is not merged: where nobody has touched the file since, it goes
  /// back into its place and remembers what it was based on, as in a sync; else only the copy has it.
  ///
  /// - Parameters:
  ///   - displaced: In any order, also several of one path.
  ///   - plan: The writes that displaced them, for what the records of conflicts were before.
  func writes(
    merging displaced: [DisplacedFile], after plan: [FileWrite], head: ObjectID?
  ) throws -> [FileWrite] {
    var writes: [WorkspacePath: FileWrite] = [:]
    func standing(_ path: WorkspacePath) throws -> TreeFile? {
      if let write = writes[path] { return write.new }
      guard let reading = try files.read(path) else { return nil }
      return TreeFile(mode: reading.mode, id: try objects.write(blob: reading.bytes))
    }
    func set(_ path: WorkspacePath, to file: TreeFile?) throws {
      let expected =
        try writes[path].map { $0.expected } ?? files.read(path).map { ObjectID(blob: $0.bytes) }
      writes[path] = FileWrite(path: path, expected: expected, new: file)
    }

    let places = try recordPlaces(ofAny: displaced.map(\.path), under: head)
    // A record says nothing without its document: where both were saved, the two are merged together.
    var records = displaced.filter { $0.path.documentOfRecord != nil }
    for file in displaced.filter({ $0.path.documentOfRecord == nil }) + records {
      let path = file.path
      if path.documentOfRecord != nil, !records.contains(file) { continue }
      // One that may not be read stays where it is kept.
      if file.found == nil, file.keptAt != nil { continue }
      let theirs = try standing(path)
      let ours = try file.found.map {
        TreeFile(mode: theirs?.mode ?? file.new?.mode ?? .file, id: try objects.write(blob: $0))
      }
      if ours?.id == theirs?.id { continue }
      if let ours { try keepCopy(of: ours, at: path, savedAt: file.savedAt, head: head) }
      let base = try file.expected.flatMap { try objects.contains($0) ? $0 : nil }
      if let document = places.document(of: path) {
        guard let stands = try standing(document) else {
          try set(path, to: ours)
          continue
        }
        let merged = try mergeFile(
          at: document,
          Versions(
            base: RecordedFile(file: stands, record: base.map { TreeFile(id: $0) }),
            ours: RecordedFile(file: stands, record: ours),
            theirs: RecordedFile(file: stands, record: theirs)),
          head: head)
        if merged.record != theirs { try set(path, to: merged.record) }
        if merged.file != stands { try set(document, to: merged.file) }
        continue
      }

      guard try isMergeable(path, ours), try isMergeable(path, theirs) else {
        guard let ours, let base, theirs?.id == file.new?.id else { continue }
        try setBase(base, of: path)
        try set(path, to: ours)
        continue
      }
      let common = try base.flatMap { try baseToMerge($0, of: path, ours: ours, theirs: theirs) }
      let record = places[path]
      let recordNow = try record.flatMap(standing)
      var recordBefore = recordNow
      if let write = plan.first(where: { $0.path == record }) {
        recordBefore = try write.expected.flatMap { try objects.contains($0) ? TreeFile(id: $0) : nil }
      }
      var recordFound = recordBefore
      if let place = records.firstIndex(where: { $0.path == record && ($0.found != nil || $0.keptAt == nil) })
      {
        let saved = records.remove(at: place)
        recordBefore = try saved.expected.flatMap { try objects.contains($0) ? TreeFile(id: $0) : nil }
        recordFound = try saved.found.map { TreeFile(id: try objects.write(blob: $0)) }
        if let recordFound {
          try keepCopy(of: recordFound, at: saved.path, savedAt: saved.savedAt, head: head)
        }
      }
      let merged = try mergeFile(
        at: path,
        Versions(
          base: RecordedFile(file: common, record: recordBefore),
          ours: RecordedFile(file: ours, record: recordFound),
          theirs: RecordedFile(file: theirs, record: recordNow)),
        head: head)
      try set(path, to: merged.file)
      if let record, merged.record != recordNow { try set(record, to: merged.record) }
    }
    return writes.values.sorted { $0.path < $1.path }
  }

  /// Whether a merge can look inside a file; one that does not exist is no obstacle.
  func isMergeable(_ path: WorkspacePath, _ file: TreeFile?) throws -> Bool {
    guard let file else { return true }
    let bytes = try objects.blob(file.id)
    if path.isDocument { return (try? JSONValue(parsing: bytes)) != nil }
    return !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }

  /// Keeps a copy of one file under the name of whoever works here, as of the moment it was saved.
  private func keepCopy(
    of file: TreeFile, at path: WorkspacePath, savedAt: FileTime?, head: ObjectID?
  ) throws {
    let tree = try objects.tree(applying: [(path, file)], to: try self.tree(of: head))
    // A committed text needs no copy.
    if try tree == self.tree(of: head) { return }
    let person = try repository.userIdentity() ?? (name: "Ligne", email: "ligne@invalid")
    try keepCopy(
      of: tree, on: head, before: .exchange,
      by: Attribution(
        name: person.name, email: person.email, time: max(0, savedAt?.seconds ?? 0), offsetMinutes: 0))
  }
}
