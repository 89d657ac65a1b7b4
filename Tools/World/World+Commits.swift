import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge

/// What a commit holds.
extension World {
  /// A commit takes what it was asked for, settles what a person settled, and takes out what a person took out.
  func checkCommit(_ event: Event, _ before: Before, _ result: CommandResult, _ person: Person) throws {
    guard let report = result.commit, !result.lostPower,
      let now = contents.files(of: report.commit, in: person.repository)
    else { return }
    let changed = Set(now.keys).union(before.committed.keys).filter { now[$0] != before.committed[$0] }
    let moves = moves(before, person)
    if let asked = result.asked {
      // A document that somebody moved is one change, whichever of its places was named.
      let places = moves.filter { $0.key == asked || $0.value == asked }.flatMap { [$0, $1] }
      let meant = Set([asked] + places + report.renamed)
      let others = changed.filter { !meant.contains($0.documentOfRecord ?? $0) }
      if !others.isEmpty {
        breach(
          .commitIsWhatWasAsked,
          "asked for \(asked), took \(others.sorted().map(\.text).joined(separator: ", "))")
      }
    }
    // Not where an editor may save in the moment of this command, or of the one it came in between of.
    if result.asked == nil, event.saved.isEmpty, person.commands.count == 1 {
      let stands = person.computer.disk.files.mapValues(\.file.id)
      let named = Set(report.left.map(\.path))
      let others = Set(stands.keys).union(now.keys).filter { path in
        let document = path.documentOfRecord ?? path
        if stands[path] == now[path] || named.contains(document) { return false }
        // A document is where it was as long as it is left where it went; damaged, it is known by its bytes or its name.
        let isLeftElsewhere =
          stands[document] == nil
          && named.contains {
            $0 == moves[document] || $0.name.lowercased().utf8.elementsEqual(document.name.lowercased().utf8)
              || stands[$0] == before.committed[document]
          }
        return !isLeftElsewhere
      }
      if !others.isEmpty {
        breach(
          .commitIsWhatWasAsked,
          "asked for everything, left \(others.sorted().map(\.text).joined(separator: ", "))")
      }
    }
    for path in changed where path.documentOfRecord != nil {
      // It goes along, also where the commit gave the document another name.
      let places = path.documentOfRecord.map { document in
        moves[document].map {
          [$0] + report.renamed.filter { isMoved(document, to: $0, before, now, person) }
        }
          ?? [document]
      }
      let record = try places?.lazy.compactMap { now[try $0.conflictRecord] }.first
      for pointer in try conflictsUntouched(at: path, before, record, person, moves) {
        breach(.commitIsWhatWasAsked, "\(path): nobody settled \(pointer)")
      }
    }
    var taken: Set<String> = []
    // Who deletes a file that a sync passed by deletes what came in as well, unseen; see "Known shortcomings".
    for (path, id) in before.committed
    where now[path] != nil && now[path] != id && isReadable(id, person.repository) {
      if path.documentOfRecord != nil, isByPlainGit(before) { continue }
      taken.formUnion(words(thatCount: path, id, person.repository))
    }
    for (path, id) in now { taken.subtract(words(thatCount: path, id, person.repository)) }
    taken.subtract(person.seen)
    if !taken.isEmpty {
      breach(
        .noWordIsLost,
        "\(person.name) committed the loss of \(taken.sorted().joined(separator: " ")), which never stood there"
      )
    }
  }

  /// Whether plain git made the version: then a record may be of a document that says something else already.
  private func isByPlainGit(_ before: Before) -> Bool { before.head.map(byGit.contains) == true }

  /// The open conflicts of a record that are gone, though the document says there what it said before.
  private func conflictsUntouched(
    at record: WorkspacePath, _ before: Before, _ now: ObjectID?, _ person: Person,
    _ moves: [WorkspacePath: WorkspacePath]
  ) throws -> [JSONPointer] {
    if isByPlainGit(before) { return [] }
    guard let path = record.documentOfRecord, let old = before.committed[record],
      before.disk.files[record]?.file.id == old, let committed = before.committed[path],
      let was = try? JSONValue(parsing: person.repository.blob(committed)),
      let stands = before.disk.files[moves[path] ?? path].flatMap({ try? JSONValue(parsing: $0.bytes) }),
      let open = (try? JSONValue(parsing: person.repository.blob(old))).flatMap(ConflictRecord.init)
    else { return [] }
    let left = now.flatMap { try? JSONValue(parsing: person.repository.blob($0)) }.flatMap(
      ConflictRecord.init)
    return open.conflicts.list.map(\.pointer).filter { pointer in
      guard case .key(let member)? = pointer.steps.first, was[member] == stands[member] else { return false }
      return left?.conflicts[pointer] == nil
    }
  }

  /// Where documents went in the folder that are not where the newest version has them, by the id inside, there or where others'
  /// work came beside it; of several with one id, the one that is called as before. One that asks something of its own stood there
  /// already.
  func moves(_ before: Before, _ person: Person) -> [WorkspacePath: WorkspacePath] {
    func isDocument(_ path: WorkspacePath) -> Bool { path.isJSON && path.documentOfRecord == nil }
    func name(_ path: WorkspacePath) -> [UInt8] { Array(path.name.lowercased().utf8) }
    let gone = before.committed.keys.filter { isDocument($0) && before.disk.files[$0] == nil }.sorted()
    if gone.isEmpty { return [:] }
    var arrivals: [JSONString: [WorkspacePath]] = [:]
    for (path, content) in before.disk.files.sorted(by: { $0.key < $1.key })
    where isDocument(path) && before.committed[path] == nil {
      if let record = try? path.conflictRecord, before.disk.files[record] != nil { continue }
      if let id = documentID(content.bytes) { arrivals[id, default: []].append(path) }
    }
    let carried =
      (try? person.repository.reference("refs/ligne/carried")).flatMap(\.self).flatMap {
        contents.files(of: $0, in: person.repository)
      } ?? [:]
    var moves: [WorkspacePath: WorkspacePath] = [:]
    for path in gone {
      guard let id = documentID(before.committed[path], person) else {
        // What nobody can read is known by its name.
        let taken = Set(moves.values)
        moves[path] = arrivals.values.joined().sorted().first {
          name($0) == name(path) && !taken.contains($0)
        }
        continue
      }
      let ids = [id, documentID(carried[path], person)].compactMap(\.self)
      guard let id = ids.first(where: { arrivals[$0] != nil }), let places = arrivals[id] else { continue }
      moves[path] = places.first { name($0) == name(path) } ?? places.first
      arrivals[id]?.removeAll { $0 == moves[path] }
    }
    return moves
  }

  /// Whether a document of the version before is this one of the version now.
  private func isMoved(
    _ document: WorkspacePath, to path: WorkspacePath, _ before: Before, _ now: [WorkspacePath: ObjectID],
    _ person: Person
  ) -> Bool {
    documentID(before.committed[document], person) == documentID(now[path], person)
  }

  private func documentID(_ file: ObjectID?, _ person: Person) -> JSONString? {
    file.flatMap { try? person.repository.blob($0) }.flatMap(documentID)
  }

  private func documentID(_ bytes: [UInt8]) -> JSONString? { (try? JSONValue(parsing: bytes))?["id"]?.string }
}
