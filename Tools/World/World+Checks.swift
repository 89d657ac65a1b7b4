import GitStore
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

/// What a command said it did.
struct CommandResult {
  var error: (any Error)?
  var report: SyncReport?
  var commit: CommitReport?
  /// The one document that was to be committed.
  var asked: WorkspacePath?
  var networkFailed = false
  var lostPower = false
}

/// A computer before a command, and what editors did there since.
final class Before {
  var disk: Disk
  let head: ObjectID?
  /// What its newest version held.
  let committed: [WorkspacePath: ObjectID]
  /// Whether its newest version holds what not every computer can.
  let hadCollision: Bool
  /// The names at the address.
  let names: [Reference]
  /// Whether the same person wrote and committed in another window since.
  var wasWrittenAside = false

  init(_ person: World.Person, _ world: World) {
    disk = person.computer.disk
    head = person.head
    committed = head.flatMap { world.contents.files(of: $0, in: person.repository) } ?? [:]
    hadCollision = world.hasCollision(person)
    names = (try? world.address(of: person).store.references(withPrefix: "refs/")) ?? []
  }
}

extension Before {
  /// Whether a sync left a file as it was, and remembers what it was based on.
  func wasPassedBy(_ path: WorkspacePath) -> Bool {
    let name = "refs/ligne/bases/" + ObjectID(blob: Array(path.text.utf8)).hex
    return disk.references[Array(name.utf8)] != nil
  }
}

/// The files and the names of a disk, to be compared.
struct Fingerprint: Equatable {
  let files: [WorkspacePath: TreeContent]
  let references: [[UInt8]: ObjectID]

  init(_ disk: Disk) {
    files = disk.files
    references = disk.references
  }
}

/// What commits hold, looked up once.
struct ContentMemory {
  private var known: [ObjectID: [WorkspacePath: ObjectID]] = [:]
  private var words: [ObjectID: Set<String>] = [:]
  private var parents: [ObjectID: [ObjectID]] = [:]

  /// What a commit was made from; nothing where a store does not have it.
  mutating func parents(of commit: ObjectID, in store: some ObjectStore) -> [ObjectID] {
    if (try? store.contains(commit)) != true { return [] }
    if let known = parents[commit] { return known }
    guard let found = try? store.commit(commit).parents else { return [] }
    parents[commit] = found
    return found
  }

  mutating func files(of commit: ObjectID, in store: some ObjectStore) -> [WorkspacePath: ObjectID]? {
    if let known = known[commit] { return known }
    guard let tree = try? store.commit(commit).tree, let files = try? store.files(in: tree) else {
      return nil
    }
    let found = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.file.id) })
    known[commit] = found
    return found
  }

  /// The words of the simulation in a file.
  mutating func words(in content: TreeContent) -> Set<String> {
    words(in: content.bytes, of: content.file.id)
  }

  mutating func words(in bytes: @autoclosure () -> [UInt8], of id: ObjectID) -> Set<String> {
    if let known = words[id] { return known }
    let found = World.words(in: bytes())
    words[id] = found
    return found
  }
}

extension World {
  /// A command may fail for a reason that was there: the network, the power, a refusal that it is documented to make.
  func checkError(_ event: Event, _ before: Before, _ result: CommandResult, _ person: Person) {
    guard let error = result.error else { return }
    if result.lostPower || result.networkFailed { return }
    let code = (error as? any ExplainedError)?.code ?? "unexplained"
    note("refusal \(code)")
    let isExpected =
      switch event.kind {
      case .commit, .commitOne: ["nothing-to-commit", "unreadable-document"].contains(code)
      case .resolve: ["no-conflict", "unknown-candidate", "candidate-not-here"].contains(code)
      case .restore: ["not-in-version", "broken-json"].contains(code)
      case .sync, .receive, .rehearse:
        (code == "unrelated-repository" && isStrange(address(of: person)))
          || (code == "unshareable-file" && hasCollision(person))
      default: false
      }
    if !isExpected { breach(.neverBlocked, "\(event.kind.rawValue) of \(person.name): \(code): \(error)") }
    // The head may have moved for what came in before the trouble; files of a person's may not.
    // A commit that finds nothing new still writes a document as every program writes it, takes away the record of a
    // conflict that the document has settled, gives folders that some computers take for one a single name, and brings a
    // file that was passed by, and is as it was then, to what others made of it.
    let (now, former) = (person.computer.disk.files, before.disk.files)
    let (seen, formerlySeen) = (byLook(now), byLook(former))
    let changed = Set(now.keys).union(former.keys).filter { path in
      if path.documentOfRecord != nil { return false }
      if before.wasPassedBy(path), now[path]?.file.id == before.committed[path] { return false }
      guard let new = now[path] ?? seen[look(of: path)],
        let old = former[path] ?? formerlySeen[look(of: path)]
      else { return true }
      return new != old && (try? JSONValue(parsing: old.bytes))?.canonicalForm != new.bytes
    }
    if event.saved.isEmpty, event.meanwhile.isEmpty, !event.kind.isExchange, !changed.isEmpty {
      breach(
        .failureChangesNothing,
        "\(event.kind.rawValue) failed and changed \(changed.sorted().map(\.text).joined(separator: ", "))")
    }
  }

