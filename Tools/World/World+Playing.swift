import GitStore
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge

extension World {
  func play(_ event: Event) async throws {
    guard people.indices.contains(event.by) else { return }
    let person = people[event.by]
    switch event.kind {
    case .write, .create, .delete, .damage, .mend: try edit(event, at: person)
    case .rename: try rename(event, at: person)
    case .commit, .commitOne, .resolve, .restore, .sync, .receive, .rehearse:
      try await command(event, of: person)
    case .commitByGit: try commitByGit(event, at: person)
    case .backup: person.backup = person.computer.disk
    case .goBack:
      guard let backup = person.backup else { return }
      person.computer.disk = backup
      forgetWhatIsGone()
    case .setClock: person.clock = Int64(event.place - 6) * 100_000_000
    case .copyFolder:
      // One folder copied over another, device and all.
      let other = people[event.document % people.count]
      person.computer.disk = other.computer.disk
      person.saved.formUnion(other.saved)
      person.seen.formUnion(other.seen)
      forgetWhatIsGone()
    case .travel:
      try person.repository.setRemoteAddress(addresses[event.place % addresses.count].location)
    default: try trouble(event, at: addresses[event.place % addresses.count], by: person)
    }
    noteCommits(of: person)
    look(person)
    tell(event)
  }

  // MARK: - Commands

  /// Runs a command of the real engine, and looks whether it kept its promises.
  private func command(_ event: Event, of person: Person) async throws {
    let before = Before(person, self)
    person.commands.append(before)
    defer { person.commands.removeLast() }
    let computer = person.computer
    let start = computer.start
    if let steps = event.crash { computer.crash(after: steps) }
    if !event.saved.isEmpty {
      computer.editor = { [weak self, weak person] in
        guard let self, let person else { return }
        for save in event.saved { try? self.edit(save, at: person) }
      }
    }
    var result = CommandResult()
    do {
      let workspace = try person.open()
      try await run(event, in: workspace, of: person, &result)
    } catch {
      result.error = error
    }
    (computer.editor, computer.otherWindow) = (nil, nil)
    computer.crashNoMore()
    result.lostPower = computer.isDead || computer.start != start
    if computer.isDead {
      note("crash")
      try recover(person, after: event)
    }
    for law in [checkError, checkFiles, checkCarried, checkHistory, checkCommit, checkShared]
      as [(Event, Before, CommandResult, Person) throws -> Void]
    {
      try law(event, before, result, person)
    }
  }

  private func run(
    _ event: Event, in workspace: Workspace, of person: Person, _ result: inout CommandResult
  ) async throws {
    let attribution = person.attribution(at: now)
    switch event.kind {
    case .commit:
      result.commit = try workspace.commit(nil, message: "Travail \(event.word)", by: attribution)
    case .commitOne:
      guard let path = path(of: event.document, at: person) else { return }
      result.asked = path
      result.commit = try workspace.commit([path], message: "Travail \(event.word)", by: attribution)
    case .resolve:
      guard let open = try workspace.openConflicts().first else { return }
      note("resolution")
      let choice: Choice =
        switch event.place % 3 {
        case 0: .shown
        case 1: .candidate(1 + event.word % max(open.conflict.candidates.count, 1))
        default: .shown
        }
      _ = try workspace.resolve(open.path, open.pointer, with: choice, by: attribution)
    case .restore:
      guard let path = path(of: event.document, at: person), let head = person.head else { return }
      let past = ancestors(of: [head], in: person.repository).sorted()
      let old = past[event.place % past.count]
      guard let tree = try? person.repository.commit(old).tree else { return }
      _ = try workspace.restore(path, to: tree, at: path, field: nil, by: attribution)
    default:
      let transport = SimulatedTransport(person.computer, addresses: addresses, fault: event.fault) {
        [weak self] in
        guard let self else { return }
        for other in event.meanwhile { try await self.play(other) }
        self.openOtherWindow(event, of: person)
      }
      defer { result.networkFailed = transport.hasFailed }
      let options = SyncOptions(
        keepsOwnWork: event.kind == .receive, isRehearsal: event.kind == .rehearse)
      // Nobody waits in a world whose hosts answer when they are told to.
      result.report = try await workspace.sync(
        options, over: transport, by: attribution, random: &person.random, pause: { _ in })
      if let report = result.report {
        note("sync \(report.result.rawValue)")
        if !report.conflicts.isEmpty { note("sync with conflicts") }
        if !report.refused.isEmpty { note("sync that refused something") }
        if !report.carried.isEmpty { note("sync that carried work") }
        if !report.passedBy.isEmpty { note("sync that passed a file by") }
        if report.attempts > 1 { note("sync that was overtaken") }
      }
    }
  }

  /// Lets somebody write and commit beside a command that is on the network or thinks.
  private func openOtherWindow(_ event: Event, of person: Person) {
    guard let steps = event.otherWindow else { return }
    person.computer.otherWindow = (
      steps,
      { [weak self, weak person] in
        guard let self, let person else { return }
        var change = Event(.write, by: event.by)
        (change.document, change.place, change.word) = (event.document, event.place, 700_000 + event.word)
        try? self.edit(change, at: person)
        for before in person.commands { before.wasWrittenAside = true }
        _ = try? person.open().commit(
          nil, message: "À côté \(event.word)", by: person.attribution(at: self.now))
        self.noteCommits(of: person)
        self.note("commit in another window")
      }
    )
  }

