import CommitJoin
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge

/// What becomes of the words that people wrote. No two events of a life write the same one.
extension World {
  /// Notes what stands in a folder, for somebody who looks into it between two events.
  func look(_ person: Person) {
    for (path, content) in person.computer.disk.files {
      person.seen.formUnion(contents.words(in: content))
      // Of whole files the record has the names, and commands say what they are.
      if path.documentOfRecord != nil {
        person.seen.formUnion(wordsOfCandidates(in: content.bytes, person.repository))
      }
    }
  }

  /// What was not committed is in the folder still, whatever came in.
  func checkCarried(_ event: Event, _ before: Before, _ result: CommandResult, _ person: Person) {
    // Who commits on the side has seen to it themselves; the other laws look after that.
    let committedMeanwhile =
      before.wasWrittenAside || event.meanwhile.contains { $0.kind == .commit && $0.by == event.by }
    guard event.kind.isExchange, !result.lostPower, !committedMeanwhile else { return }
    var uncommitted: Set<String> = []
    for (path, content) in before.disk.files where before.committed[path] != content.file.id {
      // What is open is computed anew from what meets.
      if path.documentOfRecord == nil { uncommitted.formUnion(contents.words(in: content)) }
    }
    if uncommitted.isEmpty { return }
    // Of a conflict the folder may show what others wrote, and the record of the version has it.
    for (path, id) in before.committed {
      uncommitted.subtract(words(thatCount: path, id, person.repository))
    }
    for (path, content) in person.computer.disk.files {
      if path.documentOfRecord != nil {
        uncommitted.subtract(wordsOfCandidates(in: content.bytes, person.repository))
      } else {
        uncommitted.subtract(contents.words(in: content))
      }
    }
    if !uncommitted.isEmpty {
      breach(
        .uncommittedIsCarried, "\(person.name): \(uncommitted.sorted().joined(separator: " "))")
    }
  }

  /// At the end, each word that a version held is in the newest one, or somebody took it out who had seen it.
  ///
  /// Who brings a word back after it was taken out has it, so only a removal that this version did not know of counts.
  func checkWords(behind head: ObjectID, of person: Person) {
    let store = person.repository
    var holders: [String: [ObjectID]] = [:]
    var removers: [String: [ObjectID]] = [:]
    let kept = words(inVersion: head, store)
    let history = ancestors(of: [head], in: store).sorted()
    for id in history {
      guard let commit = try? store.commit(id), !JointCommit.isClaimed(by: commit) || forgeries.contains(id)
      else { continue }
      let held = words(inVersion: id, store)
      let seen = commit.parents.reduce(into: Set<String>()) { $0.formUnion(words(inVersion: $1, store)) }
      // Where it is still to be decided whether a document or a field stays, or which of several files it is, nobody has brought
      // back what a deletion or one of the files took out.
      let sure = words(inVersion: id, beyondDoubt: true, store).union(held.subtracting(seen))
      for word in sure.subtracting(kept) { holders[word, default: []].append(id) }
      for word in seen.subtracting(held) { removers[word, default: []].append(id) }
    }
    holders = holders.filter { word, holders in
      holders.contains { ancestors(of: [$0], in: store).isSuperset(of: removers[word] ?? []) }
    }
    if holders.isEmpty { return }
    for word in holders.keys.sorted() {
      if let removers = removers[word],
        (holders[word] ?? []).allSatisfy({ holder in
          let knows = ancestors(of: [holder], in: store).isSuperset(of: removers)
          return !knows || isOnlyCarried(word, by: holder, store)
        })
      {
        note("word taken out, asked about again by a join, and answered by nobody")
      } else if (removers[word] ?? []).contains(where: { deletes(word, in: $0, backIn: head, store) }) {
        note("word gone with a deletion that was taken back")
      } else if isTakenOutBeforeADeletion(
        of: word, by: removers[word] ?? [], in: history, backIn: head, store)
      {
        note("word taken out before a deletion that was taken back")
      } else if isTakenOutOfEach(of: word, in: history, store) {
        note("word that stood twice, taken out of each place by itself")
      } else {
        breach(.noWordIsLost, "\(word) of \(holders[word] ?? []) was taken out by nobody")
      }
    }
  }