  /// Files by what computers see of their paths that ignore case and Unicode form.
  private func byLook(_ files: [WorkspacePath: TreeContent]) -> [[LookAlikeName]: TreeContent] {
    Dictionary(files.sorted { $0.key < $1.key }.map { (look(of: $0.key), $0.value) }) { first, _ in first }
  }

  private func look(of path: WorkspacePath) -> [LookAlikeName] {
    path.components.map { LookAlikeName($0.utf8) }
  }

  /// Whether the address holds a `main` of other people.
  private func isStrange(_ address: Address) -> Bool {
    let store = address.store
    guard let main = try? store.reference("refs/heads/main") else { return false }
    return !ancestors(of: [main], in: store).contains(start)
  }

  /// Whether a folder holds two names that some computers take for one.
  func hasCollision(_ person: Person) -> Bool {
    guard let head = person.head, let tree = try? person.repository.commit(head).tree else { return false }
    return (try? person.repository.refusals(in: tree, notIn: nil).isEmpty) == false
  }

  // MARK: - Files

  func checkFiles(_ event: Event, _ before: Before, _ result: CommandResult, _ person: Person) {
    let disk = person.computer.disk
    if event.kind == .rehearse, event.meanwhile.isEmpty, event.otherWindow == nil, event.saved.isEmpty,
      disk.files != before.disk.files || person.head != before.head
    {
      breach(.failureChangesNothing, "a rehearsal changed something")
    }
    let names = (try? address(of: person).store.references(withPrefix: "refs/")) ?? []
    if event.kind == .rehearse || event.kind == .receive, event.meanwhile.isEmpty, names != before.names {
      breach(
        .failureChangesNothing, "\(event.kind.rawValue) of \(person.name) changed what the address holds")
    }
    for (path, content) in disk.files {
      let id = content.file.id
      if !person.saved.contains(id), before.disk.files[path] == nil, disk.objects[id] == nil,
        path.documentOfRecord == nil
      {
        breach(.noStrayFile, "\(path): nobody made it, and no version holds it")
      }
      if path.name.hasSuffix(".json"), before.disk.files[path] != content, !person.saved.contains(id),
        (try? JSONValue(parsing: content.bytes)) == nil, !wasCommittedUnreadable(id)
      {
        breach(.alwaysReadable, "\(path) can't be read, and no editor wrote it")
      }
    }
    var reachable: Set<ObjectID>?
    for (path, old) in before.disk.files where disk.files[path] != old {
      if before.committed[path] == old.file.id { continue }
      // Whoever deletes a document deletes with it what is open in it.
      if let document = path.documentOfRecord, before.disk.files[document] == nil,
        moves(before, person)[document] == nil
      {
        continue
      }
      let kept = reachable ?? reachableContents(person)
      reachable = kept
      if kept.contains(old.file.id) { continue }
      // Written as every program writes it, merged, or under another name: then every word of it is there.
      var lost = Self.words(in: old.bytes)
      for content in disk.files.values where !lost.isEmpty { lost.subtract(Self.words(in: content.bytes)) }
      for id in kept where !lost.isEmpty { lost.subtract(Self.words(in: disk.objects[id]?.bytes ?? [])) }
      if !lost.isEmpty {
        breach(
          .nothingUncommittedIsLost, "\(path) of \(person.name): \(lost.sorted().joined(separator: " "))")
      }
    }
  }

  /// The words of the simulation in some bytes.
  static func words(in bytes: [UInt8]) -> Set<String> {
    var found: Set<String> = []
    var word: [UInt8] = []
    for byte in bytes + [0] {
      if (0x30...0x39).contains(byte) || byte == 0x77 || byte == 0x78 { word.append(byte) } else { word = [] }
      if byte == 0x78 {
        if word.count > 2, word.first == 0x77 { found.insert(String(decoding: word, as: UTF8.self)) }
        word = []
      }
    }
    return found
  }