  /// The power is back: the next command finishes or takes back what was begun.
  private func recover(_ person: Person, after event: Event) throws {
    person.computer.restart()
    do {
      let workspace = try person.open()
      if workspace.recovery != nil { note("recovery") }
      let once = Fingerprint(person.computer.disk)
      _ = try person.open()
      if Fingerprint(person.computer.disk) != once {
        breach(.crashIsHarmless, "recovering twice is not recovering once")
      }
    } catch {
      breach(.crashIsHarmless, "after a crash: \(error)")
    }
    if !person.computer.disk.displaced.isEmpty {
      breach(.crashIsHarmless, "what an editor saved in the exchange was left aside")
    }
  }

  // MARK: - The editor

  func path(of document: Int, at person: Person) -> WorkspacePath? {
    let posts = person.computer.disk.files.keys.filter {
      $0.components.first.map { ["posts", "archives", "Posts", "e\u{301}te\u{301}"].contains($0) } ?? false
        && $0.name.hasSuffix(".json")
    }.sorted()
    return posts.isEmpty ? nil : posts[document % posts.count]
  }

  /// Somebody moves a document in a file manager. What is open in it is open where it is now.
  private func rename(_ event: Event, at person: Person) throws {
    /// What nobody can read has no id to tell its questions by: they may be asked of whatever comes to its place.
    func asked() throws -> [(id: String?, pointer: String)] {
      try person.open().openConflicts().map { ($0.id, "\($0.pointer)") }
    }
    func told(_ questions: [(id: String?, pointer: String)]) -> [String] {
      questions.map { "\($0.id ?? "unreadable") \($0.pointer)" }.sorted()
    }
    let before = try asked()
    // A question whose document was deleted here lies there until that is committed. To ask it of what comes to its place, or of
    // a copy, is better than to lose it.
    let files = person.computer.disk.files
    let mayAskMore = files.keys.contains { $0.documentOfRecord.map { files[$0] == nil } ?? false }
    let path = path(of: event.document, at: person)
    let held = path.flatMap { path in
      person.head.flatMap { contents.files(of: $0, in: person.repository)?[path] }
    }
    let isCopied = path.map { isDamagedAndCopied($0, files, committed: held, person) } ?? false
    let wasReplaced = try path.map { try isReplaced($0, at: person) } ?? false
    try edit(event, at: person)
    // What nobody can read in the newest version, or where others' work came beside it, is known by its bytes and its name: who
    // mends it and moves it leaves behind what is open in it, told in ARCHITECTURE.md.
    let carried = try path.flatMap { path in
      try person.repository.reference("refs/ligne/carried").flatMap {
        contents.files(of: $0, in: person.repository)?[path]
      }
    }
    for known in [held, carried].compactMap(\.self) where !isReadable(known, person.repository) { return }
    // What was damaged since is known by its name, too, and a copy by its id: nothing says which of the two went.
    if isCopied { return }
    // Nothing says of a document that somebody put in the place of one that asks, id and all, that this one went along.
    if wasReplaced { return }
    // Who moves one to where the newest version has another settles by that what is open in it: told in ARCHITECTURE.md.
    if try path.map({ try hasTakenAnothersPlace($0, since: files, at: person) }) ?? false { return }
    let after = try asked()
    let isAsked = before.allSatisfy { question in
      func count(in questions: [(id: String?, pointer: String)]) -> Int {
        questions.count { $0.pointer == question.pointer && (question.id == nil || $0.id == question.id) }
      }
      return count(in: after) >= count(in: before)
    }
    if !isAsked || !mayAskMore && told(before) != told(after) {
      breach(.movingAnswersNothing, "\(person.name): asked \(told(before)), then \(told(after))")
    }
  }

  /// Whether nobody can read a document any more, and another one has the id it had.
  private func isDamagedAndCopied(
    _ path: WorkspacePath, _ files: [WorkspacePath: TreeContent], committed: ObjectID?, _ person: Person
  ) -> Bool {
    func id(_ bytes: [UInt8]?) -> JSONString? {
      bytes.flatMap { try? JSONValue(parsing: $0)["id"]?.string }
    }
    guard let content = files[path], (try? JSONValue(parsing: content.bytes)) == nil,
      let own = id(committed.flatMap { try? person.repository.blob($0) })
    else { return false }
    return files.contains { $0.key != path && id($0.value.bytes) == own }
  }

  /// Whether a document went to where the newest version has another one.
  private func hasTakenAnothersPlace(
    _ path: WorkspacePath, since files: [WorkspacePath: TreeContent], at person: Person
  ) throws -> Bool {
    func id(_ bytes: [UInt8]?) -> JSONString? {
      bytes.flatMap { try? JSONValue(parsing: $0)["id"]?.string }
    }
    let version = person.head.flatMap { contents.files(of: $0, in: person.repository) } ?? [:]
    let own = id(files[path]?.bytes)
    return try person.computer.disk.files.keys.filter { files[$0] == nil }.contains { arrival in
      guard let blob = version[arrival], let other = id(try person.repository.blob(blob)) else {
        return false
      }
      return other != own
    }
  }