  /// Whether a version holds a word as part of a question that stood open before, and left open.
  ///
  /// Where somebody took the word out, and a join offers it again because another had left it, whoever goes on without an answer
  /// has not brought it back; another join may know better than to ask.
  private func isOnlyCarried(_ word: String, by version: ObjectID, _ store: SimulatedRepository) -> Bool {
    let parents = (try? store.commit(version))?.parents ?? []
    return ([version] + parents).allSatisfy { commit in
      (contents.files(of: commit, in: store) ?? [:]).contains { path, id in
        guard path.documentOfRecord != nil, let record = try? store.blob(id) else { return false }
        return wordsOfCandidates(in: record, store).contains(word)
      }
    }
  }

  /// Whether a version deleted a document that held a word, and a later one has the document all the same.
  ///
  /// What others wrote in the same field without having seen the word may stand alone there: told in ARCHITECTURE.md,
  /// "Known shortcomings".
  private func deletes(
    _ word: String, in commit: ObjectID, backIn head: ObjectID, _ store: SimulatedRepository
  ) -> Bool {
    let gone = documents(before: commit, with: word, store).subtracting(documents(in: commit, store))
    return !gone.isDisjoint(with: documents(in: head, store))
  }

  /// Whether somebody took a word out of a document, a later version deleted it, and a later one has it all the same.
  ///
  /// Where the deletion met another's version, that one was shown, with the word. Who says that it stays takes the deletion
  /// back, and does not bring back what was taken out before.
  private func isTakenOutBeforeADeletion(
    of word: String, by removers: [ObjectID], in history: [ObjectID], backIn head: ObjectID,
    _ store: SimulatedRepository
  ) -> Bool {
    let there = documents(in: head, store)
    return history.contains { commit in
      let deleted = documents(before: commit, store).subtracting(documents(in: commit, store))
        .intersection(there)
      if deleted.isEmpty { return false }
      let behind = ancestors(of: [commit], in: store)
      return removers.contains { remover in
        remover != commit && behind.contains(remover)
          && !documents(before: remover, with: word, store).intersection(documents(in: remover, store))
            .isDisjoint(with: deleted)
      }
    }
  }

  /// The ids of the documents of the versions that a version was made from.
  private func documents(
    before commit: ObjectID, with word: String? = nil, _ store: SimulatedRepository
  ) -> Set<JSONString> {
    ((try? store.commit(commit))?.parents ?? []).reduce(into: []) {
      $0.formUnion(documents(in: $1, with: word, store))
    }
  }

  /// The ids of the documents of a version.
  ///
  /// - Parameter word: Only of those that hold it.
  private func documents(
    in commit: ObjectID, with word: String? = nil, _ store: SimulatedRepository
  ) -> Set<JSONString> {
    let files = (contents.files(of: commit, in: store) ?? [:]).filter { path, blob in
      path.documentOfRecord == nil && (word.map { words(in: blob, store).contains($0) } ?? true)
    }
    return Set(files.values.compactMap { (try? JSONValue(parsing: store.blob($0)))?["id"]?.string })
  }

  /// Whether a word stood in two documents, and somebody's versions took it out of each while the other had it: of a
  /// document that was moved, its new place can be committed without the old one.
  private func isTakenOutOfEach(
    of word: String, in history: [ObjectID], _ store: SimulatedRepository
  ) -> Bool {
    func places(_ commit: ObjectID) -> [WorkspacePath: ObjectID] {
      (contents.files(of: commit, in: store) ?? [:])
        .filter { $0.key.documentOfRecord == nil && words(in: $0.value, store).contains(word) }
    }
    var left: [Set<WorkspacePath>: Set<WorkspacePath>] = [:]
    for commit in history {
      guard let version = try? store.commit(commit), let parent = version.parents.first,
        version.parents.count == 1
      else { continue }
      let (before, after) = (places(parent), places(commit))
      guard before.count == 2, after.count == 1, let rest = after.first else { continue }
      // The other one may have been moved by the same version.
      let same = before.keys.contains(rest.key) ? rest.key : before.first { $0.value == rest.value }?.key
      if let same { left[Set(before.keys), default: []].insert(same) }
    }
    return left.contains { $0.value == $0.key }
  }