  /// Whether somebody committed exactly these bytes with plain git, or planted them.
  private func wasCommittedUnreadable(_ id: ObjectID) -> Bool {
    people.contains { $0.saved.contains(id) } || planted.contains(id)
  }

  /// The contents that a name of this computer keeps.
  private func reachableContents(_ person: Person) -> Set<ObjectID> {
    var all: Set<ObjectID> = []
    let own = person.computer.disk.references.filter {
      !$0.key.starts(with: Array("refs/ligne/incoming/".utf8))
    }
    for id in own.values where person.computer.disk.objects[id]?.kind == .blob { all.insert(id) }
    for commit in ancestors(of: own.values.sorted(), in: person.repository) {
      if let files = contents.files(of: commit, in: person.repository) { all.formUnion(files.values) }
    }
    return all
  }

  // MARK: - History

  func checkHistory(_ event: Event, _ before: Before, _ result: CommandResult, _ person: Person) {
    if let old = before.head {
      // A joint commit of one's own can give way to the team's: what people made is in both.
      let now = person.head.map { ancestors(of: [$0], in: person.repository) } ?? []
      let gone = ancestors(of: [old], in: person.repository).subtracting(now).filter(made.contains)
      if !gone.isEmpty { breach(.movesForward, "\(person.name) had \(gone.sorted()), which are gone") }
    }
    if event.kind.makesNoChange, event.saved.isEmpty, event.meanwhile.isEmpty,
      before.disk.files.mapValues(\.file.id) == before.committed, let head = person.head,
      let held = contents.files(of: head, in: person.repository),
      person.computer.disk.files.mapValues(\.file.id) != held
    {
      let files = person.computer.disk.files.mapValues(\.file.id)
      let wrong = Set(files.keys).union(held.keys).filter { files[$0] != held[$0] }.sorted()
      breach(.noPhantomChange, "\(event.kind.rawValue): \(wrong.map(\.text).joined(separator: ", "))")
    }
    if person.computer.disk.small["journal"] != nil {
      breach(.crashIsHarmless, "the intent of a command that ended is still there")
    }
    if result.error == nil || result.lostPower, let head = person.head,
      let held = contents.files(of: head, in: person.repository)
    {
      let index = person.computer.disk.index.mapValues(\.id)
      if index != held {
        let wrong = Set(index.keys).union(held.keys).filter { index[$0] != held[$0] }.sorted()
        breach(.indexIsTrue, "\(event.kind.rawValue): \(wrong.map(\.text).joined(separator: ", "))")
      }
    }
    if let head = person.head, head != before.head {
      let history = ancestors(of: [head], in: person.repository)
      if !history.isDisjoint(with: hostile.keys) {
        breach(.nothingForbidden, "\(event.kind.rawValue) of \(person.name) took in what a stranger made")
      }
      if !before.hadCollision, hasCollision(person), result.error == nil {
        breach(.nothingForbidden, "\(event.kind.rawValue) of \(person.name) made two names that are one")
      }
    }
    let names = person.computer.disk.references.count
    if names > 40 + 4 * life.events.count { breach(.bounded, "\(names) names") }
  }

  func checkShared(_ event: Event, _ before: Before, _ result: CommandResult, _ person: Person) throws {
    guard let report = result.report else { return }
    if report.attempts > 5 { breach(.bounded, "\(report.attempts) attempts") }
    let store = address(of: person).store
    let there = ancestors(of: try store.references(withPrefix: "refs/").map(\.id), in: store)
    for commit in report.shared where !there.contains(commit) {
      breach(.sharedIsShared, "\(commit) of \(person.name) is not at \(address(of: person).name)")
    }
    let name = Array("refs/remotes/origin/main".utf8)
    if let rewritten = report.rewritten, let seen = before.disk.references[name],
      ancestors(of: [rewritten.commit], in: person.repository).contains(seen)
    {
      breach(.noFalseAlarm, "\(rewritten.commit) holds all that \(person.name) had seen in main")
    }
    // What was committed beside it may have come too late.
    if event.kind == .sync, event.otherWindow == nil, let head = person.head {
      let waiting = ancestors(of: [head], in: person.repository).subtracting(there).filter(made.contains)
      if !waiting.isEmpty || !report.waiting.isEmpty {
        breach(.nothingWaits, "\(waiting.sorted()) of \(person.name) is not at the address")
      }
    }
  }
}