  /// Whether somebody put another document in the place of one: with an id that neither a version has there, nor what came
  /// beside others' work, nor what is open.
  private func isReplaced(_ path: WorkspacePath, at person: Person) throws -> Bool {
    func id(_ bytes: [UInt8]?) -> JSONString? {
      bytes.flatMap { try? JSONValue(parsing: $0)["id"]?.string }
    }
    guard let own = id(person.computer.disk.files[path]?.bytes) else { return false }
    let versions = try [person.head, person.repository.reference("refs/ligne/carried")].compactMap(\.self)
    let known = versions.compactMap { version in
      let file = contents.files(of: version, in: person.repository)?[path]
      return id(try? file.map(person.repository.blob))
    }
    let isOpen = try person.open().openConflicts().contains { $0.path == path && $0.pointer == "/id" }
    return !known.isEmpty && !known.contains(own) && !isOpen
  }

  /// What somebody does in the folder with an editor or a file manager.
  func edit(_ event: Event, at person: Person) throws {
    let word = event.newWord
    let path = path(of: event.document, at: person)
    var files = person.computer.disk.files
    // Whoever opens a file sees it, also in the middle of a command.
    if let path, let content = files[path] { person.seen.formUnion(contents.words(in: content)) }
    switch event.kind {
    case .create:
      let new = try WorkspacePath("posts/n\(event.word).json")
      files[new] = TreeContent(
        bytes: Self.post(event.word % 10, title: word, body: "\(event.secondWord)\n").canonicalForm)
    case .delete: if let path { files[path] = nil }
    case .rename:
      guard let path, let content = files[path] else { return }
      let folders = ["posts", "archives", "e\u{301}te\u{301}", "\u{E9}t\u{E9}"]
      let name =
        event.place.isMultiple(of: 5) ? path.name.uppercased().replacing(".JSON", with: ".json") : path.name
      guard let target = try? WorkspacePath(folders[event.place % folders.count] + "/" + name),
        files[target] == nil
      else { return }
      files[path] = nil
      files[target] = content
    case .damage:
      guard let path, let content = files[path] else { return }
      // Cut off in the middle, with what was typed last.
      files[path] = TreeContent(
        bytes: Array(content.bytes.prefix(content.bytes.count / 2)) + Array(word.utf8))
    default:
      guard let path, let content = files[path] else { return }
      var value =
        (try? JSONValue(parsing: content.bytes))
        ?? Self.post(event.document % 10, title: event.thirdWord, body: "\(event.secondWord)\n")
      value.change(event)
      // An editor has a layout of its own.
      files[path] = TreeContent(
        bytes: event.place.isMultiple(of: 3) ? value.canonicalBytes : value.canonicalForm)
    }
    for path in Set(files.keys).union(person.computer.disk.files.keys)
    where person.computer.disk.files[path] != files[path] {
      if let content = files[path] {
        person.saved.insert(content.file.id)
        person.seen.formUnion(contents.words(in: content))
      }
      for before in person.commands { before.disk.files[path] = files[path] }
    }
    person.computer.disk.files = files
  }

  /// A version made by plain git: whatever stands in the folder, readable or not.
  private func commitByGit(_ event: Event, at person: Person) throws {
    let repository = person.repository
    guard let head = person.head else { return }
    let files = person.computer.disk.files.sorted { $0.key < $1.key }
    let tree = try repository.tree(
      applying: files.map { path, content in
        (path, TreeFile(mode: content.mode, id: try repository.write(blob: content.bytes)))
      }, to: nil)
    if try repository.commit(head).tree == tree { return }
    let author = person.attribution(at: now)
    let signature = Signature(
      name: author.name, email: author.email, time: author.time, offsetMinutes: author.offsetMinutes)
    let commit = try repository.write(
      Commit(tree: tree, parents: [head], author: signature, committer: signature, message: "git\n"))
    byGit.insert(commit)
    try repository.moveReference("refs/heads/main", from: head, to: commit, reason: "commit")
    person.computer.disk.index = person.computer.disk.files.mapValues(\.file)
  }
}

extension JSONValue {
  /// One change of somebody's, marked with a word nobody else writes.
  fileprivate mutating func change(_ event: Event) {
    guard var object else { return }
    let word = JSONValue(event.newWord)
    switch event.place % 6 {
    case 0: object["title"] = word
    case 1, 2:
      var words = (object["body"]?.text ?? "").split(separator: " ", omittingEmptySubsequences: false)
        .map(String.init)
      words.insert(event.newWord, at: event.word % (words.count + 1))
      object["body"] = JSONValue(words.joined(separator: " "))
    case 3:
      var labels = object["labels"]?.array ?? []
      labels.append(word)
      object["labels"] = .array(labels)
    case 4: object["meta"] = .object(["k": word])
    default: object[JSONString("note\(event.word % 3)")] = word
    }
    self = .object(object)
  }
}