  /// The words of a version: of its files, and of what may become of them.
  ///
  /// - Parameter beyondDoubt: Only those of files and fields of which nobody has asked whether they shall be deleted, and of
  ///   files of which nobody has asked which of several they are.
  private func words(
    inVersion commit: ObjectID, beyondDoubt: Bool = false, _ store: SimulatedRepository
  ) -> Set<String> {
    var all: Set<String> = []
    let files = contents.files(of: commit, in: store) ?? [:]
    let doubted = beyondDoubt ? files.compactMap { documentInDoubt(of: $0.key, $0.value, store) } : []
    var wordsInDoubt: Set<String> = []
    for (path, id) in files where !doubted.contains(path.documentOfRecord ?? path) {
      if path.documentOfRecord == nil {
        all.formUnion(words(in: id, store))
      } else if let document = path.documentOfRecord, let file = files[document],
        let bytes = try? store.blob(id)
      {
        // Whoever moves a document by hand leaves its record behind, which offers nothing any more.
        all.formUnion(wordsOfCandidates(in: bytes, store, of: (document, file)))
        for (_, conflict) in OpenConflicts(recordedIn: bytes).list
        where beyondDoubt && conflict.offersDeletion {
          for value in conflict.values { wordsInDoubt.formUnion(Self.words(in: value.canonicalBytes)) }
        }
      }
    }
    return all.subtracting(wordsInDoubt)
  }

  /// The document of a record that asks about it as a whole; `nil` of any other file.
  private func documentInDoubt(
    of record: WorkspacePath, _ blob: ObjectID, _ store: SimulatedRepository
  ) -> WorkspacePath? {
    guard let document = record.documentOfRecord, let bytes = try? store.blob(blob) else { return nil }
    let open = OpenConflicts(recordedIn: bytes)
    return open.isOfWholeFiles || open.here?.offersDeletion == true ? document : nil
  }

  /// The words of what a record offers. What there was before is in a record too, and is nothing anybody may choose.
  ///
  /// Of files that can't be read it offers the names of their bytes.
  ///
  /// - Parameter document: The document of the record, where its version counts: plain git leaves a record as it was, whatever
  ///   became of the document, and then only what is still open is offered.
  private func wordsOfCandidates(
    in record: [UInt8], _ store: SimulatedRepository,
    of document: (path: WorkspacePath, file: ObjectID)? = nil
  ) -> Set<String> {
    let record = ConflictRecord(recordedIn: record)
    var open = record.conflicts
    if let (path, file) = document, let bytes = try? store.blob(file) {
      open =
        DocumentState(
          FileContent(bytes, of: file, at: path), of: file, recorded: open, rule: .byShape
        ).conflicts
    }
    return open.list.flatMap { $0.conflict.values }.reduce(into: []) { all, value in
      if let id = ObjectID(hex: value.text ?? ""), let bytes = record.files[id] {
        all.formUnion(contents.words(in: bytes, of: id))
      } else if let id = ObjectID(hex: value.text ?? "") {
        all.formUnion(words(in: id, store))
      } else {
        all.formUnion(Self.words(in: value.canonicalBytes))
      }
    }
  }

  private func words(in blob: ObjectID, _ store: SimulatedRepository) -> Set<String> {
    contents.words(in: (try? store.blob(blob)) ?? [], of: blob)
  }

  /// The words of a document, or those that the record of its conflicts offers.
  func words(
    thatCount path: WorkspacePath, _ blob: ObjectID, _ store: SimulatedRepository
  ) -> Set<String> {
    guard path.documentOfRecord != nil, let bytes = try? store.blob(blob) else {
      return words(in: blob, store)
    }
    return wordsOfCandidates(in: bytes, store)
  }

  func isReadable(_ blob: ObjectID, _ store: SimulatedRepository) -> Bool {
    (try? JSONValue(parsing: store.blob(blob))) != nil
  }
}
