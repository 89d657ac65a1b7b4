import Documents
import JSONTree
import ObjectModel
public import PlatformExports
import Wording

/// What an import did.
public struct ImportReport: Sendable {
  /// Numbers of conversations, and of posts of ours.
  public struct Count: Hashable, Sendable { public var conversations = 0, posts = 0 }

  public var created = Count()
  /// Conversations that got messages, or news of some.
  public var changed = Count()
  public var unchanged = Count()
  /// What the workspace's schemas or files did not let in.
  public var skipped: [SkippedItem] = []
}

extension Workspace {
  /// Writes what an export says as documents into the folder; nothing is committed.
  ///
  /// Documents are written by some thousands at once, each whole at every instant. If the command is killed, some of
  /// them are there, and the same import again writes the others.
  ///
  /// - Parameters:
  ///   - channel: Which of our channels the export is of.
  ///   - progress: Called with how many things of the export are done.
  /// - Throws: `WorkspaceError.unknownChannel`, `.unknownKind`; what keeps files from being written.
  public func importDocuments(
    of export: PlatformExport, on channel: String, by attribution: Attribution,
    progress: @escaping (Int) -> Void
  ) throws -> ImportReport {
    let schemas = try schemas()
    func kind(_ name: JSONString) throws -> DocumentKind {
      guard let kind = schemas.kind(named: name) else {
        throw WorkspaceError.unknownKind(name.text, known: schemas.kinds.map(\.name.text))
      }
      return kind
    }
    try refuseUnknown(channels: [channel])
    var run = ImportRun(self, schemas, on: JSONString(channel), by: attribution, progress: progress)
    let paths = try documentPaths()
    let conversation = try kind(Conversation.kind)
    try run.write(
      export.conversations, kind: conversation, among: paths.filter { $0.isPlace(of: conversation) })
    let publication = try kind(Publication.kind)
    try run.write(
      export.posts, kinds: (post: kind(Post.kind), publication: publication),
      among: paths.filter { $0.isPlace(of: publication) }, taken: Set(paths),
      channels: channelsAlone(schemas))
    try run.finish()
    return run.report
  }

  /// The channels alone, as documents.
  private func channelsAlone(_ schemas: SchemaSet) throws -> DocumentCollection {
    let path = try WorkspacePath("channels.json")
    guard let bytes = try bytes(at: path),
      case .success(let document) = Document.read(path, bytes, schemas: schemas)
    else { return DocumentCollection([]) }
    return DocumentCollection([document])
  }
}

extension WorkspacePath {
  /// Whether documents of a kind lie there, by the first folder of their path.
  fileprivate func isPlace(of kind: DocumentKind) -> Bool {
    guard let first = kind.placement.path.split(separator: "/").first else { return false }
    return text.utf8.starts(with: (first + "/").utf8)
  }
}

/// An import on its way.
private struct ImportRun {
  private let workspace: Workspace
  private let schemas: SchemaSet
  private let channel: JSONString
  private let attribution: Attribution
  private let progress: (Int) -> Void
  private var waiting: [Workspace.Edit] = []
  private var waitingBytes = 0
  private var done = 0
  var report = ImportReport()

  /// A group of documents: so many that the steps around it cost little, so few that they take little memory.
  private static let groupCount = 2000
  private static let groupBytes = 16 << 20

  init(
    _ workspace: Workspace, _ schemas: SchemaSet, on channel: JSONString, by attribution: Attribution,
    progress: @escaping (Int) -> Void
  ) {
    (self.workspace, self.schemas, self.channel) = (workspace, schemas, channel)
    (self.attribution, self.progress) = (attribution, progress)
  }

  // MARK: Conversations

  /// Adds to the conversations that are there, under whatever id somebody noted them, and makes the others.
  mutating func write(
    _ conversations: [PlatformConversation], kind: DocumentKind, among paths: [WorkspacePath]
  ) throws {
    let parts = conversations.flatMap { $0.parts() }
    var open = Dictionary(
      parts.enumerated().map { (JSONString($1.externalId), $0) }, uniquingKeysWith: { first, _ in first })
    if !open.isEmpty {
      for path in paths {
        guard let bytes = try workspace.bytes(at: path), let value = try? JSONValue(parsing: bytes),
          value["channel"]?.string == channel, let externalId = value["externalId"]?.string,
          value["kind"]?.string == Conversation.kind, let place = open.removeValue(forKey: externalId)
        else { continue }
        let new = parts[place].added(to: value)
        try step()
        guard new != value else {
          report.unchanged.conversations += 1
          continue
        }
        let basis = Workspace.Edit.Basis.reading(try workspace.objects.write(blob: bytes))
        if try add(Workspace.Edit(path: path, value: new, basis: basis), kind) {
          report.changed.conversations += 1
        }
      }
    }
    let taken = Set(paths)
    for (place, part) in parts.enumerated() where open[JSONString(part.externalId)] == place {
      let made = try part.document(of: kind, on: channel)
      try step()
      // A file that can't be read, or of something else: it is somebody's.
      guard !taken.contains(made.path) else {
        report.skipped.append(
          SkippedItem(file: made.path.text, item: part.externalId, .refused(alreadyThere)))
        continue
      }
      if try add(Workspace.Edit(path: made.path, value: made.value, basis: .reading(nil)), kind) {
        report.created.conversations += 1
      }
    }
  }

  // MARK: Posts

  /// Makes the posts that no record of a publication names yet.
  mutating func write(
    _ posts: [PlatformPost], kinds: (post: DocumentKind, publication: DocumentKind),
    among paths: [WorkspacePath],
    taken: Set<WorkspacePath>, channels: DocumentCollection
  ) throws {
    if posts.isEmpty { return }
    var out = Set<Name>()
    for path in paths {
      guard let value = try workspace.bytes(at: path).flatMap({ try? JSONValue(parsing: $0) }) else {
        continue
      }
      let record = Publication(value)
      guard record.channel == channel, record.nature != .correction else { continue }
      for name in [record.externalId, record.url.map({ JSONString($0) })].compactMap({ $0 }) {
        out.insert(Name(text: name, nature: record.nature))
      }
    }
    for post in posts {
      try step()
      let names = [JSONString(post.externalId)] + (post.url.map { [JSONString($0)] } ?? [])
      let isOut = names.contains { out.contains(Name(text: $0, nature: .publication)) }
      let isBack =
        post.deletedAt == nil || names.contains { out.contains(Name(text: $0, nature: .withdrawal)) }
      if isOut, isBack {
        report.unchanged.posts += 1
        continue
      }
      let made = try ImportedPost(post, on: channel, kinds: kinds, channels: channels)
      var isNew = false
      if !isOut, !taken.contains(made.post.path) {
        isNew = try add(
          Workspace.Edit(path: made.post.path, value: made.post.value, basis: .reading(nil)), kinds.post)
        if !isNew { continue }
      }
      for record in made.records
      where !taken.contains(record.path) && (isNew || record.value["nature"] == "withdrawal") {
        _ = try add(
          Workspace.Edit(path: record.path, value: record.value, basis: .reading(nil)), kinds.publication)
      }
      if isNew { report.created.posts += 1 } else { report.changed.posts += 1 }
    }
  }

  /// What the platform calls something that went out or was taken back.
  private struct Name: Hashable {
    var text: JSONString
    var nature: Publication.Nature
  }

  // MARK: Writing

  /// - Returns: Whether the kind's schema accepts it.
  private mutating func add(_ edit: Workspace.Edit, _ kind: DocumentKind) throws -> Bool {
    guard case .document(let value) = edit.content else { return false }
    let bytes = value.canonicalForm
    // What the schemas of other programs do not take must not stand in the way of all the rest.
    if !kind.schema.violations(of: value).isEmpty || bytes.count > DocumentLimits.size,
      case .failure(let problem) = checkDocument(edit.path, bytes, schemas: schemas)
    {
      report.skipped.append(
        SkippedItem(file: edit.path.text, item: value["externalId"]?.text, .refused(problem.message)))
      return false
    }
    waiting.append(edit)
    waitingBytes += bytes.count
    if waiting.count >= Self.groupCount || waitingBytes >= Self.groupBytes { try finish() }
    return true
  }

  mutating func finish() throws {
    if waiting.isEmpty { return }
    try workspace.put(waiting, .eachByItself, for: "import", by: attribution)
    (waiting, waitingBytes) = ([], 0)
  }

  private mutating func step() throws {
    done += 1
    if done.isMultiple(of: 100) { progress(done) }
  }
}

private let alreadyThere = Sentence(
  fr: "Un autre fichier a déjà ce nom, et ne se lit pas comme cette conversation.",
  en: "Another file has that name already, and does not read as this conversation.")
